"""What the check of the index found, in the reader's language."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.settings import Settings
from tests.ui.fakes import FakeEngine
from ui.context import Context
from ui.index_check import PARTS, IndexCheck, problem
from ui.job import Job, JobState
from ui.words import speak

SCRIPT = (sys.executable, str(Path(__file__).with_name("job_script.py")))
WRONG = {"part": "catalog", "what": "the document a: b.txt: its pages are gone", "mend": "x y"}


@pytest.fixture
def german() -> Iterator[None]:
    speak("de")
    yield
    speak("en")


def line(part: str, what: str, mend: str = "pincite rebuild") -> str:
    return problem({"part": part, "what": what, "mend": mend})


def checked(state: Path, last: dict[str, object]) -> JobState | None:
    """How a check stands that ended with these words of its process."""
    jobs: list[Job] = []

    def start(request: str) -> Job:
        assert json.loads(request)["kind"] == "check"
        jobs.append(Job(json.dumps({"tell": [], "last": last}) + "\n", command=SCRIPT))
        return jobs[0]

    check = IndexCheck(Context(FakeEngine({}), Settings(state=state), "corpus"), start)
    check.begin()
    jobs[0].join(20)
    return check.follow()


def test_a_finding_is_told_with_its_place_and_what_mends_it(tmp_path: Path) -> None:
    state = checked(tmp_path, {"finished": {"findings": [WRONG]}})
    assert state is not None
    assert state.result["problems"] == [
        "Catalog: the document a: b.txt: its pages are gone (to mend: x y)"
    ]


def test_a_failed_check_says_why(tmp_path: Path, german: None) -> None:
    state = checked(tmp_path, {"failed": 'there is no index in x: run "pincite sync" first'})
    assert state is not None
    assert state.message == "in x gibt es keinen Index: zuerst „pincite sync“ ausführen"


def test_nothing_was_checked_before_the_first_check(tmp_path: Path) -> None:
    check = IndexCheck(Context(FakeEngine({}), Settings(state=tmp_path), "corpus"), Job)
    assert check.follow() is check.cancel() is None


@pytest.mark.parametrize(
    ("part", "what", "told"),
    [
        ("folder", "new & old.txt is new", "Ordner: new & old.txt ist neu"),
        ("vectors", "its directory is gone", "Vektorindex: sein Verzeichnis ist nicht mehr da"),
        (
            "catalog",
            "the document is new/b.txt: says 9 paragraphs, 3 are there",
            "Katalog: das Dokument is new/b.txt: nennt 9 Absätze, 3 sind da",
        ),
        (
            "catalog",
            "the document b.txt: b.txt#1: the paragraph is not at its offsets",
            "Katalog: das Dokument b.txt: b.txt#1: der Absatz steht nicht an seiner Stelle im Text",
        ),
        (
            "catalog",
            "chunking changed from 3 to 4: everything is read and cut again",
            "Katalog: Zerlegung in Absätze geändert von 3 zu 4: alles wird neu gelesen und zerlegt",
        ),
        (
            "state",
            "process 12 on here since 2024-03-14 is writing to it",
            "Zustandsverzeichnis: Prozess 12 auf here seit 2024-03-14 schreibt gerade hinein",
        ),
    ],
)
def test_what_is_wrong_is_told_in_german(german: None, part: str, what: str, told: str) -> None:
    assert line(part, what) == f"{told} (Abhilfe: pincite rebuild)"


def test_what_mends_it_is_told_too_and_commands_stay_as_they_are_typed(german: None) -> None:
    said = line(
        "folder", "x is empty, 3 files of it are indexed", "mount it, or pincite sync --prune"
    )
    assert said.endswith("(Abhilfe: ihn einhängen, oder pincite sync --prune)")


def test_every_part_of_the_index_has_a_name(german: None) -> None:
    named = {part: line(part, "?").partition(":")[0] for part in PARTS}
    assert list(named.values()) == ["Zustandsverzeichnis", "Katalog", "Vektorindex", "Ordner"]


def test_a_hostile_name_stays_text() -> None:
    assert "\u202e" not in line("folder", "a\u202etxt.exe is new")
