"""What counts nothing, where it is asked how many of something there are: sums, lengths, spans.

"How many schools closed?" is not answered by "The damage came to 4.2 million pounds".
"""

import re

_HOW_MANY = re.compile(r"\bhow many ((?:[\w'’-]+[ ?]*){1,3})", re.IGNORECASE)
_MONEY = "dollars?|pounds?|euros?|cents?|pence|francs?|yen|usd|gbp|eur"
_LENGTH = (
    "(?:kilo|centi|milli)?met(?:re|er)s?|km|cm|mm|feet|foot|ft|inch(?:es)?|miles?|yards?"
    "|acres?|hectares?"
)
_SPAN = "seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)"
_UNIT = re.compile(rf"\b(?:{_MONEY}|{_LENGTH}|{_SPAN})\b", re.IGNORECASE)
_MEASURED = re.compile(
    r"[$£€¥]\s?\d[\d.,]*(?:\s?(?:thousand|million|billion|[bmt]n|[bmk])\b)?"
    r"|\b(?:\d[\d.,]*|half|[a-z]+)(?:[ -](?:hundred|thousand|million|billion|[bmt]n))*(?: an?)?"
    rf"[ -]?(?:square |cubic )?(?:{_MONEY}|{_LENGTH}|{_SPAN})\b",
    re.IGNORECASE,
)


def without_measures(question: str, text: str) -> str:
    """``text`` without sums, lengths and spans of time, where how many of other things is asked."""
    asked = _HOW_MANY.search(question)
    return text if asked is None or _UNIT.search(asked[1]) else _MEASURED.sub(" ", text)
