"""The content words of a claim, a source or a question, each with its kind and its place."""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from index.words import STOP_WORDS, WORD, denies, stem

CLAUSE_END = re.compile(r"[,;:.](?:\s+|$)")
"""The comma of a number is none."""

_DENIED_WORDS = 3
_FAILED = re.compile(
    r"\b(?:(?:fail|refus|declin|neglect)(?:s|es|ed|e|ing)?(?=\s+to\b)|unable(?=\s+to\b)"
    r"|den(?:y|ies|ied|ying)(?=\s+(?:that|having|being|[a-z]+ing)\b)"
    r"|rather(?=\s+than\b)|instead(?=\s+of\b))",
    re.IGNORECASE,
)
"""What comes next did not happen: "failed to qualify", "red rather than blue"."""
_BEING = frozenset(["is", "are", "was", "were"])
_PAUSE = re.compile(r"[,;.:]")
_END = re.compile(r"[.!?]\W{0,20}\s")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_CONJUNCTIONS_TEXT = "but while although though despite because since whereas when who which whose"
_CONJUNCTIONS = frozenset(_CONJUNCTIONS_TEXT.split())
_TITLES_TEXT = (
    "mr mrs ms miss dr doctor prof professor sir lord lady dame judge justice st saint rev reverend"
    " gen general col colonel capt captain lt sgt sen senator rep gov governor hon cllr councillor"
    " president minister king queen prince princess"
)
_TITLES = frozenset(map(stem, _TITLES_TEXT.split()))
"""What two people may have in common: Mr Holt is not Mr Lynn."""


class Kind(StrEnum):
    """What a token may be taken for; only tokens of one kind compete for a place."""

    WORD = "word"
    NUMBER = "number"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Token:
    """A content word; a name of several words is one token, its stems joined.

    ``parts`` are these stems, without titles before a name.
    ``clause`` counts pauses and conjunctions. ``equated``: right after a form of "to be".
    ``failed``: told as what did not happen, though without a denial.
    """

    stem: str
    parts: frozenset[str]
    kind: Kind
    sentence: int
    clause: int
    denied: bool
    equated: bool = False
    failed: bool = False


def tokens_of(text: str, known: Set[str]) -> list[Token]:
    """``known`` are the stems of words that are names wherever they have a capital."""
    tokens: list[Token] = []
    last_end = denial = sentence = clause = 0
    equated = fails = False
    failing = {match.start() for match in _FAILED.finditer(text)}
    for match in WORD.finditer(text):
        word = match.group()
        lower = word.lower()
        if denies(word):
            denial = _DENIED_WORDS
            last_end = match.end()
            continue
        between = text[last_end : match.start()]
        if _PAUSE.search(between):
            denial = 0
            clause += 1
        if _END.search(between):
            sentence += 1
        clause += lower in _CONJUNCTIONS
        if lower in STOP_WORDS:
            # "Board of Education" is one name, "Brazil in Marseille" two.
            last_end = match.end() if lower in {"of", "the"} else last_end
            equated = equated or lower in _BEING
            continue
        token = stem(word)
        if token[:1].isdigit():
            kind = Kind.NUMBER
        elif word[0].isupper() and token in known:
            kind = Kind.NAME
        else:
            kind = Kind.WORD
        if kind is Kind.NAME and tokens and tokens[-1].kind is Kind.NAME and between == " ":
            before = tokens.pop()
            whole, parts = f"{before.stem} {token}", before.parts - _TITLES | {token}
            failed = before.failed
            tokens.append(
                Token(whole, parts, Kind.NAME, sentence, clause, before.denied, failed=failed)
            )
        else:
            parts = frozenset([token])
            tokens.append(Token(token, parts, kind, sentence, clause, denial > 0, equated, fails))
        equated = False
        fails = match.start() in failing
        denial = max(0, denial - 1)
        last_end = match.end()
    return tokens


def parts_of(tokens: Iterable[Token]) -> frozenset[str]:
    """The stems of all tokens, those of a name of several words each."""
    return frozenset(part for token in tokens for part in token.parts)


def sentences_of(text: str) -> list[str]:
    """The sentences of a claim or of what it cites, each as written."""
    return _SENTENCE.split(text)


def around(tokens: Sequence[Token], i: int, near: int) -> tuple[list[Token], list[Token]]:
    """The tokens before and after token ``i`` in its sentence."""
    own = tokens[i].sentence
    before = [t for t in tokens[max(0, i - near) : i] if t.sentence == own]
    after = [t for t in tokens[i + 1 : i + 1 + near] if t.sentence == own]
    return before, after
