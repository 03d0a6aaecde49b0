"""What a refusal says: what of the question the documents lack, or what they leave open."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.document_names import Named
from index.types import Hit
from index.words import STOP_WORDS, WORD, names, numbers, stem, stems
from rag.asked import is_yes_or_no
from rag.helping_verbs import HELPING_VERB
from rag.language import looks_english
from rag.tables.rows import paragraph_words
from rag.terms import bare, listed, runs_of_words

Holds = Callable[[str], bool]
"""Does any paragraph of the documents hold this word?"""

_ASKED = {
    "how many": "how many",
    "how much": "how much",
    "how old": "how old",
    "how long": "how long",
    "how far": "how far",
    "how high": "how high",
    "how tall": "how tall",
    "how large": "how (?:large|big)",
    "how wide": "how wide",
    "how deep": "how deep",
    "how heavy": "how heavy",
    "how fast": "how fast",
    "how often": "how often",
    "how": "how",
    "which year": "(?:what|which) year",
    "which date": "(?:what|which) date",
    "which day": "(?:what|which) day",
    "which month": "(?:what|which) month",
    "which percentage": "(?:what|which) percentage",
    "which number": "(?:what|which) number",
    "who": "who|whom|whose",
    "when": "when",
    "where": "where",
    "why": "why",
    "what was asked": "what|which",
}
"""What may be left open, and how it is asked for; of several in one place the first counts."""
_HOW = re.compile(rf"\b(?:{'|'.join(_ASKED[how] for how in _ASKED if how[:4] == 'how ')})\b", re.I)
UNDECIDED = "No plain yes or no was found; what comes nearest is:"
UNANSWERED = "No plain answer was found; what comes nearest is:"
_NEAREST = "What comes nearest is:"
_REFUSAL = re.compile(
    r"The documents (?:do not answer|hold nothing|found say no more|mention “.*?; nothing"
    r" found says)|No plain (?:yes or no|answer) was found|Nothing found"
    r" says |The filter leaves |“[^”]*” is not mentioned in the documents",
    re.DOTALL,
)
"""How all that is said here, and of what is not mentioned, begins."""
_MENTIONED = 2
_TELLING = 2
"""Words in one place that tell of more than chance, if none is a name."""
_LACKED = 3
_WORD_LETTERS = 4
_MOST_WORDS = 8
# Words that say nothing of what a question is about, and still matter where claims are compared.
_SLIGHT_TEXT = (
    "according across after against all along already also although always among another back "
    "before behind between both case come did each else ever every first generally get give go "
    "got happen however last less long look made make many more most much name never next no "
    "nor not now often once one only other own part people per put same say since still take "
    "talk than thing time together too toward until use very want way whether within without year"
)
_STOPS = frozenset(map(stem, STOP_WORDS))
_HELPING = re.compile(HELPING_VERB, re.IGNORECASE)
_SLIGHT = frozenset(map(stem, _SLIGHT_TEXT.split()))
_AROUND = re.compile(r"[\w’'-]")
_BOUND = re.compile(
    r"\b(?:than|over|above|below|under|exceeding|before|after|since|until|till|at least|at most"
    r"|up to|between) \W?$",
    re.IGNORECASE,
)
"""Before a number that bounds others, which no document has to mention."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the question that says what it is about, and where it stands."""

    stem: str
    start: int
    end: int
    is_name: bool


def refuses(text: str) -> bool:
    """Is it what a refusal says, and not an answer?"""
    return _REFUSAL.match(text) is not None


def refusal_text(
    question: str,
    hits: Sequence[Hit],
    holds: Holds,
    named: Named = lambda path: (),
    *,
    filtered: bool = False,
    typed: str = "",
) -> str:
    """Says that the documents do not hold the answer, and what is missing.

    ``named`` gives the stems of a document's names by its path: what they have is not missing.
    Only of names and numbers is it said that they are not mentioned: a document may well speak of
    the same thing in other words. Where nothing better is known, it is said which words no
    paragraph has. ``filtered``: not all documents were searched. ``typed`` is the question as it
    was typed, where ``question`` has some words of it in English: only those of it are told.
    """
    if not hits and filtered:
        return "The filter leaves no document to answer from."
    if not hits:
        return "The documents hold nothing to answer from."
    missing = missing_terms(question, hits, named)
    unknown = [term for term in missing if not all(map(holds, WORD.findall(term)))]
    if unknown:
        return f"The documents do not answer this: they do not mention {listed(unknown)}."
    if missing:
        return (
            "The documents do not answer this: the paragraphs found do not mention"
            f" {listed(missing)}."
        )
    typed = typed or question
    mentioned = _mentioned(question, hits, typed)
    telling = _mentioned(question, hits, typed, of_words=_TELLING)
    english = looks_english(typed)
    lacked = _lacked(question, hits, holds, named) if english and not telling else []
    if len(lacked) > len(mentioned):
        if lacked[1:]:
            return f"The documents do not answer this: none has the words {listed(lacked)}."
        return f"The documents do not answer this: none has the word {listed(lacked)}."
    if not mentioned:
        return "The documents do not answer this. The nearest paragraphs are shown."
    if is_yes_or_no(question):
        return f"The documents mention {listed(mentioned)}; nothing found says whether this is so."
    return _left_open(mentioned, question)


def nearest_text(question: str, hits: Sequence[Hit], typed: str = "") -> str:
    """Said before the sentences that come nearest, of which none is known to answer.

    ``typed`` as in ``refusal_text``.
    """
    if is_yes_or_no(question):
        return UNDECIDED
    mentioned = _mentioned(question, hits, typed or question, of_words=_TELLING)
    if not mentioned:
        return UNANSWERED
    return f"{_left_open(mentioned, question)} {_NEAREST}"


def _left_open(mentioned: Sequence[str], question: str) -> str:
    """Not that the documents do not say it: another paragraph may, in other words."""
    asked = _asked(question)
    return f"The documents mention {listed(mentioned)}; nothing found says plainly {asked}."


def missing_terms(question: str, hits: Sequence[Hit], named: Named = lambda path: ()) -> list[str]:
    """Names and numbers of the question that nothing found mentions, as it writes them."""
    found = set().union(*(paragraph_words(hit.paragraph) for hit in hits))
    found.update(word for hit in hits for word in named(hit.paragraph.path))
    return list(_missing(question, found))


def correction_text(asked: str) -> str:
    """Said before a sentence that has something else where the question takes ``asked`` for true.

    No more than that: the other may belong to another part of the sentence, which the reader sees.
    """
    return f"Nothing found says this of “{bare(asked)}”; what comes nearest is:"


def _missing(question: str, found: set[str]) -> Iterator[str]:
    """Names and numbers of which a word was not found, as the question writes them."""
    must = names(question) | numbers(question)
    # "One" and "two", in letters, are seldom what a question is about.
    told = (
        m for m in WORD.finditer(question) if not m.group().islower() and stem(m.group()) in must
    )
    for first, end in runs_of_words(question, told):
        # A number may be part of a name: AS-278.
        start = first
        while start > 0 and _AROUND.match(question[start - 1]):
            start -= 1
        bound = question[start].isdigit() and _BOUND.search(question, 0, start)
        if not bound and not set(stems(question[start:end])) <= found:
            yield bare(question[start:end])


def _mentioned(question: str, hits: Sequence[Hit], typed: str, of_words: int = 1) -> list[str]:
    """The longest runs of the words typed that a paragraph found has too, names first.

    Articles and the like are passed over on both sides. Names, or ``of_words`` at least.
    """
    sentences = [s.text for hit in hits for s in hit.paragraph.sentences]
    parts = [*sentences, *(heading for hit in hits for heading in hit.paragraph.heading_path)]
    texts = [_joined(s for s in stems(part) if s not in _STOPS) for part in parts]
    runs = [
        run
        for words in _stretches(question)
        for run in _shared(words, texts, lambda r: question[r[0].start : r[-1].end] in typed)
    ]
    runs.sort(key=lambda run: (-sum(w.is_name for w in run), -len(run), -_letters(run)))
    taken: list[Sequence[_Word]] = []
    for run in runs:
        apart = all(run[-1].end <= t[0].start or t[-1].end <= run[0].start for t in taken)
        telling = len(run) >= of_words or any(word.is_name for word in run)
        if apart and telling and len(taken) < _MENTIONED:
            taken.append(run)
    return [bare(question[run[0].start : run[-1].end]) for run in taken]


def _lacked(question: str, hits: Sequence[Hit], holds: Holds, named: Named) -> list[str]:
    """The words of an English question, of those that say what it is about, that nothing has."""
    known = {word for hit in hits for word in named(hit.paragraph.path)}
    words = [word for run in _stretches(question) for word in run if word.stem not in known]
    written = [bare(question[word.start : word.end]) for word in words]
    return [w for w in written if len(w) >= _WORD_LETTERS and not holds(w)][:_LACKED]


def _shared(
    words: Sequence[_Word], texts: Sequence[str], is_typed: Callable[[Sequence[_Word]], bool]
) -> Iterator[Sequence[_Word]]:
    """From each word on the longest run, of ``_MOST_WORDS``, that stands in one of the texts."""
    for first in range(len(words)):
        left, run = texts, words[first:first]
        for last in range(first + 1, min(first + _MOST_WORDS, len(words)) + 1):
            longer = words[first:last]
            left = [text for text in left if _joined(w.stem for w in longer) in text]
            if not left or not is_typed(longer):
                break
            run = longer
        if run:
            yield run


def _stretches(question: str) -> list[list[_Word]]:
    """Its words that say something, parted where "not" or "does" stands: no run leaves it out."""
    known = names(question)
    stretches: list[list[_Word]] = [[]]
    # What "how old" asks for is not what it is about.
    said = _HOW.sub(lambda how: " " * len(how.group()), question)
    for match in WORD.finditer(said):
        word = stem(match.group())
        if word in _SLIGHT or _HELPING.fullmatch(match.group()):
            stretches.append([])
        elif word not in _STOPS:
            stretches[-1].append(_Word(word, *match.span(), word in known))
    return stretches


def _joined(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "


def _letters(run: Sequence[_Word]) -> int:
    return sum(word.end - word.start for word in run)


def _asked(question: str) -> str:
    """What its first question word asks for."""
    places = {
        asked: match.start()
        for asked, written in _ASKED.items()
        if (match := re.search(rf"\b(?:{written})\b", question, re.IGNORECASE))
    }
    return min(places, key=places.__getitem__, default="what was asked")
