from pathlib import Path

import pytest

from eval.gold.checks import PlacedItem, set_problems
from eval.gold.items import Evidence, GoldItem
from eval.gold.stale import read_sources, sources_file, stale_items, write_sources
from eval.relevance import QuoteFinder
from index.errors import UsageError
from rag.types import Turn
from tests.eval.fakes import TEXTS, corpus_of

QUOTE = "nests in tall trees near shallow water"


def placed(
    id_: str,
    question: str,
    *,
    quote: str = "",
    file: str = "gold.jsonl",
    line: int = 1,
    tags: tuple[str, ...] = (),
    history: tuple[Turn, ...] = (),
) -> PlacedItem:
    evidence = (Evidence("birds.txt", quote),) if quote else ()
    item = GoldItem(id_, question, ("x",), evidence, True, history, tags)
    return PlacedItem(item, file, line)


def reasons(*items: PlacedItem) -> list[str]:
    return [str(problem) for problem in set_problems(items)]


def test_same_question_twice_in_a_file_is_named_with_both_places() -> None:
    assert reasons(
        placed("a", "Where do herons nest?", line=3), placed("b", "where do HERONS nest", line=9)
    ) == ["gold.jsonl:9: b: asks the same as a (gold.jsonl:3)"]


def test_questions_that_differ_by_a_mark_or_an_article_are_two() -> None:
    assert not reasons(
        placed("a", "What is C used for?"),
        placed("b", "What is C++ used for?"),
        placed("c", "Is it -5 degrees?"),
        placed("d", "Is it 5 degrees?"),
        placed("e", "Who has hepatitis A?"),
        placed("f", "Who has hepatitis?"),
    )


def test_same_words_in_another_conversation_are_another_question() -> None:
    assert not reasons(
        placed("a", "And why?", history=(Turn("user", "Herons nest high."),)),
        placed("b", "And why?", history=(Turn("user", "Herons eat voles."),)),
        placed("c", "And why?"),
    )


@pytest.mark.parametrize(
    ("question", "quote", "reason"),
    [
        ("Where do grey herons build their nest?", "", "asks the same as a"),
        ("Where do the grey herons build their nest, then?", "", "asks nearly what a asks"),
        ("What is the home of herons?", QUOTE, "quotes what a quotes"),
    ],
)
def test_leaks_between_files_are_named(question: str, quote: str, reason: str) -> None:
    first = placed("a", "Where do grey herons build their nest?", quote=QUOTE, file="dev.jsonl")
    [found] = reasons(first, placed("b", question, quote=quote, file="test.jsonl", line=7))
    assert found.startswith("test.jsonl:7: b: leaks from")
    assert found.endswith(f"{reason} (dev.jsonl:1)")


def test_tags_name_splits_within_a_file() -> None:
    question = "Where do grey herons build their nest?"
    dev = placed("a", question, tags=("dev",))
    test = placed("b", question, tags=("test",), line=2)
    [found] = reasons(dev, test)
    assert 'leaks from "gold.jsonl dev" into "gold.jsonl test"' in found
    # In one split it is a repeat, told once.
    again = placed("c", question, tags=("dev",), line=3)
    assert reasons(dev, again) == ["gold.jsonl:3: c: asks the same as a (gold.jsonl:1)"]


def test_short_questions_follow_ups_and_short_quotes_are_no_leaks() -> None:
    before = (Turn("user", "Tell me of herons."),)
    assert not reasons(
        placed("a", "Who is it?", quote="tall trees", file="dev.jsonl"),
        placed("b", "Who was it?", quote="tall trees", file="test.jsonl"),
        placed("c", "What do the herons eat there?", history=before, file="dev.jsonl"),
        placed("d", "What do the herons eat there now?", history=before, file="test.jsonl"),
    )


def test_different_questions_about_different_passages_are_all_right() -> None:
    assert not reasons(
        placed("a", "Where do grey herons build their nest?", quote=QUOTE, file="dev.jsonl"),
        placed("b", "How many lanes does the bridge carry?", file="test.jsonl"),
    )


def finder(**changed: str) -> QuoteFinder:
    return QuoteFinder(corpus_of({**TEXTS, **{f"{k}.txt": v for k, v in changed.items()}}))


def test_item_whose_quote_is_gone_is_stale() -> None:
    items = [placed("a", "Where?", quote=QUOTE)]
    assert stale_items(items, finder(), {}, {}) == []
    [found] = stale_items(items, finder(birds="Herons nest anywhere now."), {}, {})
    assert "is not in birds.txt" in str(found)
    assert str(found).startswith("gold.jsonl:1: a: ")


def test_item_whose_quote_stands_twice_now_is_stale() -> None:
    twice = f"Herons: {QUOTE}.\n\nStorks too: {QUOTE}."
    [found] = stale_items([placed("a", "Where?", quote=QUOTE)], finder(birds=twice), {}, {})
    assert "fits several paragraphs" in found.reason


def test_changed_document_makes_its_items_stale_once_it_was_reviewed(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    items = [placed("a", "Where?", quote=QUOTE), placed("b", "How old?")]
    assert read_sources(gold) == {}
    assert write_sources(gold, items, {"birds.txt": "11", "other.txt": "22"}) == sources_file(gold)
    known = read_sources(gold)
    assert known == {"birds.txt": "11"}
    assert stale_items(items, finder(), {"birds.txt": "11"}, known) == []
    [found] = stale_items(items, finder(), {"birds.txt": "33"}, known)
    assert found.reason == '"birds.txt" has changed since the last review'


@pytest.mark.parametrize("content", ["{", "[]", '"x"'])
def test_damaged_hashes_are_a_usage_error(tmp_path: Path, content: str) -> None:
    gold = tmp_path / "gold.jsonl"
    sources_file(gold).write_text(content)
    with pytest.raises(UsageError, match="delete it or write it anew"):
        read_sources(gold)
