"""What a refusal says: what of the question the documents found lack, or what they leave open."""

import re
from collections.abc import Sequence

from index.types import Hit
from index.words import STOP_WORDS, WORD, names, numbers, stem, stems

_NAME = re.compile(r"[A-Z][\w’'-]*(?: (?:(?:of|the|al|de|van|von) )?[A-Z][\w’'-]*)*")
_ASKED = (
    (re.compile(r"\bhow (many|much)\b", re.I), r"how \1"),
    (re.compile(r"\b(?:what|which) (year|date|day|month|percentage|number)\b", re.I), r"which \1"),
    (re.compile(r"\b(?:who|whom|whose)\b", re.I), "who"),
    (re.compile(r"\b(when|where|why|how)\b", re.I), r"\1"),
)
_MENTIONED = 2


def refusal_text(question: str, hits: Sequence[Hit]) -> str:
    """Says that the documents do not hold the answer, and what is missing.

    Only of names and numbers is it said that they are not mentioned: a document may well speak of
    the same thing in other words.
    """
    if not hits:
        return "The documents hold nothing to answer from."
    found = {s for hit in hits for part in _texts(hit) for s in stems(part)}
    must = names(question) | numbers(question)
    missing = [word for word in WORD.findall(question) if stem(word) in must - found]
    if missing:
        return f"The documents do not answer this: they do not mention {_listed(missing)}."
    mentioned = _mentioned(question, found)
    if not mentioned:
        return "The documents do not answer this. The nearest paragraphs are shown."
    return f"The documents mention {_listed(mentioned)}, but do not say {_asked(question)}."


def _texts(hit: Hit) -> tuple[str, ...]:
    return (*hit.paragraph.heading_path, hit.paragraph.text)


def _mentioned(question: str, found: set[str]) -> list[str]:
    """The question's names that were found, else its longest words that were."""
    known = names(question)
    named = [n for n in _NAME.findall(question) if (own := known & set(stems(n))) and own <= found]
    words = [w for w in WORD.findall(question) if w.lower() not in STOP_WORDS and stem(w) in found]
    return named[:_MENTIONED] or sorted(words, key=len, reverse=True)[:_MENTIONED]


def _asked(question: str) -> str:
    for pattern, words in _ASKED:
        if match := pattern.search(question):
            return match.expand(words).lower()
    return "what was asked"


def _listed(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in dict.fromkeys(words)]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)
