"""Words of a text as search and verification compare them: stems, numbers and names. English."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from index.stemmer import Stemmer

# Accents may stand behind their letters, in text that was not normalised.
_LETTERS = r"\w+(?:[\u0300-\u036f]+\w*)*"
WORD = re.compile(rf"\d+(?:[.,:]\d+)*|{_LETTERS}(?:['’]{_LETTERS})?", re.UNICODE)

COUNTED = re.compile(rf"\d+(?:st|nd|rd|th)\b|{WORD.pattern}", re.IGNORECASE)
"""As ``WORD``, with "3rd" as one."""

# Words that ask or join: they say nothing of what is asked for or claimed.
_STOP_WORDS_TEXT = (
    "a about an and any are as at be because been being but by can could did do does doing "
    "down for from had has have having he her hers him his how i if in into is it its itself "
    "just me my of off on onto or our out over she should so some such tell than that the "
    "their theirs them then there these they this those through to under up upon us was we "
    "were what when where which while who whom whose why will with would you your"
)
STOP_WORDS = frozenset(_STOP_WORDS_TEXT.split())

_MONTHS_TEXT = (
    "January February March April May June July August September October November December"
)
MONTHS = tuple(_MONTHS_TEXT.split())
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CALENDAR = frozenset(MONTHS + DAYS)

# Words that begin a sentence before a name without being part of it.
_OPENING_TEXT = (
    "after according against along amid among around before behind below beside besides between"
    " beyond despite during except following given inside like near outside since throughout"
    " toward towards under unlike until upon within without am may might must shall"
)
_OPENING = frozenset(_OPENING_TEXT.split())

_TITLES = "Mrs?|Ms|Messrs|Dr|Prof|Rev|Hon|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|Cllr|St"
_POINT = re.compile(
    rf"(?:\b(?:{_TITLES}|vs?)"
    # Where a sentence begins, a letter may number it, or tell who speaks: "A. Nothing was paid".
    r"|(?:(?<=[\w,;’'] )|(?<=[(“\"])|(?<=[A-Z]\. )|(?<=[A-Z]\.))[A-Z])\.(?=\s+[A-Z])"
)
"""Of "Dr. Lee", "by J. R. Holt" and "Roe v. Wade": it ends no sentence."""

_DENIALS_TEXT = "not no never none neither nor without cannot nobody nothing hardly"
_DENIALS_ABROAD_TEXT = (
    "nicht kein keine keinen keinem keiner nie niemals niemand nichts ohne weder jamais aucun"
    " aucune nunca nadie ningún ninguna ninguno jamás tampoco"
)
_DENIALS = frozenset(_DENIALS_TEXT.split()) | frozenset(_DENIALS_ABROAD_TEXT.split())

_FRENCH_DENIAL = re.compile(r"ne$|[nN]['’][aehioué]")
"""As "ne" and "n'est" are written: NE is a direction."""

NUMBERING = re.compile(r"\b(?:(?i:nos?)\.\s?|(?<=\w )Nos? )(?=\d)")
"""Of "invoice No. 5" and "ward No 2": it denies nothing."""

_UNITS_TEXT = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_UNITS = _UNITS_TEXT.split()
_TENS = {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_NUMBER_WORDS = {word: str(value) for value, word in enumerate(_UNITS)} | {
    word: str(value) for word, value in _TENS.items()
}
# Without those that are other words in English: "once", "dos", "elf", "sept", "seize".
_NUMBER_WORDS_ABROAD = (
    "zwei deux", "drei trois", "vier quatre cuatro", "fünf cinq cinco", "sechs seis",
    "sieben siete", "acht huit ocho", "neun neuf nueve", "zehn diez", "onze",
    "zwölf douze doce", "dreizehn treize trece", "vierzehn quatorze catorce",
    "fünfzehn quinze quince",
)  # fmt: skip
_NUMBER_WORDS |= {
    word: str(value)
    for value, words in enumerate(_NUMBER_WORDS_ABROAD, start=2)
    for word in words.split()
} | {
    "zwanzig": "20",
    "vingt": "20",
    "veinte": "20",
    "dreißig": "30",
    "trente": "30",
    "treinta": "30",
}
_SHORTENED = re.compile(r"['’](?:d|ll|m|re|s|ve)$")
"""What "I'm" and "It's" end with."""
_ORDINALS_TEXT = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_ORDINALS = {word: str(value) for value, word in enumerate(_ORDINALS_TEXT.split(), start=1)}
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
"""Commas between thousands, or as in India between lakhs."""
_GROUPED_BY_POINTS = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})")
"""As much of Europe writes it; 1.204 alone may have decimals."""
_WHOLE = ".00"
"""Of sums of money: €500.00 is €500."""
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}|0,\d+")
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu)'(?=\w{2})")
"""French writes "l'entreprise" in one."""
_stemmed = Stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """One lower-case form for a word's inflections, and for the ways to write a number."""
    folded = unicodedata.normalize("NFKC", word).lower().replace("’", "'").removesuffix("'s")
    folded = _ELIDED.sub("", folded)
    if folded[:1].isdigit():
        return _plain_digits(folded)
    return _NUMBER_WORDS.get(folded) or _stemmed(folded)


def _plain_digits(number: str) -> str:
    """Without commas, or points, between thousands; "1,5", as half of Europe writes it, with a
    point; 500.00 without its cents."""
    if _GROUPED.fullmatch(number):
        number = number.replace(",", "")
    elif _GROUPED_BY_POINTS.fullmatch(number):
        number = number.replace(".", "").replace(",", ".")
    elif _DECIMAL_COMMA.fullmatch(number):
        number = number.replace(",", ".")
    return number.removesuffix(_WHOLE)


MONTH_STEMS = frozenset(map(stem, MONTHS))


def stems(text: str) -> list[str]:
    """The stems of all words, in order."""
    return [stem(word) for word in WORD.findall(text)]


def content_stems(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    return [stem(word) for word in WORD.findall(text) if word.lower() not in STOP_WORDS]


def numbers(text: str) -> set[str]:
    """The numbers of a text, written in digits or (to twenty, and whole tens) in words."""
    return {s for s in stems(text) if s[:1].isdigit()}


def ordinal(word: str) -> str:
    """The number of "third" or "3rd" in digits, "" for any other word; beyond twenty in digits."""
    match = _ORDINAL.fullmatch(word.lower())
    return match[1] if match else _ORDINALS.get(word.lower(), "")


def unpointed(text: str) -> str:
    """``text`` without the points of titles and initials, which look like ends of sentences."""
    return _POINT.sub(lambda match: match.group()[:-1], text)


def points_within(text: str) -> set[int]:
    """Where the points of titles and initials stand."""
    return {match.end() - 1 for match in _POINT.finditer(text)}


def names(text: str) -> set[str]:
    """Stems of the capitalised words that are not merely the first of a sentence."""
    found: set[str] = set()
    text = unpointed(text)
    matches = list(WORD.finditer(text))
    if _is_shouted(matches):
        return found
    for i, match in enumerate(matches):
        word = match.group()
        if not word[0].isupper() or _is_no_name(word):
            continue
        before = text[: match.start()].rstrip(" \"'“‘(")
        first = not before or before[-1] in ".!?:\n"
        if first and word.lower() in _OPENING and not word.isupper():
            continue
        follows_name = i + 1 < len(matches) and matches[i + 1].group()[0].isupper()
        if not first or follows_name or word.isupper():
            found.add(stem(word))
    return found


def _is_shouted(words: Sequence[re.Match[str]]) -> bool:
    """All in capitals, and not for being abbreviations: they tell no name from other words."""
    return all(word.group() == word.group().upper() for word in words) and any(
        len(word.group()) > len("US") and word.group().lower() in STOP_WORDS for word in words
    )


def _is_no_name(word: str) -> bool:
    return len(word) < 2 or _SHORTENED.sub("", word.lower()) in STOP_WORDS


def denies(word: str) -> bool:
    """Does the word deny what follows it?"""
    lower = word.lower()
    return (
        _FRENCH_DENIAL.match(word) is not None
        or lower in _DENIALS
        or lower.endswith(("n't", "n’t"))
    )


def negated(text: str) -> bool:
    """Does the text deny something?"""
    return any(denies(word) for word in WORD.findall(NUMBERING.sub("", text)))
