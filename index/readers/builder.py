"""Structured content -> one text and its blocks, with offsets right by construction.

Readers hand over headings, paragraphs and tables in reading order. The text has LF line ends, is
in Unicode's normal form C, and has a blank line between blocks.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from index.blocks import Block, Kind
from index.lines import has_word
from index.readers.extracted import MAX_TEXT_CHARS, Extracted, too_much_text
from index.readers.progress import text_came
from index.types import Metadata

_APART = "\n\n"
_BLANKS = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r" ?\n\s*")
# Controls but tab and line breaks; lone surrogates; marks that no reader sees.
_UNSEEN = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\xad\u200b\u2060\ufeff\ufffe]"
)
_NOTHING_SAID = Metadata()


def clean(text: str) -> str:
    """One blank between words, line breaks kept as LF, normal form C, nothing unseen."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    return _BLANK_LINES.sub("\n", _BLANKS.sub(" ", text)).strip()


def clean_line(text: str) -> str:
    """As ``clean``, on one line."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(clean(text).split())


class TextBuilder:
    """Grows the text; raises ``UnreadableError`` when it gets beyond all measure."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._place = ""
        self._levels = 0
        self._header = ""
        self.blocks: list[Block] = []

    @contextmanager
    def placed(self, location: str = "", levels: int = 0) -> Iterator[None]:
        """Everything added meanwhile stands at ``location``, its headings ``levels`` deeper."""
        outer = self._place, self._levels
        self._place, self._levels = location, levels
        try:
            yield
        finally:
            self._place, self._levels = outer

    @contextmanager
    def headed(self, header: str) -> Iterator[None]:
        """Everything added meanwhile has it for its last heading, and nothing after that."""
        outer, self._header = self._header, header
        try:
            yield
        finally:
            self._header = outer

    def heading(self, level: int, title: str) -> None:
        if title := clean_line(title):
            start, end = self._add(title)
            level += self._levels
            block = Block(Kind.HEADING, start, end, level, title, location=self._place)
            self.blocks.append(block)

    def prose(self, text: str, location: str = "") -> None:
        self._block(Kind.PROSE, clean(text), location)

    def lines(self, lines: Sequence[str], location: str = "") -> None:
        """A list, a table or code: every line is kept as it is, but for what nobody sees."""
        kept = [unicodedata.normalize("NFC", _UNSEEN.sub("", line)).rstrip() for line in lines]
        self._block(Kind.LINES, "\n".join(kept).strip("\n"), location)

    def texts_from(self, first: int) -> list[str]:
        """The texts of the blocks from this one on; each block has a piece of the text."""
        return [piece.strip() for piece in self._pieces[first:]]

    def extracted(
        self, note: str = "", metadata: Metadata = _NOTHING_SAID, created: str = ""
    ) -> Extracted:
        text = "".join(self._pieces)
        return Extracted(text, self.blocks, note, metadata, created=created)

    def _block(self, kind: Kind, text: str, location: str) -> None:
        if has_word(text):
            indent = len(text) - len(text.lstrip())
            start, end = self._add(text)
            place = ", ".join(filter(None, (self._place, location)))
            block = Block(kind, start + indent, end, location=place, header=self._header)
            self.blocks.append(block)

    def _add(self, text: str) -> tuple[int, int]:
        if self._pieces:
            text = _APART + text
        start = self._length + (len(_APART) if self._pieces else 0)
        self._length += len(text)
        text_came(len(text))
        if self._length > MAX_TEXT_CHARS:
            raise too_much_text()
        self._pieces.append(text)
        return start, self._length
