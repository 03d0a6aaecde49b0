"""Subtitles (.srt, .vtt): what is said, in paragraphs that begin at a time of the recording.

A cue is a line or two, and a sentence goes over several. So the cues of one who speaks are put
together until a sentence ends or nobody speaks for a while; the paragraph's location is the time
of its first.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, pairwise, takewhile

from index.readers.builder import TextBuilder, clean_line
from index.readers.encoding import decode
from index.readers.extracted import Extracted, UnreadableError
from index.turns import NAME

_TIME = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)[,.](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>|<\d[\d:.]*>|\{\\[^{}]{0,100}\}")
_CHANGES = re.compile(rf"(?:>>+\s*|(?={NAME}: ))")
_DASH = re.compile(r"^[-–—]\s*")
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*$")
_PAUSE_S = 4.0
_ENOUGH, _MOST = 400, 900
"""Characters: a paragraph ends with the first sentence that ends after so many, or at so many."""
_ROLLING = 0.3


@dataclass(frozen=True, slots=True)
class _Cue:
    """Shown from ``start`` to ``end``, in seconds."""

    start: float
    end: float
    lines: tuple[str, ...]
    speaker: str = ""


def extract(content: bytes) -> Extracted:
    text, note = decode(content)
    cues = list(_without_repetitions(list(_cues(text))))
    if text.strip() and not cues:
        raise UnreadableError(
            "it holds no subtitles: no text below a line like 00:00:01,000 --> 00:00:04,000"
        )
    builder = TextBuilder()
    for paragraph in _paragraphs(cues):
        said = " ".join(line for cue in paragraph for line in cue.lines)
        first = paragraph[0]
        builder.prose(f"{first.speaker}: {said}" if first.speaker else said, _clock(first.start))
    return builder.extracted(note)


def _cues(text: str) -> Iterator[_Cue]:
    """Those with text; what else a file has (names of cues, styles, notes) is left out."""
    lines = text.splitlines()
    starts = [(at, times) for at, line in enumerate(lines) if (times := _TIMES.fullmatch(line))]
    notes_apart = text.startswith("WEBVTT")
    for number, (at, times) in enumerate(starts, 1):
        end = starts[number][0] if number < len(starts) else len(lines)
        start, last = (_seconds(times.groups()[k : k + 4]) for k in (0, 4))
        below = lines[at + 1 : end]
        if notes_apart:
            # A line with a blank in it is one of the cue, an empty one ends it.
            below = list(takewhile(bool, dropwhile(_is_blank, below)))
        elif end < len(lines):
            below = below[: _before_number(below)]
        for speaker, said in _by_speaker(below):
            yield _Cue(start, last, said, speaker)


def _is_blank(line: str) -> bool:
    return not line.strip()


def _before_number(lines: Sequence[str]) -> int:
    """Where the number of the next cue stands."""
    last = max((at for at, line in enumerate(lines) if line.strip()), default=0)
    return last if lines and lines[last].strip().isdecimal() else len(lines)


def _by_speaker(lines: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    speaker, said = "", list[str]()
    for line in lines:
        voice = _VOICE.search(line)
        if voice and said:
            yield speaker, tuple(said)
            said = []
        speaker = clean_line(html.unescape(voice[1])) if voice else speaker
        if shown := _shown(line):
            said.append(shown)
    if said:
        yield speaker, tuple(said)


def _shown(line: str) -> str:
    return clean_line(_DASH.sub("– ", html.unescape(_TAG.sub("", line)).strip()))


def _without_repetitions(cues: Sequence[_Cue]) -> Iterator[_Cue]:
    """Captions that roll up repeat the line above: each is kept once.

    Only where many do, for who says "No." twice has said it twice.
    """
    pairs = list(pairwise(cues))
    repeated = sum(later.lines[0] == before.lines[-1] for before, later in pairs)
    rolls = repeated > _ROLLING * max(len(pairs), 1) and len(pairs) > 1
    before: tuple[str, ...] = ()
    for cue in cues:
        new = cue.lines
        while rolls and new and new[0] in before:
            new = new[1:]
        before = cue.lines
        if new:
            yield _Cue(cue.start, cue.end, new, cue.speaker)


def _paragraphs(cues: Sequence[_Cue]) -> Iterator[list[_Cue]]:
    paragraph: list[_Cue] = []
    length = 0
    for cue in cues:
        change = _CHANGES.match(cue.lines[0])
        if paragraph and (
            change
            or cue.speaker != paragraph[-1].speaker
            or cue.start - paragraph[-1].end > _PAUSE_S
            or (length >= _ENOUGH and _ENDS.search(paragraph[-1].lines[-1]))
            or length >= _MOST
        ):
            yield paragraph
            paragraph, length = [], 0
        if change and change[0]:
            cue = _Cue(cue.start, cue.end, (cue.lines[0][change.end() :], *cue.lines[1:]))
        paragraph.append(cue)
        length += sum(map(len, cue.lines))
    if paragraph:
        yield paragraph


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
