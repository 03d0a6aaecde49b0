"""How many stars a pattern in the syntax of .gitignore may have: of many, a look takes for ever."""

import re

_STARS = re.compile(r"\\.|\*+", re.DOTALL)
_MOST_STARS = 3
_MOST_FOLDER_STARS = 3


class TooManyStarsError(ValueError):
    """The pattern has too many."""


def bounded(glob: str) -> str:
    """The pattern with one star for several in a row, which would fit in ways without number.

    Each further star of a name multiplies the ways to fit by the length of the name: of many,
    ``TooManyStarsError`` is raised. Those of a name that has one star alone can fit in one way
    only.
    """
    parts = [_with_single_stars(part) for part in glob.split("/")]
    stars = [sum(mark == "*" for mark in _STARS.findall(part)) for part in parts]
    free = 1 + sum(count - 1 for count in stars if count)
    if free > _MOST_STARS or parts.count("**") > _MOST_FOLDER_STARS:
        raise TooManyStarsError
    return "/".join(parts)


def _with_single_stars(part: str) -> str:
    """A part of a path; "**" alone, for any folders, stays, also behind the "!" of a line."""
    return (
        part
        if part.strip("! ") == "**"
        else _STARS.sub(lambda m: m[0] if m[0][0] == "\\" else "*", part)
    )
