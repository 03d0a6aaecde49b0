"""What numbers in a text are: years, bounds, sums of money, shares, below zero, or millions."""

import re

from index.words import MONTHS, WORD, numbers, stem

_BOUND = re.compile(
    r"\b(?:(over|above|more than|at least|(?:no|not) (?:less|fewer) than)|(?:under|below|less than"
    r"|fewer than|up to|at most|(?:no|not) more than|nearly|almost))\s+(?:an? )?[$€£¥]?([\w.,]+)",
    re.IGNORECASE,
)
NO_MORE = re.compile(r"\b(?:no|not)(?= (?:more|less|fewer) than\b)", re.IGNORECASE)
"""Of a bound ("not less than 30 days"), where it denies nothing."""
YEAR = re.compile(r"1\d{3}|20\d\d")
_DAY = re.compile(
    r"\b(?P<year>(?:1\d|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
    r"|\b(?P<day2>0?[1-9]|[12]\d|3[01])\. ?(?P<month2>0?[1-9]|1[0-2])\. ?"
    r"(?P<year2>(?:1\d|20)\d\d)\b"
)
"""Not with strokes: 3/5/2020 is a day of March or of May."""
_YEARS = re.compile(
    # 2009-10 may be October.
    r"\b(?P<first>(?:1\d|20)\d\d)(?P<to>[/–]|-(?!0|1[0-2]))(?P<last>\d\d)(?![\d/–-])"
)
_SHORT_MONTH = re.compile(
    r"(?:(?<=\d )|\b(?=\w{3,4}\.? \d))(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
"""Beside a number: Jan and Mar are names of people too."""
_TENS_AND_ONES = re.compile(
    r"\b(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"[ -](one|two|three|four|five|six|seven|eight|nine)\b",
    re.IGNORECASE,
)
_SCALE = re.compile(
    r"[\s-]?(?:hundred|thousand|million|billion|trillion|[bmt]n)s?\b", re.IGNORECASE
)
_DECADE = re.compile(r"['’]?s\b")
_BELOW_ZERO = re.compile(
    r"(?:(?<![\w.,)%–-])(?<!\d )[−–‐‑-][$€£¥]?|[$€£¥][−–‐‑-]|\bminus )\Z", re.IGNORECASE
)
"""Before a number; between two the sign is that of a range."""
_LESS = re.compile(
    r"\b(?:minus|negative|below|under|less|lower|down|loss\w*|lost|los[ei]\w*|deficits?|f[ae]ll\w*"
    r"|drop\w*|declin\w*|decreas\w*|reduc\w*|shrank|shrunk|shrink\w*|cut\w*|contracted|outflow\w*)\b",
    re.IGNORECASE,
)
"""What says of a number that it is below zero, or of how much less there is."""
_BEFORE = 7
"""Characters before a number that may tell of what it is."""
_UNIT_BEFORE = re.compile(r"([$€£¥]|\b(?:usd|eur|gbp|jpy)) ?[−–-]?\Z", re.IGNORECASE)
_UNIT_BEHIND = re.compile(
    r" ?(?:(?:thousand|million|billion|trillion|[bmt]n|m|k)\b ?)?"
    r"([$€£¥%]|(?:dollars?|usd|euros?|eur|pounds?|gbp|yen|jpy|per ?cent(?:age)?)\b)",
    re.IGNORECASE,
)
_SIGN = {"usd": "$", "eur": "€", "gbp": "£", "jpy": "¥", "yen": "¥", "percent": "%"}
_SIGN |= {"dollar": "$", "euro": "€", "pound": "£", "percentag": "%"}

_SHIFT = re.compile(
    r"\b(?P<unit>(?:minute|hour|day|week|month|year|decade)s?|century|centuries)"
    r" (?:ago|before|earlier|prior|(?P<later>after|later))\b",
    re.IGNORECASE,
)


def shifts(text: str) -> set[tuple[str, bool]]:
    """By which unit of time something is away, and whether later: "two years after the flood"."""
    return {(stem(m["unit"]), m["later"] is not None) for m in _SHIFT.finditer(text)}


def years(text: str) -> set[str]:
    """The numbers that may be years."""
    return {number for number in numbers(text) if YEAR.fullmatch(number)}


def in_full(text: str) -> str:
    """``text`` with the month of "2020-05-03", "03.05.2020" and "3 Sept 2020" by its name, "3 May
    2020", the last year of "2019/20" whole, and "twenty-one" in digits."""
    for form, whole in _IN_FULL:
        text = form.sub(whole, text)
    return text


def added_in_full(text: str) -> list[str]:
    """What ``in_full`` tells otherwise of the text, and no other words of it."""
    found = [(short[0], whole(short)) for form, whole in _IN_FULL for short in form.finditer(text)]
    return [whole for short, whole in found if whole != short]


def _whole_month(short: re.Match[str]) -> str:
    return next(month for month in MONTHS if month.startswith(short[1][:3]))


def _in_digits(number: re.Match[str]) -> str:
    return str(sum(map(int, numbers(number[0]))))


def _with_last_year(years: re.Match[str]) -> str:
    first, last = years["first"], f"{years['first'][:2]}{years['last']}"
    return f"{first}{years['to']}{last}" if last > first else years[0]


def _spelt(day: re.Match[str]) -> str:
    month = MONTHS[int(day["month"] or day["month2"]) - 1]
    return f"{int(day['day'] or day['day2'])} {month} {day['year'] or day['year2']}"


_IN_FULL = (
    (_SHORT_MONTH, _whole_month),
    (_TENS_AND_ONES, _in_digits),
    (_DAY, _spelt),
    (_YEARS, _with_last_year),
)


def bounds(text: str) -> set[tuple[bool, str]]:
    """The numbers given as a bound ("over 300"), each with whether it is the lower one."""
    return {
        (bool(found[1]), number)
        for found in _BOUND.finditer(text)
        for number in numbers(found[2].rstrip(".,"))
    }


def in_other_units(claim: str, source: str) -> set[str]:
    """The numbers that the claim has of one thing and its source of others: £500 is not €500."""
    said, told = units(claim), units(source)
    return {number for number in said.keys() & told.keys() if said[number].isdisjoint(told[number])}


def units(text: str) -> dict[str, set[str]]:
    """Each number with the signs of what it is of, money or a share: "500 euros" is of €."""
    found: dict[str, set[str]] = {}
    for match in _numbers(text):
        before = _UNIT_BEFORE.search(text[max(0, match.start() - _BEFORE) : match.start()])
        behind = _UNIT_BEHIND.match(text, match.end())
        for unit in (before, behind):
            if unit:
                word = stem(unit[1].replace(" ", ""))
                found.setdefault(stem(match.group()), set()).add(_SIGN.get(word, word))
    return found


def misstated(claim: str, source: str, question: str = "") -> set[str]:
    """The numbers of a claim that its source has, but below zero, as a decade or in millions.

    Or the other way: "1990" of "the 1990s", "$5" of "$5 million". A claim that speaks of millions
    or of less may say it in other words.
    """
    passed_over = "x" if _SCALE.search(f"{claim} {question}") else ""
    passed_over += "-" if _LESS.search(claim) else ""
    said, told = _forms(claim, passed_over), _forms(source, passed_over)
    return {number for number in said.keys() & told.keys() if said[number].isdisjoint(told[number])}


def _forms(text: str, passed_over: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for match in _numbers(text):
        decade, scale = (form.match(text, match.end()) for form in (_DECADE, _SCALE))
        form = "s" if decade else "x" if scale else ""
        if _BELOW_ZERO.search(text[max(0, match.start() - _BEFORE) : match.start()]):
            form += "-"
        kept = form.translate(str.maketrans("", "", passed_over))
        found.setdefault(stem(match.group()), set()).add(kept)
    return found


def _numbers(text: str) -> list[re.Match[str]]:
    return [match for match in WORD.finditer(text) if stem(match.group())[:1].isdigit()]
