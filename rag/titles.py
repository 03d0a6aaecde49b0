"""Lines that entitle: a title, a caption, a line of a table of contents. They name and tell not."""

import re
from collections.abc import Iterable

from index.words import stems
from rag.asked import is_yes_or_no
from rag.helping_verbs import HELPING_VERB

_TO_PAGE = re.compile(r"(?:\. ?|…){5,}\s*\w{0,6}\W*$")
_LAST = 40
"""Characters of a line that tell: a form may go on with dots for longer."""
_PAGES = frozenset(stems("page pages contents"))
_MOSTLY, _LINE = 0.6, 20
_REASON = re.compile(rf"^(?:(?:and|but|so) )?(?:why|how(?= {HELPING_VERB}))\b", re.IGNORECASE)
_WHAT = re.compile(r"^(?:(?:and|but|so) )?what (?:is|are|was|were|do|does|did)\b", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?:figure|fig\.|example|table|listing|exhibit|box|plate|abbildung|abb\.|tabelle|beispiel"
    r"|tableau|figura|tabla)\s+(?:\d+(?:[.-]\d+)*|[A-Z])[a-z]?[.:]?\s",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\W*(?:[A-Z]\.?)?\d+(?:\.\d+)*\.?\s")
_DOING = re.compile(
    r"(?:[A-Z]{3,}:? )?(?!(?:King|Spring|String|Ring|Wing|Morning|Evening|Building|During)\b"
    r"|(?:Any|Every|No|Some)thing\b)[A-Z][a-z]+ing\b"
)
"""As the titles of sections and boxes begin: "TIP Changing the password"."""


def leads_to_a_page(question: str, text: str) -> bool:
    """Is it a line of a table of contents, where no page was asked for?"""
    return _TO_PAGE.search(text[-_LAST:]) is not None and not _PAGES & set(stems(question))


def lists_a_heading(text: str, headings: Iterable[str]) -> bool:
    """Is it the number and the title of a section, as in a table of contents?"""
    if _NUMBERED.match(text) is None:
        return False
    words = stems(text)
    return any(stems(heading) == words for heading in headings)


def is_caption(text: str) -> bool:
    """Does a paragraph say what is to be seen in a picture, a table or a listing?"""
    return _CAPTION.match(text) is not None


def only_entitles(question: str, text: str, *, first: bool, caption: bool = False) -> bool:
    """Is it a title, where it is asked whether or why something is so, or how?

    A line without an end that begins its document (``first``), is mostly in capitals or names what
    is done. One that stands under a picture does not tell what something is or does either.
    """
    if text.rstrip("\"'”’»)] ").endswith((".", "!", "?", "…", ":", ";")):
        return False
    asked = question.strip()
    if is_yes_or_no(question) or _REASON.search(asked):
        return first or caption or _mostly_capitals(text) or _DOING.match(text) is not None
    return caption and _WHAT.match(asked) is not None


def _mostly_capitals(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= _LINE and sum(map(str.isupper, letters)) > _MOSTLY * len(letters)
