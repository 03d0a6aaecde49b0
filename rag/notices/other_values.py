"""What other documents give for the very date or amount that an answer gives.

``conflicts.py`` compares statements worded alike. Two reports of one thing seldom are: "It opened
on 18 September 2021" and "Several hundred people saw the opening on Saturday 25 September". Both
fit the question well, and both have what it asks for: that is what is compared here.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.words import MONTHS, STOP_WORDS, stem, stems
from rag.asked import asks_for_amount, asks_for_time, gives_what_was_asked
from rag.extract import RankedSentence
from rag.match import Match, Span
from rag.notices.conflicts import HAPPENED, Other, contradicting, of_another_year
from rag.quantities import years
from rag.tables.column_values import may_be_thousands, number

FITS = 30.0
"""What fits the question worse by more of the score of ``rank_sentences`` may be another thing."""
_LOOKED_AT = 6
_ABOUT_THE_SAME = 0.05
"""Two amounts, one of them said to be rough, that are no further apart agree."""
_MONTH = "|".join(MONTHS)
_DATE = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?)?(?P<m>{_MONTH})\b"
    rf"(?: (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?! ?\d))?(?:,? (?P<y>(?:1\d|20)\d\d))?"
    rf"|(?P<y2>\b(?:1\d{{3}}|20\d\d)\b)",
)
_ROUGH = re.compile(
    r"\b(?:about|around|roughly|some|nearly|almost|over|more than|approximately|up to)\s*$",
    re.IGNORECASE,
)
_ROUGHLY = 20
"""Characters before a number that may say so: all before it, of each number, would take minutes."""
_AMOUNT = re.compile(
    r"(?P<sign>[£€$])?\s?(?P<number>(?<![\d.,])(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})++(?!\d)"
    r"|\d+(?:[.,'’]\d+)*+))"
    r"\s?(?P<scale>(?i:thousand|million|billion|trillion|[bmt]n|(?(sign)[bmk]|(?!))))?\b"
    r"(?:\s|-)?(?P<unit>%|°\s?[CF]|[^\W\d_]+)?"
)
_SCALES = {
    "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9,
    "b": 1e9, "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
_UNITS = {"m": "metr", "meter": "metr", "km": "kilometr", "percent": "%", "per": "%"}
_JOINING = STOP_WORDS | {month.lower() for month in MONTHS}
_Date = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Amount:
    value: float
    rough: bool


def other_values(
    question: str,
    checked: Sequence[tuple[str, Match]],
    ranked: Sequence[RankedSentence],
    text_of: Callable[[str], str],
) -> list[tuple[Span, Other]]:
    """The cited span that gives a date or amount, with what another document gives in its place.

    ``ranked``: the sentences that fit the question, best first; ``text_of``: path -> text. Nothing
    for other questions, nor where either document has the value of the other too: then it is the
    value of something else.
    """
    spans = [span for _, found in checked for span in found.spans]
    own = next((one for one in ranked if any(one.span.meets(span) for span in spans)), None)
    if own is None or not (asks_for_time(question) or asks_for_amount(question)):
        return []
    cited = next(span for span in spans if own.span.meets(span))
    paths = {span.paragraph.path for span in spans}
    for other in ranked[:_LOOKED_AT]:
        near = abs(own.score - other.score) <= FITS
        fits = near and _may_tell(question, other.sentence.text)
        if (
            fits
            and other.paragraph.path not in paths
            and not of_another_year(question, own.paragraph, other.paragraph)
            and not _of_another_event(question, own.sentence.text, other.sentence.text)
            and _differ(question, own.sentence.text, other.sentence.text)
            and not _held(question, own.sentence.text, text_of(other.paragraph.path))
            and not _held(question, other.sentence.text, text_of(own.paragraph.path))
        ):
            return [(cited, Other(other.span, contradicts=True))]
    return []


def _of_another_event(question: str, one: str, other: str) -> bool:
    """Does it tell that something else was done than what is asked and the first tells?

    The notice was lifted on one day and issued on another.
    """
    if not asks_for_time(question):
        return False
    told, also = set(stems(one)), set(stems(other))
    lacking = {stem(word) for word in HAPPENED.findall(question)} & told - also
    return bool(lacking) and any(stem(word) not in told for word in HAPPENED.findall(other))


def _may_tell(question: str, text: str) -> bool:
    """Does it have the kind of thing asked for, and not of another year than the question's?"""
    asked, told = years(question), years(text)
    return gives_what_was_asked(question, text) and (
        not asked or not told or not asked.isdisjoint(told)
    )


def other_value_notice(others: Sequence[tuple[Span, Other]], dates: Mapping[str, str]) -> str:
    """That they may disagree: one may be of something else. "" where there is no other value."""
    listed = contradicting(others, dates)
    return f"The sources seem to disagree, both are given: {listed}." if listed else ""


def _differ(question: str, one: str, other: str) -> bool:
    """Do two sentences have values of the kind asked for, and none in common?"""
    if asks_for_time(question):
        dates = [(a, b) for a in _dates(one, question) for b in _dates(other, question)]
        return bool(dates) and not any(_agree(a, b) for a, b in dates)
    amounts = list(_of_like(question, _amounts(one), _amounts(other)))
    return bool(amounts) and not any(_same(a, b) for a, b in amounts)


def _held(question: str, sentence: str, text: str) -> bool:
    """Does a document have a value of the sentence anywhere?"""
    if asks_for_time(question):
        told = _dates(text, question)
        return any(_within(a, b) for a in _dates(sentence, question) for b in told)
    like = _of_like(question, _amounts(sentence), _amounts(text))
    return any(_same(a, b) for a, b in like)


def _of_like(
    question: str, one: Mapping[str, list[_Amount]], other: Mapping[str, list[_Amount]]
) -> Iterator[tuple[_Amount, _Amount]]:
    """Each amount of the one with each of the other in the same unit, but for one in question."""
    units = one.keys() & other.keys() - _amounts(question).keys()
    return ((a, b) for unit in sorted(units) for a in one[unit] for b in other[unit])


def _dates(text: str, question: str) -> list[_Date]:
    """Year, month and day of each date; those of the question ask for something else."""
    found = [
        (m["y"] or m["y2"] or "", m["m"] or "", m["d"] or m["d2"] or "")
        for m in _DATE.finditer(text)
    ]
    given = years(question)
    return [date for date in found if date[0] not in given or date[1]]


def _agree(one: _Date, other: _Date) -> bool:
    """Nothing that both tell is different."""
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a and b]
    return all(a.lstrip("0") == b.lstrip("0") for a, b in pairs)


def _within(one: _Date, other: _Date) -> bool:
    """Does the other tell all that the one does?"""
    return all(
        not a or (b and a.lstrip("0") == b.lstrip("0")) for a, b in zip(one, other, strict=True)
    )


def _amounts(text: str) -> dict[str, list[_Amount]]:
    """By what is counted or measured; a number alone may be anything, and 1.500 two things."""
    found: dict[str, list[_Amount]] = {}
    for match in _AMOUNT.finditer(text):
        unit = match["sign"] or _unit(match["unit"] or "")
        plain = None if may_be_thousands(match["number"]) else number(match["number"])
        if unit and plain is not None:
            value = plain * _SCALES.get((match["scale"] or "").lower(), 1)
            before = text[max(0, match.start() - _ROUGHLY) : match.start()]
            rough = _ROUGH.search(before) is not None
            found.setdefault(unit, []).append(_Amount(value, rough))
    return found


def _unit(word: str) -> str:
    small = word.lower().replace(" ", "")
    known = _UNITS.get(small) or _UNITS.get(stem(small))
    return known or ("" if not small or small in _JOINING else stem(small))


def _same(one: _Amount, other: _Amount) -> bool:
    apart = abs(one.value - other.value)
    rough = one.rough or other.rough
    return apart == 0 or (rough and apart <= _ABOUT_THE_SAME * max(one.value, other.value))
