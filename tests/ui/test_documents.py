import base64
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.errors import UsageError
from rag.settings import Settings
from tests.ui.fakes import FakeEngine, paragraphs_of
from ui.context import Context
from ui.documents import Documents
from ui.incoming import MOST_AT_ONCE, Incoming
from ui.job import Job, JobState

SCRIPT = (sys.executable, str(Path(__file__).with_name("job_script.py")))
TEXT = b"Ships carry timber."


class Page:
    """The page's actions as its script uses them."""

    def __init__(self, folder: Path, home: Path, **settings: Any) -> None:
        self.requests: list[dict[str, Any]] = []
        self.last_words: dict[str, Any] = {"finished": {"documents": 1}}
        self.settings = Settings(state=home / "state", corpus=folder, llm="none", **settings)
        engine = FakeEngine({"a.txt": paragraphs_of("a.txt", ["The storm came. It went."])})
        context = Context(engine, self.settings, "corpus")
        self.documents = Documents(context, self._start)

    def _start(self, request: str, on_end: Callable[[JobState], None]) -> Job:
        self.requests.append(json.loads(request))
        script = {"tell": [], "last": self.last_words, "pause": 0.2}
        return Job(json.dumps(script) + "\n", on_end, SCRIPT)

    def do(self, action: str, /, **values: Any) -> Any:
        answer = self.documents.actions.call({"do": action, **values})
        assert "error" not in answer, answer
        return answer["ok"]

    def refused(self, action: str, /, **values: Any) -> str:
        return str(self.documents.actions.call({"do": action, **values})["error"])

    def add(self, name: str, *pieces: bytes) -> str:
        token = self.do("begin", name=name)
        for piece in pieces:
            self.do("piece", token=token, data=base64.b64encode(piece).decode())
        return str(self.do("keep", token=token))

    def pruned(self) -> bool:
        """Whether the folder, read to the end, may empty the index."""
        self.do("read")
        self.wait()
        return bool(self.requests[-1]["prune"])

    def wait(self) -> None:
        job = self.documents._slot._job
        assert job is not None
        job.join(20)


@pytest.fixture
def page(folder: Path, tmp_path: Path) -> Page:
    return Page(folder, tmp_path)


def test_the_folder_and_its_limits_are_told(page: Page, folder: Path) -> None:
    told = page.do("folder")
    assert told["folder"] == str(folder)
    assert told["problem"] == ""
    assert ".txt" in told["endings"]
    assert told["max_bytes"] == 50_000_000
    assert told["job"] is None


def test_hidden_files_and_folders_are_no_documents_to_be_read(page: Page, folder: Path) -> None:
    (folder / ".git").mkdir()
    for hidden in (".git/config", ".DS_Store"):
        (folder / hidden).write_bytes(TEXT)
    assert page.do("folder")["files"] == 0
    (folder / "a.txt").write_bytes(TEXT)
    page.do("remove", document="a.txt")
    assert page.pruned()


def test_a_folder_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    page = Page(tmp_path / "gone", tmp_path)
    assert "does not exist: name the folder" in page.do("folder")["problem"]
    assert "does not exist" in page.refused("begin", name="a.txt")


def test_the_documents_are_listed(page: Page) -> None:
    found = page.do("list", words="a.t", sort="size", descending=True, page=3)
    assert [row["path"] for row in found["rows"]] == ["a.txt"]


def test_a_file_is_added_in_pieces(page: Page, folder: Path) -> None:
    assert page.add("../ships.txt", TEXT[:5], TEXT[5:]) == "ships.txt"
    assert (folder / "ships.txt").read_bytes() == TEXT
    assert page.add("ships.txt", TEXT) == "ships (2).txt"


def test_a_file_that_grows_too_large_is_dropped_at_once(folder: Path, tmp_path: Path) -> None:
    page = Page(folder, tmp_path, upload_max_bytes=10)
    token = page.do("begin", name="a.txt")
    data = base64.b64encode(TEXT).decode()
    assert "larger than 10 bytes" in page.refused("piece", token=token, data=data)
    assert list(folder.iterdir()) == []
    assert "not being added any more" in page.refused("keep", token=token)


def test_a_damaged_piece_ends_its_file(page: Page, folder: Path) -> None:
    token = page.do("begin", name="a.txt")
    assert "damaged" in page.refused("piece", token=token, data="*")
    assert "not being added any more" in page.refused("piece", token=token, data="")
    assert list(folder.iterdir()) == []


def test_a_file_that_is_given_up_leaves_nothing(page: Page, folder: Path) -> None:
    token = page.do("begin", name="a.txt")
    page.do("piece", token=token, data=base64.b64encode(TEXT).decode())
    page.do("drop", token=token)
    page.do("drop", token=token)
    assert list(folder.iterdir()) == []
    assert "not being added any more" in page.refused("keep", token=token)


def test_uploads_can_be_switched_off(folder: Path, tmp_path: Path) -> None:
    page = Page(folder, tmp_path, upload_max_files=0)
    assert "the most it takes by upload" in page.refused("begin", name="a.txt")


def test_only_so_many_files_are_taken_at_once(folder: Path) -> None:
    incoming = Incoming(100, 100)
    tokens = [incoming.begin(folder, "a.txt") for _ in range(MOST_AT_ONCE)]
    with pytest.raises(UsageError, match="try again soon"):
        incoming.begin(folder, "a.txt")
    incoming.piece(tokens[0], base64.b64encode(TEXT).decode())
    incoming.keep(tokens[0])
    incoming.close()
    assert [file.name for file in folder.iterdir()] == ["a.txt"]


def test_a_file_is_removed_and_had_back(page: Page, folder: Path) -> None:
    (folder / "a.txt").write_bytes(TEXT)
    ticket = page.do("remove", document="a.txt")
    assert list(folder.iterdir()) == []
    assert page.do("restore", ticket=ticket) == "a.txt"
    assert "is not a file of corpus" in page.refused("remove", document="../state")


def test_reading_the_folder_is_asked_for_with_the_settings_in_force(page: Page) -> None:
    assert page.do("follow") is None
    page.do("read")
    page.wait()
    assert page.do("follow")["stage"] == "finished"
    assert page.requests[0]["kind"] == "sync"
    assert page.requests[0]["prune"] is False
    assert Settings.model_validate(page.requests[0]["settings"]) == page.settings


def test_what_is_added_while_the_folder_is_read_is_read_next(page: Page) -> None:
    page.do("read")
    assert page.do("read")["stage"] == "running"
    page.do("read")
    page.wait()
    page.wait()
    assert len(page.requests) == 2


def test_the_index_is_emptied_only_when_the_last_file_was_removed_here(
    page: Page, folder: Path
) -> None:
    (folder / "a.txt").write_bytes(TEXT)
    (folder / "b.txt").write_bytes(TEXT)
    page.do("remove", document="a.txt")
    page.do("read")
    page.wait()
    page.do("remove", document="b.txt")
    page.do("read")
    page.wait()
    assert [request["prune"] for request in page.requests] == [False, True]


def test_a_folder_that_is_not_mounted_empties_no_index_whatever_was_removed_before(
    page: Page, folder: Path
) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_bytes(TEXT)
    page.do("remove", document="a.txt")
    (folder / "b.txt").unlink()
    assert not page.pruned()
    (folder / "c.txt").write_bytes(TEXT)
    ticket = page.do("remove", document="c.txt")
    page.do("restore", ticket=ticket)
    (folder / "c.txt").unlink()
    assert not page.pruned()
    (folder / "c.txt").write_bytes(TEXT)
    page.do("remove", document="c.txt")
    assert page.pruned()
    assert not page.pruned()


def test_a_reading_that_failed_leaves_the_next_one_to_empty_the_index(
    page: Page, folder: Path
) -> None:
    (folder / "a.txt").write_bytes(TEXT)
    page.do("remove", document="a.txt")
    page.last_words = {"failed": "the disk is full"}
    assert page.pruned()
    assert page.pruned()


def test_a_passage_is_explained(page: Page) -> None:
    found = page.do("why", question="When?", passage="storm")
    assert found["cards"][0]["best"] == "The storm came."
    assert "No paragraph of the index" in page.do("why", question="When?", passage="fish")["note"]
