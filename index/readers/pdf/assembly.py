"""Stretches of lines -> the document's text, its blocks and, for every word, its place and box."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise

from index.blocks import Block, Kind
from index.readers.extracted import MAX_TEXT_CHARS, too_much_text
from index.readers.pdf.grid_rows import ends_of_lines
from index.readers.pdf.layout import CELL_GAP, PageLine
from index.readers.pdf.stretch import Shape, Stretch, groups, is_short_list
from index.readers.pdf.words import HYPHEN, PageText, PageWord
from index.types import Page, Word

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_HYPHENS = ("-", "‐", "\xad", HYPHEN)
_UNSEEN = re.compile("[\0-\x1f\x7f-\x9f\xad\u200b\ufeff\ufffe\uffff]")
_COMPOUND = re.compile(r"\b\w+(?:[-‐]\w+)+\b")
_WORD = re.compile(r"\w+")
_ENOUGH_COMPOUNDS = 2
_FORMS = "all anti co cross ex half high low multi non post pre self semi well"
_OPEN_FORMS = frozenset(_FORMS.split())


class Assembly:
    """Grows the text word by word, so that every word's offsets are right when it is put in."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._first = 0
        self._caption = ""
        self._words: dict[int, list[tuple[int, int, PageWord]]] = {}
        self._known = _known_words(stretches)
        self._parts_words = _parts_words(stretches, self._known)
        self.blocks: list[Block] = []
        for group in groups(stretches):
            self._add_group(group)

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def pages(self, shown: Iterable[PageText]) -> Iterator[Page]:
        """The pages that have text, in order."""
        end = 0
        for page in shown:
            if page.lines:
                words = [
                    Word(start, end, *page.shown(word))
                    for start, end, word in self._words.get(page.number, [])
                ]
                start = words[0].start if words else end
                end = max(word.end for word in words) if words else end
                yield Page(page.number, start, end, page.width, page.height, tuple(words))

    def _add_group(self, group: list[Stretch]) -> None:
        if group[0].shape is Shape.ITEM and len(group) > 1 and is_short_list(group):
            self._add_list(group)
            return
        for stretch in group:
            self._add_stretch(stretch)

    def _add_list(self, items: Sequence[Stretch]) -> None:
        start = self._begin()
        for i, item in enumerate(items):
            self._put("\n" if i else "")
            self._add_prose(item.lines)
        self._end(Kind.LINES, start, items[0].lines[0].page)

    def _add_stretch(self, stretch: Stretch) -> None:
        start = self._begin()
        if stretch.shape is Shape.TABLE:
            for i, line in enumerate(stretch.lines):
                self._put("\n" if i else "")
                self._add_cells(line) if line.table else self._add_row(line)
        else:
            self._add_prose(stretch.lines)
        if stretch.shape is Shape.CAPTION:
            self._caption = self._added()
            return
        kinds = {Shape.TABLE: Kind.LINES, Shape.HEADING: Kind.HEADING}
        kind = kinds.get(stretch.shape, Kind.PROSE)
        self._end(kind, start, stretch.lines[0].page, stretch.level, _shown(stretch.header))

    def _add_cells(self, line: PageLine) -> None:
        """A row of a ruled table, with its empty cells, so that each stands under its column."""
        last = max(i for i, cell in enumerate(line.row) if cell)
        for i, cell in enumerate(line.row[: last + 1]):
            self._put("" if not i else " | " if any(line.row[:i]) else "| ")
            self._add_words([(line.page, word) for word in cell], ends_of_lines(cell))

    def _add_row(self, line: PageLine) -> None:
        for i, word in enumerate(line.words):
            wide = i and word.x0 - line.words[i - 1].x1 > CELL_GAP * line.size
            self._put("" if not i else "\t" if wide else " ")
            self._add_word(line.page, word, _shown(word.text))

    def _add_prose(self, lines: Sequence[PageLine]) -> None:
        words = [(line.page, word) for line in lines for word in line.words]
        ends = {id(line.words[-1]) for line in lines}
        ends.update(*(ends_of_lines(cell) for line in lines for cell in line.row))
        self._add_words(words, ends)

    def _add_words(self, words: Sequence[tuple[int, PageWord]], ends: Set[int]) -> None:
        """Running words; ``ends`` are the ids of those behind which a line ends."""
        glued = True
        for i, (page, word) in enumerate(words):
            self._put("" if glued else " ")
            text, glued = _shown(word.text), False
            if id(word) in ends and word.text.endswith(_HYPHENS) and i + 1 < len(words):
                text, glued = self._before_break(word.text, _shown(words[i + 1][1].text))
            self._add_word(page, word, text)

    def _before_break(self, raw: str, following: str) -> tuple[str, bool]:
        """A line's last word when it ends in a hyphen, and whether the next one belongs to it."""
        stem = _shown(raw[:-1])
        if not stem or not stem[-1].isalnum() or not following or not following[0].isalnum():
            return _shown(raw), False
        first, rest = _last_word(stem), _first_word(following)
        is_compound = f"{first}-{rest}" in self._known
        is_one_word = f"{first}{rest}" in self._known
        unsure = not self._parts_words or first in _OPEN_FORMS
        keeps = is_compound or (not is_one_word and unsure)
        if not following[0].islower() or (keeps and raw[-1] != "\xad"):
            return stem + "-", True
        return stem, True

    def _add_word(self, page: int, word: PageWord, text: str) -> None:
        start = self._length
        self._put(text)
        if text:
            self._words.setdefault(page, []).append((start, self._length, word))

    def _begin(self) -> int:
        self._put("\n\n" if self._pieces else "")
        self._first = len(self._pieces)
        return self._length

    def _end(self, kind: Kind, start: int, page: int, level: int = 0, header: str = "") -> None:
        title = self._added() if kind is Kind.HEADING else ""
        self._caption = self._caption if kind is Kind.LINES else ""
        self.blocks.append(
            Block(
                kind,
                start,
                self._length,
                level,
                title,
                page,
                caption=self._caption,
                header=header,
            )
        )

    def _added(self) -> str:
        return "".join(self._pieces[self._first :])

    def _put(self, text: str) -> None:
        self._length += len(text)
        if self._length > MAX_TEXT_CHARS:
            raise too_much_text()
        if text:
            self._pieces.append(text)


def _shown(text: str) -> str:
    """A word as it is read: in normal form C, its ligatures as letters, its hyphen as one."""
    if text.isascii() and text.isprintable():
        return text
    if text.endswith(HYPHEN):
        text = text[:-1] + "-"
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text.translate(_LIGATURES)))


def _known_words(stretches: Sequence[Stretch]) -> set[str]:
    """The words that stand whole within a line, compounds with their hyphens, in lower case."""
    known: set[str] = set()
    for stretch in stretches:
        for line in stretch.lines:
            whole = line.words[:-1] if line.words[-1].text.endswith(_HYPHENS) else line.words
            text = " ".join(_shown(word.text) for word in whole).lower().replace("‐", "-")
            known.update(_WORD.findall(text), _COMPOUND.findall(text))
    return known


def _parts_words(stretches: Sequence[Stretch], known: Set[str]) -> bool:
    """Does the document part words at the ends of lines? Else hyphens there are those of compounds.

    Of words that it parts some stand whole elsewhere, where compounds never do.
    """
    one_word = compound = 0
    for stretch in stretches:
        for a, b in pairwise(stretch.lines):
            last = a.words[-1].text
            stem, following = _shown(last[:-1]), _shown(b.words[0].text)
            if last.endswith(_HYPHENS) and _WORD.search(stem) and _WORD.search(following):
                first, rest = _last_word(stem), _first_word(following)
                one_word += f"{first}{rest}" in known
                compound += f"{first}-{rest}" in known
    return one_word > 0 or compound < _ENOUGH_COMPOUNDS


def _last_word(text: str) -> str:
    return str(_WORD.findall(text.lower())[-1])


def _first_word(text: str) -> str:
    return str(_WORD.findall(text.lower())[0])
