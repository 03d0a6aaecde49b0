from collections.abc import Mapping
from dataclasses import replace

import pytest

from index.filters import EVERYTHING
from index.fusion import NAME, NUMBERED
from index.types import Hit
from index.year_series import OTHER_YEAR
from rag.context import choose_sources
from rag.named import may_differ, named_documents, of_what_is_named
from rag.run import Run
from tests.rag.fakes import hit, paragraph


def found(path: str, rank: int, signals: Mapping[str, float]) -> Hit:
    plain = hit(paragraph(f"The {path} says so.", path=path), rank)
    return replace(plain, signals={**plain.signals, **signals})


@pytest.mark.parametrize(
    ("signals", "kept"),
    [
        pytest.param([{NAME: 1.5}, {NAME: 0.0}, {NAME: 1.0}], "ac", id="a document"),
        pytest.param([{NUMBERED: 1.0}, {NUMBERED: -1.0}, {NUMBERED: 0.0}], "a", id="a number"),
        pytest.param(
            [{NUMBERED: 0.0}, {NUMBERED: 1.0}, {NUMBERED: -1.0}], "ab", id="another number"
        ),
        pytest.param([{NUMBERED: 0.0}, {NUMBERED: -1.0}, {}], "abc", id="only another number"),
        pytest.param([{NUMBERED: 0.0}, {NUMBERED: OTHER_YEAR}, {}], "ac", id="another year"),
        pytest.param([{NUMBERED: OTHER_YEAR}, {}, {}], "abc", id="another year first"),
        pytest.param([{NAME: 0.6}, {NAME: 0.0}, {NAME: 1.0}], "abc", id="half a name"),
        pytest.param([{NAME: 0.0}, {NAME: 1.0}, {NAME: 1.0}], "abc", id="the first is of another"),
        pytest.param(
            [{NAME: 1.0, NUMBERED: 1.0}, {NAME: 1.0, NUMBERED: 0.0}, {NUMBERED: 1.0}],
            "a",
            id="both",
        ),
        pytest.param([{}, {}, {}], "abc", id="nothing is named"),
    ],
)
def test_of_what_the_question_names_only_what_is_of_it(
    signals: list[dict[str, float]], kept: str
) -> None:
    hits = [found(path, 1, s) for path, s in zip("abc", signals, strict=True)]
    assert "".join(hit.paragraph.path for hit in of_what_is_named(hits)) == kept
    assert of_what_is_named([]) == []


def test_part_of_a_name_names_a_document_too() -> None:
    hits = [found("a", 1, {NAME: 0.6}), found("b", 2, {NAME: 0.0}), found("c", 3, {})]
    assert named_documents(hits) == {"a"}


@pytest.mark.parametrize(("cited", "differing"), [("a", "ad"), ("b", "abcd"), ("ab", "ad")])
def test_beside_a_document_that_is_named_only_such_may_say_otherwise(
    cited: str, differing: str
) -> None:
    signals = zip("abcd", [{NAME: 0.6}, {NAME: 0.0}, {}, {NAME: 1.0}], strict=True)
    differs = may_differ([found(path, 1, s) for path, s in signals], {*cited})
    assert "".join(filter(differs, "abcd")) == differing


def test_only_what_is_named_is_shown_to_the_model_cited_and_quoted() -> None:
    run = Run("What does a say?", EVERYTHING)
    hits = (found("b", 1, {NAME: 0.0}), found("a", 2, {NAME: 1.0}))
    run.found(hits)
    assert {ranked.paragraph.path for ranked in run.quotable()} == {"a", "b"}
    run.sources = choose_sources(run.quotable(), budget_tokens=700)
    run.found(hits[::-1])
    assert [paragraph.path for paragraph in run.citable()] == ["a"]
    assert [ranked.paragraph.path for ranked in run.quotable()] == ["a"]
