from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.catalog import Catalog
from index.store import Store
from index.types import Paragraph
from rag.engine import ALL
from rag.mentions import LISTED, Told, counted, listed, occurrences
from rag.routes.route import Asked, Route, route_of
from rag.routes.summary import MOST_PARAGRAPHS
from rag.routes.whole_corpus import WholeCorpus
from rag.types import Answer, Status, Turn
from tests.rag.checks import PROPERTY, check_answer, finished
from tests.rag.fakes import ScriptedLLM, paragraph
from tests.rag.small_corpus import TEXTS, chain_over, synced

# Which way


@pytest.mark.parametrize(
    ("question", "route", "subject"),
    [
        ("How many times is the heron mentioned?", Route.COUNT, "heron"),
        ("How often is “Alder bridge” mentioned in the documents?", Route.COUNT, "Alder bridge"),
        ("how many times does the word bridge appear?", Route.COUNT, "bridge"),
        ("How often does Renfield come up in the documents?", Route.COUNT, "Renfield"),
        ("How many paragraphs mention Renfield?", Route.COUNT, "Renfield"),
        ("In how many documents is the river Tam mentioned?", Route.COUNT, "river Tam"),
        ("Count the mentions of Oakholm.", Route.COUNT, "Oakholm"),
        ("Which paragraphs mention the heron?", Route.MENTIONS, "heron"),
        ("List all mentions of the ferry", Route.MENTIONS, "ferry"),
        ("Where is Oakholm mentioned?", Route.MENTIONS, "Oakholm"),
        ("List all birds that eat fish", Route.LIST, "birds that eat fish"),
        ("Can you name every bridge over the Tam?", Route.LIST, "bridge over the Tam"),
        ("Summarise birds.txt", Route.SUMMARY, "birds.txt"),
        ("What is this document about?", Route.SUMMARY, "document"),
        ("Give me a short summary of the documents.", Route.SUMMARY, "documents"),
        ("Summarize.", Route.SUMMARY, ""),
        ("Summarise the accounts, please.", Route.SUMMARY, "accounts"),
        ("Compare all the bridges", Route.COMPARE, "bridges"),
        ("Give me the key points", Route.SUMMARY, ""),
        ("What are the main takeaways from birds.txt?", Route.SUMMARY, "birds.txt"),
        ("tl;dr", Route.SUMMARY, ""),
        ("List all people mentioned", Route.KINDS, "people"),
        ("Which dates are named in the documents?", Route.KINDS, "dates"),
        ("Show me the names in the file", Route.KINDS, "names"),
        ("Hello!", Route.GREETING, ""),
        ("Thank you very much.", Route.GREETING, ""),
        ("What can you do?", Route.GREETING, ""),
    ],
)
def test_a_question_about_the_whole_is_recognised(
    question: str, route: Route, subject: str
) -> None:
    assert route_of(question) == Asked(route, subject)


@pytest.mark.parametrize(
    "question",
    [
        "How many people died?",
        "Which dates suit the ministers?",
        "Help me find the bridge",
        "Who are the people behind it?",
        "How often does the ferry leave?",
        "How often does the comet appear?",
        "How many times was the king married?",
        "How many times is he mentioned?",
        "How many documents did the ministers sign?",
        "What is the heron's nest built of?",
        "Who is mentioned as the mayor of Renfield?",
        "What are the main exports of Oakholm?",
        "Name the mayor of Renfield.",
        "What is the treaty about?",
        "What is this about?",
        "Which river does the Alder bridge cross?",
        "Where is the ferry?",
        "How do herons and storks compare?",
    ],
)
def test_an_ordinary_question_goes_the_ordinary_way(question: str) -> None:
    assert route_of(question) is None


@PROPERTY
@given(st.text(max_size=300))
def test_no_question_breaks_the_recognition(question: str) -> None:
    route_of(question)


# Counting and listing


def test_whole_words_are_counted_whatever_their_case() -> None:
    text = "The Heron and the heron's nest. Herons, HERON, preheron."
    assert len(occurrences("heron", paragraph(text))) == 3


def test_a_term_of_several_words_may_stand_on_two_lines() -> None:
    assert len(occurrences("Alder bridge", paragraph("The Alder\nbridge, the alder  bridge."))) == 2


def test_a_count_says_how_often_in_how_many_paragraphs_and_cites_the_first() -> None:
    holding = [
        paragraph("A heron here. Another heron.", path="a.txt"),
        paragraph("No bird.", "A heron.", path="b.txt"),
    ]
    told = counted("heron", holding)
    ((text, match),) = told.checked
    assert text == "“heron” is mentioned 3 times, in 2 paragraphs of 2 documents."
    assert [span.text for span in match.spans] == ["A heron here. Another heron.", "A heron."]


def test_a_list_quotes_each_sentence_and_says_its_cap() -> None:
    holding = [paragraph(f"Bird {n} is a heron.", ordinal=n) for n in range(1, LISTED + 6)]
    told = listed("heron", holding, exact=True)
    assert len(told.checked) == LISTED
    assert str(LISTED + 5) in told.notice
    assert all(text == match.spans[0].text for text, match in told.checked)


@pytest.mark.parametrize(
    ("term", "times"),
    [("C", "twice"), ("U.S", "twice"), ("the U.S.", "once"), ("Vitamin C", "once")],
)
def test_a_term_of_single_letters_is_counted(tmp_path: Path, term: str, times: str) -> None:
    texts = {"a.txt": "Vitamin C is in it. Not D.\n\nThe U.S. and U.S. C, but no us.\n"}
    with synced(tmp_path, texts) as store:
        told = WholeCorpus(store).answer(Asked(Route.COUNT, term))
        ((text, _),) = told.checked
        assert f"mentioned {times}," in text


def test_what_has_no_word_to_look_for_is_asked_the_ordinary_way(store: Store) -> None:
    assert WholeCorpus(store).answer(Asked(Route.COUNT, "__")) == Told(())


# In the chain


def ask(store: Store, question: str) -> Answer:
    model = ScriptedLLM(["The Alder bridge was opened in 1932."])
    chain = chain_over(store, model, corpus=WholeCorpus(store))
    answer = finished(chain.stream(question))
    check_answer(answer, TEXTS.__getitem__)
    assert answer.retrieved
    if not model.calls and answer.status is Status.ANSWERED:
        assert answer.extractive
    return answer


@pytest.mark.parametrize("term", ["bridge", "heron", "Renfield", "07:45", "river Tam"])
def test_a_count_is_what_the_documents_hold(store: Store, term: str) -> None:
    in_all = sum(
        len(occurrences(term, p)) for path in TEXTS for p in store.catalog.paragraphs(path)
    )
    assert in_all
    times = {1: "once", 2: "twice"}.get(in_all, f"{in_all} times")
    answer = ask(store, f"How many times does the word “{term}” appear?")
    assert f"mentioned {times}" in answer.text
    assert all(occurrences(term, c.paragraph) for c in answer.citations)


def test_a_term_that_is_nowhere_is_refused_plainly(store: Store) -> None:
    answer = ask(store, "How many times is Smaug mentioned?")
    assert answer.status is Status.REFUSED
    assert "“Smaug” is not mentioned" in answer.text


def test_all_mentions_are_quoted_with_a_citation_each(store: Store) -> None:
    answer = ask(store, "List all mentions of heron")
    assert [c.quote for c in answer.citations] == [
        "The grey heron nests in tall trees near shallow water.",
        "A heron eats fish, frogs and sometimes voles.",
    ]
    assert [s.citations for s in answer.sentences] == [(1,), (2,)]


def test_a_list_nothing_fits_is_asked_the_ordinary_way_and_says_so(store: Store) -> None:
    answer = ask(store, "List all the dragons that opened the Alder bridge")
    assert "best paragraphs only" in answer.notice
    assert not answer.extractive


@pytest.mark.parametrize("question", ["Summarise birds.txt", "what is birds.txt about?"])
def test_a_summary_of_a_document_quotes_its_sentences(store: Store, question: str) -> None:
    answer = ask(store, question)
    assert {c.paragraph.path for c in answer.citations} == {"birds.txt"}
    assert "not a full summary" in answer.notice


def test_a_summary_of_all_documents_draws_on_all(store: Store) -> None:
    answer = ask(store, "What are the documents about?")
    assert len({c.paragraph.path for c in answer.citations}) > 1


class CountingCatalog(Catalog):
    """Counts the paragraphs that are read of documents."""

    read = 0

    def paragraphs(self, path: str, first: int = 1, last: int = ALL) -> list[Paragraph]:
        found = super().paragraphs(path, first, last)
        self.read += len(found)
        return found


def test_a_summary_reads_no_more_paragraphs_than_it_draws_on(tmp_path: Path) -> None:
    text = "\n\n".join(f"Paragraph {n} has a sentence of some words." for n in range(900))
    with synced(tmp_path, {f"{n}.txt": f"File {n}.\n\n{text}" for n in range(4)}) as store:
        store.catalog = catalog = CountingCatalog(store.database)
        told = WholeCorpus(store).answer(Asked(Route.SUMMARY, "documents"))
    assert "Only the first 2000 paragraphs were read" in told.notice
    assert catalog.read == MOST_PARAGRAPHS + 1


def test_this_document_is_unclear_when_there_are_several(store: Store) -> None:
    answer = ask(store, "What is this document about?")
    assert answer.status is Status.REFUSED
    assert "3 documents" in answer.text


def test_comparing_everything_is_refused_plainly(store: Store) -> None:
    answer = ask(store, "Compare all the bridges")
    assert answer.status is Status.REFUSED
    assert "two of them at a time" in answer.text


def test_what_no_search_of_words_can_list_is_refused_plainly(store: Store) -> None:
    answer = ask(store, "List all people mentioned")
    assert answer.status is Status.REFUSED
    assert answer.text.startswith("Which words are people cannot be told")


@pytest.mark.parametrize("before", [[], [Turn("user", "When was the Alder bridge opened?")]])
def test_a_greeting_is_answered_with_what_can_be_asked_and_nothing_found(
    store: Store, before: list[Turn]
) -> None:
    model = ScriptedLLM(["Hello, how can I help?"])
    chain = chain_over(store, model, corpus=WholeCorpus(store))
    answer = finished(chain.stream("Thanks!", before))
    assert answer.text.startswith("Ask something about the documents")
    assert answer.retrieved == ()
    assert model.calls == []


MINUTES = "Minutes of the meeting of 3 May\n\n1. Roof\n\nThree firms are to be asked. Tom writes."
FOLDER = {
    "minutes-may.md": f"# Riverside Hall Committee\n\n{MINUTES.replace('1. Roof', '## 1. Roof')}",
    "minutes-june.md": "# Allotment Society\n\nThe tap at the lower gate of the site leaks.",
    "lease.md": "# Lease\n\n## 4. Deposit\n\nA deposit of one month's rent has been paid.",
}


@pytest.mark.parametrize(
    ("subject", "about"),
    [
        ("minutes of the hall committee", "minutes-may.md (“Riverside Hall Committee”)"),
        ("may minutes", "minutes-may.md (“Riverside Hall Committee”)"),
        ("deposit", "“deposit”"),
        ("deposit clause", "“deposit”"),
        ("minutes", ""),
        ("minutes of the lease", ""),
        ("gate", ""),
    ],
)
def test_a_document_is_summed_up_by_words_of_its_names_and_a_section_by_its_heading(
    tmp_path: Path, subject: str, about: str
) -> None:
    with synced(tmp_path, FOLDER) as store:
        told = WholeCorpus(store).answer(Asked(Route.SUMMARY, subject))
    assert bool(told.checked) == bool(about)
    assert about in told.notice


def test_documents_without_paragraphs_are_not_summed_up(tmp_path: Path) -> None:
    with synced(tmp_path, {}) as store:
        assert WholeCorpus(store).answer(Asked(Route.SUMMARY, "documents")) == Told(())


def test_a_summary_of_one_sentence_says_so(tmp_path: Path) -> None:
    with synced(tmp_path, {"a.txt": "The old bridge was opened in 1932."}) as store:
        told = WholeCorpus(store).answer(Asked(Route.SUMMARY, "documents"))
    assert told.notice.startswith("This is the sentence most central to a.txt")
