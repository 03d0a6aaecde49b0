"""Which documents a search may find: by path and by date of publication."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pathspec import GitIgnoreSpec
from pathspec.patterns.gitignore import GitIgnorePatternError

from index.errors import UsageError
from index.stars import TooManyStarsError, bounded

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_FIRST_DAY = "-01-01"
_WILD = re.compile(r"[\\*?\[]")


@dataclass(frozen=True, slots=True)
class Filter:
    """Only documents that fit all of it; an empty part asks for nothing.

    ``path_globs``: at least one must fit, in the syntax of .gitignore: "*.md" anywhere, "reports/"
    all below that folder. ``after`` and ``before`` are ISO dates, YYYY, YYYY-MM or YYYY-MM-DD: the
    document's date must be that of ``after`` or later, and earlier than that of ``before``. A date
    without month or day stands for its first day. A document without a date fits no date.

    Raises ``UsageError`` naming what is no glob or date.
    """

    path_globs: tuple[str, ...] = ()
    after: str = ""
    before: str = ""

    def __post_init__(self) -> None:
        for glob in self.path_globs:
            _spec(glob)
        for name, text in (("after", self.after), ("before", self.before)):
            _check_date(name, text)

    def __bool__(self) -> bool:
        return bool(self.path_globs or self.after or self.before)

    def matching(self, dates: Iterable[tuple[str, str]]) -> list[str]:
        """The paths of those (path, ISO date or "") that fit."""
        specs = [_spec(glob) for glob in self.path_globs]
        return [
            path
            for path, dated in dates
            if self._fits_date(dated)
            and (not specs or any(spec.match_file(path) for spec in specs))
        ]

    def _fits_date(self, dated: str) -> bool:
        if not self.after and not self.before:
            return True
        day = _first_day(dated)
        return bool(dated) and (
            (not self.after or day >= _first_day(self.after))
            and (not self.before or day < _first_day(self.before))
        )


def pattern_of(path: str) -> str:
    """The pattern that fits a document's or folder's path, and the same path nowhere deeper.

    It can be shown and typed: what cannot, and a blank at the end, which patterns leave out, stands
    as the "?" that fits any one character.
    """
    shown = "".join(c if c.isprintable() else "?" for c in _WILD.sub(r"\\\g<0>", path))
    if shown.endswith(" "):
        shown = f"{shown[:-1]}?"
    # A pattern without a slash fits at any depth, and "#", "!" or a blank means something in front.
    return shown if "/" in path and path[0].isalnum() else f"/{shown}"


def _first_day(dated: str) -> str:
    """ISO dates of this form compare as texts."""
    return dated + _FIRST_DAY[len(dated) - len("YYYY") :]


def _check_date(name: str, text: str) -> None:
    if not text:
        return
    parts = _DATE.fullmatch(text)
    try:
        if parts is None:
            raise ValueError
        year, month, day = parts.groups(default="1")
        date(int(year), int(month), int(day))
    except ValueError:
        raise UsageError(
            f"{name}: {text!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD"
        ) from None


def _spec(glob: str) -> GitIgnoreSpec:
    try:
        spec = GitIgnoreSpec.from_lines([bounded(glob)])
    except TooManyStarsError:
        raise UsageError(f"path: {glob!r} has too many '*': leave some of them out") from None
    except GitIgnorePatternError:
        spec = GitIgnoreSpec([])
    # A comment, blanks, or a "!" that would take out instead of in.
    if not any(pattern.include for pattern in spec.patterns):
        raise UsageError(f"path: {glob!r} is no pattern: write one such as 'reports/' or '*.md'")
    return spec


EVERYTHING = Filter()
