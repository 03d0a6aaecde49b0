"""What a question asks of the rows of a table: how many, which, how much in all, or on average."""

import re
from dataclasses import dataclass
from enum import StrEnum

from index.words import NUMBERING, WORD, content_stems, denies, stem
from rag.tables.column_values import number

_FIRST = r"^(?:(?:and|so|but|please) )*(?:(?:in|of|at|for|on|since) [^,?]{1,60}, )?"
_MANY = re.compile(
    rf"{_FIRST}(?:how many|(?:what (?:is|was) )?the number of(?! the\b)|count (?:all )?(?:the )?)"
    r"(?: of the)?(?P<things>.*)",
    re.IGNORECASE,
)
_WHICH = re.compile(
    rf"{_FIRST}(?:(?:list|show|name|give me) (?:me )?(?:all )?(?:of )?|(?:which|what|who)\b)"
    r"(?: ?(?:is|are|was|were))?(?: ?the)?\b(?P<things>.*)",
    re.IGNORECASE,
)
_THINGS_END = re.compile(
    r"\b(?:is|are|was|were|have|has|had|do|does|did|can|in|of|at|with|from|on|for|by|there|that|which"
    r"|who|whose|work|live|cost|earn|over|under|more|less|fewer|between|before|after|since)\b",
    re.IGNORECASE,
)
_UNCLEAR = re.compile(
    r"\b(?:each|every|per|except|excluding|other than|apart from|percent\w*|proportion"
    r"|share|fraction)\b|%",
    re.IGNORECASE,
)
_SUM = {"total", "sum", "altogether", "combined", "overall"}
_MEAN = {"average", "mean"}
FIGURES = frozenset(stem(word) for word in _SUM | _MEAN)
_IN_ALL = re.compile(r"\b(?:in all|together|in sum)\b", re.IGNORECASE)
_USUAL_TEXT = (
    "many number count list show name give all each every there different distinct unique kind"
    " type locate base work live situate belong come record row entry line item table file among"
    " currently now still please together me cost earn whole receive exist include contain make"
    " made time employ money much match game go went hold held happen occur place right before"
    " run carry use take took handle become"
)
USUAL = frozenset(stem(word) for word in _USUAL_TEXT.split())
"""What such questions say besides what they are about."""
_DISTINCT = re.compile(r"\b(?:different|distinct|unique|kinds?|types?)\b", re.IGNORECASE)
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_ONE_SCALE = re.compile(r"\b(?:one|a) (?=thousand|million|billion)", re.IGNORECASE)
_SCALED = re.compile(r"\b(\d[\d.,]*) (thousand|million|billion)\b", re.IGNORECASE)
_SHORT = re.compile(r"^(what|who|which)['’]s\b", re.IGNORECASE)
_NO_MORE = re.compile(r"no (?:more|less|fewer|greater|larger|higher|lower) than", re.IGNORECASE)


class Kind(StrEnum):
    """What is to be told of the rows that are meant."""

    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class RowQuestion:
    """``text`` has its small numbers in digits; ``things`` are stems of what is asked for.

    ``many``: it asks how many things there are. ``denied`` is what follows "not" or "no", which
    ``text`` does not have.
    """

    kind: Kind
    text: str
    things: frozenset[str]
    denied: str = ""
    many: bool = False
    distinct: bool = False

    @property
    def words(self) -> frozenset[str]:
        """Stems of all that it says."""
        return frozenset(content_stems(self.text))


def row_question(question: str) -> RowQuestion | None:
    """What it asks of rows; None where it is no such question, parts, or denies several things."""
    if _UNCLEAR.search(question):
        return None
    question = NUMBERING.sub("number ", question.strip())
    text, denied = _undenied(_in_figures(_SHORT.sub(r"\1 is", question)))
    if text is None:
        return None
    words = {word.lower() for word in WORD.findall(text)}
    many, which = _MANY.match(text), _WHICH.match(text)
    if many:
        kind = Kind.SUM if words & _SUM or _IN_ALL.search(text) else Kind.COUNT
        distinct = bool(_DISTINCT.search(text))
        return RowQuestion(kind, text, _things(many["things"]), denied, True, distinct)
    if words & (_SUM | _MEAN) and (which or text.lower().startswith("how much")):
        kind = Kind.MEAN if words & _MEAN else Kind.SUM
        return RowQuestion(kind, text, frozenset(), denied)
    return RowQuestion(Kind.LIST, text, _things(which["things"]), denied) if which else None


def things_counted(question: str) -> frozenset[str] | None:
    """Stems of what it asks the number of; None where it asks no number."""
    found = _MANY.match(question.strip())
    return _things(found["things"]) if found else None


def _things(text: str) -> frozenset[str]:
    end = _THINGS_END.search(text)
    return frozenset(content_stems(text[: end.start()] if end else text)) - USUAL


def _undenied(text: str) -> tuple[str | None, str]:
    """The text without its one denial and what stands behind that; None where it denies more."""
    denials = [word for word in WORD.finditer(text) if denies(word[0])]
    denials = [w for w in denials if not _NO_MORE.match(text, w.start())]
    if not denials:
        return text, ""
    [first, *more] = denials
    left = f"{text[: first.start()]}{text[first.end() :]}"
    return (None if more else left), text[first.end() :]


def _in_figures(text: str) -> str:
    """ "three" is 3 and "one million" 1000000; "one" alone is mostly no number."""
    text = _ONE_SCALE.sub("1 ", text)
    return _SCALED.sub(_unscaled, WORD.sub(_in_digits, text))


def _unscaled(match: re.Match[str]) -> str:
    value = number(match[1])
    return match[0] if value is None else f"{value * _SCALES[match[2].lower()]:.15g}"


def _in_digits(word: re.Match[str]) -> str:
    digits = stem(word[0])
    return (
        digits if digits.isdigit() and word[0].isalpha() and word[0].lower() != "one" else word[0]
    )
