"""Patterns that leave files out, in the setting and in ``.pinciteignore`` files."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import CorpusError, UsageError
from index.exclude import IGNORE_FILE, Exclusions
from index.scan import scan


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("One.")


def found(folder: Path, *patterns: str) -> list[str]:
    return list(scan(folder, exclusions=Exclusions.of_settings(patterns)))


def test_patterns_of_the_settings_leave_files_and_folders_out(folder: Path) -> None:
    write(folder, "a.txt", "a.md", "drafts/b.md", "b/drafts/c.md", "b/keep.txt", "top.txt")
    assert found(folder, "*.txt", "!keep.txt", "drafts/") == ["a.md", "b/keep.txt"]
    assert found(folder, "/drafts", "b/*.txt") == ["a.md", "a.txt", "b/drafts/c.md", "top.txt"]
    assert found(folder, "# a comment", "") == list(scan(folder))


def test_an_ignore_file_counts_for_its_folder_and_those_below(folder: Path) -> None:
    write(folder, "a.txt", "b/a.txt", "b/c/a.txt", "b/c/d.txt", "e/a.txt")
    (folder / "b" / IGNORE_FILE).write_text("a.txt\n")
    assert found(folder) == ["a.txt", "b/c/d.txt", "e/a.txt"]


def test_a_deeper_ignore_file_outweighs_those_above_it_and_the_settings(folder: Path) -> None:
    write(folder, "a.txt", "b/a.txt", "b/c/a.txt")
    (folder / IGNORE_FILE).write_bytes("\ufeffa.txt\r\n".encode())
    (folder / "b" / IGNORE_FILE).write_text("!a.txt\n")
    assert found(folder, "c/") == ["b/a.txt"]


def test_nothing_in_an_excluded_folder_is_taken_in_again(folder: Path) -> None:
    write(folder, "b/a.txt")
    (folder / "b" / IGNORE_FILE).write_text("!a.txt\n")
    assert found(folder, "b/", "!b/a.txt") == []


def test_a_folder_is_taken_in_again_as_a_file_is(folder: Path) -> None:
    write(folder, "a.d/a.txt", "a.d/b.txt", "a.txt", "b.d/a.txt", "b.txt")
    assert found(folder, "*", "!a*") == ["a.d/a.txt", "a.txt"]
    assert found(folder, "*/", "!a*") == ["a.d/a.txt", "a.d/b.txt", "a.txt", "b.txt"]


def test_all_that_lies_inside_a_folder_is_left_out_and_not_the_folder(folder: Path) -> None:
    write(folder, "a.txt", "b/a", "b/b", "b/c/a", "b/c/b")
    assert found(folder, "b/**", "!b/a") == ["a.txt", "b/a"]
    assert found(folder, "*", "!b/**") == []
    assert found(folder, "b/**/") == ["a.txt", "b/a", "b/b"]


def test_a_pattern_that_is_none_is_named_with_its_place(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"the setting exclude, line 2: '!' is no pattern"):
        Exclusions.of_settings(["a", "!"])
    (folder / IGNORE_FILE).write_text("a\n\n!\n")
    with pytest.raises(CorpusError, match=r"pinciteignore, line 3: '!' is no pattern"):
        scan(folder)


def test_a_pattern_that_would_be_tried_for_ever_is_refused(folder: Path) -> None:
    write(folder, f"{'a' * 200}.txt", "b.tmp")
    with pytest.raises(UsageError, match=r"the setting exclude, line 1: .* has too many '\*'"):
        Exclusions.of_settings(["*a*a*a*a*a*a*b"])
    (folder / IGNORE_FILE).write_text("# * a * rule * of * stars *\n*" + "*" * 60 + "b.t*p\n")
    assert list(scan(folder)) == [f"{'a' * 200}.txt"]
    (folder / IGNORE_FILE).write_text("!*a*a*a*a*a*a*b\n")
    with pytest.raises(CorpusError, match=r"pinciteignore, line 1: .* has too many '\*'"):
        scan(folder)


def test_an_ignore_file_that_cannot_be_read_stops_the_scan(folder: Path) -> None:
    write(folder, "a.txt")
    (folder / IGNORE_FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CorpusError, match=r"cannot be read.*; nothing was changed"):
        scan(folder)


def test_an_ignore_file_is_a_file_of_the_folder(tmp_path: Path, folder: Path) -> None:
    write(folder, "a.txt", "b/a.txt")
    os.mkfifo(folder / "b" / IGNORE_FILE)  # reading it would wait for ever
    assert found(folder) == ["a.txt", "b/a.txt"]
    (tmp_path / "secret").write_text("a.txt")
    (folder / IGNORE_FILE).symlink_to(tmp_path / "secret")
    with pytest.raises(CorpusError, match=r"leads out of the folder; nothing was changed"):
        scan(folder)


def test_the_state_is_no_part_of_the_corpus_it_lies_in(folder: Path) -> None:
    write(folder, "a.txt", "index/state/b.txt", "index/c.txt")
    assert list(scan(folder, state=folder / "index" / "state")) == ["a.txt", "index/c.txt"]


NAMES_TEXT = (
    "a b * **/a [ab] ? a* b.c a.d a.d/b a.d/** b.d/** **/b.d/** a.d/*/b **/b.d a.d/b.d */a **"
)
NAMES = NAMES_TEXT.split()
PATTERNS = st.lists(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "", "!", "/"]),
        st.sampled_from(NAMES),
        st.sampled_from(["", "/", ".c"]),
    ),
    max_size=4,
)


@pytest.mark.skipif(shutil.which("git") is None, reason="compares with git")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(top=PATTERNS, below=PATTERNS)
def test_what_is_left_out_is_what_git_leaves_out(
    tmp_path_factory: pytest.TempPathFactory, top: list[str], below: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("git")
    parts = ["a", "b", "b.c"]
    write(folder, *(f"{x}.d/{y}.d/{z}" for x in parts for y in parts for z in parts))
    write(folder, *(f"{x}.d/{y}" for x in parts for y in parts), *parts)
    for name in (".gitignore", IGNORE_FILE):
        (folder / name).write_text("\n".join(top))
        (folder / "b.d" / name).write_text("\n".join(below))
    git = ["git", "-C", str(folder), "-c", "core.excludesFile=/dev/null"]
    subprocess.run([*git, "init", "-q"], check=True)
    listed = subprocess.run(
        [*git, "ls-files", "--others", "--exclude-standard"],
        check=True,
        capture_output=True,
        text=True,
    )
    names = [n for n in listed.stdout.splitlines() if "ignore" not in n]
    assert list(scan(folder)) == sorted(names)
