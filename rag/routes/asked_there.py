"""The documents may ask what the reader asks: then the reply that follows there is the answer.

"No. The council voted against it in 1998" stands under "Do you add fluoride?" and has no word of
the question. Interviews, hearings and lists of questions and answers are made of such replies, and
a sentence taken from one without its "No." may say the opposite.
"""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass

from index.turns import NAME
from index.types import Hit, Paragraph, Sentence
from index.words import content_stems, names, negated, stem, stems
from rag.asked import asking_words, asks, is_yes_or_no
from rag.match import Span, verbatim
from rag.mentions import Told

Around = Callable[[Paragraph], Sequence[Paragraph]]
"""A paragraph -> the first of its document, and those next to it, in their order."""

MOST_WORDS = 80
"""Of a reply: what to do stands often behind what it is about."""
_LOOKED_AT = 5
"""Of the paragraphs found: one that asks the same is found among the first."""
_SPEAKER = re.compile(rf"[^\w\n]{{0,4}}(?:[QA][.:]|(?P<name>{NAME}):)\s+")
_HEAD = 200
"""Characters in which who speaks is looked for."""
_READERS = re.compile(r"\b(?:you|your|we|us|our)\b", re.IGNORECASE)
_SOMEBODY = re.compile(r"\b(?:he|she|it|they|him|her|his|its|their|them)\b", re.IGNORECASE)
_YES_OR_NO = re.compile(r"\W*(?:yes|no|never|not)\b", re.IGNORECASE)
_FEW = 2
"""Words in common whose order may change: "is the water tested" for "do you test the water"."""
_MARKS = "#*>- "
_THE_ONE = re.compile(r"\bthe (\w+)", re.IGNORECASE)
_HOW = re.compile(r"\bhow (often|many|much|long|old|far|high|hard|big|large|soon)\b", re.IGNORECASE)
_LIGHT_TEXT = "please still ever really also actually there often many much long old far soon"
_LIGHT = frozenset(stems(_LIGHT_TEXT))


def reply_to(question: str, hits: Sequence[Hit], around: Around) -> Told:
    """The question as a document asks it, and the reply; nothing where none asks the same."""
    for hit in hits[:_LOOKED_AT]:
        if not _has_a_question(hit.paragraph):
            continue
        near = around(hit.paragraph)
        for one in _exchanges(hit.paragraph, near):
            if _is_the_same(question, one, near):
                span = Span(one.reply[0].paragraph, one.reply[0].start, one.reply[-1].end)
                if one.own:
                    span = Span(one.own.paragraph, one.own.start, span.end)
                text = f"{'' if one.own else one.asked} {span.words}".lstrip(_MARKS)
                return Told(((text, verbatim(span)),))
    return Told(())


@dataclass(frozen=True, slots=True)
class _Exchange:
    """A question of a document and the reply; ``own`` is the question where it is quoted too.

    ``before``: the sentences of its paragraph before it.
    """

    asked: str
    reply: tuple[Span, ...]
    own: Span | None = None
    before: tuple[str, ...] = ()


def _has_a_question(paragraph: Paragraph) -> bool:
    """Most have none, and what is around them need not be read."""
    texts = (*paragraph.heading_path[-1:], *(s.text for s in paragraph.sentences))
    return any(map(asks, texts))


def _exchanges(paragraph: Paragraph, near: Sequence[Paragraph]) -> Iterator[_Exchange]:
    """What looks like one: under a heading that asks, by two speakers, in paragraphs of their own.

    Whoever asks in the middle of a text wants no reply.
    """
    sentences = paragraph.sentences
    heading = paragraph.heading_path[-1] if paragraph.heading_path else ""
    if asks(heading) and sentences and not asks(sentences[0].text):
        yield _Exchange(heading, _reply(paragraph, sentences))
    for i, sentence in enumerate(sentences):
        if not asks(sentence.text):
            continue
        behind = _reply(paragraph, sentences[i + 1 :])
        if behind and (i == 0 or _SPEAKER.match(sentence.text)):
            own = Span(paragraph, sentence.start, sentence.end)
            before = tuple(s.text for s in sentences[:i])
            yield _Exchange(sentence.text.lstrip(_MARKS), behind, own, before)
        elif i + 1 == len(sentences) == 1:
            follows = next((p for p in near if p.ordinal == paragraph.ordinal + 1), None)
            if follows and (reply := _reply(follows, follows.sentences)):
                yield _Exchange(sentence.text.lstrip(_MARKS), reply)


def _reply(paragraph: Paragraph, sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    """The sentences up to the next question within ``MOST_WORDS``, the first however long."""
    found: list[Span] = []
    room = MOST_WORDS
    for sentence in sentences:
        room -= len(sentence.text.split())
        if asks(sentence.text) or (found and room < 0):
            break
        found.append(Span(paragraph, sentence.start, sentence.end))
    return tuple(found)


def _is_the_same(question: str, one: _Exchange, near: Sequence[Paragraph]) -> bool:
    """Do they ask for the same of the same, and does what follows reply to it?

    All words asked there are in the question, and in the same order. What more the question has
    are names that "you" or "he" stands for, one word for "you" ("the Trust"), or words of the reply
    and of what stands above.
    """
    asked = _said(one.asked)
    if asking_words(question) != asking_words(asked) or negated(question) != negated(asked):
        return False
    if is_yes_or_no(question) != is_yes_or_no(asked) or _how(question) != _how(asked):
        return False
    ours, theirs = _telling(question), _telling(asked)
    if not theirs or not set(theirs) <= set(ours) or not _replies(asked, one.reply):
        return False
    shared = [word for word in ours if word in theirs]
    if len(shared) > _FEW and shared != theirs:
        return False
    more = set(ours) - set(theirs) - _told_there(one.reply)
    named = names(question) - {stem(match[1]) for match in _THE_ONE.finditer(question)}
    unknown = more - named
    if len(unknown) > bool(_READERS.search(asked)) or not _meant(more & named, asked, one, near):
        return False
    return len(shared) > 1 or bool(more & named) or set(stems(asked)) == set(stems(question))


def _telling(question: str) -> list[str]:
    return list(dict.fromkeys(word for word in content_stems(question) if word not in _LIGHT))


def _told_there(reply: Sequence[Span]) -> set[str]:
    """The stems of a reply, of the headings over it and of its document's path."""
    paragraph = reply[0].paragraph
    above = (*paragraph.heading_path, paragraph.path.replace("_", " "))
    return set(stems(" ".join((*(span.text for span in reply), *above))))


def _replies(asked: str, reply: Sequence[Span]) -> bool:
    """It leads on to nothing else, and where yes or no is asked says so, or speaks of it."""
    text = reply[0].text
    if text.rstrip().endswith(":"):
        return False
    if is_yes_or_no(asked):
        said = _said(text)
        shares = bool(set(content_stems(asked)) & set(stems(said)))
        return _YES_OR_NO.match(said) is not None or shares or _SPEAKER.match(text) is not None
    return True


def _meant(named: Set[str], asked: str, one: _Exchange, near: Sequence[Paragraph]) -> bool:
    """Are these names whom the question there is about?

    For "you" the speaker of the reply, or who stands first of all in the document; for "he" the
    names told last before it.
    """
    if not named:
        return True
    if _READERS.search(asked):
        speaker = _SPEAKER.match(one.reply[0].text)
        first = near[0].text if near and near[0].ordinal == 1 else ""
        return named <= set(stems(f"{speaker['name'] or '' if speaker else ''} {first}"))
    if not _SOMEBODY.search(asked):
        return False
    place = (one.own.paragraph if one.own else one.reply[0].paragraph).ordinal
    earlier = [s.text for p in near if p.ordinal < place for s in p.sentences]
    for text in reversed([*earlier, *one.before]):
        if told := names(_said(text)):
            return named <= told
    return False


def _said(text: str) -> str:
    """``text`` without who says it, told at its head.

    Searched all through for a name, a word of ten thousand capitals takes seconds.
    """
    return _SPEAKER.sub("", text[:_HEAD], count=1) + text[_HEAD:]


def _how(question: str) -> list[str]:
    return [word.lower() for word in _HOW.findall(question)]
