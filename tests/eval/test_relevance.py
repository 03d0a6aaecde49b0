from pathlib import Path

import pytest

from eval.gold.items import Evidence, GoldItem
from eval.gold.load import load_gold
from eval.gold.problems import GoldError
from eval.relevance import QuoteFinder
from tests.eval.fakes import GOLD_LINES, corpus_of, engine_corpus, write_lines

LONG = "the mayor opened the Alder bridge in the spring of nineteen thirty-two"
SHORT = "the Alder bridge in the spring of 1932"


def found(evidence: Evidence, **texts: str) -> list[str]:
    corpus = corpus_of({f"{name}.txt": text for name, text in texts.items()})
    return [part.id for part in QuoteFinder(corpus).relevant(evidence)]


def test_long_quote_is_relevant_in_any_file() -> None:
    assert len(LONG) >= 60
    evidence = Evidence("a.txt", LONG)
    assert found(evidence, a=f"So {LONG}.", b=f"x\n\nAnd {LONG}!") == ["a.txt#1", "b.txt#2"]


def test_short_quote_is_relevant_in_its_own_file_only() -> None:
    evidence = Evidence("a.txt", SHORT)
    assert found(evidence, a=f"So {SHORT}.", b=f"And {SHORT}!") == ["a.txt#1"]


def test_whitespace_runs_are_compared_as_one_blank() -> None:
    assert found(
        Evidence("a.txt", "four  lanes\nand"), a="It has four\r\nlanes\u00a0and more."
    ) == ["a.txt#1"]


def test_quote_twice_in_one_paragraph_is_one_place() -> None:
    assert found(Evidence("a.txt", "by and by"), a="by and by, and again by and by") == ["a.txt#1"]


def test_quote_across_a_break_belongs_to_the_paragraph_with_most_of_it() -> None:
    evidence = Evidence("a.txt", "end. The next paragraph starts")
    assert found(evidence, a="This is the end.\n\nThe next paragraph starts here.") == ["a.txt#2"]


def test_quote_across_many_paragraphs_belongs_to_none(tmp_path: Path) -> None:
    quote = "one two. three four. five six."
    line = {**GOLD_LINES[0], "evidence": [{"path": "a.txt", "quote": quote}]}
    corpus = corpus_of({"a.txt": "one two.\n\nthree four.\n\nfive six."})
    with pytest.raises(GoldError, match=r"crosses paragraphs of a\.txt and none holds half of it"):
        load_gold(write_lines(tmp_path / "gold.jsonl", [line]), corpus)


def test_quote_in_a_heading_cannot_be_cited(tmp_path: Path) -> None:
    line = {**GOLD_LINES[0], "evidence": [{"path": "a.txt", "quote": "A heading"}]}
    corpus = corpus_of({"a.txt": "A heading\n\nAnd the text."})
    corpus.paragraphs["a.txt"].pop(0)  # type: ignore[attr-defined]  # the fake's are lists
    with pytest.raises(GoldError, match=r"stands in a heading of a\.txt"):
        load_gold(write_lines(tmp_path / "gold.jsonl", [line]), corpus)


def test_item_knows_which_quotes_each_paragraph_holds() -> None:
    item = GoldItem(
        "i",
        "q",
        ("x",),
        (Evidence("birds.txt", "grey heron"), Evidence("birds.txt", "tall trees")),
        answerable=True,
    )
    resolved = QuoteFinder(engine_corpus()).resolve(item)
    assert [part.quotes for part in resolved.paragraphs] == [("grey heron", "tall trees")]
    assert resolved.quote_paragraphs == (frozenset({"birds.txt#1"}),) * 2
