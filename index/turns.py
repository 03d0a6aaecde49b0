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
_CLOCK = re.compile(r"\d{2,}:\d\d:\d\d")
NAME = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}"
SPEAKER = re.compile(rf"(?:{_TIME}\s+)?(?:\*\*)?({NAME})(?: ?{_TIME})?:(?:\*\*)?\s")
_TITLES = (
    "Mr Mrs Ms Miss Mx Dr Prof Professor Sir Dame Lord Lady Judge Justice Cllr Councillor Senator"
)
_OFFICES = "Mayor Chair Chairman Chairwoman Speaker President Court Judge Clerk Witness"
_WITH_A_TITLE = re.compile(
    rf"(?:{'|'.join(_TITLES.split())})\.? {NAME}|The (?:{'|'.join(_OFFICES.split())})"
)
_TURN = re.compile(rf"^{SPEAKER.pattern}", re.MULTILINE)
_ASKS = re.compile(r"\?[\"'”’»)*]*\s*\Z")


def speaker_before(text: str, at: int) -> str:
    """Who says what stands at ``at``, told at the head of its turn; "" where that is unsure.

    "Method:" begins a paragraph as "Ann:" does, so it takes a title, or two who speak in turns.
    """
    before = [m for m in _TURN.finditer(text) if m.start() <= at]
    if not before or before[-1].start() == at:
        return ""
    who = before[-1][1]
    spoken = len(before) > 1 and before[-2][1] != who and _ASKS.search(text[: before[-1].start()])
    return who if spoken or _WITH_A_TITLE.fullmatch(who) else ""


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
    return bool(block.kind is Kind.PROSE and SPEAKER.match(words) and _ASKS.search(words))


def _replies(text: str, asking: Block, block: Block) -> bool:
    # A reply has a time of the recording of its own; the two are found where the first begins.
    timed = all(_CLOCK.fullmatch(b.location) for b in (asking, block))
    there = replace(block, page=asking.page, location=asking.location if timed else block.location)
    alike = replace(asking, start=block.start, end=block.end) == there
    asks, replies = (SPEAKER.match(text, b.start, b.end) for b in (asking, block))
    if not alike or not asks or not replies or block.end - asking.start > _MOST_CHARS:
        return False
    return asks[1] != replies[1]
