"""Malformed gold lines: each is refused with its file, line and reason."""

import json
from pathlib import Path

import pytest

from eval.gold.items import GoldItem
from eval.gold.jsonl import item_from_dict, item_to_dict, parse_jsonl
from eval.gold.load import load_gold
from eval.gold.problems import GoldError
from rag.types import Turn
from tests.eval.fakes import GOLD_LINES, TEXTS, corpus_of

GOOD = GOLD_LINES[0]


def line(**changes: object) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


def without(key: str) -> bytes:
    return json.dumps({k: v for k, v in GOOD.items() if k != key}).encode()


def evidence(path: object = "bridges.txt", quote: object = "four lanes", **more: object) -> bytes:
    return line(evidence=[{"path": path, "quote": quote, **more}])


MALFORMED = {
    "unknown key": (line(colour="red"), 'unknown key "colour"'),
    "unknown key in evidence": (evidence(page=3), 'unknown key "page" in evidence.0'),
    "missing id": (without("id"), 'key "id" is missing'),
    "missing question": (without("question"), 'key "question" is missing'),
    "missing answers": (without("answers"), 'key "answers" is missing'),
    "missing evidence": (without("evidence"), 'key "evidence" is missing'),
    "missing answerable": (without("answerable"), 'key "answerable" is missing'),
    "not JSON": (b'{"id": "x",', "not JSON"),
    "two objects": (line() + b" " + line(), "not JSON: Extra data"),
    "not an object": (b'["x"]', "not a JSON object"),
    "not UTF-8": (b'{"id": "\xff"}', "not UTF-8 at byte 9 of the line"),
    "a key twice": (b'{"id": "x", "id": "y"}', 'key "id" occurs twice'),
    "nested too deep": (b"[" * 100_000, "not usable JSON"),
    "a number without end": (b'{"id": ' + b"9" * 5000 + b"}", "not usable JSON"),
    "id is a number": (line(id=7), "id: Input should be a valid string"),
    "id is empty": (line(id=" "), "id is empty"),
    "question is empty": (line(question="  \n"), "question is empty"),
    "answers is a string": (line(answers="1932"), "answers: Input should be a valid list"),
    "an answer is a number": (line(answers=[1932]), "answers.0: Input should be a valid string"),
    "an answer is empty": (line(answers=["1932", ""]), "an accepted answer is empty"),
    "answerable is a string": (line(answerable="yes"), "answerable: Input should be a valid bool"),
    "no answers": (line(answers=[]), "answerable, but answers is empty"),
    "no evidence": (line(evidence=[]), "answerable, but evidence is empty"),
    "unanswerable with answers": (
        line(answerable=False, evidence=[]),
        "not answerable, but has answers",
    ),
    "unanswerable with evidence": (
        line(answerable=False, answers=[]),
        "not answerable, but has evidence",
    ),
    "unknown role": (
        line(history=[{"role": "system", "content": "x"}]),
        "history.0.role: Input should be 'user' or 'assistant'",
    ),
    "tags is null": (line(tags=None), "tags: Input should be a valid list"),
    "half a surrogate": (line(question="\ud800"), "half of a surrogate pair is not text"),
    "quote is empty": (evidence(quote=" "), "a quote is empty"),
    "no such file": (
        evidence(path="boats.txt", quote="four boats"),
        '"boats.txt" is not an indexed document of the corpus',
    ),
    "file renamed": (
        evidence(path="boats.txt"),
        '"boats.txt" is not an indexed document of the corpus; the quote stands in bridges.txt',
    ),
    "absolute path": (evidence(path="/bridges.txt"), "must be relative to the corpus"),
    "path upwards": (evidence(path="../bridges.txt"), "must be relative to the corpus"),
    "path up and down": (evidence(path="x/../bridges.txt"), "must be relative to the corpus"),
    "Windows path": (evidence(path="C:\\bridges.txt"), "must be relative to the corpus"),
    "backslash upwards": (evidence(path="..\\bridges.txt"), "must be relative to the corpus"),
    "quote is not there": (
        evidence(quote="The Alder bridge was opened in 1933 by the mayor of Renfield"),
        'quote "The Alder bridge was opened in 1933 by the mayor …" is not in bridges.txt',
    ),
    "quote of another file": (
        evidence(path="birds.txt"),
        'quote "four lanes" is not in birds.txt; the quote stands in bridges.txt',
    ),
    "sentence reworded": (
        evidence(quote="bridge - opened, in 1932!"),
        'is not in bridges.txt; nearest is "The Alder bridge was opened in 1932 by the mayor of'
        ' Renfield." in paragraph 1',
    ),
    "quote fits two paragraphs": (
        evidence(quote="bridge"),
        'quote "bridge" fits several paragraphs of bridges.txt (1, 3)',
    ),
}


@pytest.mark.parametrize(("raw", "reason"), MALFORMED.values(), ids=MALFORMED)
def test_malformed_line_is_refused_with_file_line_and_reason(
    raw: bytes, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(line(id="sound") + b"\n" + raw + b"\n")
    with pytest.raises(GoldError) as caught:
        load_gold(path, corpus_of(TEXTS))
    lines = str(caught.value).splitlines()
    assert all(each.startswith(f"{path}:2: ") for each in lines)
    assert any(reason in each for each in lines)
    assert caught.value.exit_code == 2


def test_every_problem_of_the_file_is_listed_at_once(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    bad = [
        line(id="a", colour="red"),
        evidence(quote="no such words"),
        line(question="", answers=[]),
    ]
    path.write_bytes(b"\n".join([line(), *bad, line()]))
    with pytest.raises(GoldError) as caught:
        load_gold(path, corpus_of(TEXTS))
    # Line 3 repeats the id of line 1 and has a wrong quote; lines 4 and 5 repeat the id too.
    assert [problem.line for problem in caught.value.problems] == [2, 3, 3, 4, 4, 4, 5]


def test_duplicate_id_names_the_line_that_has_it_first(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(line() + b"\n\n" + line() + b"\n")
    with pytest.raises(GoldError, match=r'gold\.jsonl:3: id "a1" is that of line 1 too'):
        load_gold(path, corpus_of(TEXTS))


def test_history_and_tags_may_be_left_out() -> None:
    [(number, item, reasons)] = parse_jsonl(without("tags"))
    assert (number, reasons) == (1, [])
    assert item is not None
    assert (item.history, item.tags) == ((), ())


def test_line_separators_inside_strings_do_not_end_a_line() -> None:
    raw = json.dumps({**GOOD, "question": "one\u2028two"}, ensure_ascii=False).encode()
    assert [number for number, _, _ in parse_jsonl(raw + b"\r\n" + raw)] == [1, 2]


def test_byte_order_mark_and_blank_lines_are_no_problem() -> None:
    found = list(parse_jsonl(b"\xef\xbb\xbf" + line() + b"\r\n  \n" + line(id="b")))
    assert [(number, reasons) for number, _, reasons in found] == [(1, []), (3, [])]


def test_the_same_quote_twice_counts_once() -> None:
    twice = {"path": "bridges.txt", "quote": "four lanes"}
    assert len(item_from_dict({**GOOD, "evidence": [twice, twice]}).evidence) == 1


def test_item_survives_being_written_and_read() -> None:
    item = GoldItem("i", "q", (), (), False, (Turn("user", "a"), Turn("assistant", "b")), ("t",))
    assert item_from_dict(item_to_dict(item)) == item
