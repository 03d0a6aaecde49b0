"""Follow-up and history -> a question that can be understood, and searched, on its own."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sentencex import get_sentence_boundaries

from index.language import language_of
from index.numbered import asked_for
from index.words import STOP_WORDS, WORD, content_stems, names, numbers, stem, stems
from rag.asked import is_yes_or_no
from rag.chat_model import ChatModel, ModelCallError
from rag.exchange import exchanged
from rag.prompt import rewrite_messages
from rag.routes import is_greeting
from rag.topics import topic_of
from rag.types import NO_TOKENS, TokenCounts, Turn

_POINTING_TEXT = (
    "he she they it him her them his hers their theirs its this that these those there one "
    "ones such former latter then both neither"
)
_POINTING = frozenset(_POINTING_TEXT.split())
# "Where did Lee hold her speech?": what belongs to a name of the same question points no further.
_OWN = re.compile(r"\b(?:his|her|its|their)\s+(\w+)", re.IGNORECASE)
_ASKING = frozenset(["who", "whom", "whose", "what", "which", "when", "where", "why", "how"])
_JOINED = ("and ", "but ", "so ", "or ")
_LEADS = ("and ", "but ", "so ", "also ", "or ", "what about", "how about", "then ", "no,")
_CORRECTION = re.compile(
    r"^\s*(?:no|nope|wrong|actually|not (?:that|this|the)|i (?:mean|meant|did ?n[o'’]t mean|was"
    r" asking|asked)|the other|rather)\b",
    re.IGNORECASE,
)
_CONTINUE = re.compile(
    r"^\s*(?:(?:please|ok(?:ay)?|yes|and),? )?(?:continue|go on|keep going|carry on|more|tell me"
    r" more|what else|anything else)(?:,? please)?[\s.!?…]*$",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(r"\b(?:is|are|was|were|be|been) there\b|\bthere (?:is|are|was|were)\b", re.I)
_BESIDES = re.compile(
    r"(?P<first>(?:who|what|which|when|where|why|how)\b.*?\w{3}),? and (?:who|whom|whose|what|which"
    r"|when|where|why|how)\b",
    re.IGNORECASE,
)
_WITH_BESIDE = re.compile(r"(?P<own>[^()]+) \((?P<earlier>.+)\)", re.DOTALL)
_MARK = re.compile(r"\[\d+\]")
_FEW_WORDS = 2
_COUNTING = frozenset(map(stem, ["many", "much"]))
_TURNS = 4
_UNDERSTOOD = 10
_MAX_TOKENS = 64
_MAX_CHARACTERS = 400
_EARLIER_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Standalone:
    """``question`` is what is asked and shown; ``query`` is what is searched for.

    ``asked`` is the message itself and ``history`` what came before it, empty where a model could
    not make a better question of it. ``told`` are the answers that "continue" goes on from.
    ``beside`` is the question before where it only stands beside what is asked, in brackets.
    """

    question: str
    query: str
    asked: str = ""
    history: tuple[Turn, ...] = ()
    told: tuple[str, ...] = ()
    beside: str = ""

    @property
    def own(self) -> str:
        """What is asked, without words that are another question's."""
        return self.asked if self.beside else self.question


NOT_ASKED = Standalone("", "")


def needs_history(question: str) -> bool:
    """Cheap test: does the question point back, or hold too little to stand alone?"""
    words = [word for word in content_stems(question) if word not in _COUNTING]
    return _points_back(question) or len(words) <= _FEW_WORDS


def _points_back(question: str) -> bool:
    """Can the question not be understood alone? "Who opened the meeting?" can, few as its words
    are."""
    words = {word.lower() for word in WORD.findall(_without_own(question))}
    return (
        bool(words & _POINTING)
        or _asks_why_so(question)
        or question.lower().lstrip().startswith(_LEADS)
        or corrects(question)
        or not (
            _asking(question) or is_yes_or_no(question) or topic_of(question, named_alone=False)
        )
    )


def _asks_why_so(question: str) -> bool:
    """ "Why not earlier?" asks of what was said; "Why did Adams resign?" says it itself."""
    said = [word for word in content_stems(question) if word != "not"]
    return question.lower().lstrip().startswith("why") and len(said) < _FEW_WORDS


def _without_own(question: str) -> str:
    """The question up to its first name, and the rest of it without possessives.

    Nor with "is there", nor with what is asked besides: "who won and how old is she?".
    """
    question = _NO_PLACE.sub(" ", question)
    if besides := _BESIDES.match(question):
        question = besides["first"]
    known = names(question)
    named = next((m for m in WORD.finditer(question) if stem(m.group()) in known), None)
    if named is None:
        return question

    def owned(found: re.Match[str]) -> str:
        # "Whom did Lee meet after her in town?" is no possessive.
        return found[0] if found[1].lower() in STOP_WORDS else found[1]

    return question[: named.end()] + _OWN.sub(owned, question[named.end() :])


def corrects(question: str) -> bool:
    """Does it say that the question before was misunderstood ("no, the other one")?"""
    return _CORRECTION.match(question) is not None


def standalone(question: str, history: Sequence[Turn]) -> Standalone:
    """What to ask and to search for, without a model.

    The search always gets the question before along with it: on follow-ups of the development
    sets that finds more than the last turn alone (recall@5 .93 against .87, 133 turns).
    """
    before = [turn.content for turn in history if turn.role == "user"]
    if not before or is_greeting(question):
        return Standalone(question, question)
    if _CONTINUE.match(question):
        return _continued(question, history)
    earlier = _shortened(_understood([_without_beside(b) for b in before[-_UNDERSTOOD:]]))
    if same := exchanged(question, earlier):
        return Standalone(same, same)
    query = _together(question, earlier)
    if not needs_history(question):
        return Standalone(question, query)
    last = tuple(history[-_TURNS:])
    if not _points_back(question):
        return Standalone(question, query, question, last)
    return Standalone(f"{question} ({earlier})", query, question, last, beside=earlier)


def recent(history: Sequence[Turn], corrected: Callable[[str], str]) -> list[Turn]:
    """The last turns, as far back as ``standalone`` reads them, their questions ``corrected``."""
    read: list[Turn] = []
    questions = 0
    for turn in reversed(history):
        if turn.role == "user":
            turn = replace(turn, content=corrected(turn.content))
            questions += _CONTINUE.match(turn.content) is None
        read.append(turn)
        if questions > _UNDERSTOOD:  # the one that "continue" goes on from is one more
            break
    return read[::-1]


def _without_beside(question: str) -> str:
    """Of a question that had the one before beside it that one: it tells what is spoken of."""
    found = _WITH_BESIDE.fullmatch(question)
    if found and _points_back(found["own"]):
        return _without_beside(found["earlier"])
    return question


def _understood(questions: Sequence[str]) -> str:
    """The last question, or what it stands for where it gave no more than another number."""
    understood = ""
    for question in questions:
        understood = exchanged(question, understood) or question
    return understood


def _continued(question: str, history: Sequence[Turn]) -> Standalone:
    """The question that is gone on from, asked again, and what was already told of it."""
    for i in reversed(range(len(history))):
        turn = history[i]
        if turn.role == "user" and not _CONTINUE.match(turn.content):
            told = tuple(t.content for t in history[i + 1 :] if t.role == "assistant")
            alone = standalone(turn.content, history[:i])
            return replace(alone, told=told)
    return Standalone(question, question)


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


def _shortened(text: str) -> str:
    """The first words of a long message."""
    if len(text) <= _EARLIER_CHARACTERS:
        return text
    return text[:_EARLIER_CHARACTERS].rsplit(maxsplit=1)[0]


def rewritten(alone: Standalone, model: ChatModel) -> tuple[Standalone, TokenCounts]:
    """``alone`` with the question as the model rewrote it, where that can be trusted."""
    better, tokens = _rewrite(alone.asked, alone.history, model)
    if not better:
        return alone, tokens
    earlier = next(turn.content for turn in reversed(alone.history) if turn.role == "user")
    query = _together(better, _shortened(_without_beside(earlier)))
    return replace(alone, question=better, query=query, beside=""), tokens


def _together(question: str, earlier: str) -> str:
    """Both, to be searched for; a number that the question has of its own is meant alone."""
    if asked_for(question):
        for named in asked_for(earlier).values():
            earlier = earlier.replace(named, " ")
    return f"{question} {earlier}"


def _rewrite(question: str, history: Sequence[Turn], model: ChatModel) -> tuple[str, TokenCounts]:
    text, tokens = "", NO_TOKENS
    try:
        for piece in model.stream(rewrite_messages(question, history), max_tokens=_MAX_TOKENS):
            text += piece.text
            tokens += piece.tokens
    except ModelCallError:
        # The answer's own call will meet the same trouble and say so to the user.
        return "", tokens
    lines = text.strip().splitlines()
    rewritten = lines[0].strip().strip('"') if lines else ""
    return (rewritten if _trusted(rewritten, question, history) else ""), tokens


def _trusted(rewritten: str, question: str, history: Sequence[Turn]) -> bool:
    """Nothing invented, nothing lost: names and numbers come from the conversation, and those of
    the question and most of its other words are still there. A fragment has become more."""
    asking = _asking(question)
    said = {s for turn in history for s in stems(turn.content)} | set(stems(question))
    # "No, the other one" is all pointing: nothing of it need be left.
    named = names(question) | numbers(question)
    kept = set(content_stems(question)) - _POINTING
    if corrects(question):
        named = kept = set()
    return (
        0 < len(rewritten) <= _MAX_CHARACTERS
        # Small models like to answer instead.
        and (rewritten.endswith("?") or not question.strip().endswith("?"))
        and asking <= _asking(rewritten)
        and not (_is_fragment(question) and set(content_stems(rewritten)) <= kept)
        and not (names(rewritten) | numbers(rewritten)) - said
        and named <= set(stems(rewritten))
        and len(kept & set(stems(rewritten))) >= len(kept) / 2
    )


def _is_fragment(question: str) -> bool:
    """ "And the ferry?" asks nothing by itself."""
    joined = question.lower().lstrip().startswith(_JOINED)
    return joined and not _asking(question) and len(content_stems(question)) <= _FEW_WORDS


def _asking(question: str) -> set[str]:
    return {word.lower() for word in WORD.findall(question)} & _ASKING
