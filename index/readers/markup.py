"""Markdown: the decoded file as it stands, and what its front matter says."""

import re

from index.dates import parse_date
from index.markdown import front_matter, markdown_blocks
from index.readers.encoding import decode_text
from index.readers.extracted import Extracted
from index.readers.stated import language_code
from index.types import Metadata

_FIELD = re.compile(
    r"^(title|authors?|date|published|lang|language)[ \t]*:[ \t]*(\S.*)?$", re.I | re.M
)
_FIRST_ITEM = re.compile(r"\s*-[ \t]+(.+)")


def extract(content: bytes) -> Extracted:
    text, note = decode_text(content)
    return Extracted(text, markdown_blocks(text), note, _metadata(front_matter(text)))


def _metadata(matter: str) -> Metadata:
    matter = matter.replace("\r\n", "\n").replace("\r", "\n")
    said: dict[str, str] = {}
    for match in _FIELD.finditer(matter):
        value = match[2] or ""
        if not value and (item := _FIRST_ITEM.match(matter, match.end())):
            value = item[1]
        said.setdefault(match[1].lower(), value.strip().strip("[]").strip().strip("\"'"))
    date = parse_date(said.get("date", "") or said.get("published", ""))
    return Metadata(
        title=said.get("title", ""),
        author=said.get("author", "") or said.get("authors", ""),
        language=language_code(said.get("lang", "") or said.get("language", "")),
        date=date,
        date_source="front matter" if date else "",
    )
