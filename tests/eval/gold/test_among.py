from collections.abc import Mapping
from pathlib import Path

import pytest

from eval.gold.among import eval_files, is_gold
from tests.eval.fakes import GOLD_LINES, write_lines

SQUAD = {
    "data": [
        {
            "paragraphs": [
                {
                    "context": "The Alder bridge was opened in 1932.",
                    "qas": [{"id": "1", "question": "Who built it?", "is_impossible": True}],
                }
            ]
        }
    ]
}


def test_a_gold_file_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    assert is_gold(write_lines(tmp_path / "train.jsonl", GOLD_LINES))
    assert is_gold(write_lines(tmp_path / "dev.JSON", [SQUAD]))


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("faq.jsonl", [{"question": "When?", "answer": "1932", "answers": ["1932"]}]),
        ("more.jsonl", [{**GOLD_LINES[0], "author": "Jane"}]),
        ("mixed.jsonl", [*GOLD_LINES, {"note": "end"}]),
        ("empty.jsonl", []),
        ("notes.txt", GOLD_LINES),
        ("one.json", [GOLD_LINES[0]]),
        ("data.json", [{"data": [{"paragraphs": [{"context": "x"}]}]}]),
        ("broken.json", [{"qas": SQUAD}]),
    ],
)
def test_what_only_looks_like_a_gold_file_is_a_document(
    tmp_path: Path, name: str, lines: list[Mapping[str, object]]
) -> None:
    assert not is_gold(write_lines(tmp_path / name, lines))
    assert not is_gold(tmp_path / f"missing-{name}")


def test_gold_files_are_found_with_what_lies_beside_them_but_not_what_is_quoted(
    tmp_path: Path,
) -> None:
    root = tmp_path.resolve()
    (root / "splits").mkdir()
    write_lines(root / "splits" / "train.jsonl", GOLD_LINES)
    write_lines(root / "splits" / "quoted.jsonl", GOLD_LINES)
    (root / "birds.txt").write_text("A heron eats fish.")
    quote = {"path": "splits/quoted.jsonl", "quote": "When was the Alder bridge opened?"}
    gold = write_lines(root / "gold.jsonl", [{**GOLD_LINES[0], "evidence": [quote]}])
    paths = ["birds.txt", "gold.jsonl", "splits/quoted.jsonl", "splits/train.jsonl"]
    found = eval_files(gold, root, paths)
    assert {file.relative_to(root).as_posix() for file in found} == {
        *("gold.jsonl", "gold.drafts.jsonl", "gold.jsonl.sources.json"),
        *("splits/train.jsonl", "splits/train.drafts.jsonl", "splits/train.jsonl.sources.json"),
    }


def test_a_gold_file_that_is_still_to_be_made_is_no_obstacle(tmp_path: Path) -> None:
    gold = tmp_path.resolve() / "new.jsonl"
    assert gold in eval_files(gold, tmp_path, [])
