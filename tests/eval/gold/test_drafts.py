import json
import multiprocessing
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from eval.gold import drafts
from eval.gold.drafts import (
    accept_drafts,
    add_drafts,
    drafts_file,
    drop_drafts,
    edit_draft,
    new_draft,
    read_drafts,
)
from eval.gold.items import Evidence, GoldItem
from eval.gold.load import load_gold
from eval.gold.names import item_id
from eval.gold.own_file import items_in
from eval.gold.problems import GoldError
from eval.relevance import QuoteFinder
from index.errors import StateBusyError, UsageError
from rag.types import Turn
from tests.eval.fakes import GOLD_LINES, engine_corpus, write_lines

ITEM = GoldItem(
    "herons",
    "What do they eat?",
    ("fish", "“frogs”"),
    (Evidence("birds.txt", "eats fish, frogs"),),
    answerable=True,
    history=(Turn("user", "Tell me of herons."),),
    tags=("new",),
)


@pytest.fixture
def finder() -> QuoteFinder:
    return QuoteFinder(engine_corpus())


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "gold.jsonl", GOLD_LINES)


def test_drafts_survive_being_written_and_read(gold: Path) -> None:
    file = drafts_file(gold)
    assert file.name == "gold.drafts.jsonl"
    assert read_drafts(file) == []
    [kept] = add_drafts(file, [new_draft(ITEM, "feedback", "thumbs down")])
    assert kept.item == ITEM
    assert read_drafts(file) == [kept]


def test_taken_ids_get_a_number(gold: Path) -> None:
    file = drafts_file(gold)
    add_drafts(file, [new_draft(ITEM, "added")])
    kept = add_drafts(file, [new_draft(ITEM, "added"), new_draft(ITEM, "added")])
    assert [draft.item.id for draft in kept] == ["herons-2", "herons-3"]


def test_a_draft_gets_an_id_that_no_other_item_of_the_gold_file_has(
    gold: Path, finder: QuoteFinder
) -> None:
    file = drafts_file(gold)
    first = replace(ITEM, id="generated-001")
    add_drafts(file, [new_draft(first, "generated")], gold)
    accept_drafts(file, ["generated-001"], gold, finder)
    second = replace(first, question="Where do herons sleep?")
    kept = add_drafts(file, [new_draft(second, "generated"), new_draft(first, "generated")], gold)
    assert [draft.item.id for draft in kept] == ["generated-001-2", "generated-001"]
    accept_drafts(file, [draft.item.id for draft in kept], gold, finder)
    assert list(items_in(gold))[len(GOLD_LINES) :] == ["generated-001", "generated-001-2"]


def test_accepted_draft_is_a_gold_item_and_no_draft_any_more(
    gold: Path, finder: QuoteFinder
) -> None:
    file = drafts_file(gold)
    add_drafts(file, [new_draft(ITEM, "generated"), new_draft(replace(ITEM, id="b"), "added")])
    assert accept_drafts(file, ["herons"], gold, finder) == [ITEM]
    assert [draft.item.id for draft in read_drafts(file)] == ["b"]
    assert load_gold(gold, engine_corpus()).items[-1].item == ITEM
    assert len(gold.read_text().splitlines()) == len(GOLD_LINES) + 1


def test_accepting_makes_the_gold_file_and_mends_a_missing_line_end(
    tmp_path: Path, finder: QuoteFinder
) -> None:
    gold = tmp_path / "new" / "gold.jsonl"
    file = drafts_file(gold)
    add_drafts(file, [new_draft(ITEM, "added"), new_draft(replace(ITEM, id="b"), "added")])
    accept_drafts(file, ["herons"], gold, finder)
    gold.write_text(gold.read_text().rstrip("\n"))
    accept_drafts(file, ["b"], gold, finder)
    assert [json.loads(line)["id"] for line in gold.read_text().splitlines()] == ["herons", "b"]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (replace(ITEM, evidence=(Evidence("birds.txt", "eats stones"),)), "is not in birds.txt"),
        (replace(ITEM, answers=()), "answerable, but answers is empty"),
        (replace(ITEM, id="a1"), 'id "a1" is that of another item in gold.jsonl'),
    ],
)
def test_unsound_draft_is_not_accepted_and_nothing_changes(
    gold: Path, finder: QuoteFinder, item: GoldItem, reason: str
) -> None:
    file = drafts_file(gold)
    add_drafts(file, [new_draft(item, "added")])
    before = gold.read_bytes(), file.read_bytes()
    with pytest.raises(GoldError) as caught:
        accept_drafts(file, [item.id], gold, finder)
    assert reason in str(caught.value)
    assert (gold.read_bytes(), file.read_bytes()) == before


@pytest.mark.parametrize("name", ["squad.json", "SQUAD.JSON", "beir"])
def test_nothing_is_accepted_into_a_gold_set_in_the_format_of_others(
    tmp_path: Path, finder: QuoteFinder, name: str
) -> None:
    gold, file = tmp_path / name, tmp_path / "mine.drafts.jsonl"
    if name == "beir":
        gold.mkdir()
    else:
        gold.write_text('{"data": []}')
    add_drafts(file, [new_draft(ITEM, "added")])
    with pytest.raises(UsageError, match=r"accepted items are written to a \.jsonl file"):
        accept_drafts(file, ["herons"], gold, finder)
    assert gold.is_dir() or gold.read_text() == '{"data": []}'
    assert [draft.item for draft in read_drafts(file)] == [ITEM]


def test_nothing_is_added_to_a_damaged_gold_file_and_its_lines_are_named(
    gold: Path, finder: QuoteFinder
) -> None:
    file = drafts_file(gold)
    add_drafts(file, [new_draft(ITEM, "added")])
    gold.write_text(gold.read_text() + '{"id": \n')
    before = gold.read_bytes(), file.read_bytes()
    with pytest.raises(GoldError, match=rf"gold\.jsonl:{len(GOLD_LINES) + 1}: not JSON"):
        accept_drafts(file, ["herons"], gold, finder)
    assert (gold.read_bytes(), file.read_bytes()) == before


def test_of_several_drafts_all_are_accepted_or_none_and_all_problems_are_named(
    gold: Path, finder: QuoteFinder
) -> None:
    file = drafts_file(gold)
    unsound = [replace(ITEM, id="b", answers=()), replace(ITEM, id="c", question="")]
    add_drafts(file, [new_draft(item, "added") for item in (ITEM, *unsound)])
    before = gold.read_bytes(), file.read_bytes()
    with pytest.raises(GoldError) as caught:
        accept_drafts(file, ["herons", "b", "c"], gold, finder)
    assert [problem.place for problem in caught.value.problems] == ["b", "c"]
    with pytest.raises(UsageError, match='there is no draft "typo"'):
        accept_drafts(file, ["herons", "typo"], gold, finder)
    with pytest.raises(UsageError, match='there is no draft "typo"'):
        drop_drafts(file, ["herons", "typo"])
    assert (gold.read_bytes(), file.read_bytes()) == before


def test_a_draft_named_twice_is_accepted_or_dropped_once(gold: Path, finder: QuoteFinder) -> None:
    file = drafts_file(gold)
    add_drafts(file, [new_draft(ITEM, "added"), new_draft(replace(ITEM, id="b"), "added")])
    assert accept_drafts(file, ["herons", "herons"], gold, finder) == [ITEM]
    assert [draft.item.id for draft in drop_drafts(file, ["b", "b"])] == ["b"]
    assert len(gold.read_text().splitlines()) == len(GOLD_LINES) + 1


def test_accepting_again_after_a_kill_half_way_adds_nothing_twice(
    gold: Path, finder: QuoteFinder
) -> None:
    file = drafts_file(gold)
    add_drafts(file, [new_draft(ITEM, "added")])
    drafted = file.read_bytes()
    accept_drafts(file, ["herons"], gold, finder)
    accepted = gold.read_bytes()
    # As a kill between the two files leaves it.
    file.write_bytes(drafted)
    accept_drafts(file, ["herons"], gold, finder)
    assert gold.read_bytes() == accepted
    assert read_drafts(file) == []


def test_draft_is_edited_under_its_own_id_and_dropped(gold: Path) -> None:
    file = drafts_file(gold)
    add_drafts(file, [new_draft(ITEM, "added")])
    edit_draft(file, "herons", lambda item: replace(item, id="else", question="What is eaten?"))
    [draft] = read_drafts(file)
    assert (draft.item.id, draft.item.question) == ("herons", "What is eaten?")
    drop_drafts(file, ["herons"])
    assert read_drafts(file) == []
    with pytest.raises(UsageError, match='there is no draft "herons"'):
        drop_drafts(file, ["herons"])


def test_runs_refuse_drafts_and_name_the_line(gold: Path) -> None:
    file = drafts_file(gold)
    add_drafts(file, [new_draft(ITEM, "added")])
    with pytest.raises(GoldError, match=r"gold\.drafts\.jsonl:1: a draft that nobody has reviewed"):
        load_gold(file, engine_corpus())


def test_damaged_file_of_drafts_names_its_lines(gold: Path) -> None:
    file = drafts_file(gold)
    add_drafts(file, [new_draft(ITEM, "added")])
    good = file.read_text()
    marker = {"draft": {"origin": "stolen", "created": "now"}}
    lines = [good.strip(), "{", json.dumps(GOLD_LINES[0]), json.dumps({**GOLD_LINES[0], **marker})]
    file.write_text("\n".join(lines))
    with pytest.raises(GoldError) as caught:
        read_drafts(file)
    assert [problem.line for problem in caught.value.problems] == [2, 3, 4]


def test_drafts_of_a_folder_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: Is a directory"):
        read_drafts(tmp_path)


def _add_some(file: Path, name: str) -> None:
    for number in range(8):
        add_drafts(file, [new_draft(replace(ITEM, id=f"{name}{number}"), "added")])


def test_processes_that_add_at_the_same_time_lose_nothing(gold: Path) -> None:
    file = drafts_file(gold)
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_add_some, args=(file, name)) for name in "ab"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert len({draft.item.id for draft in read_drafts(file)}) == 16


def test_a_file_held_by_another_is_said_to_be_busy(
    gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = drafts_file(gold)
    monkeypatch.setattr(drafts, "_LOCK_TIMEOUT_S", 0.1)
    with (
        FileLock(file.with_name(f".{file.name}.lock")),
        pytest.raises(StateBusyError, match="another process"),
    ):
        add_drafts(file, [new_draft(ITEM, "added")])


def test_ids_come_from_the_question() -> None:
    first, second = item_id("Who built the OLD bridge over the Tam?"), item_id("Who built the old")
    assert first.startswith("who-built-the-old-bridge-")
    assert first != second
    assert item_id("???") != item_id("!")
