"""A long sentence -> the run of its clauses that has what was taken from it.

Quoted whole, a sentence of fifty words hides what it was quoted for; cut anywhere, it may say the
opposite. So only whole clauses go, from the end or the beginning, and none that limits, denies or
ascribes what is left.
"""

import re
from collections.abc import Iterator

from index.words import content_stems, names, negated, numbers, stem, stems
from rag.checking.source_words import MOST_WORDS
from rag.match import Span

LONG_WORDS = 30
"""A sentence up to this is quoted whole."""

_FEWEST_WORDS = 8
_WORTH_IT = 8
"""For fewer words less a sentence is not torn."""

_LITTLE = 0.25
"""Share of a sentence's words; a claim that takes no more has picked its answer out of it."""

_JOINT = re.compile(r"\s*(?:and\s+)?")
_AFTER_BRACKET = re.compile(r"(?<=[.!?][)\]])\s(?=[A-Z])")
_MARKS = 2
"""Where something was left out on either side, that counts as a word."""
_BOUNDARY = re.compile(r"[,;:](?=\s)|\s[–—-](?=\s)|—")
_LIMITING = (
    "unless except if but although though however only without until provided despite not never"
    " nor rather instead"
)
_ASCRIBING = (
    "say claim argue believe think suggest according allege deny report expect may might could"
    " would should assume suppose hope fear warn if whether when"
)
_COLON = re.compile(r":\s")
_NEXT_OF_SEVERAL = re.compile(r"[,;]\s")
_CLAUSE_AFTER = re.compile(
    r"[,;]\s+(?:but|so|who|which|because|while|as|if|when|though|although)\b"
)
_POINTS_AHEAD = re.compile(r"\b(?:the following|these|as follows)\b", re.IGNORECASE)
_DEPENDENT = frozenset(["which", "who", "whose", "whom", "that", "where"])
_PARTICIPLES = ("ed", "ing")
_LIMITS = frozenset(map(stem, _LIMITING.split()))
_GOVERNS = _LIMITS | frozenset(map(stem, _ASCRIBING.split()))
# A clause does not end with them: what they begin stands behind the comma.
_HANGING_TEXT = (
    "a an the this these those its their his her that which who whom whose where when as if than"
    " and or but nor of in on at to for from with by into onto not is are was were be been being"
    " has have had do does did can could will would shall should may might must"
)
_HANGING = frozenset(_HANGING_TEXT.split())
_PAIRS = (("(", ")"), ("“", "”"), ("[", "]"))


def excerpt(span: Span, claim: str, question: str, most_words: int) -> Span | None:
    """The clauses of a one-sentence ``span`` that hold what ``claim`` tells beyond ``question``.

    All its names and numbers, too, as far as the span has them. None when no run of clauses within
    ``most_words`` does, or none that can stand without what would be cut away.
    """
    source = set(stems(span.text))
    taken = set(content_stems(claim)) & source
    wanted = (taken - set(stems(question))) | (taken & (names(claim) | numbers(claim)))
    if not wanted:
        return None
    fitting = [
        part
        for part in _runs(span, most_words)
        if wanted <= set(stems(part.text)) and _stands_alone(part, span)
    ]
    return min(
        fitting,
        key=lambda p: (
            _begins_amid(p, span),
            -len(taken & set(stems(p.text))),
            p.start,
            len(p.text),
        ),
        default=None,
    )


def shortened(span: Span, claim: str, question: str) -> Span:
    """A long sentence's clauses that hold what ``claim`` tells, the sentence where that fails.

    Of one longer than ``MOST_WORDS`` its beginning will do. What is longer than one sentence stays
    as it is.
    """
    length = len(span.words.split())
    if length <= LONG_WORDS or len(sentences_in(span)) > 1:
        return span
    part = excerpt(span, claim, question, length)
    spared = length - len(part.words.split()) if part else 0
    if part and spared >= _WORTH_IT:
        return part
    return (beginning(span, question, claim) if length > MOST_WORDS else None) or span


def beginning(span: Span, question: str, claim: str = "") -> Span | None:
    """The most clauses, from the first on, that stay within ``MOST_WORDS`` of a one-sentence span.

    A claim that repeats all of a long sentence does not tell which clauses answer; those that were
    asked about do, so all that the sentence has of the question must be in them. The words of a
    claim that took only a few from it must be in them too.
    """
    source = set(content_stems(span.text))
    asked = set(content_stems(question)) & source
    taken = (set(content_stems(claim)) & source) - set(stems(question))
    answer = taken if len(taken) <= _LITTLE * len(source) else set()
    fitting = [
        part
        for part in _runs(span, MOST_WORDS)
        if part.start == span.start
        and part.end < span.end
        and asked | answer <= set(stems(part.text))
        and _stands_alone(part, span)
    ]
    return max(fitting, key=lambda part: part.end, default=None) if asked else None


def sentences_in(span: Span) -> list[Span]:
    """A span of each sentence of its paragraph that it holds, parted where a bracket ends one."""
    each = []
    for sentence in span.sentences:
        cuts = [sentence.start + m.start() for m in _AFTER_BRACKET.finditer(sentence.text)]
        starts, ends = [sentence.start, *(cut + 1 for cut in cuts)], [*cuts, sentence.end]
        parts = zip(starts, ends, strict=True)
        each += [Span(span.paragraph, start, end) for start, end in parts]
    return each


def as_quotation(part: Span, whole: Span) -> str:
    """The words of ``part`` in quotation marks, with a mark where ``whole`` goes on."""
    goes_before = "… " if part.start > whole.start else ""
    who = part.speaker
    before = f"{who}: … " if who else goes_before
    after = " …" if part.end < whole.end else ""
    return f"“{before}{part.said}{after}”"


def _runs(span: Span, most_words: int) -> Iterator[Span]:
    """Runs of neighbouring clauses, without the comma at their end."""
    text = span.text
    marks = [(m.start(), m.end()) for m in _BOUNDARY.finditer(text)]
    starts = [0, *(end for _, end in marks)]
    ends = [*(start for start, _ in marks), len(text)]
    for first, start in enumerate(starts):
        joint = _JOINT.match(text, start) if first else None
        begins = joint.end() if joint else start
        for end in ends[first:]:
            if _FEWEST_WORDS <= len(text[begins:end].split()) <= most_words - _MARKS:
                yield Span(span.paragraph, span.start + begins, span.start + end)


def _begins_amid(part: Span, whole: Span) -> bool:
    """Does it begin after a comma, and not where the sentence or a main clause does?"""
    before = whole.text[: part.start - whole.start].rstrip()
    return bool(before) and before[-1] not in ";:"


def _stands_alone(part: Span, whole: Span) -> bool:
    head = whole.text[: part.start - whole.start]
    tail = stems(whole.text[part.end - whole.start :])
    governed = negated(head) or any(word in _GOVERNS for word in stems(head))
    leaning = bool(head) and _leans(part.text.split()[0])
    limited = any(word in _LIMITS for word in tail[:2])
    hanging = bool(tail) and part.text.split()[-1] in _HANGING
    apart = governed or leaning or limited or hanging or _parts_a_list(part, whole)
    return not apart and _balanced(part.text)


def _parts_a_list(part: Span, whole: Span) -> bool:
    """Are some of what is told behind a colon, one after the other, left out, or all of "these"?

    "The following: Ann Lee …" tells one of three, and reads as if it were all.
    """
    told, rest = whole.text[: part.end - whole.start], whole.text[part.end - whole.start :]
    colon = _COLON.search(told)
    if colon is not None:
        return bool(_NEXT_OF_SEVERAL.match(rest)) and not _CLAUSE_AFTER.match(rest)
    return _COLON.search(rest) is not None and _POINTS_AHEAD.search(told) is not None


def _leans(word: str) -> bool:
    """Does a clause that begins with it have its subject before it?"""
    return word.lower() in _DEPENDENT or (word.islower() and word.endswith(_PARTICIPLES))


def _balanced(text: str) -> bool:
    pairs = all(text.count(left) == text.count(right) for left, right in _PAIRS)
    return pairs and text.count('"') % 2 == 0
