"""A message that asks two or three things -> its questions, each to be answered on its own.

"When was the bridge opened and who designed it?" has two answers, seldom in one sentence. What is
no more than one question in other words, or shares its end ("which won most and which won least
of the games"), is left whole: half a question has no answer.
"""

import re
from functools import cache
from typing import NamedTuple

from index.abroad import asked_in
from index.words import WORD
from rag.followups.pointing import is_verbless
from rag.helping_verbs import HELPING_VERB

_MOST = 3
_FEWEST_WORDS = 3
_ENGLISH = "who|whom|whose|what|which|when|where|why|how"
_ABROAD = {
    "de": "wer|wem|wen|wessen|was|wann|wo|woher|wohin|warum|wieso|weshalb|wie|welche[rsnm]?",
    "fr": "qui|quand|où|pourquoi|comment|combien|quel(?:le)?s?",
    "es": "quién(?:es)?|cuándo|dónde|por qué|cómo|cuánt[oa]s?|qué|cuál(?:es)?",
}
_PLACING = r"(?:(?:at|by|for|from|in|of|on|since|to|until|with) )?"
_LEADS = r"\W*(?:(?:and|also|but|or|so|yes|no|ok|okay|thanks|und|et|y)\b,? )*"
_BY_A_VERB = rf"{HELPING_VERB}|(?:is|are|was|were|do|does|did|can)n['’]t\b"
_HOW_MUCH = r"many|much|long|old|far|often|tall|high|large|big|deep|fast|wide|heavy|soon|well"
# "And when it rains" asks nothing: these have a verb before whoever does something.
_GOES_ON = (
    rf"(?:(?:when|where|why) {HELPING_VERB}|how (?:(?:{_HOW_MUCH})\b|{HELPING_VERB})"
    r"|(?:who|whom|whose|what|which) (?!else\b)\S).*"
)
_SENTENCES = re.compile(r"(?<=\?)\s+")
_SAID_BEFORE = re.compile(r".*[.!]\s+")
_ONLY_ASKS = re.compile(r"(?:and )?(?:when|where|why|how|by how much)\W*", re.IGNORECASE)


class _Forms(NamedTuple):
    """How questions of a language look: what asks in it, how one begins, how two are joined."""

    asking: re.Pattern[str]
    begins: re.Pattern[str]
    joined: re.Pattern[str]


def parts_of(question: str) -> tuple[str, ...]:
    """The two or three questions of a message, each with its "?"; none where it asks one thing."""
    forms = _forms(asked_in(question))
    sentences = _SENTENCES.split(question.strip())
    if len(sentences) == 1:
        return _joined(question.strip(), forms)
    whole = len(sentences) <= _MOST and all(_is_whole(sentence, forms) for sentence in sentences)
    return tuple(map(_asked, sentences)) if whole else ()


def only_asks(part: str) -> bool:
    """Is it nothing but "when?", of which what it is asked of was said before?"""
    return _ONLY_ASKS.fullmatch(part) is not None


@cache
def _forms(language: str) -> _Forms:
    abroad = _ABROAD.get(language)
    asking = rf"(?:{abroad or _ENGLISH})\b"
    second = rf"{asking} \S.*" if abroad else rf"{_PLACING}{_GOES_ON}|{_ONLY_ASKS.pattern}"
    return _Forms(
        re.compile(rf"\b{asking}", re.IGNORECASE),
        re.compile(rf"{_LEADS}(?:{_PLACING}{asking}|{_BY_A_VERB})", re.IGNORECASE),
        re.compile(
            rf"(?P<first>.+?),? (?:and|und|et|y) (?:also )?(?P<second>{second})", re.IGNORECASE
        ),
    )


def _joined(question: str, forms: _Forms) -> tuple[str, ...]:
    found = forms.joined.fullmatch(question)
    if found is None:
        return ()
    first, second = found["first"], found["second"]
    words, others = ([word.lower() for word in WORD.findall(part)] for part in (first, second))
    begins = forms.begins.match(first)
    if begins is None or len(words) < _FEWEST_WORDS:
        return ()
    # An end that both share makes the second longer.
    shares = words[:2] == others[:2] and len(others) > len(words)
    # "Who decides when" goes on in the second.
    asks_more = forms.asking.search(first, begins.end())
    # "By which road?" has its verb from the first.
    if shares or asks_more or is_verbless(second):
        return ()
    return (_asked(first), _asked(second))


def _is_whole(sentence: str, forms: _Forms) -> bool:
    # What is said before it asks ("Thank you. When ...") belongs to it.
    asked = _SAID_BEFORE.sub("", sentence.rstrip(" ?!."))
    return forms.begins.match(asked) is not None and len(WORD.findall(asked)) >= _FEWEST_WORDS


def _asked(part: str) -> str:
    return f"{part.strip().rstrip(' ?!.,')}?"
