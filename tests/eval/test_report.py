import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval.gold.load import load_gold
from eval.misses import find_misses
from eval.plan import Mode, plan_run
from eval.run import run
from eval.rundir import read_run
from eval.table import columns, ends_line, summary_table
from rag.types import Answer
from tests.eval.fakes import (
    GOLD_LINES,
    TEXTS,
    ScriptedEngine,
    answered,
    citation,
    corpus_of,
    paragraph,
    refused,
    right_answer,
    small_gold,
    write_lines,
)

NASTY = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{ 7*7 }}"


class Tags(HTMLParser):
    """Collects what a browser would see as tags, attributes and the text of marks."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def page(folder: Path) -> Tags:
    parser = Tags()
    parser.feed((folder / "report.html").read_text(encoding="utf-8"))
    return parser


def wrong(question: str) -> Answer:
    return answered(question, "The heron.", [(paragraph("birds.txt", 2), "eats fish")])


def test_page_shows_figures_plots_and_misses(tmp_path: Path) -> None:
    run(
        plan_run(small_gold(tmp_path), {"commit": "c0ffee"}),
        ScriptedEngine(wrong),
        tmp_path / "out",
    )
    found = page(tmp_path / "out")
    labels = [value for name, value in found.attributes if name == "aria-label"]
    assert labels == [
        "Recall by number of paragraphs",
        "Error by coverage",
        "Items by time",
        "correct by tag",
    ]
    # Nine of ten go wrong: "What do herons eat?" cites the right paragraph, but is not correct.
    assert found.tags.count("article") == 10
    for words in (
        "citation_precision",
        "c0ffee",
        "When was the Alder bridge opened?",
        "Misses (10)",
    ):
        assert words in found.text


def test_page_of_a_perfect_run_has_no_misses(tmp_path: Path) -> None:
    run(plan_run(small_gold(tmp_path), {}), ScriptedEngine(), tmp_path / "out")
    assert "Misses (0)" in page(tmp_path / "out").text


def test_page_loads_and_runs_nothing(tmp_path: Path) -> None:
    run(plan_run(small_gold(tmp_path), {}), ScriptedEngine(wrong), tmp_path / "out")
    found = page(tmp_path / "out")
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in found.attributes
    assert not {"script", "link", "img", "iframe", "object"} & set(found.tags)
    assert not {"src", "onclick", "onload"} & {name for name, _ in found.attributes}
    links = [value or "" for name, value in found.attributes if name == "href"]
    assert links
    assert all(link.startswith("#") for link in links)


def test_everything_foreign_is_escaped(tmp_path: Path) -> None:
    texts = {"a.txt": f"{NASTY} is in the text.\n\nAnother paragraph."}
    line = {
        **GOLD_LINES[0],
        "id": NASTY,
        "question": NASTY,
        "answers": [NASTY],
        "evidence": [{"path": "a.txt", "quote": NASTY}],
        "history": [{"role": "user", "content": NASTY}],
        "tags": [NASTY],
    }
    gold = load_gold(write_lines(tmp_path / "gold.jsonl", [line]), corpus_of(texts))
    next_door = corpus_of(texts).paragraphs["a.txt"][1]
    engine = ScriptedEngine(lambda q: answered(q, NASTY, [(next_door, "Another")]), texts)
    run(plan_run(gold, {"model": NASTY}), engine, tmp_path / "out")
    found = page(tmp_path / "out")
    assert not {"script", "img"} & set(found.tags)
    assert NASTY in found.text
    assert "49" not in found.text.split("Misses")[1].split("What it was run with")[0]


def test_failed_run_has_a_page_too(tmp_path: Path) -> None:
    def fails(question: str) -> Answer:
        raise RuntimeError("no model")

    run(plan_run(small_gold(tmp_path), {}), ScriptedEngine(fails), tmp_path / "out")
    assert "failed: RuntimeError: no model" in page(tmp_path / "out").text


def test_misses_mark_the_cited_and_the_gold_words(tmp_path: Path) -> None:
    run(plan_run(small_gold(tmp_path), {}), ScriptedEngine(wrong), tmp_path / "out")
    data = read_run(tmp_path / "out")
    miss = find_misses(data.items, data.results)[0]
    assert miss.reasons == (
        "no accepted answer in it",
        "no gold paragraph cited",
        "no gold quote among the first ten",
    )
    assert miss.cited[0].title == "[1] birds.txt, paragraph 2"
    assert miss.cited[0].pieces == ("A heron ", "eats fish", ", frogs and sometimes voles.")
    assert miss.gold[0].pieces[1] == "opened in 1932"
    assert miss.gold[0].note == "not among the first ten"
    assert miss.found == ()


def test_a_right_answer_that_cites_a_paragraph_too_many_is_a_miss(tmp_path: Path) -> None:
    def cites_too_much(question: str) -> Answer:
        right = right_answer(question)
        other = citation(2, paragraph("birds.txt", 2), "eats fish")
        return replace(right, citations=(*right.citations, other)) if right.citations else right

    run(plan_run(small_gold(tmp_path), {}), ScriptedEngine(cites_too_much), tmp_path / "out")
    data = read_run(tmp_path / "out")
    reasons = {miss.id: miss.reasons for miss in find_misses(data.items, data.results)}
    assert ("another paragraph cited",) in {reason[:1] for reason in reasons.values()}


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (refused, "refused, but the documents hold the answer"),
        (lambda q: answered(q, "Yes."), "answered, but the documents do not hold the answer"),
        (lambda q: answered(q, "1932 " * 41), "over 40 words, too long to count"),
    ],
)
def test_misses_of_either_kind_are_found(script: object, reason: str, tmp_path: Path) -> None:
    assert callable(script)
    run(plan_run(small_gold(tmp_path), {}), ScriptedEngine(script), tmp_path / "out")
    data = read_run(tmp_path / "out")
    assert any(reason in miss.reasons for miss in find_misses(data.items, data.results))


def test_a_miss_tells_where_the_gold_paragraph_was_found_and_what_was_found_first(
    tmp_path: Path,
) -> None:
    found = [paragraph("birds.txt", 2), paragraph("bridges.txt", 1)]
    engine = ScriptedEngine(lambda q: refused(q, retrieved=found))
    run(plan_run(small_gold(tmp_path), {}), engine, tmp_path / "out")
    data = read_run(tmp_path / "out")
    first, *_ = find_misses(data.items, data.results)
    assert [passage.title for passage in first.found] == [
        "1. birds.txt, paragraph 2",
        "2. bridges.txt, paragraph 1",
    ]
    assert [passage.note for passage in first.gold] == ["found at rank 2"]
    assert "Nothing cited; found first" in page(tmp_path / "out").text


def test_table_has_a_line_for_each_figure(tmp_path: Path) -> None:
    summary = run(plan_run(small_gold(tmp_path), {}), ScriptedEngine(), tmp_path / "out")
    text = summary_table(summary)
    assert "10 items (6 answerable): 6 answered, 4 refused, 0 failed" in text
    assert all(
        any(line.startswith(f"{key} ") for line in text.splitlines()) for key in summary["metrics"]
    )
    assert summary_table(json.loads(json.dumps(summary))) == text


def test_a_run_that_only_searched_answered_and_refused_nothing(tmp_path: Path) -> None:
    plan = plan_run(small_gold(tmp_path), {}, mode=Mode.RETRIEVAL)
    summary = run(plan, ScriptedEngine(), tmp_path / "out")
    assert ends_line(summary) == "10 items (6 answerable): 0 failed, 0 without a result"


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert columns([("a\x1b[2Jb", "c\n")]) == "a [2Jb  c"


def test_gold_words_with_other_blanks_are_shown_unmarked(tmp_path: Path) -> None:
    line = {**GOLD_LINES[0], "evidence": [{"path": "bridges.txt", "quote": "opened  in 1932"}]}
    gold = load_gold(write_lines(tmp_path / "gold.jsonl", [line]), corpus_of(TEXTS))
    run(plan_run(gold, {}), ScriptedEngine(wrong), tmp_path / "out")
    data = read_run(tmp_path / "out")
    [miss] = find_misses(data.items, data.results)
    assert len(miss.gold[0].pieces) == 1


def test_extractive_answers_are_not_counted_as_the_models(tmp_path: Path) -> None:
    def quoting(question: str) -> Answer:
        return replace(right_answer(question), extractive=True)

    summary = run(plan_run(small_gold(tmp_path), {}), ScriptedEngine(quoting), tmp_path / "out")
    assert summary["from_model"] == 0.0
