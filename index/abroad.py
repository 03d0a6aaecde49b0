"""A German, French or Spanish question with its little words in English, for what reads questions.

What kind of thing is asked for, what is a name, what points back: all this is told by the little
words of a question. With those in English one set of rules reads them all. What readers are shown,
and what is searched for, stays as it was typed.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from index.stemmer import Stemmer
from index.words import STOP_WORDS, WORD, stem

_TABLES = Path(__file__).with_suffix(".json")
_SNOWBALL = {"de": "german", "fr": "french", "es": "spanish"}
_FEWEST = 2
_ELIDED = re.compile(
    r"\b(?P<le>l)['’](?=\w)|\b(?P<de>d)['’](?=\w)|\b(?:n|s|c|j|t|m)['’](?=\w)", re.I
)
_INVERTED = re.compile(r"-(?:t-)?(?P<who>ils?|elles?|on|ce)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"\b(?:(?i:les?|la|une?)(?=\s)|[Ll]'(?=\w))|(?<=\s)(?:M\.|[A-ZÀ-Ý]\w)")
_LEADS = {"und": "de", "et": "fr", "y": "es"}
"""A fragment like "et à Lyon ?" may have no other little word that tells its language."""
_IN_NAMES = frozenset(["de", "du", "des", "del", "la", "las", "los", "les", "le", "el", "et", "y"])
_NAME_BEFORE = re.compile(r"(?<=\s)[A-ZÀ-Ý][\w.'-]* (?:(?:de|y|et) )?$")
_NAME_BEHIND = re.compile(r" (?:(?:la|las|los|les|le|el) )?[A-ZÀ-Ý]")
_ASKING = frozenset(
    ["who", "whom", "whose", "what", "which", "when", "where", "why", "how", "hello", "thanks"]
)
_SIGNS = {"¿": "es", "¡": "es"}
_ENGLISH = STOP_WORDS | frozenset(["much", "many", "not", "been", "there"])
_JOINING = STOP_WORDS | frozenset(["many", "much", "not", "no", "must"])
_SHORTEST = 4
"""Of words with fewer letters the ending is most of the word."""


@lru_cache(maxsize=1000)
def asked_in(question: str) -> str:
    """The code of the language of the tables that it is asked in; "" for English and all others."""
    words = [_plain(word) for word in WORD.findall(question)]
    counts = {code: sum(word in known for word in words) for code, known in _little_words().items()}
    ranked = sorted(counts, key=counts.__getitem__, reverse=True)
    best, next_best = ranked[:2]
    english = sum(word in _ENGLISH for word in words)
    if counts[best] <= english:
        return ""
    if counts[best] >= _FEWEST and counts[best] > counts[next_best]:
        return best
    return _SIGNS.get(question.strip()[:1]) or _by_first(words)


@lru_cache(maxsize=1000)
def in_english(question: str) -> str:
    """``question`` with its little words in English; as it is where it is in none of the tables."""
    language = asked_in(question)
    if not language:
        return question
    words, phrases = _table(language)

    def told(found: re.Match[str]) -> str:
        written, first = found[0], not text[: found.start()].strip("¿¡ (")
        # "Place de La Rochelle": capitals make it part of a name.
        if (written[0].isupper() or _in_a_name(text, *found.span(), language)) and not first:
            return written
        asking = _asking(language).get(_plain(written)) if first else None
        return asking or words[_plain(written)]

    text = unicodedata.normalize("NFC", question).replace("’", "'")
    if language == "fr":
        text = _without_inversions(text)
    text = phrases.sub(told, text)
    if language == "fr":
        text = _ELIDED.sub(lambda e: "the " if e["le"] else "of " if e["de"] else "", text)
    return " ".join(text.replace("¿", " ").replace("¡", " ").split()).replace(" ?", "?")


def joining_words(question: str) -> frozenset[str]:
    """The little words of the language that it is asked in, of which English has its own.

    Not those that tell something, as "largest" does.
    """
    return _joining(asked_in(question))


def in_words_of(question: str, words: Mapping[str, str], language: str) -> str:
    """``question`` with each word that differs from one of ``words`` by its ending as that one.

    ``words`` are those of what was found, by their stems in the language, see ``by_stem``.
    """
    known = {stem(word) for word in words.values()}

    def as_found(match: re.Match[str]) -> str:
        word = match[0]
        if len(word) < _SHORTEST or word.lower() in STOP_WORDS or stem(word) in known:
            return word
        other = words.get(_stemmer(language)(word.lower()), word)
        # With a capital it is a noun in German, elsewhere a name, which has no other endings.
        capital = word[0].isupper()
        return (
            other if capital == other[0].isupper() and not (capital and language != "de") else word
        )

    return WORD.sub(as_found, question)


def by_stem(text: str, language: str) -> dict[str, str]:
    """The words of a text by their stems in the language; the first of several."""
    found: dict[str, str] = {}
    for word in WORD.findall(text):
        if len(word) >= _SHORTEST and word[0].isalpha():
            found.setdefault(_stemmer(language)(word.lower()), word)
    return found


def _without_inversions(question: str) -> str:
    """ "L'entreprise emploie-t-elle" says who it is; "emploie-t-elle" alone points back."""

    def told(found: re.Match[str]) -> str:
        named = _SUBJECT.search(question[: found.start()]) or found["who"].lower() in {"on", "ce"}
        return "" if named else f" {found['who']}"

    fixed = {"y a-t-il", "y avait-il", "a-t-on", "peut-on", "faut-il", "doit-on", "est-il possible"}
    if any(phrase in question.lower() for phrase in fixed) or "est-ce" in question.lower():
        return question
    return _INVERTED.sub(told, question)


def _in_a_name(text: str, start: int, end: int, language: str) -> bool:
    """Does it stand between words with capitals, as in "Banco de España"?

    In German only "von" tells of one: its nouns have capitals too.
    """
    written = text[start:end].lower()
    joins = written == "von" if language == "de" else written in _IN_NAMES
    return joins and bool(_NAME_BEFORE.search(text[:start]) and _NAME_BEHIND.match(text, end))


def _by_first(words: Sequence[str]) -> str:
    """The language of a question that begins with a word that asks in it alone, or joins."""
    if not words:
        return ""
    asks = [code for code in _tables() if words[0] in _asking(code)]
    return asks[0] if len(asks) == 1 else _LEADS.get(words[0], "")


def _plain(phrase: str) -> str:
    return " ".join(unicodedata.normalize("NFC", phrase).lower().replace("’", "'").split())


def _unaccented(phrase: str) -> str:
    apart = unicodedata.normalize("NFD", phrase)
    return "".join(c for c in apart if not unicodedata.combining(c))


@cache
def _stemmer(language: str) -> Stemmer:
    return Stemmer(_SNOWBALL[language])


@cache
def _tables() -> dict[str, dict[str, str]]:
    """By language; "quien" stands for "quién", as many type it, where it is no other word."""
    tables: dict[str, dict[str, str]] = json.loads(_TABLES.read_text(encoding="utf-8"))
    return {
        code: {**{_unaccented(p): english for p, english in table.items()}, **table}
        if code != "de"
        else table
        for code, table in tables.items()
    }


@cache
def _asking(language: str) -> dict[str, str]:
    """What asks, also without accents: "que" and "cuando" ask where a question begins with them."""
    asking = {p: e for p, e in _tables()[language].items() if _ASKING & set(e.split())}
    return {**{_unaccented(p): e for p, e in asking.items()}, **asking}


@cache
def _little_words() -> dict[str, frozenset[str]]:
    return {
        code: frozenset(word for phrase in table for word in WORD.findall(phrase))
        for code, table in _tables().items()
    }


@cache
def _joining(language: str) -> frozenset[str]:
    table = _tables().get(language, {})
    return frozenset(p for p, e in table.items() if " " not in p and set(e.split()) <= _JOINING)


@cache
def _table(language: str) -> tuple[dict[str, str], re.Pattern[str]]:
    table = _tables()[language]
    longest = (
        re.escape(p).replace(r"\ ", r"\s+") + ("" if p.endswith("'") else r"(?![\w-])")
        for p in sorted(table, key=len, reverse=True)
    )
    return table, re.compile(rf"(?<![\w'-])(?:{'|'.join(longest)})", re.IGNORECASE)
