"""Does a question point back to what was said before? A cheap test, so that few are rewritten."""

import re

from index.words import STOP_WORDS, WORD, content_stems, names, numbers, stem
from rag.asked import asking_words, is_yes_or_no
from rag.followups.corrections import corrects
from rag.followups.pronouns import POINTING
from rag.helping_verbs import HELPING_VERB
from rag.routes.topics import topic_of

# "Where did Lee hold her speech?": what belongs to a name of the same question points no further.
_OWN = re.compile(r"\b(?:his|her|its|their)\s+(\w+)", re.IGNORECASE)
_LEADS = ("and ", "but ", "so ", "also ", "or ", "what about", "how about", "then ", "no,")
_NO_PLACE = re.compile(r"\b(?:is|are|was|were|be|been) there\b|\bthere (?:is|are|was|were)\b", re.I)
_THAT = re.compile(
    r"(?P<noun>\b(?:the|an?|any|some|every|all|only|which|what) (?:[\w-]+ )?"
    r"(?!(?:say|think|believe|claim|know|mean|show)s?\b)[\w-]+) that"
    rf"(?= (?:{HELPING_VERB}|\w+ed\b))",
    re.IGNORECASE,
)
"""“The satellite that allowed it”, but not “did the mayor say that was so”."""
_JOINING = "|".join(sorted(STOP_WORDS))
_NO_POINTER = re.compile(
    r"\bthose(?= (?:who|whom|whose|that|which|of|in|at|on|with|from|under|without|for)\b)"
    r"|\bsuch as\b|\bone of (?=the\b)"
    rf"|\b(?:at|by|of|in|for|to|from|on|with|than|is|are|was|were) one(?= (?!(?:{_JOINING})\b)\w)",
    re.IGNORECASE,
)
"""“Those who left”, “more than one bridge”."""
_OWN_CLAUSE = re.compile(
    r"\b(?:when|while|after|before|if|because|since|until|once|that|where|how|why)"
    r" (?:he|she|they)\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""“How old was Lee when he left his team?”"""
_BESIDES = re.compile(
    r"(?P<first>(?:who|what|which|when|where|why|how)\b.*?\w{3}),? and (?:who|whom|whose|what|which"
    r"|when|where|why|how)\b",
    re.IGNORECASE,
)
_VERBLESS = re.compile(
    r"\s*(?:(?:[Aa]nd|[Bb]ut|[Ss]o) )?(?:"
    r"(?:[Ii]n|[Oo]n|[Aa]t|[Bb]y|[Tt]o|[Ff]rom|[Ff]or|[Oo]f|[Ww]ith|[Ss]ince|[Uu]ntil|[Uu]nder)"
    r" (?:what|which|whose) [a-z]+"
    r"|(?:[Ww]hich|[Ww]hose) [a-z]+|(?:[Ff]or )?[Hh]ow (?:long|often|far|soon|old))\W*"
)
"""“With what result?”, “Which team?”, “For how long?”."""
_SO = re.compile(
    r"\b(?:(?:say|think|believe|claim|argue|hope)(?:s|ing)?|said|thought|believed|claimed|argued"
    r"|do|does|doing|did|done) so\W*$",
    re.IGNORECASE,
)
"""“Who said so?”"""
_THEY = re.compile(r"\b(?:they|them|their)\b", re.IGNORECASE)
_KNOWN = re.compile(r"\bthe\b", re.IGNORECASE)
_FEW_WORDS = 2
_MANY_WORDS = 4
"""More than these tell what is asked about, also without a word that asks."""
_SLIGHT = frozenset(map(stem, ["many", "much", "until", "since", "else", "exactly"]))
"""Words that tell nothing of what is asked about: "Until when exactly?"."""


def needs_history(question: str) -> bool:
    """Cheap test: does the question point back, or hold too little to stand alone?"""
    return (
        points_back(question)
        or tells_little(question)
        or _takes_for_known(question)
        or not _asks(question)
    )


def telling(question: str) -> list[str]:
    """The stems that tell what is asked about."""
    return [word for word in content_stems(question) if word not in _SLIGHT]


def fragment_words(question: str) -> set[str]:
    """What a fragment like "and the books?" names; nothing where it asks by itself."""
    words = set() if _is_asked(question) else set(telling(question))
    return words if len(words) <= _FEW_WORDS else set()


def tells_little(question: str) -> bool:
    """Has it but few words that tell what is asked about?"""
    return len(telling(question)) <= _FEW_WORDS


def tells_much(question: str) -> bool:
    """Has it so many words that tell what is asked about that these find it?

    Whoever "they" are, but not where "it" or "this" is what is asked about.
    """
    named = not has_pronoun(_THEY.sub(" ", question)) and not _is_joined(question)
    return named and _asks(question) and len(telling(question)) >= _MANY_WORDS


def points_back(question: str) -> bool:
    """Can the question not be understood alone? "Who opened the meeting?" can, few as its words
    are."""
    return (
        has_pronoun(question)
        or not telling(question)
        or _asks_why_so(question)
        or is_verbless(question)
        or _is_joined(question)
        or _SO.search(question) is not None
        or corrects(question)
        or not (_asks(question) or len(telling(question)) > _MANY_WORDS)
    )


def _asks(question: str) -> bool:
    """Does it ask, or name a topic to be told of?"""
    return _is_asked(question) or bool(topic_of(question, named_alone=False))


def _is_asked(question: str) -> bool:
    return bool(asking_words(question)) or is_yes_or_no(question)


def is_verbless(question: str) -> bool:
    """Is it no more than what is asked for, without a verb?"""
    return _VERBLESS.fullmatch(question) is not None


def _is_joined(question: str) -> bool:
    """Does it go on from what was said, as "and", "but" and "what about" do?"""
    return question.lower().lstrip().startswith(_LEADS)


def _takes_for_known(question: str) -> bool:
    """ "Did the driver agree to this?" names nobody: it may be one who was spoken of."""
    known = _KNOWN.search(question) is not None
    return known and not (names(question) or numbers(question))


def has_pronoun(question: str) -> bool:
    """Has it a word that stands for something which it does not name itself?"""
    words = WORD.findall(_without_own(question))
    abbreviated = () if question.isupper() else ("IT",)
    return not POINTING.isdisjoint(w.lower() for w in words if w not in abbreviated)


def _asks_why_so(question: str) -> bool:
    """ "Why not earlier?" asks of what was said; "Why did Adams resign?" says it itself."""
    said = [word for word in content_stems(question) if word != "not"]
    return question.lower().lstrip().startswith("why") and len(said) < _FEW_WORDS


def _without_own(question: str) -> str:
    """The question up to its first name, and the rest of it without possessives.

    Nor with "is there", nor with what is asked besides: "who won and how old is she?".
    """
    question = _NO_POINTER.sub(" ", _NO_PLACE.sub(" ", question))
    if len(telling(question)) > _MANY_WORDS:
        question = _THAT.sub(r"\g<noun>", question)
    if besides := _BESIDES.match(question):
        question = besides["first"]
    known = names(question)
    named = next((m for m in WORD.finditer(question) if stem(m.group()) in known), None)
    if named is None:
        return question

    def owned(found: re.Match[str]) -> str:
        # "Whom did Lee meet after her in town?" is no possessive.
        return found[0] if found[1].lower() in STOP_WORDS else found[1]

    rest = _OWN_CLAUSE.sub("", question[named.end() :])
    return question[: named.end()] + _OWN.sub(owned, rest)
