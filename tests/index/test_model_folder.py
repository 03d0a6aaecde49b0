import shutil
from pathlib import Path

import pytest

from index.errors import ModelMissingError
from index.model_folder import find_folder, find_reranker, folder_id

REVISION = "0123456789012345678901234567890123456789"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "modules.json").write_text("[]")
    (folder / "model.safetensors").write_bytes(b"weights")
    (folder / "1_Pooling" / "config.json").write_text("{}")
    (folder / "README.md").write_text("A model.")
    return folder


@pytest.mark.parametrize("file", ["modules.json", "model.safetensors", "1_Pooling/config.json"])
def test_a_change_of_the_same_length_makes_another_id(model: Path, file: str) -> None:
    before = folder_id(model)
    content = bytearray((model / file).read_bytes())
    content[-1] ^= 1
    (model / file).write_bytes(content)
    assert folder_id(model) != before


def test_a_new_file_makes_another_id_and_a_text_about_the_model_does_not(model: Path) -> None:
    before = folder_id(model)
    (model / "README.md").write_text("A good model.")
    assert folder_id(model) == before
    (model / "config_sentence_transformers.json").write_text("{}")
    assert folder_id(model) != before


def test_a_copy_elsewhere_has_the_same_id(model: Path, tmp_path: Path) -> None:
    assert folder_id(Path(shutil.copytree(model, tmp_path / "copy"))) == folder_id(model)


def test_a_folder_is_found_by_its_path(model: Path) -> None:
    assert find_folder(str(model)) == model


def test_a_model_is_found_by_its_name_in_the_hub_cache(model: Path, tmp_path: Path) -> None:
    hub = tmp_path / "hub"
    repository = hub / "models--someone--small-model"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text(REVISION)
    snapshot = Path(shutil.copytree(model, repository / "snapshots" / REVISION))
    assert find_folder("someone/small-model", hub) == snapshot
    assert find_reranker("someone/small-model", hub) == snapshot


def test_what_is_nowhere_is_an_error_that_says_how_to_fetch_it(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="hf download someone/other"):
        find_folder("someone/other", tmp_path / "hub")
    with pytest.raises(ModelMissingError, match="embedder 'no such' is neither"):
        find_folder("no such")


def test_a_folder_with_something_else_in_it_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match=r"one with a modules\.json"):
        find_folder(str(tmp_path))


def test_a_reranker_is_found_whatever_its_folder_holds_and_else_missing(tmp_path: Path) -> None:
    assert find_reranker(str(tmp_path)) == tmp_path
    for name in ("", "no such", "someone/other", str(tmp_path / "nowhere")):
        assert find_reranker(name, tmp_path / "hub") is None
