"""The chat's engine stays open while another process syncs: it serves what that one wrote."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.types import FileState
from rag.build import build_engine
from rag.document_engine import DocumentEngine
from rag.settings import Settings
from tests.conftest import ROOT
from tests.rag.checks import check_answer, finished
from tests.rag.real_models import embedder_folder

SYNC = [sys.executable, "-c", "from ui.cli.main import main; main()", "sync"]
WITHIN_S = 2.0
SHIPS = "Ships carry timber."
FISH = "Fish is salted in May."
GRAIN = "Grain is stored in June."


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    embedder_folder()
    return Settings(state=tmp_path / "state", llm="none", reader="", threads=1, precision="float32")


@pytest.fixture
def engine(settings: Settings, folder: Path) -> Iterator[DocumentEngine]:
    for name, text in {"a.txt": SHIPS, "b.txt": FISH}.items():
        (folder / name).write_text(text, encoding="utf-8")
    for n in range(40):
        (folder / f"c{n:02}.txt").write_text(f"Barrel {n} is sealed.", encoding="utf-8")
    with start(settings, folder) as process:
        pass
    assert process.returncode == 0
    opened = build_engine(settings)
    yield opened
    opened.close()


def start(settings: Settings, folder: Path) -> subprocess.Popen[bytes]:
    own = {
        "PINCITE_HOME": str(settings.state),
        "PINCITE_THREADS": "1",
        "PINCITE_PRECISION": settings.precision,
    }
    return subprocess.Popen(
        [*SYNC, str(folder)],
        env=os.environ | own,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )


def texts(engine: DocumentEngine, query: str) -> set[str]:
    return {hit.paragraph.text for hit in engine.search(query, 100)}


@pytest.mark.model
def test_an_open_engine_serves_the_new_generation_and_never_again_the_old(
    engine: DocumentEngine, folder: Path, settings: Settings
) -> None:
    before = texts(engine, FISH)
    assert {SHIPS, FISH} <= before
    (deleted,) = [hit.paragraph for hit in engine.search(FISH, 100) if hit.paragraph.text == FISH]
    (folder / "b.txt").unlink()
    (folder / "d.txt").write_text(GRAIN, encoding="utf-8")
    after = (before - {FISH}) | {GRAIN}
    seen: list[set[str]] = []
    with start(settings, folder) as process:
        while process.poll() is None:
            seen.append(texts(engine, FISH))
            time.sleep(0.05)
    ended, worked = time.monotonic(), time.process_time()
    now = texts(engine, FISH)
    answer = finished(engine.stream("When is grain stored?"))
    documents = {document.path: document.state for document in engine.documents()}
    # What else the machine does takes none of this process's own time.
    assert time.process_time() - worked < WITHIN_S
    assert time.monotonic() - ended < 5 * WITHIN_S
    assert process.returncode == 0

    assert now == after
    assert answer.citations[0].quote == GRAIN
    check_answer(answer, engine.document_text)
    assert documents["d.txt"] is FileState.INDEXED
    assert "b.txt" not in documents
    assert engine.paragraph(deleted.id) is None
    assert FISH not in texts(engine, GRAIN)
    # While the other process was writing: never anything else, and gone is gone.
    assert len(seen) > 1
    assert all(found <= before | after for found in seen)
    without = [FISH not in found for found in seen]
    assert without == sorted(without)


@pytest.mark.model
def test_a_question_under_way_keeps_its_text_and_the_next_one_never_sees_it(
    engine: DocumentEngine, folder: Path, settings: Settings
) -> None:
    question = "When is fish salted?"
    events = engine.stream(question)
    first = next(events)
    (folder / "b.txt").unlink()
    with start(settings, folder) as process:
        pass
    assert process.returncode == 0
    late = finished([first, *events])
    check_answer(late, lambda path: FISH if path == "b.txt" else engine.document_text(path))
    again = finished(engine.stream(question))
    check_answer(again, engine.document_text)
    assert again.retrieved
    assert all(hit.paragraph.text != FISH for hit in again.retrieved)
