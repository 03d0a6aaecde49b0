"""BibTeX: a paragraph for each work, with what its fields say; its abstract is one of its own."""

import re

from index.readers.builder import TextBuilder
from index.readers.encoding import decode
from index.readers.extracted import Extracted, UnreadableError
from index.readers.tex_words import group, shown

_ENTRY = re.compile(r"@(?!(?:string|comment|preamble)\b)(\w+)\s*[{(]\s*([^\s,{}@]+)\s*,", re.I)
_FIELD = re.compile(r"\s*,?\s*([A-Za-z][\w-]*)\s*=\s*")
_BARE = re.compile(r"[\w.:+-]+")
_JOINED = re.compile(r"\s*#\s*")
_OF_PROGRAMS = frozenset(["file", "groups", "timestamp", "owner", "abstract"])
_LONGEST = 20_000


def extract(content: bytes) -> Extracted:
    text, note = decode(content)
    builder = TextBuilder()
    at = 0
    while entry := _ENTRY.search(text, at):
        fields, at = _fields(text, entry.end())
        told = [f"{name}: {said}" for name, said in fields.items() if name not in _OF_PROGRAMS]
        builder.prose("; ".join([f"{entry[1].lower()}: {entry[2]}", *told]), entry[2])
        builder.prose(fields.get("abstract", ""), entry[2])
    if text.strip() and not builder.blocks:
        raise UnreadableError("it holds no entry that begins with @")
    return builder.extracted(note)


def _fields(text: str, at: int) -> tuple[dict[str, str], int]:
    """The fields of an entry, and where they end."""
    fields: dict[str, str] = {}
    while field := _FIELD.match(text, at):
        value, at = _value(text, field.end())
        while joint := _JOINED.match(text, at):
            more, at = _value(text, joint.end())
            value += more
        if said := " ".join(shown(" ".join(value.split())).split()):
            fields[field[1].lower()] = said
    return fields, at


def _value(text: str, at: int) -> tuple[str, int]:
    if text[at : at + 1] == "{":
        return group(text, at, _LONGEST)
    if text[at : at + 1] == '"':
        end = text.find('"', at + 1, at + _LONGEST)
        return (text[at + 1 : end], end + 1) if end > 0 else ("", at + 1)
    bare = _BARE.match(text, at)
    return (bare[0], bare.end()) if bare else ("", at)
