"""LaTeX: the words it prints from \\begin{document} on; sections are headings, tabulars tables."""

import re

from index.dates import parse_date
from index.readers.builder import TextBuilder
from index.readers.encoding import decode
from index.readers.extracted import Extracted
from index.readers.tables import add_table
from index.readers.tex_words import shown
from index.types import Metadata

_LEVELS = {"part": 1, "chapter": 2, "section": 3, "subsection": 4, "subsubsection": 5}
_ABSTRACT = _LEVELS["section"]
_SECTION = (
    rf"\\(?P<section>{'|'.join(_LEVELS)})\*?(?:\[[^\]]*\])?"
    r"\{(?P<title>(?:[^{}]|\{[^{}]*\})*)\}(?:\s*\\label\{[^}]*\})?\}?"
)
_TABULAR = (
    r"\\begin\{(?P<table>tabular[xy*]?|tabulary|longtable)\}"
    r"(?P<rows>.{0,12000}?)\\end\{(?P=table)\}"
)
_AS_IT_IS = (
    r"\\begin\{(?P<kept>verbatim|lstlisting|minted)\*?\}(?P<lines>.{0,12000}?)\\end\{(?P=kept)\*?\}"
)
_LIST = (
    r"\\begin\{(?P<list>itemize|enumerate|description)\}(?P<items>.{0,12000}?)\\end\{(?P=list)\}"
)
_CAPTION = r"\\caption\*?(?:\[[^\]]*\])?\{(?P<caption>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
_PART = re.compile(
    rf"{_AS_IT_IS}|{_SECTION}|{_TABULAR}|{_LIST}|{_CAPTION}|\\begin\{{(?P<abstract>abstract)\}}"
    r"|(?P<gap>\n[ \t]*\n\s*|\\(?:begin|end)\{(?:table|figure|abstract|quot\w+"
    r"|center|thebibliography)\*?\}(?:\[[^\]]*\])?|\\par(?![a-z])|\\maketitle)",
    re.DOTALL,
)
_BEGIN = re.compile(r"\\begin\{document\}")
_END = re.compile(r"\\end\{document\}")
_COMMENT = re.compile(r"(?m)^[ \t]*%.*\n?|(?<!\\)%.*")
_RULES = re.compile(
    r"\\(?:(?:top|mid|bottom|h)(?:rule|line)|(?:cmidrule|cline)(?:\([^)]*\))?\{[^}]*\})"
)
_COLUMNS = re.compile(r"\s*(?:\[[^\]]*\])?(?:\{(?:[^{}]|\{[^{}]*\})*\}){1,2}")
_ROW_END = re.compile(r"\\\\(?:\[[^\]]*\])?|\\tabularnewline")
_CELL_END = re.compile(r"(?<!\\)&")
_ITEM = re.compile(r"\\item(?:\[([^\]]*)\])?\s*")
_FIELD = re.compile(r"\\(title|author|date)\{((?:[^{}]|\{[^{}]*\}){1,300})\}")


def extract(content: bytes) -> Extracted:
    text, note = decode(content)
    text = _COMMENT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    said = {match[1]: _flat(match[2].replace("\\and", ",")) for match in _FIELD.finditer(text)}
    date = parse_date(said.get("date", ""))
    metadata = Metadata(
        said.get("title", ""), said.get("author", ""), "", date, "metadata" if date else ""
    )
    begin, end = _BEGIN.search(text), _END.search(text)
    builder = TextBuilder()
    _add(builder, text[begin.end() if begin else 0 : end.start() if end else len(text)])
    return builder.extracted(note, metadata)


def _add(builder: TextBuilder, body: str) -> None:
    at, caption = 0, ""
    for part in _PART.finditer(body):
        builder.prose(_words(body[at : part.start()]))
        at = part.end()
        if part["table"]:
            add_table(builder, enumerate(_rows(part["rows"], caption), start=1), _no_place)
            caption = ""
        if caption and "\\begin" not in part[0]:
            # Of a figure, or below its table.
            builder.prose(caption)
            caption = ""
        if part["section"]:
            builder.heading(_LEVELS[part["section"]], _flat(part["title"]))
        elif part["abstract"]:
            builder.heading(_ABSTRACT, "Abstract")
        elif part["kept"]:
            builder.lines(part["lines"].split("\n"))
        elif part["list"]:
            builder.lines(_items(part["items"]))
        elif part["caption"]:
            caption = _flat(part["caption"])
    builder.prose(_words(body[at:]))
    builder.prose(caption)


def _words(text: str) -> str:
    """A paragraph; it has a line of its own only where LaTeX is told to begin one."""
    return shown(" ".join(text.split()))


def _flat(text: str) -> str:
    return " ".join(_words(text).split())


def _rows(tabular: str, caption: str) -> list[list[str]]:
    """Its cells, below its caption."""
    columns = _COLUMNS.match(tabular)
    rows = _ROW_END.split(_RULES.sub("", tabular[columns.end() if columns else 0 :]))
    cells = [[_flat(cell) for cell in _CELL_END.split(row)] for row in rows]
    return [[caption], *cells] if caption else cells


def _items(text: str) -> list[str]:
    _, *parts = _ITEM.split(text)
    terms, words = parts[::2], parts[1::2]
    told = (_flat(f"{term or ''} {item}") for term, item in zip(terms, words, strict=True))
    return [f"- {item}" for item in told if item]


def _no_place(first: int, last: int) -> str:
    return ""
