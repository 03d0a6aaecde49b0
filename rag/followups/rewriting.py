"""A follow-up, or a correction, as the model puts it so that it can be understood on its own."""

from dataclasses import replace

from index.words import COUNTED, content_stems, names, numbers, ordinal, stem, stems
from rag.asked import asking_words
from rag.followups.corrections import corrects
from rag.followups.pointing import has_pronoun
from rag.followups.pronouns import POINTING
from rag.followups.set_aside import SAYING
from rag.models.chat_model import ChatModel, ModelCallError
from rag.prompt import corrected_messages, rewrite_messages
from rag.standalone import Standalone, beside_the_last, last_asked
from rag.types import NO_TOKENS, TokenCounts

_JOINED = ("and ", "but ", "so ", "or ")
_FEW_WORDS = 2
_LIGHT = frozenset(map(stem, ["go", "went", "get", "got", "come", "came", "happen", "happened"]))
"""What "why did it go up?" says of nothing: other words may well take its place."""
_MAX_TOKENS = 64
_MAX_CHARACTERS = 400


def rewritten(alone: Standalone, model: ChatModel) -> tuple[Standalone, TokenCounts, bool]:
    """``alone`` with the question as the model rewrote it, where that can be trusted.

    What a correction puts right is not searched for along with it. Last comes whether the model
    failed: the same follow-up may then be understood otherwise another time.
    """
    correction = corrects(alone.asked)
    messages = corrected_messages if correction else rewrite_messages
    text, tokens = "", NO_TOKENS
    try:
        for piece in model.stream(messages(alone.asked, alone.history), max_tokens=_MAX_TOKENS):
            text += piece.text
            tokens += piece.tokens
    except ModelCallError:
        # The answer's own call will meet the same trouble and say so to the user.
        return alone, tokens, True
    lines = text.strip().splitlines()
    better = lines[0].strip().strip('"') if lines else ""
    trusted = _puts_right if correction else _keeps
    if not _invents_nothing(better, alone) or not trusted(better, alone):
        return alone, tokens, False
    query = better if correction else beside_the_last(better, alone.history)
    return replace(alone, question=better, query=query, beside=""), tokens, False


def _invents_nothing(better: str, alone: Standalone) -> bool:
    """Its names and numbers come from the conversation."""
    said = {s for turn in alone.history for s in stems(turn.content)} | set(stems(alone.asked))
    new = (names(better) | numbers(better)) - said
    return 0 < len(better) <= _MAX_CHARACTERS and not new


def _keeps(better: str, alone: Standalone) -> bool:
    """Names, numbers and most other words of the follow-up are still there, and it still asks.

    A fragment, or what points back, has become more.
    """
    question = alone.asked
    named = names(question) | numbers(question)
    kept = set(content_stems(question)) - POINTING - _LIGHT
    return (
        # Small models like to answer instead.
        (better.endswith("?") or not question.strip().endswith("?"))
        and asking_words(question) <= asking_words(better)
        and not (_is_incomplete(question) and set(content_stems(better)) <= kept)
        and named <= set(stems(better))
        and len(kept & set(stems(better))) >= len(kept) / 2
    )


def _puts_right(better: str, alone: Standalone) -> bool:
    """It asks, and not what was asked before: something that the correction says is in it."""
    now, known = set(stems(better)), set(stems(last_asked(alone.history)))
    told = " ".join(word for word in COUNTED.findall(alone.asked) if not ordinal(word))
    new = set(content_stems(told)) - known - POINTING - SAYING
    return better.endswith("?") and now != known and (not new or bool(new & now))


def _is_incomplete(question: str) -> bool:
    """ "And the ferry?" asks nothing by itself, and "How old is it?" of nothing."""
    joined = question.lower().lstrip().startswith(_JOINED)
    fragment = joined and not asking_words(question) and len(content_stems(question)) <= _FEW_WORDS
    return fragment or has_pronoun(question)
