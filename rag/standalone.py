"""Follow-up and history -> a question that can be understood, and searched, on its own."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.abroad import in_english
from index.numbered import asked_for
from rag.followups.alike import exchanged_noun
from rag.followups.corrections import corrected, corrects
from rag.followups.exchange import exchanged
from rag.followups.pointing import has_pronoun, needs_history, points_back, tells_much
from rag.followups.pronouns import named_instead
from rag.followups.set_aside import NOTHING, SetAside, first_sentence, set_aside
from rag.followups.spoken_of import is_question, parted, spoken_of
from rag.followups.years import with_year
from rag.notices.refusing import refuses
from rag.quantities import years
from rag.routes.route import Route, route_of, without_greeting
from rag.types import Turn

_CONTINUE = re.compile(
    r"^\s*(?:(?:please|ok(?:ay)?|yes|and),? )?(?:continue|go on|keep going|carry on|more|tell me"
    r" more|what else|anything else)(?:,? please)?[\s.!?…]*$",
    re.IGNORECASE,
)
_TURNS = 6
_UNDERSTOOD = 10
_EARLIER_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Standalone:
    """``question`` is what is asked and shown; ``query`` is what is searched for.

    ``asked`` is the message itself and ``history`` what came before it, empty where a model could
    not make a better question of it. ``told`` are the answers that "continue" goes on from.
    ``beside`` is what it is asked of where that only stands beside it, in brackets.
    ``aside`` is what a correction does not want to be told again.
    """

    question: str
    query: str
    asked: str = ""
    history: tuple[Turn, ...] = ()
    told: tuple[str, ...] = ()
    beside: str = ""
    aside: SetAside = NOTHING

    @property
    def own(self) -> str:
        """What is asked, without words that are another question's."""
        return self.asked if self.beside else self.question


NOT_ASKED = Standalone("", "")


def standalone(question: str, history: Sequence[Turn]) -> Standalone:
    """What to ask and to search for, without a model.

    The search gets what is spoken of along with it, and else the question before: on follow-ups of
    the development sets that finds more than the last turn alone (recall@5 .92 against .87).
    """
    question = without_greeting(question)
    before = [turn.content for turn in history if turn.role == "user" and turn.content.strip()]
    if not before or _is_whole(question):
        return Standalone(question, question)
    if _CONTINUE.match(question):
        return _continued(question, history)
    before = [_shortened(_without_question(b)) for b in before[-_UNDERSTOOD:]]
    earlier = _shortened(_understood(before))
    answer = _answer(history[-1])
    question = with_year(question, earlier, answer)
    aside = NOTHING
    if corrects(question) and history[-1].role == "assistant":
        aside = set_aside(question, earlier, history[-1].content)
    if again := _as_before(question, before, earlier):
        return replace(again, aside=aside)
    if named := _named(question, before, answer):
        return Standalone(named, _together(named, earlier), aside=aside)
    query = _together(question, earlier)
    read = in_english(question)
    if not needs_history(read):
        return Standalone(question, query)
    last = tuple(history[-_TURNS:])
    if not points_back(read):
        return Standalone(question, query, question, last, aside=aside)
    beside = spoken_of(question, [*before[:-1], earlier], answer)
    if is_question(beside) and tells_much(read):
        # What "they" are matters less than not to ask the other question as well.
        return Standalone(question, query, question, last, aside=aside)
    both, query = f"{question} ({beside})", _together(question, beside)
    return Standalone(both, query, question, last, beside=beside, aside=aside)


def _is_whole(question: str) -> bool:
    """Is it meant for whoever answers, or a request that names what it is about?"""
    asked = route_of(in_english(question))
    if asked is None:
        return False
    return asked.route is Route.GREETING or (bool(asked.subject) and not has_pronoun(question))


def _answer(last: Turn) -> str:
    """The first sentence of what answered the last question; "" where nothing did."""
    answered = last.role == "assistant" and not refuses(last.content)
    return first_sentence(last.content) if answered else ""


def _named(question: str, before: Sequence[str], answer: str) -> str:
    """The question with the name its pronoun can stand for; "" where there is none, or no one."""
    if not has_pronoun(question):
        return ""
    for back, earlier in enumerate(reversed(before)):
        if not parted(earlier)[1]:
            return named_instead(question, earlier, "" if back else answer)
    return ""


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


def _without_question(question: str) -> str:
    """Of a question that had a whole one beside it that one: it tells what is spoken of."""
    _, of = parted(question)
    return _without_question(of) if is_question(of) else question


def _understood(questions: Sequence[str]) -> str:
    """The last question, or what it stands for where it gave no more than another number."""
    understood = ""
    for question in questions:
        same = _asked_again(question, understood)
        both = f"{understood} {question}" if understood and corrects(question) else question
        understood = same or both
    return understood


def _asked_again(question: str, earlier: str) -> str:
    """The question before with what this one exchanges or corrects in it; "" where it does not."""
    read = in_english(question)
    # Of another language only a year takes another's place: German nouns look like names.
    asked = read if years(read) else question
    return exchanged(asked, earlier) or corrected(question, earlier)


def _as_before(question: str, before: Sequence[str], earlier: str) -> Standalone | None:
    """The question before asked again, or the last of another of the kind that this one names."""
    same, of, told = _asked_again(question, earlier), earlier, before[:-1]
    for back, other in enumerate(reversed(before), start=1):
        if same:
            break
        same, of, told = exchanged_noun(question, other), other, before[:-back]
    if not same:
        return None
    # What the question took for known is no more known in this one.
    query = _together(same, _understood(told)) if needs_history(of) else same
    return Standalone(same, query.strip())


def _continued(question: str, history: Sequence[Turn]) -> Standalone:
    """The question that is gone on from, asked again, and what was already told of it."""
    for i in reversed(range(len(history))):
        turn = history[i]
        if turn.role == "user" and not _CONTINUE.match(turn.content):
            told = tuple(t.content for t in history[i + 1 :] if t.role == "assistant")
            own, of = parted(turn.content)
            if of:  # as it was understood
                return Standalone(turn.content, f"{own} {of}", own, told=told, beside=of)
            alone = standalone(turn.content, history[:i])
            return replace(alone, told=told)
    return Standalone(question, question)


def _shortened(text: str) -> str:
    """The first words of a long message."""
    text = text.strip()
    if len(text) <= _EARLIER_CHARACTERS:
        return text
    return text[:_EARLIER_CHARACTERS].rsplit(maxsplit=1)[0]


def beside_the_last(question: str, history: Sequence[Turn]) -> str:
    """``question`` with the last one before it, to be searched for."""
    return _together(question, _shortened(_without_question(last_asked(history))))


def last_asked(history: Sequence[Turn]) -> str:
    """The last question; "" where there are answers alone."""
    return next((turn.content for turn in reversed(history) if turn.role == "user"), "")


def _together(question: str, earlier: str) -> str:
    """Both, to be searched for; a number that the question has of its own is meant alone."""
    if asked_for(question):
        for named in asked_for(earlier).values():
            earlier = earlier.replace(named, " ")
    return f"{question} {earlier}"
