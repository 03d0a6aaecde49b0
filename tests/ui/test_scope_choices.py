"""The documents and folders that a filter is chosen from, and what is asked of when one is."""

import pytest

from index.types import Document, FileState
from tests.ui.fakes import FakeEngine, paragraphs_of
from ui.asking import filter_of
from ui.scope import Scope, scope_of
from ui.scope_choices import choices

PATHS = [
    "#notes.txt",
    "!x.md",
    "bell\x07.md",
    "minutes [2023]/a.md",
    "readme.md",
    "report [1].txt",
    "sub/readme.md",
]


def chosen(engine: FakeEngine, name: str) -> Scope:
    (choice,) = [choice for choice in choices(engine) if choice.name == name]
    return scope_of({"glob": choice.pattern})


@pytest.mark.parametrize(
    ("name", "found"),
    [
        *((path, [path]) for path in PATHS if "\x07" not in path),
        ("bell\ufffd.md", ["bell\x07.md"]),
        ("minutes [2023]/*", ["minutes [2023]/a.md"]),
        ("sub/*", ["sub/readme.md"]),
    ],
)
def test_what_is_chosen_is_what_is_asked_of(name: str, found: list[str]) -> None:
    engine = FakeEngine({path: paragraphs_of(path, ["A word."]) for path in PATHS})
    scope = chosen(engine, name)
    assert filter_of(scope).matching([(path, "") for path in PATHS]) == found


def test_a_pattern_typed_by_hand_stays_one() -> None:
    where = filter_of(scope_of({"glob": "readme.md"}))
    assert where.matching([(path, "") for path in PATHS]) == ["readme.md", "sub/readme.md"]


def test_a_choice_is_shown_without_the_marks_that_take_characters_as_they_are() -> None:
    assert Scope(r"/report \[1].txt").labels() == ("/report [1].txt",)
    assert Scope(r"minutes/\#*.md").labels() == (r"minutes/\#*.md",)


def test_copies_can_be_chosen_and_files_without_text_cannot() -> None:
    empty = Document("empty.md", FileState.EMPTY, "", 0, "0" * 64, 1000)
    read = {path: paragraphs_of(path, ["A word."]) for path in ("a.md", "copy.md")}
    engine = FakeEngine(read, unsearchable=(empty,), copies={"copy.md"})
    assert [choice.name for choice in choices(engine)] == ["a.md", "copy.md"]


def test_a_path_whose_pattern_would_be_cut_is_not_offered() -> None:
    engine = FakeEngine({"a" * 300: paragraphs_of("a" * 300, ["A word."])})
    assert choices(engine) == ()
