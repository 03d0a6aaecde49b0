"""Which part of the corpus a question is asked of: the filters of the chat."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from index.filters import pattern_of
from ui.words import t

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
MAX_GLOB = 300


@dataclass(frozen=True, slots=True)
class Scope:
    """Documents whose path fits ``path_glob``, dated ``after`` or later, before ``before``.

    Dates are ISO (YYYY, YYYY-MM or YYYY-MM-DD); an empty field restricts nothing.
    """

    path_glob: str = ""
    after: str = ""
    before: str = ""

    def labels(self) -> tuple[str, ...]:
        """One short text for each restriction, in the order of the fields."""
        parts = (
            (self.path_glob, _plain(self.path_glob)),
            (self.after, t("from {date}", date=self.after)),
            (self.before, t("before {date}", date=self.before)),
        )
        return tuple(label for value, label in parts if value)

    def problem(self) -> str:
        """Why no document can fit, or nothing."""
        if not (self.after and self.before) or _first_day(self.after) < _first_day(self.before):
            return ""
        return t(
            "No document is dated from {after} on and before {before}: "
            "change one of the two dates.",
            after=self.after,
            before=self.before,
        )


EVERYTHING = Scope()


def scope_of(values: Mapping[str, object]) -> Scope:
    """What a browser sent as a scope; anything that is not one restricts nothing."""

    def text(key: str) -> str:
        value = values.get(key)
        return value.strip() if isinstance(value, str) else ""

    def date(key: str) -> str:
        return text(key) if _DATE.fullmatch(text(key)) else ""

    return Scope(text("glob")[:MAX_GLOB], date("after"), date("before"))


def _plain(glob: str) -> str:
    """The pattern of one document without the marks that take characters as they are."""
    plain = re.sub(r"\\(.)", r"\1", glob)
    return plain if pattern_of(plain.removeprefix("/")) == glob else glob


def _first_day(date: str) -> str:
    return f"{date}-01-01"[:10]
