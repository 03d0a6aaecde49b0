"""A question -> the words and phrases that the full-text index is asked for.

FTS5 scores a phrase as it scores a word, by how few paragraphs hold it. "Release 2.1" as three
words is anything with a two and a one in it; as a phrase it is that release. So a number with
points is looked for as it is written, and each number also together with the word beside it. So is
what stands in quotation marks. A date is looked for as people write it and as tables do.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.abroad import joining_words
from index.dates import parse_date
from index.numbered import label, plain
from index.words import MONTHS, STOP_WORDS

# As FTS5 cuts words: an apostrophe parts them, and a letter left over says nothing.
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)+|\w\w+|\d", re.UNICODE)
_LETTER = re.compile(r"[^\W_]", re.UNICODE)
_ALONE = re.compile(r"\d+(?:[.,:]\d+)*|\w+", re.UNICODE)
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]+)[\"”“»]")
_MOST_QUOTED = 8
_WHO_DID = (
    (re.compile(r"\s*who (?:\w+ly )?(\w{3,})ed\b", re.IGNORECASE), "er or"),
    (re.compile(r"\s*wer hat\b.*\bge(\w{3,}?)e?t\b", re.IGNORECASE), "er erin"),
    (re.compile(r"\s*qui (?:l['’])?(?:a|ont|avait) (\w{2,})é\b", re.I), "ateur atrice eur euse"),
    (re.compile(r"\W*quién(?:es)? (\w{2,})(?:ó|aron)\b", re.IGNORECASE), "ador adora or"),
)
"""And how one is called who did it."""


def full_text_query(text: str) -> str:
    """An FTS5 expression for any of the question's words or phrases; "" when it has none."""
    return any_of([*full_text_words(text), *full_text_phrases(text)])


def full_text_words(text: str) -> list[str]:
    """The words to look for, each once: without stop words, unless there is nothing else.

    Single letters are words only where there is nothing else, as in "C" and "U.S.".
    """
    whole = _normal(text)
    found = map(_phrase, _TOKEN.findall(whole) or _LETTER.findall(whole))
    words = dict.fromkeys(word for word in found if word.strip("_"))
    joining = STOP_WORDS | joining_words(whole)
    return [word for word in words if word not in joining] or list(words)


def doers(text: str) -> list[str]:
    """What one is called who did what is asked: the founder, or foundor, for "Who founded it?"."""
    whole = _normal(text)
    return [
        done[1].lower() + ending
        for who, endings in _WHO_DID
        if (done := who.match(whole))
        for ending in endings.split()
    ]


def full_text_phrases(text: str) -> list[str]:
    """What is to stand together in a paragraph, words parted by spaces, each once."""
    whole = _normal(text)
    return list(dict.fromkeys([*_numbered(whole), *_dated(whole), *_quoted(whole)]))


def any_of(words: Sequence[str]) -> str:
    """An FTS5 expression; each word is quoted, so that nothing a user types is read as syntax."""
    return " OR ".join(map(_literal, words))


def all_of(words: Sequence[str]) -> str:
    """An FTS5 expression for what holds every one of them, quoted as in ``any_of``."""
    return " AND ".join(map(_literal, words))


def _numbered(text: str) -> Iterator[str]:
    """Each number and the word right before or after it; each capital and the word before it."""
    for left, right in pairwise(_ALONE.finditer(text)):
        beside = text[left.end() : right.start()] in {" ", "-"}
        pair = (left.group(), right.group())
        counted = sum(word[0].isdigit() for word in pair) == 1
        named = counted or (bool(label(pair[1])) and not label(pair[0]))
        if beside and named and pair[0].lower() not in STOP_WORDS and not _joins(pair[1]):
            yield " ".join(_phrase(plain(word)) for word in pair)


def _dated(text: str) -> Iterator[str]:
    """The first day or month of the text in its forms; a phrase is found whatever parts its words.

    2012-02-28, 28.02.2012, 2/28/2012, 28 February 2012 and February 28, 2012.
    """
    year, *rest = parse_date(text).split("-")
    if not rest:
        return
    month = rest[0]
    name = MONTHS[int(month) - 1].lower()
    if len(rest) == 1:
        yield from (f"{year} {month}", f"{month} {year}", f"{name} {year}")
        return
    day = rest[1]
    yield from (f"{year} {month} {day}", f"{day} {month} {year}")
    yield from (f"{int(month)} {int(day)} {year}", f"{int(day)} {int(month)} {year}")
    yield from (f"{int(day)} {name} {year}", f"{name} {int(day)} {year}")


def _joins(word: str) -> bool:
    return word.lower() in STOP_WORDS and not label(word)


def _quoted(text: str) -> Iterator[str]:
    for quoted in _QUOTED.findall(text):
        phrase = _phrase(quoted)
        if 0 < phrase.count(" ") < _MOST_QUOTED:
            yield phrase


def _literal(word: str) -> str:
    return f'"{word}"'


def _phrase(text: str) -> str:
    return " ".join(word.lower() for word in re.findall(r"\w+", text))


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text)
