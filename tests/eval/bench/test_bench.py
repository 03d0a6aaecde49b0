"""What the bench counts and writes; its timings are for ``make bench``."""

import json
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from eval.bench.__main__ import GROUPS, main, parts
from eval.bench.answers import medians_of
from eval.bench.data import Data, find_data, first_words, recall
from eval.bench.measure import Embedded, TimedEmbedder, medians, peak_mb, percentiles_ms
from eval.bench.plot import svg
from eval.bench.report import markdown
from eval.bench.scale import ask, overlap
from eval.gold.items import Evidence, GoldItem
from rag.types import Answer, Status, Timings
from tests.conftest import ROOT, SEEDS
from tests.index.corpora import Library
from tests.index.fakes import HashEmbedder

INGEST = {
    "units": 10, "precision": "float32", "seconds": 8.0, "tokens": 1000, "embedding_seconds": 5.0,
    "tokens_a_second": 200, "recall_at_10": 0.9, "recall_in_300_words": 0.8, "questions": 4,
    "peak_mb": 600, "disk_mb": 2.5, "runs": 5, "data": "some",
}  # fmt: skip
SEARCH = {
    "p50_ms": 20.0, "p95_ms": 50.0, "p99_ms": 70.0, "embedding_ms": 10.0, "raw_chroma_ms": 4.0,
    "evidence_p95_ms": 101.0, "whole_p95_ms": 120.0,
    "ratio_to_raw_chroma": 1.4, "recall_at_10_of_exact": 0.97, "vector_recall_at_10": 0.99,
    "ingest_seconds": 60.0, "ingest_peak_mb": 900, "disk_mb": 80.0, "runs": 3,
}  # fmt: skip
FOUND: dict[str, dict[str, Any]] = {
    "ingest-pincite": INGEST,
    "ingest-stock-256": INGEST | {"tokens_a_second": 160, "seconds": 4.0},
    "search-10000": SEARCH,
    "changes-none": {"files": 10_000, "seconds": 2.5, "texts_embedded": 0},
    "changes-one": {"seconds": 0.5, "texts_embedded": [2, 2]},
    "cold": {"seconds": 1.1, "slowest": 1.3},
    "answers-pincite": {
        "evidence_ms": 30, "first_token_ms": 900, "full_ms": 1800, "prompt_tokens": 400,
        "cached_tokens": 300, "written_tokens": 20, "questions": 12,
    },
    "answers-stock": {"skipped": "No language model here."},
}  # fmt: skip


def test_each_bar_is_said_to_be_met_or_not() -> None:
    page = markdown(FOUND)
    # 200 / 160 = 1.25 times the tokens; 8 / 4 = 2 times the time; p95 50 <= 60; recall .97 < .98.
    assert "1.25 times the stock's with fitting chunks (bar: at least 1.2): met" in page
    assert "2.00 times the stock's with fitting chunks (bar: at most 1.6): **not met**" in page
    assert "10,000: p95 at most 60 ms: met; recall@10 of exact at least .98: **not met**" in page
    assert "evidence given out within 100 ms, p95: **not met**" in page
    assert "No change among 10,000 files: 2.50 s" in page
    assert "`pincite search` as a process of its own: 1.10 s" in page
    assert "LlamaIndex stock, its chunks" not in page


def test_the_first_token_is_compared_where_both_answered() -> None:
    stock = FOUND["answers-pincite"] | {"first_token_ms": 7200}
    page = markdown({**FOUND, "answers-stock": stock})
    assert "First token: 8.0 times sooner than the stock's (bar: 8): met" in page
    assert "First token: " not in markdown(FOUND)


def test_an_answer_made_without_the_model_has_no_first_token() -> None:
    times = [Timings(10, 4000.0, 5000.0), Timings(10, None, 30.0), Timings(10, 3000.0, 5000.0)]
    answers = [Answer("?", "?", Status.ANSWERED, "x", timings=each) for each in times]
    ours = medians_of(answers)
    assert (ours["first_token_ms"], ours["first_token_n"], ours["questions"]) == (3500, 2, 3)
    assert "that of the 2 answers for which the model was asked" in markdown(
        {"answers-pincite": ours}
    )
    quoted = medians_of(answers[1:2])
    assert "first_token_ms" not in quoted
    assert "| Pincite | 10 | – | 30 |" in markdown({"answers-pincite": quoted})


def test_bfloat16_has_the_higher_bars() -> None:
    page = markdown({**FOUND, "ingest-pincite": INGEST | {"precision": "bfloat16"}})
    assert "(bar: at least 2): **not met**" in page
    assert "(bar: at most 1): **not met**" in page


def test_parts_that_were_not_run_are_left_out() -> None:
    assert "##" not in markdown({})
    assert ElementTree.fromstring(svg({})).tag.endswith("svg")


def test_the_plot_has_a_bar_for_each_figure() -> None:
    drawn = ElementTree.fromstring(svg(FOUND))
    texts = [element.text for element in drawn.iter() if element.tag.endswith("text")]
    assert texts[:5] == ["Tokens embedded a second", "200", "Pincite", "160", "stock, 256"]
    assert {"10,000", "50", "900"} <= set(texts)


def test_percentiles_and_medians_by_hand() -> None:
    # 1 to 101 ms: the p-th percentile is p + 1.
    figures = percentiles_ms([n / 1000 for n in range(1, 102)])
    assert figures == {"p50_ms": 51.0, "p95_ms": 96.0, "p99_ms": 100.0}
    runs = [{"seconds": s, "precision": "float32", "counts": [1]} for s in (3.0, 1.0, 2.0)]
    assert medians(runs) == {"seconds": 2.0, "precision": "float32", "counts": [1]}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="children are counted there")
def test_peak_memory_counts_a_child_while_it_runs() -> None:
    held = "held = bytearray(300_000_000); held[::4096] = b'x' * len(held[::4096])"
    before = peak_mb()
    with subprocess.Popen(
        [sys.executable, "-c", f"{held}; del held; print(flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        during = peak_mb()
        child.communicate(b"\n")
    assert 300 <= during - before < 400
    assert peak_mb() - before < 50


def test_cheap_searches_and_ingests_are_run_more_than_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: list[str] = []

    def child(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        name = command[command.index("--child") + 1]
        assert command[1] == "-P", "files in the current folder would be run"
        run.append(name)
        figures = SEARCH if name.startswith("search") else INGEST
        told = json.dumps(figures | {"p95_ms": float(run.count(name))})
        return subprocess.CompletedProcess(command, 0, told, "")

    monkeypatch.setattr("subprocess.run", child)
    folders = ["--work", str(tmp_path / "work"), "--out", str(tmp_path / "out")]
    assert main(["--only", "search,ingest", "--repeat", "2", *folders]) == 0
    assert {name: run.count(name) for name in run} == {
        "ingest-pincite": 2,
        "ingest-stock-256": 2,
        "ingest-stock-1024": 2,
        "search-1000": 3,
        "search-10000": 3,
        "search-100000": 1,
    }
    page = (tmp_path / "out" / "bench.md").read_text("utf-8")
    # Of p95 in three runs, 1, 2 and 3 ms, the median is 2.
    assert "| 1,000 | 3 | 20 | 2 |" in page
    assert "| 100,000 | 1 | 20 | 1 |" in page


def test_recall_counts_quotes_that_stand_whole_in_a_text() -> None:
    def item(*quotes: str) -> GoldItem:
        return GoldItem("1", "?", ("a",), tuple(Evidence("a.txt", q) for q in quotes), True)

    items = [item("ships sail"), item("fish  is", "wool is spun")]
    found = [["The ships\nsail."], ["fish is salted", "wool is"]]
    # 2 of 3 quotes.
    assert recall(items, found) == pytest.approx(0.6667)
    assert first_words(["a b c", "d e f", "g"], 5) == ["a b c", "d e"]
    assert overlap([["a", "b"], ["c"]], [["b", "x"], ["c"]]) == pytest.approx(0.6667)


def test_embedded_texts_are_counted() -> None:
    embedder = TimedEmbedder(HashEmbedder())
    embedder.documents(["a", "b"])
    embedder.query("c")
    assert embedder.embedded.texts == ["a", "b"]
    assert embedder.embedded.seconds > 0
    assert Embedded().texts == []


def test_search_is_compared_with_exact_search_and_bare_chroma(tmp_path: Path, folder: Path) -> None:
    library = Library(folder, tmp_path / "state")
    words = ("ships", "timber", "fish", "salt", "grain", "mill", "wool", "harbour")
    # Each pair once: among equal vectors it is chance which of them are the ten nearest.
    pairs = combinations(words, 2)
    library.write("a.txt", "\n\n".join(f"The {a} and the {b}." for a, b in pairs))
    library.sync()
    figures = ask(library.state, HashEmbedder(), ["Where are ships?", "Is fish salted?"])
    assert figures["recall_at_10_of_exact"] == figures["vector_recall_at_10"] == 1
    assert figures["questions"] == figures["questions_compared"] == 2
    assert figures["evidence_p95_ms"] > 0
    assert figures["whole_p95_ms"] > 0
    assert figures["p50_ms"] <= figures["p95_ms"] <= figures["p99_ms"]


def test_every_group_has_its_parts_and_sizes_can_be_chosen() -> None:
    names = parts([5, 7], 3)
    assert {name.partition("-")[0] for name in names} == set(GROUPS)
    assert {"search-5", "search-7"} <= set(names)


def test_a_group_that_does_not_exist_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--only", "ingest,serach"])
    assert "no part serach" in capsys.readouterr().err


def test_the_data_are_a_folder_with_gold_or_the_seeds(tmp_path: Path) -> None:
    assert find_data(tmp_path / "mine") == Data(
        tmp_path / "mine" / "corpus", tmp_path / "mine" / "gold.jsonl"
    )
    assert find_data(tmp_path / "mine").name == "mine"
    seeds = Data(SEEDS, ROOT / "eval" / "gold" / "seeds.jsonl")
    assert seeds.name == "seeds"
    items = seeds.questions(5)
    assert 1 <= len(items) <= 5
    assert all(item.answerable for item in items)
