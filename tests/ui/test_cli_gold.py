"""``eval gold``: checking files, listing what is stale, reviewing drafts."""

import json

import pytest

from tests.conftest import SEEDS
from tests.rag.real_models import embedder_folder
from tests.ui.eval_folder import GOLD, Folder

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    embedder_folder()
    return Folder(tmp_path_factory.mktemp("gold"))


def test_drafts_go_from_proposal_to_gold(work: Folder) -> None:
    gold = work.folder / "mine.jsonl"
    made = work.pincite("eval", "gold", "generate", "--gold", gold, "--corpus", SEEDS, "--most", 2)
    assert made.code == 0, made.err
    assert "2 drafts to review" in made.out
    article = next(SEEDS.iterdir()).name
    added = work.pincite(
        *("eval", "gold", "add", "Which city lies north of Hama?", "--gold", gold),
        *("--answer", "Aleppo", "--path", article),
        *("--quote", "Hama, a city that sits between Aleppo and the capital Damascus"),
        "--json",
    )
    assert added.code == 0, added.err
    drafts = ("--drafts", work.folder / "mine.drafts.jsonl")
    listed = work.pincite("eval", "gold", "drafts", *drafts, "--json").json
    assert [draft["origin"] for draft in listed] == ["generated", "generated", "added"]
    refused = work.pincite(
        "eval", "run", "--gold", drafts[1], "--corpus", SEEDS, "--out", "none", "--extractive"
    )
    assert refused.code == 2
    assert "a draft that nobody has reviewed" in refused.err
    first, second, third = (draft["id"] for draft in listed)
    assert added.json["id"] == third
    assert work.pincite("eval", "gold", "drop", first, *drafts).code == 0
    accepted = work.pincite(
        "eval", "gold", "accept", second, third, *drafts, "--gold", gold, "--corpus", SEEDS
    )
    assert accepted.code == 0, accepted.err
    assert work.pincite("eval", "gold", "drafts", *drafts, "--json").json == []
    checked = work.pincite("eval", "gold", "check", "--gold", gold, "--corpus", SEEDS, "--json")
    assert checked.code == 0, checked.err
    assert [found["items"] for found in checked.json] == [2]


def test_a_draft_without_its_path_or_with_contradictions_exits_2(work: Folder) -> None:
    add = ("eval", "gold", "add", "Who?", "--gold", "mine.jsonl")
    assert work.pincite(*add, "--answer", "x", "--quote", "x").code == 2
    assert work.pincite(*add, "--answer", "x").code == 2


@pytest.mark.parametrize("words", [("caf\udce9?",), ("Who?", "--note", "caf\udce9")])
def test_a_draft_that_is_not_utf_8_exits_2_and_leaves_nothing(
    work: Folder, words: tuple[str, ...]
) -> None:
    result = work.pincite("eval", "gold", "add", *words, "--gold", "latin.jsonl")
    assert result.code == 2
    assert "not UTF-8" in result.err
    assert not list(work.folder.glob("latin*"))


def test_no_draft_is_made_for_a_gold_set_in_the_format_of_others(work: Folder) -> None:
    squad = work.folder / "squad.json"
    squad.write_text('{"data": []}', encoding="utf-8")
    for command in (("add", "Who?"), ("generate", "--corpus", SEEDS)):
        result = work.pincite("eval", "gold", *command, "--gold", squad)
        assert result.code == 2
        assert "accepted items are written to a .jsonl file" in result.err
    accepted = work.pincite(
        *("eval", "gold", "accept", "x", "--drafts", "x.drafts.jsonl", "--gold", squad),
        *("--corpus", SEEDS),
    )
    assert accepted.code == 2
    assert squad.read_text(encoding="utf-8") == '{"data": []}'
    assert not (work.folder / "squad.drafts.jsonl").exists()


def test_a_file_of_drafts_that_is_not_there_is_no_empty_one(work: Folder) -> None:
    result = work.pincite("eval", "gold", "drafts", "--drafts", "typo.jsonl")
    assert (result.code, result.out) == (2, "")
    assert "typo.jsonl: there is no such file" in result.err


def test_gold_check_names_leaks_between_files(work: Folder) -> None:
    item = json.loads(GOLD.read_text(encoding="utf-8").splitlines()[0])
    (work.folder / "dev.jsonl").write_text(json.dumps(item) + "\n", encoding="utf-8")
    result = work.pincite(
        "eval", "gold", "check", "--gold", GOLD, "--gold", "dev.jsonl", "--corpus", SEEDS
    )
    assert result.code == 2
    assert "dev.jsonl:1: seeds-001: leaks from" in result.err


def test_stale_items_are_listed_with_exit_code_1(work: Folder) -> None:
    corpus = work.folder / "changing"
    corpus.mkdir()
    source = next(SEEDS.iterdir())
    (corpus / source.name).write_bytes(source.read_bytes())
    gold = work.folder / "watched.jsonl"
    gold.write_bytes(GOLD.read_bytes())
    stale = ("eval", "gold", "stale", "--gold", gold, "--corpus", corpus)
    assert work.pincite(*stale, "--reviewed").code == 0
    changed = source.read_bytes().replace(b"more than 300 fighters", b"about 400 fighters")
    (corpus / source.name).write_bytes(changed)
    result = work.pincite(*stale)
    assert result.code == 1
    assert "watched.jsonl:5: seeds-005: " in result.out
    assert "has changed since the last review" in result.out
    told = work.pincite(*stale, "--json")
    assert told.code == 1
    assert "seeds-005" in {one["id"] for one in told.json}


def test_the_gold_file_that_is_shipped_is_all_right(work: Folder) -> None:
    result = work.pincite("eval", "gold", "check", "--gold", GOLD, "--corpus", SEEDS)
    assert result.code == 0, result.err
    assert "all right" in result.out


def test_a_bad_gold_file_exits_2_and_names_every_line(work: Folder) -> None:
    bad = work.folder / "bad.jsonl"
    item = json.loads(GOLD.read_text(encoding="utf-8").splitlines()[0])
    lines = [
        item,
        {**item, "id": "b", "evidence": [{**item["evidence"][0], "quote": "nowhere to be found"}]},
        {**item, "id": "c", "colour": "red"},
        {**item, "id": item["id"]},
    ]
    bad.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    result = work.pincite("eval", "gold", "check", "--gold", bad, "--corpus", SEEDS)
    assert result.code == 2
    assert all(f"bad.jsonl:{number}" in result.err for number in (2, 3, 4))
    assert "bad.jsonl:1:" not in result.err
    running = work.pincite(
        "eval", "run", "--gold", bad, "--corpus", SEEDS, "--out", "none", "--extractive"
    )
    assert running.code == 2
    assert not (work.folder / "none" / "results.jsonl").exists()


def test_a_gold_file_that_is_not_there_exits_2(work: Folder) -> None:
    result = work.pincite("eval", "gold", "check", "--gold", "nowhere.jsonl", "--corpus", SEEDS)
    assert result.code == 2
    assert "nowhere.jsonl" in result.err
