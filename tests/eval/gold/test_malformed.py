"""Fifty broken gold files of the three formats: each is refused with its file, place and reason."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval.gold.load import load_gold, read_items
from eval.gold.problems import GoldError
from tests.eval.fakes import GOLD_LINES, engine_corpus

ITEM: dict[str, Any] = dict(GOLD_LINES[0])
EVIDENCE: dict[str, Any] = ITEM["evidence"][0]
UNKNOWN: dict[str, Any] = dict(GOLD_LINES[-1])


def without(key: str) -> dict[str, Any]:
    return {k: v for k, v in ITEM.items() if k != key}


def quoting(**changes: Any) -> dict[str, Any]:
    return {**ITEM, "evidence": [{**EVIDENCE, **changes}]}


# The second line of a file whose first is all right: (line, reason).
NATIVE: list[tuple[object, str]] = [
    (without("id"), 'key "id" is missing'),
    (without("question"), 'key "question" is missing'),
    (without("answers"), 'key "answers" is missing'),
    (without("evidence"), 'key "evidence" is missing'),
    (without("answerable"), 'key "answerable" is missing'),
    ({**ITEM, "colour": "red"}, 'unknown key "colour"'),
    ({**ITEM, "id": 7}, "id: Input should be a valid string"),
    ({**ITEM, "id": " "}, "id is empty"),
    ({**ITEM, "question": ""}, "question is empty"),
    ({**ITEM, "question": None}, "question: Input should be a valid string"),
    ({**ITEM, "answers": "1932"}, "answers: Input should be a valid list"),
    ({**ITEM, "answers": []}, "answerable, but answers is empty"),
    ({**ITEM, "answers": [" "]}, "an accepted answer is empty"),
    ({**ITEM, "answers": [1932]}, "answers.0: Input should be a valid string"),
    ({**ITEM, "evidence": []}, "answerable, but evidence is empty"),
    ({**ITEM, "evidence": [{"path": "bridges.txt"}]}, 'key "quote" is missing in evidence.0'),
    (quoting(page=3), 'unknown key "page" in evidence.0'),
    (quoting(quote=""), "a quote is empty"),
    (quoting(quote="opened in 1933"), 'quote "opened in 1933" is not in bridges.txt'),
    (quoting(quote="the"), 'quote "the" fits several paragraphs of bridges.txt'),
    (quoting(path="nowhere.txt"), '"nowhere.txt" is not an indexed document'),
    (quoting(path="../bridges.txt"), 'path "../bridges.txt" must be relative to the corpus'),
    (quoting(path="/etc/passwd"), 'path "/etc/passwd" must be relative to the corpus'),
    (quoting(path="C:\\gold.txt"), 'path "C:\\gold.txt" must be relative to the corpus'),
    ({**ITEM, "answerable": "yes"}, "answerable: Input should be a valid boolean"),
    ({**ITEM, "answerable": False}, "not answerable, but has answers"),
    ({**UNKNOWN, "evidence": [EVIDENCE]}, "not answerable, but has evidence"),
    ({**ITEM, "tags": ["a", 1]}, "tags.1: Input should be a valid string"),
    ({**ITEM, "history": [{"role": "system", "content": "x"}]}, "history.0.role: Input should be"),
    ({**ITEM, "history": ["x"]}, "history.0: Input should be"),
    ({**ITEM, "draft": {"origin": "added"}}, "a draft that nobody has reviewed"),
    (["not", "an", "object"], "not a JSON object"),
    ({**ITEM, "id": "first"}, 'id "first" is that of line 1 too'),
]
RAW: list[tuple[bytes, str]] = [
    (b"{", "not JSON"),
    (b'{"id": "a"} trailing', "not JSON"),
    (b'{"id": "a", "id": "b"}', 'not usable JSON: key "id" occurs twice in one object'),
    (b'{"id": "\xff"}', "not UTF-8 at byte"),
    (b'{"id": "\\ud800"}', "half of a surrogate pair"),
]

SQUAD_QUESTION: dict[str, Any] = {
    "id": "q1",
    "question": "When?",
    "answers": [{"text": "1932", "answer_start": 10}],
}


def squad(*questions: object, context: object = "Opened in 1932.") -> object:
    return {"data": [{"title": "Alder", "paragraphs": [{"context": context, "qas": questions}]}]}


SQUAD: list[tuple[object, str]] = [
    ({}, "data: Field required"),
    ({"data": [{"title": "x"}]}, "data.0.paragraphs: Field required"),
    (squad(), "there is no question in it"),
    ([ITEM], "items of ours stand one a line in a .jsonl file"),
    (squad(SQUAD_QUESTION, context=3), "data.0.paragraphs.0.context: Input should be"),
    (squad({**SQUAD_QUESTION, "question": " "}), "data.0.paragraphs.0.qas.0: question is empty"),
    (squad({**SQUAD_QUESTION, "answers": []}), "qas.0: answerable, but answers is empty"),
    (
        squad({**SQUAD_QUESTION, "answers": [{"text": "1932", "answer_start": 2}]}),
        'qas.0: answer "1932" is not at answer_start',
    ),
    (squad(SQUAD_QUESTION, SQUAD_QUESTION), 'qas.1: id "q1" is used more than once'),
]

BEIR: list[tuple[str, bytes, str]] = [
    ("corpus.jsonl", b'{"_id": "d1", "text": "A heron."}\n{"text": "x"}\n', "corpus.jsonl:2: "),
    (
        "corpus.jsonl",
        b'{"_id": "d1", "text": "A heron."}\n{"_id": "d1", "text": "x"}\n',
        'corpus.jsonl:2: id "d1" is used twice',
    ),
    ("queries.jsonl", b'{"_id": "q1", "text": " "}\n', "queries.jsonl:1: text is empty"),
    ("queries.jsonl", b'{"_id": "q1", "text": "\xff"}\n', "queries.jsonl:1: 'utf-8' codec"),
    ("corpus.jsonl", b"[" * 100_000 + b"\n", "corpus.jsonl:1: maximum recursion depth"),
    (
        "corpus.jsonl",
        b'{"_id": 1, "text": "A heron."}\n',
        "corpus.jsonl:1: _id: Input should be a valid string",
    ),
    ("corpus.jsonl", b'["d1"]\n', "corpus.jsonl:1: Input should be a valid dictionary"),
    (
        "corpus.jsonl",
        b'{"_id": "d1", "text": "\\ud83d"}\n',
        "corpus.jsonl:1: half of a surrogate pair is not text",
    ),
    (
        "queries.jsonl",
        b'{"_id": "q1", "text": "What \\ud83d?"}\n',
        "queries.jsonl:1: half of a surrogate pair is not text",
    ),
    ("qrels/test.tsv", b"q1\td\xff\t1\n", "test.tsv:1: not query id, document id and score"),
    (
        "qrels/test.tsv",
        b"query-id\tcorpus-id\tscore\nq1\tnone\t1\n",
        'test.tsv:2: document "none" is not in corpus.jsonl',
    ),
    ("qrels/test.tsv", b"q1 d1 1\n", "test.tsv:1: not query id, document id and score"),
    ("qrels/test.tsv", b"q1\td1\tmuch\n", "test.tsv:1: not query id, document id and score"),
    ("qrels/test.tsv", b"q1\td1\t0\n", "test.tsv: no document is relevant"),
    ("qrels/test.tsv", b"q9\td1\t1\n", 'test.tsv: query "q9" is not in queries.jsonl'),
]


def native_file(line: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        first = json.dumps({**ITEM, "id": "first"}).encode()
        (folder / "gold.jsonl").write_bytes(first + b"\n" + line + b"\n")
        return folder / "gold.jsonl"

    return write


def squad_file(value: object) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / "gold.json").write_text(json.dumps(value))
        return folder / "gold.json"

    return write


def beir_folder(name: str, content: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / "qrels").mkdir()
        (folder / "corpus.jsonl").write_text('{"_id": "d1", "text": "A heron eats fish."}\n')
        (folder / "queries.jsonl").write_text('{"_id": "q1", "text": "What is eaten?"}\n')
        (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\n")
        (folder / name).write_bytes(content)
        return folder

    return write


CASES = [
    *((native_file(json.dumps(line).encode()), f"gold.jsonl:2: {why}") for line, why in NATIVE),
    *((native_file(line), f"gold.jsonl:2: {why}") for line, why in RAW),
    *((squad_file(value), why) for value, why in SQUAD),
    *((beir_folder(name, content), why) for name, content, why in BEIR),
]


def test_there_are_at_least_fifty() -> None:
    assert len(CASES) >= 50
    assert len({why for _, why in CASES}) >= 45


@pytest.mark.parametrize(
    ("write", "expected"), CASES, ids=[f"{n}: {why[:50]}" for n, (_, why) in enumerate(CASES)]
)
def test_malformed_file_is_refused_with_its_place_and_reason(
    write: Callable[[Path], Path], expected: str, tmp_path: Path
) -> None:
    path = write(tmp_path)
    with pytest.raises(GoldError) as caught:
        load_gold(path, engine_corpus())
    message = str(caught.value)
    assert message.startswith(str(path))
    # evidence problems carry their number between line and reason
    plain = message.replace("evidence 1: ", "")
    assert expected in plain
    assert caught.value.exit_code == 2


def test_whole_files_of_this_layout_are_all_right(tmp_path: Path) -> None:
    for write in (
        native_file(json.dumps(ITEM).encode()),
        squad_file(squad(SQUAD_QUESTION)),
        beir_folder("queries.jsonl", b'{"_id": "q1", "text": "What is eaten?"}\n'),
    ):
        folder = tmp_path / write.__qualname__.partition(".")[0]
        folder.mkdir()
        items, problems = read_items(write(folder))
        assert items
        assert not problems


@pytest.mark.parametrize(
    ("write", "names"),
    [
        (native_file(json.dumps(ITEM).encode()), ["gold.jsonl"]),
        (squad_file(squad(SQUAD_QUESTION)), ["gold.json"]),
        (
            beir_folder("qrels/test.tsv", b"q1\td1\t1\n"),
            ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"],
        ),
    ],
)
def test_files_of_every_layout_may_begin_with_a_byte_order_mark(
    write: Callable[[Path], Path], names: list[str], tmp_path: Path
) -> None:
    path = write(tmp_path)
    plain = read_items(path)
    for name in names:
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + (tmp_path / name).read_bytes())
    assert read_items(path) == plain
    assert not plain[1]
