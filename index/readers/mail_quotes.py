"""The plain text of a reply -> what each of its writers wrote, without the marks of quoting.

A reply has the messages before it below it or between its own lines, with ">" before their lines or
under their senders' lines ("On Monday Jane wrote:", "From: Jane"). Whose words they are is known
from those lines alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from index.readers.builder import clean_line

_MARKS = re.compile(r"(?:> ?)+")
# That of a mailbox before what would begin a message, which was quoted along with the line.
_MARKED_FROM = re.compile(r"((?:> )+)>(?=From )")
_VERBS = "wrote|schrieb|écrit|escribió|scritto|escreveu|schreef"
WROTE = re.compile(rf"(?:On|Am|Le|El|Il|Em|Op) .{{8,300}}\b(?:{_VERBS})\b.{{0,100}}:")
"""The line over a quoted message that names who wrote it."""
_FROM = re.compile(r"\*?(?:From|Von|De|Da|Van):\*? \S")
_FIELD = re.compile(r"\*?\w+:\*? \S")
_ADDRESS = re.compile(r"(?<=[^\W\d_])[.\"']?\s*<[^<>]*@[^<>]*>")
_WROTE_LINES = 3


@dataclass(slots=True)
class Said:
    """Lines of one writer; ``by`` is the line that names a quoted one."""

    by: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def said(text: str) -> Iterator[Said]:
    """In order; the lines that name the writers stand alone, as said by who quotes them."""
    writers = {0: ""}
    depth = 0
    part = Said("")
    lines = text.splitlines()
    for i, raw in enumerate(lines):
        line = _MARKED_FROM.sub(r"\1", raw, count=1) if raw.startswith("> >") else raw
        marks = _MARKS.match(line)
        at = marks.group().count(">") if marks else 0
        words = line[marks.end() :] if marks else line
        if not words.strip():
            part.lines.append("")
            continue
        named = forwarded(lines, i) if not marks else ""
        if at > depth and (wrote := _taken(part)):
            yield part
            part = Said(part.by, wrote)
            writers[at] = _named(wrote)
        if at != depth or named:
            yield part
            writers[at] = named or writers.get(at, "")
            part = Said(writers[at])
            depth = at
        part.lines.append(words)
    yield part


def writer_before(text: str) -> str:
    """Who wrote what is quoted behind this text, where it says so: "On Monday Jane wrote:"."""
    lines = text.strip().splitlines()[-_WROTE_LINES:]
    for start in range(len(lines)):
        if WROTE.fullmatch(clean_line(" ".join(lines[start:]))):
            return _named(lines[start:])
    return ""


def _taken(part: Said) -> list[str]:
    """The last lines, where they say who wrote what follows; they are taken from the part."""
    end = len(part.lines)
    while end and not part.lines[end - 1].strip():
        end -= 1
    for start in range(end - 1, max(end - _WROTE_LINES, 0) - 1, -1):
        last = part.lines[start:end]
        if WROTE.fullmatch(clean_line(" ".join(last))):
            del part.lines[start:]
            return last
    return []


def forwarded(lines: list[str], i: int) -> str:
    """Who wrote what follows, where the fields of a message stand in the text."""
    fields = lines[i : i + 2]
    if _FROM.match(lines[i]) and len(fields) > 1 and _FIELD.match(fields[1]):
        return f"{_named(fields[:1])}; {_named(fields[1:])}"
    return ""


def _named(lines: list[str]) -> str:
    """On one line, without the address behind a name: it is told with every paragraph below."""
    return clean_line(_ADDRESS.sub("", " ".join(lines)))
