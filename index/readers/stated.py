"""What a document says of itself, from wherever it says it: author, language, date and its source.

A date of publication is looked for in the file's metadata or front matter, then in the dateline or
byline near the start of the text, then in the file's name; last comes the date that the file's
metadata gives for its making. The file's time on disk is never one.
"""

import re
from dataclasses import replace
from pathlib import PurePosixPath

from index.dates import date_in_name, exact_dates, parse_date
from index.readers.extracted import Extracted
from index.readers.formats import READERS
from index.types import Metadata

# In tables, records and code a date is one of the data.
_DATA = frozenset({"source", "separated", "sheets", "records"})

_TOP_CHARS = 3_000
_TOP_LINES = 15
_LINE_CHARS = 200

_MARKER = re.compile(
    r"(?:first )?(?:published|posted|issued|released|publication date|release date|date(?:d)?"
    r"|datum|fecha)(?: on| at)?\s*:?\s*",
    re.IGNORECASE,
)
# What may stand beside the date on a line of its own.
_BESIDE = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b"
    r"|at|on|by|[ap]\.?m\.?|utc|gmt|[ce]e?s?t|[ecmp][sd]t|updated|published|posted|last|modified"
    r"|\d\d?[:.h]\d\d(?::\d\d)?|\d+ min(?:ute)?s? read)\b|[ZT+\-]?\d\d:?\d\d\b",
    re.IGNORECASE,
)
# LONDON, 3 May 2024 (Reuters) - or: Paris (AFP), May 3, 2024: or AMMAN, May 3 2024 --
# or, over a letter: Bremen, den 3. Mai 2024
_PLACE = re.compile(
    r"(?P<town>[A-Z][\w.'’ ]+(?:, [A-Z][\w.'’ ]+)*)(?: \([\w/ .]+\))?,? *(?:(?<=, )(?:den|le|a) )?"
)
_AFTER_DATELINE = re.compile(r"\s*(?:\([^)]{1,40}\))?\s*(?:[-–—:]|$)")
_BYLINE = re.compile(
    r"(?:[Ww]ritten )?(?:[Bb]y|BY):?\s+(?P<name>[^\W\d_][\w.'’-]*"
    r"(?: (?:and |de |van |von |der |la )*[^\W\d_a-z][\w.'’-]*){1,4})(?=\s*(?:$|[|,–—-]))"
)


def stated(name: str, extracted: Extracted) -> Metadata:
    """The metadata of a file with what its text and its name add."""
    said = extracted.metadata
    is_data = READERS.get(PurePosixPath(name).suffix.lower()) in _DATA
    lines = [] if is_data else _top_lines(extracted.text)
    if not said.author:
        said = replace(said, author=_byline(lines))
    if said.date:
        return said
    sources = (
        ("dateline", _dateline(lines)),
        ("file name", date_in_name(PurePosixPath(name).name)),
        ("metadata", parse_date(extracted.created)),
    )
    source, date = next(((s, d) for s, d in sources if d), ("", ""))
    return replace(said, date=date, date_source=source)


def language_code(tag: str) -> str:
    """The ISO 639-1 code in a language tag such as en-GB, or ""."""
    code = re.split(r"[-_]", tag.strip().lower())[0]
    return code if re.fullmatch("[a-z]{2}", code) else ""


def _top_lines(text: str) -> list[str]:
    lines = [line.strip(" \t#*_>|") for line in text[:_TOP_CHARS].splitlines()]
    return [line for line in lines if line][:_TOP_LINES]


def _dateline(lines: list[str]) -> str:
    return next((iso for line in lines if (iso := _date_of_line(line))), "")


def _date_of_line(line: str) -> str:
    """The date that this line gives as its text's own: a sentence with a date in it does not."""
    for start, end, iso in exact_dates(line[:_LINE_CHARS])[:1]:
        before, after = line[:start], line[end:]
        marked = _MARKER.fullmatch(before)
        placed = _is_place(before) and _AFTER_DATELINE.match(after)
        alone = not re.search(r"\w", _BESIDE.sub("", before + " " + _without_byline(after)))
        if marked or placed or (alone and len(line) <= _LINE_CHARS):
            return iso
        byline = _BYLINE.match(before)
        if byline and not re.search(r"\w", _BESIDE.sub("", before[byline.end() :] + after)):
            return iso
    return ""


def _is_place(before: str) -> bool:
    """Is it a town? "Termination of the lease of" goes on with the date of something else."""
    match = _PLACE.fullmatch(before)
    return match is not None and not match["town"].split()[-1][0].islower()


def _byline(lines: list[str]) -> str:
    for line in lines:
        if len(line) <= _LINE_CHARS and (match := _BYLINE.match(line)):
            return match["name"]
    return ""


def _without_byline(text: str) -> str:
    return re.sub(rf"[|,–—-]?\s*{_BYLINE.pattern}", "", text)
