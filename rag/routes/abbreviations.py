"""What the letters of an abbreviation stand for, where the documents write it out.

"Hayat Tahrir Al Sham (HTS)", "the General Data Protection Regulation (“GDPR”)", "GDPR (General Data
Protection Regulation)". The words before or in the brackets are those whose letters the
abbreviation has, in its order, after Schwartz and Hearst, A Simple Algorithm for Identifying
Abbreviation Definitions in Biomedical Text, 2003.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.types import Paragraph
from index.words import stems
from rag.match import Match, Span
from rag.mentions import Checked
from rag.sanitise import may_be_shown
from rag.types import Verdict

_SHORT = r"[\"“‘']?(?P<short>[^\W\d_][\w&./-]{0,11})[\"”’']?"
_THE = r"(?:the |an? )?"
_WHAT_IS = re.compile(
    rf"\s*(?:what|who)(?:['’]s| is| are| was| were) {_THE}{_SHORT}\s*[?.!]*\s*", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:['’.&/-][^\W_]+)*")
_OPENS = r"\((?:the |an? |or |hereinafter |hereafter |abbreviated |also |in short )*[\"“‘']?"
_OR = r"(?:or|abbreviated(?: as| to)?|also called|short for) (?:the )?[\"“‘']?"
_ENDS = r"[\"”’']?"
_AROUND = " \t\n\"“”‘’',;:"
_SMALL_WORD = 3
_FARTHEST = 60
"""Characters from one letter of the abbreviation to the next."""
_MOST_MEANINGS = 5
_MOST_CITED = 3


def abbreviation_of(question: str) -> str:
    """The abbreviation of which no more is asked than what it is ("Who are the HTS?"), else ""."""
    found = _WHAT_IS.fullmatch(question)
    short = found["short"] if found else ""
    return short if sum(c.isupper() for c in short) > 1 else ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """The abbreviation ``short`` as it is written, the words it stands for, and where."""

    short: str
    words: str
    spans: tuple[Span, ...]

    @property
    def told(self) -> Checked:
        """A sentence of the answer."""
        said = f"“{self.short}” stands for “{self.words}”."
        return said, Match(Verdict.SUPPORTED, self.spans[:_MOST_CITED], 1.0)


def meanings(short: str, paragraphs: Sequence[Paragraph]) -> list[Meaning]:
    """What the letters stand for in these paragraphs, each of at most five meanings once."""
    found: dict[str, Meaning] = {}
    for paragraph in paragraphs:
        for sentence in paragraph.sentences:
            span = Span(paragraph, sentence.start, sentence.end)
            for written, words in _in(short, sentence.text):
                if may_be_shown("", [span]):
                    key = " ".join(stems(words))
                    before = found.get(key, Meaning(written, words, ()))
                    found[key] = replace(before, spans=(*before.spans, span))
    return [*found.values()][:_MOST_MEANINGS]


def _in(short: str, text: str) -> Iterator[tuple[str, str]]:
    """The abbreviation as it is written there, and the words it stands for."""
    one = re.escape(_singular(short).rstrip("."))
    last_dot = r"\.?" if "." in one else ""
    written = rf"(?<!\w)(?P<short>{one}s?{last_dot})(?!\w){_ENDS}"
    for before in (rf"{_OPENS}{written}\s*[),;:]", rf",\s*{_OR}{written}"):
        for found in re.finditer(before, text, re.IGNORECASE):
            yield from _told(found, _spelling(found["short"], text[: found.start()]))
    for after in (
        rf"{written}\s*\((?P<words>[^()]{{3,150}})\)",
        rf"{written},\s*{_OR}(?P<words>[^,;:]{{3,150}})",
    ):
        for found in re.finditer(after, text, re.IGNORECASE):
            yield from _told(found, _whole(found["short"], found["words"]))
    # As a list of abbreviations has it.
    entry = rf"\W*{written}\s*(?:[:=|,\t–—]|\s-\s)\s*(?P<words>[^():;|]{{3,150}})"
    for found in re.finditer(rf"\A{entry}", text, re.IGNORECASE):
        yield from _told(found, _whole(found["short"], found["words"]))


def _told(found: re.Match[str], words: str) -> Iterator[tuple[str, str]]:
    if words:
        yield found["short"], " ".join(words.split())


def _singular(short: str) -> str:
    return short[:-1] if short.endswith("s") and short[:-1].isupper() else short


def _whole(short: str, text: str) -> str:
    """The words of ``text`` up to its first comma, if the abbreviation is made of all of them."""
    words = re.split(r"[,;]", text)[0].strip(f"{_AROUND}.")
    return words if _spelling(short, words) == words else ""


def _spelling(short: str, text: str) -> str:
    """The last words of ``text`` whose letters the abbreviation has, in its order, else "".

    Their first letters, or else letters in them too, but for more than half of them.
    """
    letters = [c for c in _singular(short).lower() if c.isalnum()]
    text = text.rstrip(_AROUND)
    for initials in (True, False):
        places = _places(letters, text, initials=initials)
        if places and _bear_out(places, text, len(letters)):
            long = text[places[-1] :]
            return "" if _is_it(short, long) else long
    return ""


def _is_it(short: str, long: str) -> bool:
    """Are the words no more than the abbreviation, as in "N.C.A.A." or "AS-207"?"""
    parts = [part.lower() for part in re.findall(r"[^\W_]+", long)]
    bare = "".join(c for c in short.lower() if c.isalnum())
    return bare in (*parts, "".join(parts)) or len(long) <= len(short)


def _bear_out(places: Sequence[int], text: str, letters: int) -> bool:
    """Has each word of more than three letters one of the abbreviation's, and are they enough?"""
    words = [m.span() for m in _WORD.finditer(text, places[-1])]
    heard = all(
        end - start <= _SMALL_WORD or any(start <= place < end for place in places)
        for start, end in words
    )
    begun = sum(_begins(text, place) for place in places)
    together = len(words) <= min(letters + 5, 2 * letters)
    return heard and together and (len(words) == 1 or begun * 2 > letters)


def _places(letters: Sequence[str], text: str, *, initials: bool) -> list[int]:
    """Where the letters stand, the last one first, each the next like it from the right.

    The first one begins a word, and of ``initials`` every one. Empty where one is missing.
    """
    places, at = list[int](), len(text)
    for number in reversed(range(len(letters))):
        at = _before(text, at, letters[number], begins=initials or number == 0)
        if at < 0:
            return []
        places.append(at)
    return places if len(places) > 1 else []


def _before(text: str, end: int, letter: str, *, begins: bool) -> int:
    """Where the last such letter before ``end`` stands, -1 for nowhere."""
    for at in range(end - 1, max(-1, end - _FARTHEST), -1):
        if text[at].lower() == letter and (not begins or _begins(text, at)):
            return at
    return -1


def _begins(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()
