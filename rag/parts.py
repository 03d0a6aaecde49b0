"""A message that asks two or three things -> its questions, each to be answered on its own.

"When was the bridge opened and who designed it?" has two answers, seldom in one sentence. What is
no more than one question in other words, or shares its end ("which won most and which won least
of the games"), is left whole: half a question has no answer.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from index.abroad import asked_in, in_english
from index.words import WORD
from rag.followups.pointing import is_verbless
from rag.helping_verbs import HELPING_VERB
from rag.routes.route import Route, route_of
from rag.shared_ends import sharing

_MOST = 3
_FEWEST_WORDS = 3
_HAS_A_VERB = r"(?= \S+ \S+ \S)"
"""As "auf wie viel steigt die Miete" has; that of "en quelle année" is the first's."""
_ENGLISH = "who|whom|whose|what|which|when|where|why|how"
_ABROAD = {
    "de": "wer|wem|wen|wessen|was|wann|wo|woher|wohin|warum|wieso|weshalb|wie|welche[rsnm]?",
    "fr": "qui|quand|où|pourquoi|comment|combien|quel(?:le)?s?",
    "es": "quién(?:es)?|cuándo|dónde|por qué|cómo|cuánt[oa]s?|qué|cuál(?:es)?",
}
_PLACING = {
    "": "at|by|for|from|in|of|on|since|to|until|with",
    "de": "ab|an|auf|aus|bei|bis|für|in|mit|seit|um|von|zu",
    "fr": "à|avec|dans|de|depuis|en|par|pour|sur",
    "es": "a|con|de|desde|en|hasta|para|por",
}
# What asks for a yes or no, and how it may go on from another question.
_YES_OR_NO = {
    "de": r"(?:darf|dürfen|gibt|hat|haben|ist|kann|können|muss|müssen|sind|soll|sollen|wird|werden"
    r"|wurden?) (?:ich|man|es|er|sie|wir|der|die|das|ein|eine)\b",
    "fr": r"est-ce qu|(?:a-t|doit|est|faut|peut|sont|y a-t)-(?:elles?|ils?|on)\b",
    "es": r"¿\S",
}
_ONLY = {
    "": "when|where|why|how|by how much",
    "de": "wann|wo|warum|wieso|weshalb",
    "fr": "quand|où|pourquoi",
    "es": "cuándo|dónde|por qué",
}
_REQUEST = {
    "": r"(?:please )?(?:(?:(?:can|could|will|would) you )?(?:please )?(?:tell (?:me|us)|say)"
    r"|let me know|do you know|i(?:['’]d| would) like to know|i want(?:ed)? to know)",
    "de": r"(?:(?:können|könnten|würden) sie|(?:kannst|könntest|würdest) du) (?:mir |uns )?"
    r"(?:bitte )?sagen|sag(?:en sie)? mir|(?:weißt du|wissen sie)",
    "fr": r"(?:pouvez-vous|peux-tu|pourriez-vous|pourrais-tu) me dire|dis-moi|dites-moi",
    "es": r"(?:puedes|puede|podrías|podría) decirme|dime|dígame",
}
_LEADS = r"\W*(?:(?:and|also|but|or|so|yes|no|ok|okay|thanks|und|et|y)\b,? )*"
_BY_A_VERB = rf"{HELPING_VERB}|(?:is|are|was|were|do|does|did|can)n['’]t\b"
_HOW_MUCH = (
    r"many|much|long|old|far|often|tall|high|large|big|deep|fast|wide|heavy|soon|well|loud|hot|cold"
    r"|strong|thick|small|low|late|early|likely|safe|good|bad|close|near|quickly"
)
_NO_VERB = rf"(?:(?:else|for|in|on|at|to|from|with|by|as|the|an?)\b|{HELPING_VERB} not\W*$)"
# "And when it rains" asks nothing: these have a verb before whoever does something.
_GOES_ON = (
    rf"(?:(?:when|where|why) {HELPING_VERB}|how (?:(?:{_HOW_MUCH})\b|{HELPING_VERB})"
    rf"|(?:who|whom|whose|what|which) (?!{_NO_VERB})\S).*"
)
_SOMEBODY = r"(?:i|we|you|he|she|it|they|there|this|that|these|those)\b"
_SOMETHING = r"(?:(?:the|an?|my|our|your|his|her|its|their|any|all)\b|(?-i:[A-Z]))"
_OF_SOMETHING = re.compile(rf"{HELPING_VERB} {_SOMETHING}", re.IGNORECASE)
_DOING = re.compile(r"(?:do|does|did|can|could|may|must|should|will|would)\b", re.IGNORECASE)
_WHICH_DOES = re.compile(
    r"which (?!of\b)\w+ (?:the|an?|no|it|them|this|that|his|her|its|their)\b", re.IGNORECASE
)
_INVERTED = re.compile(
    rf"{_LEADS}(?:(?P<any>when|where|why|how|{HELPING_VERB})|(?:what|which)\b.* {HELPING_VERB})",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=\?)\s+")
_SENTENCE = re.compile(r"(?P<first>[^?]+?[.!]) (?P<rest>.+)")
_SAID_BEFORE = re.compile(r".*[.!:]\s+")
_AND_TELL = re.compile(
    rf"(?P<first>.+?),? and (?:also )?(?:please )?tell (?:me|us) (?P<second>(?:{_ENGLISH})\b .+)",
    re.IGNORECASE,
)
_ONLY_ASKS = re.compile(rf"(?:and )?(?:{_ONLY['']})\W*", re.IGNORECASE)


class _Forms(NamedTuple):
    """How questions of a language look: what asks in it, how one begins, how others follow.

    ``request`` is "can you tell me", after which all have their verbs at the end.
    """

    asking: re.Pattern[str]
    begins: re.Pattern[str]
    goes_on: re.Pattern[str]
    joined: re.Pattern[str]
    listed: re.Pattern[str]
    request: re.Pattern[str]
    requested: re.Pattern[str]


def parts_of(question: str) -> tuple[str, ...]:
    """The two or three questions of a message, each with its "?"; none where it asks one thing."""
    forms = _forms(asked_in(question))
    sentences = [
        sentence
        for asked in _SENTENCES.split(question.strip())
        for sentence in _behind_a_request(asked)
    ]
    each = [_joined(sentence.strip(), forms) or (_asked(sentence),) for sentence in sentences]
    if len(each) == 1:
        return each[0] if len(each[0]) > 1 else ()
    if len(each) > _MOST or not all(_is_whole(sentence, forms) for sentence in sentences):
        return ()
    parts = tuple(part for own in each for part in own)
    return parts if len(parts) <= _MOST else tuple(map(_asked, sentences))


def only_asks(part: str) -> bool:
    """Is it nothing but "when?", of which what it is asked of was said before?"""
    return _ONLY_ASKS.fullmatch(in_english(part)) is not None


@cache
def _forms(language: str) -> _Forms:
    abroad = _ABROAD.get(language)
    asking = rf"(?:{abroad or _ENGLISH})\b"
    placing = rf"(?:(?:{_PLACING[language]}) )?"
    only = rf"(?:{_ONLY[language]})\W*"
    if abroad:
        by_a_verb = _YES_OR_NO[language]
        placed = rf"(?:{_PLACING[language]}) {asking}{_HAS_A_VERB}"
        goes_on = rf"(?:{placed}|{asking}) \S.*|(?!¿)(?:{by_a_verb}).+"
    else:
        by_a_verb = _BY_A_VERB
        goes_on = rf"{placing}{_GOES_ON}|{HELPING_VERB} (?:{_SOMEBODY}|{_SOMETHING}).+"
    request = rf"\W*(?:{_REQUEST[language]}),? (?={placing}{asking})"
    follows = rf"(?:and|und|et|y) (?:also )?(?P<second>{{}}|{only})"
    return _Forms(
        *(
            re.compile(pattern, re.IGNORECASE)
            for pattern in (
                rf"\b{asking}",
                rf"{_LEADS}(?:{placing}{asking}|{by_a_verb})",
                rf"{_LEADS}(?:{goes_on})",
                rf"(?P<first>.+?),? {follows.format(goes_on)}",
                rf"(?P<first>.+?), (?P<second>{goes_on})",
                request,
                rf"(?P<first>.+?),? {follows.format(rf'{placing}{asking} .*')}",
            )
        )
    )


def _behind_a_request(asked: str) -> tuple[str, ...]:
    """ "Summarise the minutes. Who was there?" is a request and a question."""
    found = _SENTENCE.fullmatch(asked)
    return (found["first"], found["rest"]) if found and _is_request(found["first"]) else (asked,)


def _is_request(sentence: str) -> bool:
    asked = route_of(in_english(sentence))
    return asked is not None and asked.route is not Route.GREETING


def _joined(question: str, forms: _Forms) -> tuple[str, ...]:
    """The questions that a sentence joins; what is said before it asks belongs to the first."""
    said = _SAID_BEFORE.match(question)
    for start in (0, said.end() if said else 0):
        if parts := _questions(question[start:], forms):
            return (_asked(f"{question[:start]}{parts[0]}"), *map(_asked, parts[1:]))
    return ()


def _questions(text: str, forms: _Forms) -> Sequence[str]:
    if forms is _forms("") and (both := sharing(text)):
        return both
    request = forms.request.match(text)
    text = text[request.end() :] if request else text
    if told := _AND_TELL.fullmatch(text):
        first, second = told.groups()
        asks = request or forms.begins.match(first) or _is_request(first)
        return (first, second) if asks else ()
    joined = forms.requested if request else forms.joined
    found = joined.fullmatch(text)
    if found is None:
        return ()
    first, second = found["first"], found["second"]
    listed, more = forms.listed.fullmatch(first), joined.fullmatch(second)
    if listed and forms.goes_on.fullmatch(listed["first"]):
        parts = [listed["first"], listed["second"], second]
    elif more:
        parts = [first, more["first"], more["second"]]
    else:
        parts = [first, second]
    return parts if _are_questions(parts, forms) else ()


def _are_questions(parts: Sequence[str], forms: _Forms) -> bool:
    if len(WORD.findall(parts[0])) < _FEWEST_WORDS:
        return False
    for part in parts[:-1]:
        begins = forms.begins.match(part)
        # "Who decides when" goes on in the next.
        if begins is None or forms.asking.search(part, begins.end()):
            return False
    last = parts[-1]
    # "By which road?" has its verb from the first.
    if is_verbless(in_english(last)):
        return False
    return all(_may_follow(first, second) for first, second in pairwise(parts))


def _may_follow(first: str, second: str) -> bool:
    words, others = ([word.lower() for word in WORD.findall(part)] for part in (first, second))
    # An end that both share makes the second longer.
    if words[:2] == others[:2] and len(others) > len(words):
        return False
    # "Which towns signed and which refused the treaty?": of towns, and the first of it.
    if _WHICH_DOES.match(second):
        return False
    if not _OF_SOMETHING.match(second):
        return True
    # "Who owns the mill and has the key?" asks one thing.
    inverted = _INVERTED.match(first)
    return inverted is not None and bool(inverted["any"] or _DOING.match(second))


def _is_whole(sentence: str, forms: _Forms) -> bool:
    # What is said before it asks ("Thank you. When ...") belongs to it.
    asked = _SAID_BEFORE.sub("", sentence.rstrip(" ?!."))
    begins = forms.begins.match(asked) or forms.request.match(asked) or _is_request(sentence)
    return bool(begins) and len(WORD.findall(asked)) >= _FEWEST_WORDS


def _asked(part: str) -> str:
    return f"{part.strip().rstrip(' ?!.,')}?"
