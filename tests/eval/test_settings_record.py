from pathlib import Path

from eval.settings_record import settings_record
from rag.settings import Settings


def record(reranker: str = "") -> dict[str, object]:
    return settings_record(Settings(reranker=reranker), "embedder:1", ())


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
