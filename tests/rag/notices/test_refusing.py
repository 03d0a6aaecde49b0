import pytest

from index.words import stems
from rag.mentions import counted
from rag.notices.refusing import correction_text, nearest_text, refusal_text, refuses
from tests.rag.fakes import hit, paragraph
from tests.timing import thread_s

BRIDGE = "The Alder bridge was opened in 1932."
OPEN = "; nothing found says plainly"
HITS = (hit(paragraph(BRIDGE, path="b.txt"), 1),)
ELSEWHERE = "Smaug, the AS-278 and Abu Dhabi are in other paragraphs."


def holds(word: str) -> bool:
    return set(stems(word)) <= set(stems(f"{BRIDGE} {ELSEWHERE}"))


def test_a_refusal_names_only_what_the_documents_lack() -> None:
    text = refusal_text("Did Glaurung open the Alder bridge in 1777 or 1932?", HITS, holds)
    assert text == ("The documents do not answer this: they do not mention “Glaurung” and “1777”.")


def test_of_what_other_paragraphs_mention_it_is_not_said_that_the_documents_do_not() -> None:
    assert refusal_text("Did Smaug open the Alder bridge?", HITS, holds) == (
        "The documents do not answer this: the paragraphs found do not mention “Smaug”."
    )
    both = refusal_text("Did Smaug or Glaurung open the Alder bridge?", HITS, holds)
    assert both.endswith("they do not mention “Glaurung”.")


@pytest.mark.parametrize("bound", ["after 1777", "more than 80,000", "at least €500", "under 3.5"])
def test_a_number_that_bounds_others_is_not_missing(bound: str) -> None:
    text = refusal_text(f"Which Alder bridge is {bound}?", HITS, holds)
    assert (
        text == "The documents mention “Alder bridge”; nothing found says plainly what was asked."
    )
    assert "“1777”" in refusal_text("Which Alder bridge is of 1777?", HITS, holds)


def test_what_the_name_of_a_document_has_is_not_missing() -> None:
    text = refusal_text(
        "Did Glaurung open the Alder bridge?", HITS, holds, lambda path: stems("On Glaurung")
    )
    assert text == (
        "The documents mention “Alder bridge” and “open”; nothing found says whether this is so."
    )


def test_words_that_no_document_has_are_told_where_nothing_else_is_known() -> None:
    few = refusal_text("What is the boiling point of ethanol?", HITS, holds, lambda path: ["point"])
    assert few == "The documents do not answer this: none has the words “boiling” and “ethanol”."
    one = refusal_text("What colour?", HITS, holds)
    assert one == "The documents do not answer this: none has the word “colour”."
    known = refusal_text("Who paid for the Alder bridge?", HITS, holds)
    assert known == "The documents mention “Alder bridge”; nothing found says plainly who."
    foreign = refusal_text("qui a payé le pont et quand ?", HITS, holds)
    assert foreign == "The documents do not answer this. The nearest paragraphs are shown."


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Who of Abu Dhabi opened it?", "“Abu Dhabi”"),
        ("What did the crew of AS-278 open?", "“AS-278”"),
        ("What was Smaug's bridge?", "“Smaug”"),
        ("What is Smaug's Alder quota?", "“Smaug”"),
        ("Did it have more than one Smaug?", "“Smaug”"),
    ],
)
def test_what_is_missing_is_named_as_the_question_writes_it(question: str, named: str) -> None:
    assert refusal_text(question, HITS, holds).endswith(f"found do not mention {named}.")


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (
            "Who opened the Alder bridge?",
            "“Alder bridge” and “opened”; nothing found says plainly who.",
        ),
        (
            "How many bridges does Alder have opened?",
            "“Alder” and “bridges”; nothing found says plainly how many.",
        ),
        (
            "How much did the Alder bridge cost?",
            f"“Alder bridge”{OPEN} how much.",
        ),
        (
            "What did Alder's bridge cost?",
            "“Alder's bridge”; nothing found says plainly what was asked.",
        ),
        ("Why was the bridge opened?", "“bridge opened”; nothing found says plainly why."),
        (
            "Why was the bridge not opened?",
            f"“bridge” and “opened”{OPEN} why.",
        ),
        ("In which year was the bridge sold?", "“bridge”; nothing found says plainly which year."),
        ("During which year was it not open?", "“open”; nothing found says plainly which year."),
    ],
)
def test_a_refusal_whose_names_are_all_there_says_what_is_left_open(
    question: str, says: str
) -> None:
    assert refusal_text(question, HITS, holds) == f"The documents mention {says}"


def test_of_a_question_read_with_english_words_only_those_typed_are_told() -> None:
    hits = (hit(paragraph("Die Filiale the Altona ist da.", "Dort."), 1),)
    read, typed = "how much is the Filiale the Altona?", "Wie groß ist die Filiale der Altona?"
    text = refusal_text(read, hits, holds, typed=typed)
    assert text.startswith("The documents mention “Filiale” and “Altona”;")


def test_words_that_stand_together_only_in_the_question_are_named_apart() -> None:
    hits = (hit(paragraph("The bridge was not opened.", "Opened later, it is."), 1),)
    text = refusal_text("Why was the bridge opened?", hits, holds)
    assert text == "The documents mention “bridge” and “opened”; nothing found says plainly why."


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How old is the bridge?", "how old"),
        ("How tall is the bridge?", "how tall"),
        ("How big is the bridge?", "how large"),
        ("How is the bridge?", "how"),
        ("Whose bridge is it?", "who"),
        ("What bridge opened when the mayor came?", "what was asked"),
        ("The year of the bridge?", "what was asked"),
        ("On which day was the bridge opened, and by whom?", "which day"),
    ],
)
def test_what_is_left_open_is_what_the_first_question_word_asks_for(
    question: str, asked: str
) -> None:
    assert refusal_text(question, HITS, holds).endswith(f"says plainly {asked}.")


@pytest.mark.parametrize("question", ["what of it?", "Is it not, after all, the first?"])
def test_a_question_of_which_nothing_was_found_is_refused_plainly(question: str) -> None:
    assert "nearest paragraphs" in refusal_text(question, HITS, holds)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (
            "Why was the bridge opened?",
            "The documents mention “bridge opened”; nothing found says plainly why. What comes"
            " nearest is:",
        ),
        # One word that is no name may be there by chance.
        ("Who built the bridge?", "No plain answer was found; what comes nearest is:"),
        ("Was the bridge opened?", "No plain yes or no was found; what comes nearest is:"),
    ],
)
def test_what_comes_nearest_is_led_in_by_what_is_left_open(question: str, says: str) -> None:
    assert nearest_text(question, HITS) == says


def test_a_refusal_over_a_filter_that_leaves_nothing_names_the_filter() -> None:
    said = refusal_text("What did it cost?", (), holds, filtered=True)
    assert said == "The filter leaves no document to answer from."


def test_a_refusal_over_nothing_found_says_so() -> None:
    assert refusal_text("What did it cost?", (), holds) == (
        "The documents hold nothing to answer from."
    )


@pytest.mark.parametrize(
    "question", ["Who built it?", "Was the bridge opened?", "Why opened 1871?"]
)
def test_what_a_refusal_says_is_told_from_an_answer(question: str) -> None:
    said = [
        refusal_text(question, hits, holds, filtered=f)
        for hits in ((), HITS)
        for f in (True, False)
    ]
    said += [nearest_text(question, HITS), correction_text("1871")]
    said += [counted("Foo", []).refusal, "The documents found say no more than was told."]
    assert all(map(refuses, said))


@pytest.mark.parametrize(
    "answer",
    [
        "The bridge was opened in 1932.",
        "The documents were signed in 1990.",
        "No plain was flooded.",
    ],
)
def test_an_answer_is_taken_for_no_refusal(answer: str) -> None:
    assert not refuses(answer)


def test_a_question_that_repeats_a_long_paragraph_is_soon_refused() -> None:
    words = " ".join(f"w{number}" for number in range(300))
    found = (hit(paragraph(words * 4), 1),) * 10
    text = refusal_text(words, found, holds=lambda word: True)
    assert text.startswith("The documents mention “w")
    assert len(text.split()) < 40
    assert thread_s(lambda: refusal_text(words, found, holds=lambda word: True)) < 2
