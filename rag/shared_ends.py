"""Questions that share words: "Who designed and who built the bridge?", "the rent and the deposit".

Only where it is plain what is shared: "the old and the new bridge" may share its noun.
"""

import re

from rag.helping_verbs import HELPING_VERB

_ENDS = re.compile(
    r"(?P<first>(?P<who>who|which \w+)(?: (?:has|have|had))? (?P<does>\w+))"
    r" and (?P<second>(?P=who) \w+(?P<end> (?:(?:the|an?|this|that|these|those|my|our|his|her|its"
    r"|their)\b|(?-i:[A-Z])).+))",
    re.IGNORECASE,
)
_OF_NOTHING = re.compile(
    rf"{HELPING_VERB}|(?:came|comes?|decide[ds]?|died|goes|lives?|lived|resigned|sat|speaks?|spoke"
    r"|stood|voted|votes?|went|works?|worked)\b",
    re.IGNORECASE,
)
"""What is decided or came has no end that another verb could share with it."""
_NOUN = r"the (?-i:[a-z][a-z-]+(?: (?!(?:of|for|at|in|on|to|and|between)\b)[a-z-]+)?)"
_THINGS = re.compile(
    r"(?:(?P<asks>what|who|where|how \w+) (?P<verb>is|are|was|were)"
    r"|(?:please )?(?:(?:can|could|would) you )?(?:please )?(?:tell|give) me)"
    rf" (?P<first>{_NOUN})(?:, (?P<next>{_NOUN}),?)? and (?P<last>{_NOUN})"
    r"(?P<end> (?:of|for|at|in|on|to|between) .+)?",
    re.IGNORECASE,
)
_ONE = {"are": "is", "were": "was"}


def sharing(question: str) -> tuple[str, ...]:
    """The questions, each with what they share; none where they share nothing."""
    asked = question.strip().rstrip(" ?!.")
    if found := _ENDS.fullmatch(asked):
        alone = _OF_NOTHING.match(found["does"])
        return () if alone else (f"{found['first']}{found['end']}", found["second"])
    if found := _THINGS.fullmatch(asked):
        things = [thing for thing in (found["first"], found["next"], found["last"]) if thing]
        # "The first and the second step": a noun that the first has not.
        if len(things[0].split()) < len(things[-1].split()):
            return ()
        asks, verb, end = found["asks"] or "What", found["verb"] or "are", found["end"] or ""
        return tuple(f"{asks} {_verb(verb, thing)} {thing}{end}" for thing in things)
    return ()


def _verb(verb: str, thing: str) -> str:
    return _ONE.get(verb, verb) if not thing.endswith("s") else verb
