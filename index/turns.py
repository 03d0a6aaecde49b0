"""A question of an interview or a hearing stands in one paragraph with the reply to it.

"In March 2026, if the roofers keep their word" tells nothing by itself, and of all that was said
the question before it is what a reader's own question resembles.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from index.blocks import Block, Kind

_MOST_CHARS = 1_000
"""A reply that makes the paragraph longer is one of its own."""

_TIME = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?"
_NAME = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}"
_SPEAKER = re.compile(rf"(?:{_TIME}\s+)?(?:\*\*)?({_NAME})(?: ?{_TIME})?:(?:\*\*)?\s")
_TITLES = (
    "Mr Mrs Ms Miss Mx Dr Prof Professor Sir Dame Lord Lady Judge Justice Cllr Councillor Senator"
    " President Minister Chair Chairman Chairwoman Speaker Mayor Secretary Counsel Witness"
)
_SOMEBODY = re.compile(
    rf"^(?:{_TIME}\s+)?(?:\*\*)?(?P<who>(?:The )?(?:{'|'.join(_TITLES.split())})\b\.?(?: {_NAME})?"
    r"|[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+){0,2})"
    rf"(?: ?{_TIME})?:(?:\*\*)?\s",
    re.MULTILINE,
)
"""A title or capitals: "Method:" begins a paragraph as "Ann:" does."""
_NOBODY_TEXT = "NOTE NB WARNING CAUTION DANGER IMPORTANT TIP SUMMARY ABSTRACT TODO PS FAQ UPDATE"
_NOBODY = frozenset(_NOBODY_TEXT.split())
_ASKS = re.compile(r"\?[\"'”’»)*]*\s*\Z")


def speaker_before(text: str, at: int) -> str:
    """Who says what stands at ``at``, told before it in a hearing; "" where it begins with that."""
    found = [m for m in _SOMEBODY.finditer(text) if m.start() <= at]
    if not found or found[-1].start() == at or found[-1]["who"] in _NOBODY:
        return ""
    return found[-1]["who"]


def with_replies(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks in order; one that asks, and the reply of another speaker, are one."""
    asking: Block | None = None
    for block in blocks:
        if asking and _replies(text, asking, block):
            yield replace(asking, end=block.end)
            asking = None
            continue
        if asking:
            yield asking
        asking = block if _asks(text, block) else None
        if not asking:
            yield block
    if asking:
        yield asking


def _asks(text: str, block: Block) -> bool:
    words = text[block.start : block.end]
    return bool(block.kind is Kind.PROSE and _SPEAKER.match(words) and _ASKS.search(words))


def _replies(text: str, asking: Block, block: Block) -> bool:
    alike = replace(asking, start=block.start, end=block.end) == replace(block, page=asking.page)
    asks, replies = (_SPEAKER.match(text, b.start, b.end) for b in (asking, block))
    if not alike or not asks or not replies or block.end - asking.start > _MOST_CHARS:
        return False
    return asks[1] != replies[1]
