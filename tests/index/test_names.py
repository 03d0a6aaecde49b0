from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.names import MAX_NAME_BYTES, claimed, numbered, safe_name

PARTS = [
    "../", "..\\", "/", "\\", ".", "..", " ", "~", "%2e%2e%2f", "C:", "CON", "nul.txt", "a", "é",
    "\u202e", "\u200b", "\0", "\n", "<", ">", '"', "|", "?", "*", ":", ".txt", ".md", "😀",
]  # fmt: skip
hostile = st.one_of(st.text(), st.lists(st.sampled_from(PARTS)).map("".join))


@given(hostile)
def test_a_name_is_plain_visible_and_never_leaves_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert Path("/corpus", safe).parent == Path("/corpus")
    assert Path("/corpus", safe).resolve() == Path("/corpus") / safe
    assert not safe.startswith((".", " ", "~/"))
    assert not safe.endswith((".", " "))
    assert 0 < len(safe.encode()) <= MAX_NAME_BYTES
    assert not set(safe) & set('/\\<>:"|?*\0\n\u202e\u200b')
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("report.txt", "report.txt"),
        ("Überblick 2024.md", "Überblick 2024.md"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.txt", "boot.txt"),
        ("C:\\Users\\me\\notes.md", "notes.md"),
        (".hidden.txt", "hidden.txt"),
        (".txt", "document.txt"),
        ("", "document"),
        ("...", "document"),
        ("a\0b\n.txt", "ab.txt"),
        ("invoice\u202etxt.exe.md", "invoicetxt.exe.md"),
        ("CON.txt", "_CON.txt"),
        ("what? <b>.txt", "what_ _b_.txt"),
        ("  spaced   out  .txt ", "spaced out.txt"),
        ("e\u0301te\u0301.txt", "été.txt"),
    ],
)
def test_known_tricks(given_name: str, safe: str) -> None:
    assert safe_name(given_name) == safe


def test_a_long_name_keeps_its_ending() -> None:
    safe = safe_name("é" * 300 + ".txt")
    assert safe.endswith("é.txt")
    assert len(safe.encode()) <= MAX_NAME_BYTES


def test_numbers_go_before_the_ending() -> None:
    assert list(islice(numbered("a.b.txt"), 3)) == ["a.b.txt", "a.b (2).txt", "a.b (3).txt"]
    assert list(islice(numbered("plain"), 2)) == ["plain", "plain (2)"]


def test_a_claimed_name_is_nobody_elses(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("mine")
    (tmp_path / "a (2).txt").symlink_to(tmp_path / "nowhere")
    with claimed(tmp_path, "a.txt") as target:
        assert target.name == "a (3).txt"
    assert target.exists()
    assert (tmp_path / "a.txt").read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


def test_a_claimed_name_is_free_again_when_what_was_to_have_it_does_not_come(
    tmp_path: Path,
) -> None:
    with pytest.raises(OSError, match="full"), claimed(tmp_path, "a.txt"):
        raise OSError("full")
    assert list(tmp_path.iterdir()) == []
