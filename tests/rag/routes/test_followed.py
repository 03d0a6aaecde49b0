"""What a colon leads in to is given with it: a command, an example."""

from collections.abc import Iterator

import pytest

from index.store import Store
from index.types import Paragraph
from rag.extract import RankedSentence
from rag.match import Span
from rag.routes.followed import what_follows, with_what_follows
from rag.types import Answer
from tests.rag.checks import check_answer, finished
from tests.rag.fakes import ScriptedLLM
from tests.rag.small_corpus import chain_over, synced

PUMP = """# Pump

The pump stands in the yard.

To learn how full the tank is, run the command:

    gauge -q 90

To drain the tank:

- open the tap
- wait an hour

To close it, say so: the keeper closes it. He asks nobody.

The keeper is to be told this:

# Tank

It holds 90 litres.
"""
TALK = "\n\n".join(f"To learn how full a day is, live it for {n} hours." for n in range(12))
LONG = f"These words are said over it:\n\n{'Water is good. ' * 20}"


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    texts = {"pump.md": PUMP, "long.md": LONG, "talk.md": TALK}
    with synced(tmp_path_factory.mktemp("yard"), texts) as store:
        yield store


def sentence(store: Store, path: str, words: str) -> Span:
    with store.reading():
        paragraphs = store.catalog.paragraphs(path)
    return next(
        Span(paragraph, one.start, one.end)
        for paragraph in paragraphs
        for one in paragraph.sentences
        if one.text.startswith(words)
    )


def ranked(span: Span) -> RankedSentence:
    paragraph: Paragraph = span.paragraph
    [one] = [s for s in paragraph.sentences if s.start == span.start]
    return RankedSentence(paragraph, one, 1.0)


@pytest.mark.parametrize(
    ("words", "follows"),
    [
        ("To learn", "gauge -q 90"),
        ("To drain", None),  # a list, which is told as such
        ("To close", None),
        ("The keeper is", None),  # under another heading
        ("The pump", None),
    ],
)
def test_a_colon_leads_in_to_the_next_paragraph_of_its_section(
    yard: Store, words: str, follows: str | None
) -> None:
    found = what_follows(yard, sentence(yard, "pump.md", words))
    assert (found.text if found else None) == follows


def test_of_much_that_follows_the_first_sentences_are_given(yard: Store) -> None:
    found = what_follows(yard, sentence(yard, "long.md", "These"))
    assert found is not None
    assert found.text == ("Water is good. " * 10).strip()


def test_a_model_reads_what_follows_right_after_what_leads_in_to_it(yard: Store) -> None:
    leads, stands = sentence(yard, "pump.md", "To learn"), sentence(yard, "pump.md", "The pump")
    read = with_what_follows(yard, [ranked(leads), ranked(stands)])
    assert [one.sentence.text for one in read] == [
        "To learn how full the tank is, run the command:",
        "gauge -q 90",
        "The pump stands in the yard.",
    ]


def answered(store: Store, draft: str = "") -> Answer:
    chain = chain_over(store, ScriptedLLM([draft]) if draft else None)
    answer = finished(chain.stream("How do I learn how full the tank is?"))
    check_answer(answer, store.catalog.text)
    return answer


def test_a_command_is_quoted_behind_what_it_does(yard: Store) -> None:
    assert "run the command:” [1] “gauge -q 90” [2]" in answered(yard).text


def test_what_the_model_takes_from_what_follows_is_cited_there(yard: Store) -> None:
    answer = answered(yard, "Run gauge -q 90 to learn how full the tank is.")
    assert not answer.extractive
    assert [citation.quote for citation in answer.citations][-1:] == ["gauge -q 90"]
