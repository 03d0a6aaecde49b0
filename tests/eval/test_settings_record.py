from dataclasses import replace
from pathlib import Path

import pytest

from eval.settings_record import code_sha256, settings_record
from index.model_specs import TINY_LLM
from index.types import Document, FileState
from rag.settings import NO_LLM, Settings

BIRDS = Document("birds.txt", FileState.INDEXED, "", 2, "0" * 64, 90)


def record(reranker: str = "") -> dict[str, object]:
    return settings_record(Settings(reranker=reranker), "embedder:1", ())


@pytest.mark.parametrize(
    "other",
    [
        (Settings(), "embedder:1", [replace(BIRDS, sha256="1" * 64)]),
        (Settings(), "embedder:1", [replace(BIRDS, path="fish.txt")]),
        (Settings(), "embedder:1", []),
        (Settings(), "embedder:2", [BIRDS]),
        (Settings(llm=NO_LLM), "embedder:1", [BIRDS]),
        (Settings(llm=TINY_LLM), "embedder:1", [BIRDS]),
        (Settings(answer_tokens=20), "embedder:1", [BIRDS]),
    ],
)
def test_whatever_moves_numbers_makes_another_record(
    other: tuple[Settings, str, list[Document]],
) -> None:
    one = settings_record(Settings(), "embedder:1", [BIRDS])
    assert one == settings_record(Settings(), "embedder:1", [BIRDS])
    assert settings_record(*other) != one


def test_what_moves_no_number_makes_no_other_record() -> None:
    one = settings_record(Settings(), "embedder:1", [BIRDS])
    other = Settings(port=9000, examples=("Why?",), upload_max_bytes=1, upload_max_files=1)
    assert settings_record(other, "embedder:1", [BIRDS]) == one


def test_a_changed_file_of_the_program_is_another_program(tmp_path: Path) -> None:
    (tmp_path / "rag").mkdir()
    (tmp_path / "rag" / "answer.py").write_text("x = 1")
    before = code_sha256(tmp_path)
    assert code_sha256(tmp_path) == before
    (tmp_path / "rag" / "answer.py").write_text("x = 2")
    assert code_sha256(tmp_path) != before
    (tmp_path / "rag" / "answer.py").write_text("x = 1")
    (tmp_path / "rag" / "refusal.json").write_text("{}")
    assert code_sha256(tmp_path) != before


def test_a_changed_page_is_the_same_program(tmp_path: Path) -> None:
    (tmp_path / "ui" / "pages").mkdir(parents=True)
    before = code_sha256(tmp_path)
    (tmp_path / "ui" / "pages" / "chat.py").write_text("x = 1")
    assert code_sha256(tmp_path) == before


def test_another_file_of_ones_own_model_is_another_record(tmp_path: Path) -> None:
    file = tmp_path / "own.gguf"
    found = []
    for content in (b"a" * 3_000_000, b"a" * 2_999_999 + b"b", b"b" + b"a" * 2_999_999, b"a"):
        file.write_bytes(content)
        found.append(settings_record(Settings(llm=str(file)), "embedder:1", ())["model_sha256"])
    assert len(set(found)) == 4


def test_another_reranker_or_another_file_of_it_is_another_record(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.safetensors").write_bytes(b"weights")
    one = record(str(tmp_path / "one"))
    assert one == record(str(tmp_path / "one"))
    assert record() != one != record(str(tmp_path / "other"))
    (tmp_path / "one" / "model.safetensors").write_bytes(b"changed")
    assert record(str(tmp_path / "one")) != one
    assert (record()["reranker"], record()["reranker_files"]) == ("", None)
