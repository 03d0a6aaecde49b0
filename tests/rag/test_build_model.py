"""Settings -> the models they name, without an index and without loading one."""

from pathlib import Path

import pytest

from index.errors import ModelMissingError
from index.model_specs import DEFAULT_EMBEDDER
from rag.build import build_embedder, build_model, parallel_answers
from rag.settings import Settings


def test_without_models_the_embedder_is_an_error_and_the_llm_a_notice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(ModelMissingError, match="pincite models pull"):
        build_embedder(Settings())
    model, server, notice = build_model(Settings())
    assert (model, server) == (None, None)
    assert "pincite models pull" in notice


def test_with_the_model_switched_off_the_notice_says_so() -> None:
    model, server, notice = build_model(Settings(llm="none"))
    assert (model, server) == (None, None)
    assert notice


@pytest.mark.parametrize("name", ["no-such-model", "nowhere/model.gguf", ""])
def test_an_llm_that_is_neither_known_nor_a_file_is_an_error(name: str) -> None:
    with pytest.raises(ModelMissingError, match="set llm_base_url if it is a server's"):
        build_model(Settings(llm=name))


@pytest.mark.parametrize("name", ["no-such-model", "nowhere", ""])
def test_an_embedder_that_is_neither_known_nor_a_folder_is_an_error(name: str) -> None:
    with pytest.raises(ModelMissingError, match=DEFAULT_EMBEDDER):
        build_embedder(Settings(embedder=name))


def test_a_server_of_the_settings_is_named_with_where_it_runs() -> None:
    model, server, notice = build_model(
        Settings(llm="their-model", llm_base_url="http://127.0.0.1:9/v1")
    )
    assert model is not None
    assert model.name == "their-model at http://127.0.0.1:9/v1"
    assert (server, notice) == (None, "")


def test_a_password_in_the_servers_address_is_no_part_of_the_models_name() -> None:
    model, _, _ = build_model(
        Settings(llm="theirs", llm_base_url="http://me:sesame@127.0.0.1:9/v1")
    )
    assert model is not None
    assert model.name == "theirs at http://***@127.0.0.1:9/v1"


@pytest.mark.parametrize(
    ("url", "set_to", "places"),
    [
        ("", 0, 1),
        ("http://localhost:11434/v1", 0, 1),
        ("http://127.0.0.1:8080/v1", 0, 1),
        ("https://models.example/v1", 0, 4),
        ("https://models.example/v1", 2, 2),
        ("http://127.0.0.1:8080/v1", 3, 3),
        ("", 3, 1),
    ],
)
def test_how_many_answers_are_written_at_once(url: str, set_to: int, places: int) -> None:
    assert parallel_answers(Settings(llm_base_url=url, llm_parallel=set_to)) == places


def test_a_key_in_the_environment_alone_builds_no_hosted_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-lying-here")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    model, _, notice = build_model(Settings())
    assert model is None
    assert notice
