"""The documents may ask what the reader asks: then the reply that follows there is the answer.

"No. The council voted against it in 1998" stands under "Do you add fluoride?" and has no word of
the question. Interviews, hearings and lists of questions and answers are made of such replies, and
a sentence taken from one without its "No." may say the opposite.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from index.types import Hit, Paragraph, Sentence
from index.words import content_stems, names, negated, stem, stems
from rag.asked import asking_words, asks, is_yes_or_no
from rag.match import Span, verbatim
from rag.mentions import Told
from rag.tables.rows import words_with_path

Around = Callable[[Paragraph], Sequence[Paragraph]]
"""A paragraph -> the first of its document, and those next to it, in their order."""

MOST_WORDS = 80
"""Of a reply: what to do stands often behind what it is about."""
_LOOKED_AT = 5
_LONG = 3
_SPEAKER = re.compile(r"^\W*(?:[QA][.:]|(?:[A-Z][\w.'’-]*,? ?){1,4}:)\s+")
_READERS = re.compile(r"\b(?:you|your|we|us|our)\b", re.IGNORECASE)
_MARKS = "#*>- "
_THE_ONE = re.compile(r"\bthe (\w+)", re.IGNORECASE)
_HOW = re.compile(r"\bhow (often|many|much|long|old|far|high|hard|big|large|soon)\b", re.IGNORECASE)
_LIGHT_TEXT = "please still ever really also actually there often many much long old far soon"
_LIGHT = frozenset(stems(_LIGHT_TEXT))


def reply_to(question: str, hits: Sequence[Hit], around: Around) -> Told:
    """The question as a document asks it, and the reply; nothing where none asks the same."""
    for hit in hits[:_LOOKED_AT]:
        near = around(hit.paragraph)
        for asked, told, reply in _exchanges(hit.paragraph, near):
            if asked and reply and _is_the_same(question, asked, near):
                span = Span(reply[0].paragraph, reply[0].start, reply[-1].end)
                text = f"{told}{span.words}".lstrip(_MARKS)
                return Told(((text, verbatim(span)),))
    return Told(())


def _exchanges(
    paragraph: Paragraph, near: Sequence[Paragraph]
) -> Iterator[tuple[str, str, list[Span]]]:
    """Each question of a paragraph or its heading; what of it is told before the reply; that.

    A question in the paragraph of its reply is quoted along with it.
    """
    sentences = paragraph.sentences
    heading = paragraph.heading_path[-1] if paragraph.heading_path else ""
    if asks(heading) and sentences and not asks(sentences[0].text):
        yield heading, f"{heading} ", _reply(paragraph, sentences)
    for i, sentence in enumerate(sentences):
        if not asks(sentence.text):
            continue
        if behind := _reply(paragraph, sentences[i + 1 :]):
            own = Span(paragraph, sentence.start, sentence.end)
            yield sentence.text, "", [own, *behind]
        elif i + 1 == len(sentences):
            follows = next((p for p in near if p.ordinal == paragraph.ordinal + 1), None)
            asked = sentence.text.lstrip(_MARKS)
            yield asked, f"{asked} ", _reply(follows, follows.sentences) if follows else []


def _reply(paragraph: Paragraph, sentences: Sequence[Sentence]) -> list[Span]:
    """The sentences up to the next question within ``MOST_WORDS``, the first however long."""
    found: list[Span] = []
    room = MOST_WORDS
    for sentence in sentences:
        room -= len(sentence.text.split())
        if asks(sentence.text) or (found and room < 0):
            break
        found.append(Span(paragraph, sentence.start, sentence.end))
    return found


def _is_the_same(question: str, asked: str, near: Sequence[Paragraph]) -> bool:
    """Do they ask for the same of the same?

    All words asked there are in the question. What more the question has ("Kofi Adjei" for "he")
    stands near, but for one word for "you" ("the Trust"); where they have but one word in common,
    it has names.
    """
    asked = _SPEAKER.sub("", asked)
    if asking_words(question) != asking_words(asked) or negated(question) != negated(asked):
        return False
    if is_yes_or_no(question) != is_yes_or_no(asked) or _how(question) != _how(asked):
        return False
    ours, theirs = set(content_stems(question)) - _LIGHT, set(content_stems(asked)) - _LIGHT
    lacking, more = theirs - ours, ours - theirs
    if not theirs & ours or len(lacking) > (len(theirs) >= _LONG):
        return False
    known = set[str]().union(*(words_with_path(p) for p in near))
    named = names(question) - {stem(match[1]) for match in _THE_ONE.finditer(question)}
    unknown = more - known
    if unknown & named or len(unknown) > bool(_READERS.search(asked)):
        return False
    alike = set(stems(asked)) == set(stems(question))
    return alike or len(theirs & ours) > 1 or (bool(more) and more <= named)


def _how(question: str) -> list[str]:
    return [word.lower() for word in _HOW.findall(question)]
