"""Follow-up and history -> a question that can be understood, and searched, on its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.words import WORD, content_stems, names, numbers, stems
from rag.llm import ChatModel, ModelCallError
from rag.prompt import rewrite_messages
from rag.types import NO_TOKENS, TokenCounts, Turn

_POINTING_TEXT = (
    "he she they it him her them his hers their theirs its this that these those there one "
    "ones such former latter then both neither"
)
_POINTING = frozenset(_POINTING_TEXT.split())
_ASKING = frozenset(["who", "whom", "whose", "what", "which", "when", "where", "why", "how"])
_LEADS = ("and ", "but ", "so ", "also ", "or ", "what about", "how about", "why", "then ", "no,")
_FEW_WORDS = 2
_TURNS = 4
_MAX_TOKENS = 64
_MAX_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Standalone:
    """``question`` is what is asked and shown; ``query`` is what is searched for."""

    question: str
    query: str
    tokens: TokenCounts = NO_TOKENS


def needs_history(question: str) -> bool:
    """Cheap test: does the question point back, or hold too little to stand alone?"""
    words = {word.lower() for word in WORD.findall(question)}
    return (
        bool(words & _POINTING)
        or question.lower().lstrip().startswith(_LEADS)
        or len(content_stems(question)) <= _FEW_WORDS
    )


def standalone(question: str, history: Sequence[Turn], model: ChatModel | None) -> Standalone:
    """Rewrite a follow-up with the model when there is one and its rewriting can be trusted.

    The search always gets the question before along with it: on follow-ups of the development
    sets that finds more than the last turn alone (recall@5 .93 against .87, 133 turns).
    """
    asked = [turn.content for turn in history if turn.role == "user"]
    if not asked:
        return Standalone(question, question)
    if not needs_history(question):
        return Standalone(question, f"{question} {asked[-1]}")
    rewritten, tokens = _rewrite(question, history[-_TURNS:], model)
    if rewritten:
        return Standalone(rewritten, f"{rewritten} {asked[-1]}", tokens)
    return Standalone(f"{question} ({asked[-1]})", f"{question} {asked[-1]}", tokens)


def _rewrite(
    question: str, history: Sequence[Turn], model: ChatModel | None
) -> tuple[str, TokenCounts]:
    if model is None:
        return "", NO_TOKENS
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
    """Nothing invented, nothing lost: names and numbers come from the conversation, and the
    question's own words are still there."""
    asking = _asking(question)
    said = {s for turn in history for s in stems(turn.content)} | set(stems(question))
    kept = set(content_stems(question)) - _POINTING
    return (
        0 < len(rewritten) <= _MAX_CHARACTERS
        # Small models like to answer instead.
        and (rewritten.endswith("?") or not question.strip().endswith("?"))
        and asking <= _asking(rewritten)
        and not (names(rewritten) | numbers(rewritten)) - said
        and len(kept & set(stems(rewritten))) >= len(kept) / 2
    )


def _asking(question: str) -> set[str]:
    return {word.lower() for word in WORD.findall(question)} & _ASKING
