import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Paragraph
from rag.checking.own_words import in_own_words
from rag.checking.source_words import MOST_WORDS
from rag.match import Match, Span
from rag.types import Verdict
from tests.rag.checks import PROPERTY
from tests.rag.fakes import paragraph

ASKED = "Which loud group was the first?"
FOLK = "Skyclad, often called the first folk metal band, was formed in Newcastle."
OTHER = "Venom came from there too."
BANDS = paragraph(FOLK, OTHER, path="bands.txt")
LONG = paragraph(f"Skyclad was formed in Newcastle, {'and so on ' * 12}as people in town say.")


def found(*places: int, source: Paragraph = BANDS, verdict: Verdict = Verdict.SUPPORTED) -> Match:
    spans = tuple(Span(source, source.sentences[i].start, source.sentences[i].end) for i in places)
    return Match(verdict, spans, 0.7)


def quoted(place: int, source: Paragraph = BANDS) -> tuple[str, Match]:
    return f"“{source.sentences[place].text}”", Match(
        Verdict.SUPPORTED, found(place, source=source).spans, 1.0
    )


@pytest.mark.parametrize(
    "claim",
    [
        "Skyclad was formed in Newcastle.",
        "The band Skyclad was formed in Newcastle and often called the first folk metal band.",
        # One light word more is how a question is restated.
        "The folk metal band started in Newcastle was Skyclad.",
    ],
)
def test_a_sentence_its_source_says_keeps_its_words(claim: str) -> None:
    checked = [(claim, found(0))]
    assert in_own_words(checked, "What band started there?") == checked


MANAGER = "In his defence Holt claimed that he had left the firm to his manager, Ann Lee."


@pytest.mark.parametrize(
    ("claim", "also", "borrows"),
    [
        ("Ann Lee was the barrister in his defence.", "", True),
        ("Ann Lee was the barrister in his defence.", "His barrister was late.", False),
        ("Ann Lee was the manager in his defence.", "", False),
        # Words like "began" tell nothing, "against" does.
        ("Ann Lee began as the manager in his defence.", "", False),
        ("Ann Lee was the manager against his defence.", "", True),
        # Another form of a verb is no other word.
        ("Ann Lee was the manager that his defence leaves.", "", False),
    ],
)
def test_a_word_of_the_question_that_nothing_near_the_source_has_is_not_told_of_it(
    claim: str, also: str, borrows: bool
) -> None:
    source = paragraph(*filter(None, (MANAGER, also)), path="trial.txt")
    checked = [(claim, found(0, source=source))]
    told = in_own_words(
        checked, "Who was the barrister against whom Holt began, and that he leaves?"
    )
    assert told == ([quoted(0, source=source)] if borrows else checked)


@pytest.mark.parametrize(
    ("claim", "kept"),
    [
        ("To install a local package, use the -S option.", False),
        ("To find a local package, use the -S option.", True),
        ("Use the -S option.", True),
    ],
)
def test_how_to_do_one_thing_is_not_told_by_how_to_do_another(claim: str, kept: bool) -> None:
    source = paragraph("To find the package of a local file, use the option -S.", "Install it.")
    checked = [(claim, found(0, source=source))]
    told = in_own_words(checked, "How do I install or find a local package?")
    assert told == (checked if kept else [quoted(0, source=source)])


@pytest.mark.parametrize(
    ("said", "claim", "kept"),
    [
        ("The bridge was inspected by Holt in 2019.", "Lee inspected the bridge by Holt.", False),
        ("The bridge was inspected by Holt in 2019.", "Holt inspected the bridge in 2019.", True),
        ("I inspected the bridge in 2019.", "Lee inspected the bridge in 2019.", True),
        ("Our Ann Lee inspected the bridge.", "Ann Lee inspected the bridge.", True),
    ],
)
def test_who_says_it_has_not_done_it(said: str, claim: str, kept: bool) -> None:
    checked = [(claim, found(0, source=paragraph(f"Ann Lee: {said}", path="hearing.vtt")))]
    told = in_own_words(checked, "Who inspected the bridge?")
    assert (told == checked) is kept


def test_a_word_for_speaking_that_the_question_has_for_another_is_no_addition() -> None:
    source = paragraph("Holt talked about the lease on Monday.")
    checked = [("Holt discussed the lease on Monday.", found(0, source=source))]
    assert in_own_words(checked, "When was the lease discussed by Holt?") == checked


def test_what_a_source_says_of_one_thing_is_not_told_of_another() -> None:
    question = "How much will the ombudsman be paid?"
    claim = "The ombudsman will be paid 40 crowns in May."
    text = "The price shall be paid, 40 crowns in May."
    other = paragraph(text, path="papers/sale.txt")
    assert in_own_words([(claim, found(0, source=other))], question) == [quoted(0, source=other)]
    for own in (
        paragraph(text, "So said the ombudsman.", path="papers/sale.txt"),
        paragraph(text, path="papers/the-ombudsman.txt"),
        paragraph(text, headings=("Ombudsman",)),
    ):
        checked = [(claim, found(0, source=own))]
        assert in_own_words(checked, question) == checked


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param(
            "Skyclad was a loud group formed in Newcastle.", id="two words of the question"
        ),
        pytest.param("Skyclad was founded in Newcastle.", id="a word of nobody"),
        pytest.param("Skyclad was formed in Gateshead.", id="a name"),
        pytest.param("Skyclad was formed in 1990.", id="a number"),
        pytest.param("Skyclad was the oldest folk metal band.", id="a rank"),
    ],
)
def test_a_sentence_that_goes_beyond_its_source_is_given_in_the_words_of_the_source(
    claim: str,
) -> None:
    assert in_own_words([(claim, found(0))], ASKED) == [quoted(0)]


def test_a_sentence_partly_borne_out_is_given_in_the_words_of_its_source() -> None:
    partly = found(0, verdict=Verdict.PARTLY)
    assert in_own_words([("Skyclad was formed in Newcastle.", partly)], ASKED) == [quoted(0)]


def test_a_name_in_the_headings_of_the_source_is_no_addition() -> None:
    source = paragraph("It opened in 1835.", headings=("Grainger Market",))
    checked = [("The Grainger Market opened in 1835.", found(0, source=source))]
    assert in_own_words(checked, ASKED) == checked


def test_what_is_put_together_from_two_sentences_is_given_as_these_two() -> None:
    claim = "Skyclad was formed in Newcastle and Venom came from there too."
    assert in_own_words([(claim, found(0, 1))], ASKED) == [quoted(0), quoted(1)]


def test_what_is_put_together_from_neighbours_is_given_as_both() -> None:
    claim = "Skyclad was formed in Newcastle and Venom came from there too."
    both = Match(Verdict.SUPPORTED, (Span(BANDS, 0, len(BANDS.text)),), 0.9)
    [(words, _)] = in_own_words([(claim, both)], ASKED)
    assert words == f"“{FOLK} {OTHER}”"


def test_what_two_sentences_rest_on_is_quoted_once() -> None:
    claims = [("Skyclad invented loud metal.", found(0)), ("It was wild and free.", found(0))]
    assert in_own_words(claims, ASKED) == [quoted(0)]


def test_words_on_several_lines_are_quoted_on_one() -> None:
    own = paragraph("Skyclad was formed\nin Newcastle.")
    match = Match(Verdict.SUPPORTED, (Span(own, 0, len(own.text)),), 0.9)
    [(words, _)] = in_own_words([("Skyclad invented loud metal.", match)], ASKED)
    assert words == "“Skyclad was formed in Newcastle.”"


def test_of_a_long_source_only_the_clauses_that_were_needed_are_quoted() -> None:
    kept = "Skyclad was formed by two friends in the town of Newcastle"
    source = paragraph(f"{kept}, {'and so on ' * 12}as people in the town say.")
    claim = "Skyclad was invented by two friends and their families."
    [(words, match)] = in_own_words([(claim, found(0, source=source))], ASKED)
    assert words == f"“{kept} …”"
    assert match == Match(Verdict.SUPPORTED, (Span(source, 0, len(kept)),), 1.0)


def test_of_a_sentence_of_over_thirty_words_what_was_not_needed_is_left_out() -> None:
    tail = "and it is a mile or so to go from one end of it to the other end on a day in March"
    begins = "The harbour wall of the town was built of granite in 1836"
    for rest, text in ((f", {tail}", f"“{begins} …”"), ("", f"“{begins}.”")):
        source = paragraph(f"{begins}{rest}.")
        claim = "The mighty harbour wall was made of granite."
        assert in_own_words([(claim, found(0, source=source))], "Of what is it?")[0][0] == text


def test_of_a_blend_with_a_long_sentence_that_cannot_be_cut_the_short_one_is_quoted() -> None:
    short = "The survey calls the island a garden of the sea."
    long = f"A negative picture of it {'and of its people ' * 11}was drawn by others."
    source = paragraph(short, long)
    claim = "The survey calls the island a negative picture."
    [(text, match)] = in_own_words([(claim, found(0, 1, source=source))], "What is the island?")
    assert (text, match.verdict) == (f"“{short}”", Verdict.SUPPORTED)


def test_of_two_sources_too_long_together_the_longer_one_is_cut() -> None:
    kept = "Skyclad was formed by two friends in the town of Newcastle"
    source = paragraph(f"{kept}, {'and so on ' * 12}as people in the town say.", "Venom was too.")
    claim = "Skyclad was formed by two friends and so was Venom."
    told = in_own_words([(claim, found(0, 1, source=source))], ASKED)
    assert [words for words, _ in told] == [f"“{kept} …”", "“Venom was too.”"]


def test_of_neighbours_too_long_together_those_that_fit_best_are_quoted() -> None:
    more = "It is said that the people of the town came from near and far to hear them play there"
    last = "The band had three singers, whereas later bands of the town had two of them."
    source = paragraph(f"{more}.", f"{more} for many years.", last)
    claim = "The first band of the people had three singers."
    joined = Match(Verdict.SUPPORTED, (Span(source, 0, len(source.text)),), 0.9)
    told = in_own_words([(claim, joined)], ASKED)
    assert told[-1][0] == f"“{last}”"
    assert sum(len(words.split()) for words, _ in told) <= MOST_WORDS
    assert all(match.verdict is Verdict.SUPPORTED for _, match in told)


def test_of_a_blend_the_sentence_with_the_names_that_answer_is_quoted() -> None:
    about = f"The loud music of the group was a mix {'of this and that ' * 8}by all accounts."
    names = "The first groups to play it were Venom, Raven and Satan."
    source = paragraph(about, names)
    claim = "The loud music of the group was a mix, with Venom, Raven and Satan."
    [(text, _)] = in_own_words(
        [(claim, found(0, 1, source=source))], "What loud music of the group?"
    )
    assert text == f"“{names}”"


def test_what_nobody_has_said_is_given_in_a_long_source_whole_where_it_cannot_be_cut() -> None:
    assert len(LONG.text.split()) > MOST_WORDS
    for claim in ("Skyclad invented loud metal.", "Over 9 in the loud group were the first."):
        assert in_own_words([(claim, found(0, source=LONG))], ASKED) == [quoted(0, source=LONG)]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        pytest.param("The loud group was the first.", LONG, id="only the question's words"),
        pytest.param(
            "Skyclad invented loud metal.",
            paragraph(f"Skyclad was formed {'and so on ' * 20}as people say."),
            id="a source that is far too long",
        ),
    ],
)
def test_beside_another_long_source_that_cannot_be_cut_it_stays_partly_supported(
    claim: str, source: Paragraph
) -> None:
    partly = Match(Verdict.PARTLY, found(0, source=source).spans, 0.7)
    assert in_own_words([(claim, found(0, source=source))], ASKED) == [(claim, partly)]


def test_a_sentence_that_ends_in_brackets_is_not_quoted_with_the_next() -> None:
    titles = "The crew were a pilot (CMP) and another pilot (LMP)."
    source = paragraph(f"It {'went on and on ' * 12}(each by rocket.) {titles}")
    told = in_own_words(
        [("LMP stood for the other pilot.", found(0, source=source))], "What is LMP?"
    )
    assert [words for words, _ in told] == [f"“{titles}”"]


def test_what_nothing_bears_out_stays_to_be_left_out() -> None:
    unborne = ("Dragons guard it.", Match(Verdict.UNSUPPORTED, (), 0.1))
    assert in_own_words([unborne], ASKED) == [unborne]
    assert in_own_words([], ASKED) == []


@PROPERTY
@given(
    st.lists(
        st.tuples(
            st.text("Skyclad Venom metal 1990 folk", max_size=60),
            st.sampled_from([(0,), (1,), (0, 1)]),
            st.sampled_from([Verdict.SUPPORTED, Verdict.PARTLY]),
        ),
        max_size=4,
    )
)
def test_no_source_is_lost_and_a_second_time_changes_nothing(
    claims: list[tuple[str, tuple[int, ...], Verdict]],
) -> None:
    checked = [(text, found(*places, verdict=verdict)) for text, places, verdict in claims]
    told = in_own_words(checked, ASKED)
    assert {s for _, m in told for s in m.spans} == {s for _, m in checked for s in m.spans}
    assert in_own_words(told, ASKED) == told


def test_what_the_source_says_of_some_is_given_in_its_words() -> None:
    source = paragraph("Some of the knights joined the band.")
    checked = [("The knights joined the band.", found(0, source=source))]
    assert in_own_words(checked, "Who joined?") == [quoted(0, source=source)]
    assert in_own_words(checked, "Which knights joined the band?") == checked


def test_a_claim_that_repeats_a_sentence_beyond_forty_words_is_cut_to_what_was_asked() -> None:
    kept = "The band toured the whole of the north with two vans and a truck"
    source = paragraph(f"{kept}, and came home after {'days and ' * 15}nights.")
    claim = source.text
    [(words, match)] = in_own_words([(claim, found(0, source=source))], "How did the band tour?")
    assert words == f"“{kept} …”"
    assert match.spans == (Span(source, 0, len(kept)),)


def test_a_long_claim_that_cannot_be_cut_stays() -> None:
    source = paragraph(f"The band came home after {'days and ' * 20}nights.")
    checked = [(source.text, found(0, source=source))]
    assert in_own_words(checked, "When did the band come home?") == checked


def test_what_holds_in_a_case_is_given_in_the_words_of_its_source() -> None:
    source = paragraph("The band comes if the roads are open.")
    checked = [("The band comes.", found(0, source=source))]
    assert in_own_words(checked, "Does the band come?") == [quoted(0, source=source)]
    assert in_own_words(checked, "Does the band come if the roads are open?") == checked
