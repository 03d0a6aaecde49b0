"""Text -> citable paragraphs and their sentences, with exact offsets and stable ids.

An id is the path and a hash of the paragraph's text, so nothing that happens elsewhere in the
document changes it; only exact repeats inside one document are numbered. Every offset is checked
against the text when it is made: a wrong citation must not be able to enter the index.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sentencex import get_sentence_boundaries

from index.blocks import Block, Kind
from index.language import language_of
from index.lines import ENUMERATOR, Line, has_word, is_item, is_row, item_text, lines_of
from index.long_blocks import pieces
from index.turns import with_replies
from index.types import Paragraph, Sentence

CHUNKING_VERSION = "15"
"""Raised whenever the same text would be cut differently; part of the index fingerprint."""

MAX_HEADING_CHARS = 300
_END = Block(Kind.HEADING, 0, 0)
"""Stands behind the last block: a heading above all others."""
_HASH_DIGITS = 12
_MARK = re.compile(r"[.!?]")
_LONG_RUN = re.compile(r"\S{1000,}")
_DENSE = 12
"""One mark in so many characters is no text: sentences are longer."""
# What sentencex takes for the end of an English sentence: a title, or what a number follows.
_TITLE = re.compile(r"(?:^|\W)(?:Ms|Mx|Cpt|Cllr)\.$")
_BEFORE_NUMBER = re.compile(
    r"\W(?:app|approx|arts|bks?|ch|eq|figs|fols?|max|paras?|pts?|regs|rr|sched|ss|tel|vols?)\.$",
    re.IGNORECASE,
)
_OLD_MONEY = re.compile(r"\d[¼½¾]?(?:li|[lsd])\.$")
"""Pounds, shillings and pence: "9s. 8d. a quarter"."""
_BEFORE_NAME = {
    "de": re.compile(r"(?:^|\W)(?:Hr|Fr|Frl|Ing|Mag|Abt|Tsd|Std)\.$"),
    "fr": re.compile(r"(?:^|\W)(?:Mgr|bât|appt)\.$"),
    "es": re.compile(r"(?:^|\W)(?:D|Ing|Lic|Arq|Avda)\.$"),
}
_COUNTED = re.compile(
    r"\b(?:[Dd](?:er|ie|as|en|em|es)|[Aa]m|[Ii]m|vom|[Zz]u[mr]|beim"
    r"|(?:bisherig|ehemalig|damalig|neu)e[nr]?) \d{1,2}\.$"
)
"""“Der bisherige 2.” has a noun behind it, and German nouns have capitals."""
_THAT_IS = re.compile(r"\bc\.-à-d\.$")
_INSIDE = re.compile(r"[ºª‐-]\w?")
"""Right behind a point: "n.º 7", "D.ª Carmen", "Dipl.-Ing.", "c.-à-d."."""
_LONGEST_SHORT_FORM = 20
_SENTENCES_OWN = re.compile(r"(?:[*_]{1,3}|\[\d{1,3}(?:[,–-]\d{1,3})*\])(?=\s)")
"""Right behind its point: marks that end emphasis, and those of notes."""
_NUMBER = re.compile(
    rf"\(?\d{{1,3}}(?:\.\d{{1,3}})*[.)]|{ENUMERATOR}|[A-Z]{{1,3}}\d{{1,3}}[a-z]?\."
    r"|(?:Tab(?:le|elle|leau|la)|Fig(?:ur[ea])?|Abb(?:ildung)?|Plate|Box)\.? [A-Z]?\d{1,2}[a-z]?\."
    r"|(?:Anno(?: Domini)? |A\. ?D\. ?|AD )?[12]\d{3}(?:, [^.\n]{1,24})?\."
)
"""Of a clause, a variable ("A1."), a table or figure, or the year of a chronicle's entry."""
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n\s*|\r[ \t]*\r\s*")
_LABELLED = re.compile(r"[^\W\d_][\w/&'’() -]{1,30}:[ \t]+\S")
_NEXT_LABEL = re.compile(rf"{_BLANK_LINE.pattern}|[\r\n][ \t]*(?={_LABELLED.pattern})")
_BREAK = re.compile(r"[\r\n\t\f\v\u2028\u2029]")


def split_paragraphs(path: str, text: str, blocks: Iterable[Block]) -> list[Paragraph]:
    """The citable paragraphs of a document's extracted text, in order, from its blocks.

    ``text[p.start:p.end] == p.text`` holds for each, and the same for its sentences. Of a longer
    heading its first 300 characters are kept, to the end of a word.
    """
    repeats: Counter[str] = Counter()
    paragraphs: list[Paragraph] = []
    for whole, headings in _headed(text, blocks):
        for block in pieces(text, whole):
            piece = text[block.start : block.end]
            if not has_word(piece):
                continue
            identity = f"{path}#{hashlib.sha256(piece.encode()).hexdigest()[:_HASH_DIGITS]}"
            repeats[identity] += 1
            nth = repeats[identity]
            paragraphs.append(
                Paragraph(
                    id=identity if nth == 1 else f"{identity}-{nth}",
                    path=path,
                    ordinal=len(paragraphs) + 1,
                    start=block.start,
                    end=block.end,
                    text=piece,
                    heading_path=(
                        *headings,
                        *filter(None, [_shortened(block.caption), block.header]),
                    ),
                    page=block.page,
                    location=block.location,
                    sentences=split_sentences(piece, block),
                )
            )
    return paragraphs


def _headed(text: str, blocks: Iterable[Block]) -> Iterator[tuple[Block, list[str]]]:
    """What is citable, with the titles above it: all but headings, and headings of nothing.

    "Phone: 555 1234" may be set as a heading, and slides may have no more than a title.
    """
    headings: list[Block] = []
    bare = False
    for block in [*with_replies(text, blocks), _END]:
        if block.kind is not Kind.HEADING:
            bare = bare and not has_word(text[block.start : block.end])
            yield block, _titles(headings)
            continue
        if bare and block.level <= headings[-1].level:
            yield _as_prose(text, headings[-1]), _titles(headings[:-1])
        headings = [above for above in headings if above.level < block.level]
        headings.append(block)
        bare = True


def _titles(headings: Iterable[Block]) -> list[str]:
    return [_shortened(heading.title) for heading in headings]


def _as_prose(text: str, heading: Block) -> Block:
    """A heading as a paragraph, without the marks that make it a heading."""
    words = re.compile(r"\s+".join(map(re.escape, heading.title.split())))
    match = words.search(text, heading.start, heading.end)
    start, end = match.span() if match else (heading.start, heading.end)
    return replace(heading, kind=Kind.PROSE, start=start, end=end, level=0, title="")


def _shortened(title: str) -> str:
    """A heading is kept with each paragraph below it: one beyond measure would fill the disk."""
    if len(title) <= MAX_HEADING_CHARS:
        return title
    return f"{title[: MAX_HEADING_CHARS + 1].rpartition(' ')[0] or title[:MAX_HEADING_CHARS]} …"


def split_sentences(piece: str, block: Block) -> tuple[Sentence, ...]:
    """The sentences of one paragraph (of a table or code block its lines, of a list its items').

    Together they hold every non-blank character of ``piece``; offsets are in the document.
    """
    spans = _line_spans(piece) if block.kind is Kind.LINES else _parted_spans(piece)
    return tuple(
        Sentence(i, block.start + start, block.start + end, piece[start:end])
        for i, (start, end) in enumerate(spans)
    )


def _line_spans(piece: str) -> list[tuple[int, int]]:
    """Its lines; of a list the sentences of its items, which may be wrapped."""
    lines = [line for line in lines_of(piece) if line.text]
    if not lines or not is_item(lines[0]):
        return [(line.start, line.end) for line in lines]
    spans: list[tuple[int, int]] = []
    items: list[list[Line]] = []
    for line in lines:
        if is_item(line) or is_row(line):
            items.append([])
        items[-1].append(line)
    for item in items:
        # A mark says nothing, and some hide from sentencex where the sentences end.
        start, end = item[0].start + item_text(item[0].text), item[-1].end
        (_, last), *others = prose_spans(piece[start:end])
        spans.append((item[0].start, start + last))
        spans += [(start + first, start + last) for first, last in others]
    return spans


def _parted_spans(piece: str) -> list[tuple[int, int]]:
    """No sentence goes on over a blank line, as between a question and the reply to it.

    Nor over the end of "Weight: 3.2 kg", where lines with such labels stand below each other.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    apart = _NEXT_LABEL if _LABELLED.match(piece) else _BLANK_LINE
    for match in [*apart.finditer(piece), None]:
        end = match.start() if match else len(piece)
        spans += [(start + a, start + b) for a, b in prose_spans(piece[start:end])]
        start = match.end() if match else end
    return spans


def prose_spans(piece: str) -> list[tuple[int, int]]:
    """Where the sentences of running text stand in it; the whole of it when that is unclear."""
    # A line break inside a wrapped paragraph is only a blank; replacing it by one blank each
    # keeps the offsets. The offsets are taken from the pieces' lengths, which always add up.
    flat = _BREAK.sub(" ", piece)
    if any(_MARK.subn("", run)[1] * _DENSE > len(run) for run in _LONG_RUN.findall(flat)):
        # sentencex takes the square of marks without a blank: 90 ms for 10,000 characters.
        return [(0, len(piece))]
    spans: list[tuple[int, int]] = []
    position = 0
    language = language_of(flat)
    for boundary in get_sentence_boundaries(language, flat):
        part = boundary["text"]
        stripped = part.strip()
        if flat[position : position + len(part)] != part:
            return [(0, len(piece))]
        if stripped:
            start = position + len(part) - len(part.lstrip())
            spans.append((start, start + len(stripped)))
        position += len(part)
    covered = not flat[position:].strip()
    return (
        _with_numbers(flat, _rejoined(flat, spans, language))
        if spans and covered
        else [(0, len(piece))]
    )


def _rejoined(text: str, spans: Sequence[tuple[int, int]], language: str) -> list[tuple[int, int]]:
    """Sentences parted after "Ms." are one, and marks right behind its point belong to one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and joined[-1][1] == start and (mark := _SENTENCES_OWN.match(text, start)):
            joined[-1] = joined[-1][0], mark.end()
            start = end - len(text[mark.end() : end].lstrip())
        inside = joined and joined[-1][1] == start and _INSIDE.match(text, start)
        if joined and (inside or _goes_on(text[slice(*joined[-1])], text[start:end], language)):
            joined[-1] = joined[-1][0], end
        elif start < end:
            joined.append((start, end))
    return joined


def _goes_on(sentence: str, following: str, language: str) -> bool:
    """Is what ends the sentence a short form that is followed by a name, or by a number?"""
    forms = [_THAT_IS]
    if following[:1].isupper():
        forms += [_TITLE, *filter(None, [_BEFORE_NAME.get(language)])]
        forms += [_COUNTED] if language == "de" else []
    elif following[:1].isdecimal():
        forms += [_BEFORE_NUMBER, _OLD_MONEY]
    elif following[:1].islower():
        forms += [_OLD_MONEY]
    return any(form.search(sentence[-_LONGEST_SHORT_FORM:]) for form in forms)


def _with_numbers(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A number or year that heads a sentence is none itself, but its beginning."""
    joined: list[tuple[int, int]] = []
    number: int | None = None
    for start, end in spans:
        begin = start if number is None else number
        alone = _NUMBER.fullmatch(text, start, end) and end < spans[-1][1]
        number = begin if alone else None
        if not alone:
            joined.append((begin, end))
    return joined


def check_offsets(text: str, paragraphs: Sequence[Paragraph]) -> None:
    """Raise ``ValueError`` unless every offset says exactly where its text stands."""
    end = 0
    for paragraph in paragraphs:
        if paragraph.start < end or text[paragraph.start : paragraph.end] != paragraph.text:
            raise ValueError(f"{paragraph.id}: the paragraph is not at its offsets")
        for sentence in paragraph.sentences:
            inside = paragraph.start <= sentence.start < sentence.end <= paragraph.end
            if not inside or text[sentence.start : sentence.end] != sentence.text:
                raise ValueError(f"{paragraph.id}: a sentence is not at its offsets")
        end = paragraph.end
