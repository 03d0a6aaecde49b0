"""What a source says for a case, or as what somebody means to do, and a claim as a plain fact.

"If the rent is late, interest is due" does not say that interest is due, nor "they plan to close
three plants" that these were closed. As with other limits, only what the claim leaves out tells.
"""

import re
from collections.abc import Iterator, Set

from index.words import content_stems, negated, numbers, stems
from rag.checking.places import CLAUSE_END, sentences_of

_CASE = re.compile(r"\b(?:if|provided that|in case)\b", re.IGNORECASE)
_EXCEPTION = re.compile(
    r"\b(?:unless|except|excluding|apart from|with the exception of)\b", re.IGNORECASE
)
_KEEPS_CASE = re.compile(
    r"\b(?:if|when|whenever|where|once|unless|until|provided|case|cases|only|depend\w*)\b",
    re.IGNORECASE,
)
_KEEPS_EXCEPTION = re.compile(
    r"\b(?:unless|except\w*|exclud\w*|apart|other than|but|only|outside|without)\b", re.IGNORECASE
)
_PLAN_WORDS = (
    r"plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|aim(?:s|ed|ing)?|hop(?:e|es|ed|ing)|want(?:s|ed)?"
    r"|seek(?:s|ing)?|sought|promis(?:e|es|ed)|threaten(?:s|ed)?|expect(?:s|ed)?|scheduled"
    r"|consider(?:s|ed|ing)?|propos(?:e|es|ed)|recommend(?:s|ed)?|demand(?:s|ed)?"
)
_PLAN = re.compile(
    rf"\b(?:(?:{_PLAN_WORDS})\s+(?:to|that)|appl(?:y|ies|ied|ying) for)\b", re.IGNORECASE
)
_KEEPS_PLAN = re.compile(
    rf"\b(?:{_PLAN_WORDS}|plan(?:s|ned|ning)?|proposal|appl(?:y|ies|ied|ying|ication)|will|would|may|might"
    r"|could|should)\b",
    re.IGNORECASE,
)
_JOINING = re.compile(r"(?:^|\b(?:and|or|but))\s*$", re.IGNORECASE)
_MOST_OF_IT = 0.5
_OF_A_PLAN = 2
"""A plan is told where so many of the words behind it are the claim's: the first, or most."""


def drops_a_condition(claim: str, source: str, question: str = "") -> bool:
    """Does the claim take what holds in a case, but for some, or as a plan, and leave that out?

    What the question says of the case counts for the claim.
    """
    said = set(content_stems(claim))
    known = said | set(stems(question))
    return any(
        _drops_case(claim, said, known, sentence)
        or _drops_exception(claim, said, sentence)
        or _drops_plan(claim, said, sentence)
        for sentence in sentences_of(source)
    )


def _drops_case(claim: str, said: Set[str], known: Set[str], sentence: str) -> bool:
    if _KEEPS_CASE.search(claim):
        return False
    return any(
        _takes(said, main) and len(case & known) < _MOST_OF_IT * len(case)
        for case, main in _parted(_CASE, sentence)
    )


def _drops_exception(claim: str, said: Set[str], sentence: str) -> bool:
    if _KEEPS_EXCEPTION.search(claim) or negated(claim):
        return False
    return any(_takes(said, main) for _, main in _parted(_EXCEPTION, sentence))


def _drops_plan(claim: str, said: Set[str], sentence: str) -> bool:
    if _KEEPS_PLAN.search(claim):
        return False
    plans = (CLAUSE_END.split(sentence[found.end() :])[0] for found in _PLAN.finditer(sentence))
    told = ([word in said for word in content_stems(plan)] for plan in plans)
    return any(
        sum(words) >= _OF_A_PLAN and (words[0] or sum(words) > _MOST_OF_IT * len(words))
        for words in told
    )


def _takes(said: Set[str], main: str) -> bool:
    """Does the claim tell most of what holds in the case, with its numbers?"""
    words = set(content_stems(main))
    return len(words & said) > _MOST_OF_IT * len(words) and numbers(main) <= said


def _parted(joint: re.Pattern[str], sentence: str) -> Iterator[tuple[set[str], str]]:
    """The words of each case in a sentence, and what holds in it.

    What follows, of a sentence that begins with it; else what stands before it.
    """
    for found in joint.finditer(sentence):
        before, behind = sentence[: found.start()], sentence[found.end() :]
        case, *rest = CLAUSE_END.split(behind, maxsplit=1)
        clauses = [part for part in CLAUSE_END.split(before) if part.strip()]
        begins = not clauses or bool(_JOINING.search(before) and rest)
        main = CLAUSE_END.split(rest[0])[0] if begins and rest else (clauses or [""])[-1]
        words = set(content_stems(case))
        if words and main.strip():
            yield words, main
