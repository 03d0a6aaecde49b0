"""Rich text (.rtf): headings by style, lists with their marks, tables, notes and comments.

Text that is hidden, or deleted by a tracked change, is left out.
"""

from dataclasses import dataclass, field, replace

from index.readers.builder import clean, clean_line
from index.readers.extracted import Extracted, UnreadableError
from index.readers.notes import Note, only_numbers_pages
from index.readers.numerals import BULLET
from index.readers.office_flow import HEADING_STYLE, title_of
from index.readers.rtf_document import RtfDocument
from index.readers.rtf_state import (
    AUTHOR,
    COMMENT,
    FONTS,
    FOOTER,
    HEADER,
    INFO,
    MARK,
    NOTE,
    SHOWN,
    SKIPPED,
    STYLES,
    State,
)
from index.readers.rtf_tokens import Token, code_page, tokens
from index.types import Metadata

_BEGIN = b"{\\rtf"
_DEEPEST = 2_000
_TOLD = ("title", "author")
_DAY = ("yr", "mo", "dy")


def extract(content: bytes) -> Extracted:
    if content.strip() and not content.lstrip().startswith(_BEGIN):
        raise UnreadableError("it does not begin as rich text does: save it anew as .rtf")
    reader = _Reader()
    for token in tokens(content.decode("latin-1")):
        reader.take(token)
    return reader.extracted()


@dataclass
class _Paragraph:
    """What is known of one until it ends."""

    level: int = 0
    style: int = 0
    in_table: bool = False
    mark: str = ""


@dataclass
class _Row:
    """``goes_on``: which cells are the lower parts of others."""

    cells: list[str] = field(default_factory=list)
    goes_on: list[bool] = field(default_factory=list)
    lower: bool = False


class _Reader:
    def __init__(self) -> None:
        self._state = State()
        self._outer: list[State] = []
        self._texts: dict[str, list[str]] = {}
        self._pending = bytearray()
        self._left_to_skip = 0
        self._code_page: tuple[str, int | None] = ("ansi", None)
        self._charsets: dict[int, int] = {}
        self._levels: dict[int, int] = {}
        self._info: dict[str, str] = {}
        self._said = ""
        self._paragraph = _Paragraph()
        self._row = _Row()
        self._style = (0, 0)
        self._notes: list[Note] = []
        self._footers: list[str] = []
        self._document = RtfDocument()

    def take(self, token: Token) -> None:
        if token.kind in "{}":
            self._left_to_skip = 0
        if token.kind == "{":
            self._flush()
            if len(self._outer) > _DEEPEST:
                raise UnreadableError("damaged: its groups never end")
            self._outer.append(self._state)
        elif token.kind == "}":
            self._flush()
            inner, self._state = self._state, self._outer.pop() if self._outer else State()
            self._ended(inner)
        elif token.kind == "star":
            self._state = replace(self._state, starred=True)
        elif token.kind == "word":
            self._flush()
            self._word(token.text, token.number)
        elif self._left_to_skip:
            left = token.text[self._left_to_skip :]
            self._left_to_skip = max(self._left_to_skip - len(token.text), 0)
            if left:
                self.take(Token(token.kind, left))
        elif token.kind == "bytes":
            self._pending += token.text.encode("latin-1")
        else:
            self._flush()
            self._add(token.text)

    def extracted(self) -> Extracted:
        self._flush()
        self._end_paragraph()
        self._document.end(self._notes)
        title = self._info.get("title") or title_of(self._document.builder.blocks)
        for text in dict.fromkeys(self._footers):
            Note(FOOTER, text).add_to(self._document.builder)
        day = [self._info.get(part, "") for part in _DAY]
        created = "-".join(part.zfill(2) for part in day) if all(day) else ""
        metadata = Metadata(title=title, author=self._info.get("author", ""))
        return self._document.builder.extracted(metadata=metadata, created=created)

    def _word(self, word: str, number: int | None) -> None:
        place = self._state.place
        if word == "u" and number is not None:
            self._add(chr(number % 0x10000))
            self._left_to_skip = self._state.unicode_skip
        elif word in ("mac", "pc", "pca", "ansicpg"):
            self._code_page = word, number
        elif place == FONTS and word == "fcharset":
            self._charsets[self._state.font] = number or 0
        elif place == STYLES and word in ("s", "outlinelevel"):
            own, level = self._style
            self._style = (number or 0, level) if word == "s" else (own, (number or 0) + 2)
        elif place == INFO:
            self._said = word if word in (*_TOLD, "creatim") else self._said
            if self._said == "creatim" and word in _DAY:
                self._info.setdefault(word, str(number or ""))
        elif place in (SHOWN, NOTE, COMMENT, HEADER, FOOTER):
            self._in_text(word, number)
        self._state = self._state.after(word, number)

    def _in_text(self, word: str, number: int | None) -> None:
        if word in ("par", "sect", "cell", "nestcell") and self._state.place != SHOWN:
            self._add("\n")
        elif word in ("par", "sect"):
            self._end_paragraph()
        elif word in ("cell", "nestcell"):
            self._row.cells.append(clean_line(self._taken(SHOWN)))
            self._paragraph.mark = ""
        elif word in ("row", "nestrow"):
            self._document.row(self._row.cells, self._row.goes_on, self._notes)
            self._row, self._notes = replace(self._row, cells=[]), []
        elif word == "trowd":
            self._row = replace(self._row, goes_on=[], lower=False)
        elif word == "clvmrg":
            self._row.lower = True
        elif word == "cellx":
            self._row.goes_on.append(self._row.lower)
            self._row.lower = False
        elif word == "pard":
            self._paragraph = _Paragraph(mark=self._paragraph.mark)
        elif word == "intbl":
            self._paragraph.in_table = True
        elif word == "outlinelevel" and number is not None and number < 9:
            self._paragraph.level = number + 2
        elif word == "s":
            self._paragraph.style = number or 0

    def _end_paragraph(self) -> None:
        if self._paragraph.in_table:
            self._add("\n")
            return
        level = self._paragraph.level or self._levels.get(self._paragraph.style, 0)
        if text := clean(self._taken(SHOWN)):
            self._document.paragraph(text, self._paragraph.mark, level, self._notes)
            self._notes = []
        self._paragraph.mark = ""

    def _ended(self, inner: State) -> None:
        """A group has ended: what it collected is used."""
        place, named = inner.place, self._said
        if place == STYLES:
            self._end_style()
        elif place == INFO:
            said, self._said = clean_line(self._taken(INFO)), ""
            if named in _TOLD:
                self._info.setdefault(named, said)
        if place == self._state.place:
            return
        if place == MARK:
            self._paragraph.mark = clean_line(self._taken(MARK)) or BULLET
        elif place in (NOTE, COMMENT) and (text := clean(self._taken(place))):
            by = clean_line(self._taken(AUTHOR)) if place == COMMENT else ""
            self._notes.append(Note(place, text, f"Comment by {by}" if by else ""))
        elif place in (HEADER, FOOTER):
            self._margin(place, clean(self._taken(place)))

    def _end_style(self) -> None:
        style_name = clean_line(self._taken(STYLES)).rstrip(";").strip()
        own, level = self._style
        heading = HEADING_STYLE.fullmatch(style_name)
        if style_name.lower() == "title":
            level = 1
        elif heading:
            level = int(heading[1]) + 1
        if level:
            self._levels[own] = level
        self._style = (0, 0)

    def _margin(self, place: str, text: str) -> None:
        if not text or only_numbers_pages(text):
            return
        if place == FOOTER:
            self._footers.append(text)
        else:
            self._document.header(text)

    def _flush(self) -> None:
        """Bytes of a code page come to be characters; some need two."""
        if self._pending:
            encoding = code_page(self._charsets.get(self._state.font), *self._code_page)
            text = bytes(self._pending).decode(encoding, "replace")
            self._pending.clear()
            self._add(text)

    def _add(self, text: str) -> None:
        state = self._state
        if state.place not in (SKIPPED, FONTS) and not state.hidden and not state.deleted:
            self._texts.setdefault(state.place, []).append(text)

    def _taken(self, place: str) -> str:
        text = "".join(self._texts.pop(place, ()))
        # Two halves of a character beyond the first 65,536 are told one after the other.
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
