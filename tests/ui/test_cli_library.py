"""``sync``, ``list``, ``show``, ``search`` and ``status`` with the real embedder."""

import hashlib
import os
from pathlib import Path

import pytest

from tests.conftest import SEED_FILE, SEEDS
from tests.index.corpora import Library
from tests.rag.contract import RETRIEVED_KEYS
from tests.rag.real_models import embedder_folder
from tests.ui.cli_runner import Pincite, Result

pytest_plugins = ["tests.ui.cli_fixtures"]
pytestmark = pytest.mark.model

QUESTION = "How many fighters crossed the border?"


@pytest.fixture
def seeds(pincite: Pincite, seeds_home: Path) -> Pincite:
    """The command line over the seeds."""

    def over_seeds(*arguments: object, **environment: object) -> Result:
        return pincite(*arguments, PINCITE_HOME=seeds_home, **environment)

    return over_seeds


# sync


def test_sync_reads_what_changed_and_says_so(pincite: Pincite, tmp_path: Path) -> None:
    embedder_folder()
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.txt").write_text("The heron eats fish.\n")
    (docs / "picture.png").write_bytes(b"\x89PNG")
    planned = pincite("sync", "docs", "--dry-run")
    assert planned.code == 0
    assert "+ a.txt" in planned.out
    first = pincite("sync", "docs")
    assert first.code == 0
    assert "1 paragraphs" in first.out
    assert "picture.png" in first.err
    (docs / "a.txt").write_text("The heron eats frogs.\n\nIt nests in trees.\n")
    assert "~ a.txt" in pincite("sync", "--dry-run").out
    assert "2 paragraphs" in pincite("sync").out
    found = pincite("search", "What does the heron eat?", "--json").json
    assert [hit["text"] for hit in found] == ["The heron eats frogs.", "It nests in trees."]
    (docs / "a.txt").unlink()
    (docs / "picture.png").unlink()
    emptied = pincite("sync")
    assert emptied.code == 2
    assert "--prune" in emptied.err
    assert pincite("sync", "--prune").code == 0
    asked = pincite("ask", "What does the heron eat?", "--extractive", "--json")
    assert asked.code == 3
    assert asked.json["retrieved"] == []


@pytest.mark.parametrize("path", ["nowhere", "a-file.txt"])
def test_syncing_what_is_no_folder_exits_2_and_names_it(
    pincite: Pincite, tmp_path: Path, path: str
) -> None:
    (tmp_path / "a-file.txt").write_text("Not a folder.")
    result = pincite("sync", path)
    assert result.code == 2
    assert path in result.err


def test_syncing_what_is_no_folder_leaves_no_index_behind(pincite: Pincite, tmp_path: Path) -> None:
    home = tmp_path / "home"
    pincite("sync", "nowhere", PINCITE_HOME=home)
    result = pincite("list", PINCITE_HOME=home)
    assert result.code == 1
    assert "pincite sync" in result.err


@pytest.mark.parametrize("command", ["sync", "rebuild"])
def test_without_a_folder_of_documents_nothing_is_begun(
    pincite: Pincite, tmp_path: Path, command: str
) -> None:
    result = pincite(command)
    assert result.code == 2
    assert "seeds does not exist: name the folder" in result.err
    assert not (tmp_path / ".pincite" / "catalog.sqlite3").exists()
    assert "there is no index in .pincite" in pincite("search", "heron").err


def test_syncing_another_folder_into_a_state_exits_2(seeds: Pincite, tmp_path: Path) -> None:
    result = seeds("sync", tmp_path)
    assert result.code == 2
    assert "PINCITE_HOME" in result.err


def test_a_state_that_cannot_be_made_is_an_error_that_names_it(
    pincite: Pincite, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file where the state should go")
    result = pincite("sync", SEEDS, PINCITE_HOME="taken")
    assert result.code in {1, 2}
    assert "taken" in result.err


# list, show, status


def test_list_gives_every_file_with_the_contracts_keys(seeds: Pincite) -> None:
    (entry,) = seeds("list", "--json").json
    assert {"path", "state", "reason", "paragraphs", "sha256"} <= set(entry)
    assert entry["path"] == SEED_FILE
    assert entry["state"] == "indexed"
    assert entry["sha256"] == hashlib.sha256((SEEDS / SEED_FILE).read_bytes()).hexdigest()
    assert SEED_FILE in seeds("list").out


def test_show_prints_a_paragraph_by_its_id_and_a_document_by_its_path(
    seeds: Pincite, seeds_text: str
) -> None:
    paragraphs = seeds("show", SEED_FILE, "--json").json
    assert len(paragraphs) == seeds("list", "--json").json[0]["paragraphs"]
    for paragraph in paragraphs:
        assert seeds_text[paragraph["start"] : paragraph["end"]] == paragraph["text"]
    second = paragraphs[1]
    assert seeds("show", second["id"], "--json").json == [second]
    assert second["text"] in seeds("show", second["id"]).out


def test_showing_what_is_not_there_exits_2(seeds: Pincite) -> None:
    result = seeds("show", "nowhere.txt#1")
    assert result.code == 2
    assert "nowhere.txt#1" in result.err


def test_showing_what_is_not_utf_8_exits_2(seeds: Pincite) -> None:
    result = seeds("show", os.fsdecode(b"caf\xe9.txt"))
    assert result.code == 2
    assert "caf\\xe9.txt is neither" in result.err


def test_status_says_what_is_indexed(seeds: Pincite) -> None:
    status = seeds("status", "--json").json
    assert status["corpus"] == str(SEEDS)
    assert status["files"] == {"indexed": 1}
    assert status["synced"] is True
    assert status["embedder"]["here"] is True
    assert f"{status['paragraphs']} paragraphs" in seeds("status").out


def test_a_reranker_that_is_missing_is_told_of_and_changes_nothing(seeds: Pincite) -> None:
    missing = {"PINCITE_RERANKER": "someone/no-such-reranker"}
    result = seeds("search", "border", "--json", **missing)
    assert result.code == 0
    assert "someone/no-such-reranker" in result.err
    assert result.out == seeds("search", "border", "--json").out
    assert "reranker: someone/no-such-reranker, not here" in seeds("status", **missing).out
    assert seeds("status", "--json", **missing).json["reranker"]["here"] is False
    assert "reranker" not in seeds("status").out
    assert "no-such-reranker" in seeds("ask", "Who?", "--extractive", **missing).err


def test_status_does_not_ask_to_pull_a_model_that_is_a_file_or_switched_off(
    seeds: Pincite, tmp_path: Path
) -> None:
    (tmp_path / "own.gguf").write_bytes(b"GGUF")
    assert "models pull" not in seeds("status", PINCITE_LLM="none").out
    assert seeds("status", "--json", PINCITE_LLM="own.gguf").json["llm"]["here"] is True


def test_status_masks_a_password_in_the_servers_address(pincite: Pincite) -> None:
    server = {"PINCITE_LLM": "theirs", "PINCITE_LLM_BASE_URL": "http://me:sesame@127.0.0.1:9/v1"}
    assert "model: theirs at http://***@127.0.0.1:9/v1" in pincite("status", **server).out
    told = pincite("status", "--json", **server).json
    assert told["llm"]["server"] == "http://***@127.0.0.1:9/v1"


def test_status_finds_an_embedder_in_the_hugging_face_cache_as_search_does(
    pincite: Pincite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    cached = {"PINCITE_EMBEDDER": "someone/their-model"}
    missing = pincite("status", **cached).out
    assert "embedder: someone/their-model, not here: correct the setting" in missing
    repository = tmp_path / "hub" / "models--someone--their-model"
    for file, content in (("refs/main", "abc"), ("snapshots/abc/modules.json", "[]")):
        (repository / file).parent.mkdir(parents=True)
        (repository / file).write_text(content, encoding="utf-8")
    assert "embedder: someone/their-model, here" in pincite("status", **cached).out


def test_a_language_model_that_is_no_file_is_not_said_to_be_pulled(pincite: Pincite) -> None:
    for name in ("nowhere.gguf", "."):
        told = pincite("status", PINCITE_LLM=name).out
        assert f"model: {name}, not here: correct the setting" in told


def test_list_and_status_say_what_there_is_to_know_of_a_file(
    pincite: Pincite, tmp_path: Path
) -> None:
    library = Library(tmp_path / "docs", tmp_path / ".pincite")
    library.write("a.md", "# Herons\n\nThe heron eats fish.")
    library.write("b.md", "# Herons\n\nThe heron eats fish.")
    library.write("c.xyz", "?")
    library.sync()
    with library.created() as store:
        store.database.execute(
            "UPDATE documents SET date = '2024-05', pages = 14, pages_with_text = 12"
            " WHERE path = 'a.md'"
        )
    lines = pincite("list").out.splitlines()
    assert lines[0].endswith("a.md  Herons, 2024-05, 12 of 14 pages have text")
    assert lines[1].split("  ")[-1] == "(duplicate of a.md)"
    assert lines[2].startswith("skipped")
    status = pincite("status")
    assert "1 indexed, 1 duplicate, 1 skipped, 2 paragraphs" in status.out
    assert "1 files hold nothing that can be searched" in status.out
    found = pincite("status", "--json").json
    assert (found["searchable"], found["files"]["duplicate"]) == (2, 1)


def test_showing_a_file_that_could_not_be_read_says_why(pincite: Pincite, tmp_path: Path) -> None:
    library = Library(tmp_path / "docs", tmp_path / ".pincite")
    library.write("fake.pdf", "no PDF")
    library.write("empty.txt", "")
    library.sync()
    for listed in pincite("list", "--json").json:
        result = pincite("show", listed["path"])
        assert result.code == 2
        assert listed["reason"]
        assert f"{listed['path']} has no paragraphs to show: {listed['reason']}" in result.err


# search


def test_search_gives_the_contracts_entries_in_rank_order(seeds: Pincite, seeds_text: str) -> None:
    found = seeds("search", QUESTION, "--top", 3, "--json").json
    assert [hit["rank"] for hit in found] == [1, 2, 3]
    for hit in found:
        assert list(hit) == RETRIEVED_KEYS
        assert seeds_text[hit["start"] : hit["end"]] == hit["text"]
    assert "more than 300 fighters" in found[0]["text"]
    assert "more than 300 fighters" in seeds("search", QUESTION).out


def test_search_and_ask_find_only_what_fits_a_filter(seeds: Pincite) -> None:
    assert seeds("search", QUESTION, "--path", "*.md", "--json").json == []
    nothing = seeds("search", QUESTION, "--path", "*.md")
    assert nothing.err == "No paragraph was found where the filters look.\n"
    found = seeds("search", QUESTION, "--path", "*.md", "--path", SEED_FILE, "--json").json
    assert found == seeds("search", QUESTION, "--json").json
    refused = seeds("ask", QUESTION, "--extractive", "--before", "1900", "--json")
    assert (refused.code, refused.json["retrieved"]) == (3, [])


@pytest.mark.parametrize("top", ["0", "-1", "x", "101"])
def test_a_number_of_paragraphs_that_makes_no_sense_exits_2(seeds: Pincite, top: str) -> None:
    assert seeds("search", QUESTION, "--top", top).code == 2
