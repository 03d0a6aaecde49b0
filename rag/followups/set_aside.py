"""What was told before is not told again: after "continue", and after "no, the other one"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sentencex import get_sentence_boundaries

from index.language import language_of
from index.words import WORD, content_stems, stem, stems
from rag.asked import asks_for_a_kind, holds_the_kind

_MARK = re.compile(r"\[\d{1,3}\]")
_MORE = 2
_OTHER = re.compile(
    r"\b(?:other|another|different|wrong|not (?:that|this))\b|^\W*(?:no|nope|nah)\W*$",
    re.IGNORECASE,
)
_SAYING_TEXT = (
    "no nope nah not wrong incorrect actually rather sorry oops correction mistake please mean"
    " meant wanted said ask asked asking talking thinking other another different one ones wait"
    " well"
)
SAYING = frozenset(map(stem, _SAYING_TEXT.split()))
"""What a correction says of itself, and not of what is meant; content words have no pronouns."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """``told``: the stems of each sentence that was told, without its question's; ``meant``: of
    what was meant instead. ``question`` is the one that it was told for."""

    question: str = ""
    told: tuple[frozenset[str], ...] = ()
    meant: frozenset[str] = frozenset()

    def has(self, text: str) -> bool:
        """Does the text tell again what was not meant, and nothing that may be?"""
        if not self.told:
            return False
        words = set(stems(text))
        wanted = bool(self.meant) and self.meant <= words
        again = (told for told in self.told if told <= words)
        return not wanted and any(not self._more(text, told) for told in again)

    def _more(self, text: str, told: frozenset[str]) -> bool:
        """Another value beside the one told: "Lee led the first, Holt the second"."""
        rest = " ".join(m.group() for m in WORD.finditer(text) if stem(m.group()) not in told)
        if asks_for_a_kind(self.question):
            return holds_the_kind(self.question, rest, text)
        return len({*content_stems(rest)} - {*stems(self.question)}) > _MORE * len(told)


NOTHING = SetAside()


def set_aside(correction: str, question: str, answer: str) -> SetAside:
    """What the correction of a question sets aside of its answer.

    Nothing where it asks for something else of the same ("not when, where?").
    """
    known = set(stems(question))
    meant = frozenset(content_stems(correction)) - known - SAYING
    if not meant and not _OTHER.search(correction):
        return NOTHING
    sentences = _sentences(_MARK.sub("", answer))
    told = (frozenset(content_stems(sentence)) - known for sentence in sentences)
    return SetAside(question, tuple(filter(None, told)), meant)


def first_sentence(text: str) -> str:
    """Of an answer, without its marks."""
    return next(iter(_sentences(_MARK.sub("", text))), "")


def without_told(text: str, told: Sequence[str]) -> str:
    """``text`` without the sentences that the answers before already gave."""
    said = {_plain(sentence) for answer in told for sentence in _sentences(answer)}
    if not said:
        return text
    return " ".join(s.strip() for s in _sentences(text) if _plain(s) not in said)


def _sentences(text: str) -> list[str]:
    return [boundary["text"] for boundary in get_sentence_boundaries(language_of(text), text)]


def _plain(sentence: str) -> str:
    return " ".join(WORD.findall(_MARK.sub("", sentence).lower()))
