"""A sentence that says more than the words it cites is given in these words instead.

A small model restates the question and puts its answer in: "the first black metal group was
Skyclad", from a source that has Skyclad as the first folk metal band. Numbers and names agree, and
what was added came from the question, so no comparison of claim and source tells it from a good
restatement. The source's own words do: they hold, and a reader sees whether they answer. On the
development sets they held the accepted answer as often as the model's.
"""

import re
from collections.abc import Sequence

from index.words import content_stems, names, numbers, stem, stems
from rag.checking.conditions import drops_a_condition
from rag.checking.excerpt import as_quotation, beginning, excerpt, sentences_in, shortened
from rag.checking.limits import drops_a_limit
from rag.checking.source_words import MOST_WORDS
from rag.checking.speakers import credits_the_speaker
from rag.checking.verb_forms import base_of
from rag.helping_verbs import HELPING_VERB
from rag.match import Match, Span, verbatim
from rag.quantities import bounds
from rag.tables.rows import words_with_path
from rag.types import Verdict
from rag.verify import RANKS

_HELPING = re.compile(rf"\b{HELPING_VERB}", re.IGNORECASE)
_PURPOSE = re.compile(r"\W*(?:in order )?to (?P<verb>\w+)", re.IGNORECASE)
_LACKING = 2
_LIGHT_TEXT = (
    "according also among around away become begin call case come discuss get give go happen make"
    " mean mention name part people place put say speak start take talk tell thing time use want"
    " way year"
)
_LIGHT = frozenset(stems(_LIGHT_TEXT))
"""What may stand in a claim and not in its source: the others tell something."""
_MOST_WORDS_IF_NEEDED = 60


def in_own_words(checked: Sequence[tuple[str, Match]], question: str) -> list[tuple[str, Match]]:
    """``checked``, with the source's words in place of each sentence that goes beyond them.

    Of a long sentence the clauses that were needed are given, of sources longer than ``MOST_WORDS``
    together the sentences that fit best. Where none can stand alone, one that says what nobody has
    said is given in the whole sentence all the same, any other stays, partly supported. What two
    sentences rest on is quoted once.
    """
    told: list[tuple[str, Match]] = []
    for claim, found in checked:
        if not found.spans or not _goes_beyond(claim, found, question):
            told.append(_short_of(claim, found, question))
            continue
        quoted = _quoted(claim, found, question)
        if quoted:
            told += [quote for quote in quoted if quote not in told]
        else:
            told.append((claim, Match(Verdict.PARTLY, found.spans, found.support)))
    return told


def _short_of(claim: str, found: Match, question: str) -> tuple[str, Match]:
    """A claim of more than ``MOST_WORDS`` in the clauses of its sentence that were asked about."""
    if len(claim.split()) <= MOST_WORDS:
        return claim, found
    sentences = [one for span in found.spans for one in sentences_in(span)]
    part = beginning(sentences[0], question) if len(sentences) == 1 else None
    return _quotation(part, sentences[0]) if part else (claim, found)


def _quoted(claim: str, found: Match, question: str) -> list[tuple[str, Match]]:
    """The words of the sources; of too many those that fit best, none where that cannot be done."""
    if sum(map(_length, found.spans)) <= MOST_WORDS:
        return [_quotation(shortened(span, claim, question), span) for span in found.spans]
    sentences = [one for span in found.spans for one in sentences_in(span)]
    whole_up_to = _MOST_WORDS_IF_NEEDED if _invents(claim, found, question) else MOST_WORDS
    taken = _fitting(sentences, claim, question, whole_up_to)
    return [_quotation(taken[whole], whole) for whole in sentences if whole in taken]


def _fitting(
    sentences: Sequence[Span], claim: str, question: str, whole_up_to: int
) -> dict[Span, Span]:
    """Of sentences that told the claim something, what is quoted within ``MOST_WORDS``.

    Those with most of the question, and of the names and numbers that the claim adds, come first,
    later ones only for what the others lack. The first is cut where it is too long itself; where it
    cannot be, it is taken up to ``whole_up_to`` words, or else the next that is short enough.
    """
    asked = set(content_stems(question))
    told = set(content_stems(claim)) - asked
    meant = asked | (told & (names(claim) | numbers(claim)))

    def fitness(span: Span) -> tuple[bool, int, int]:
        own = set(stems(span.text))
        return bool(told & own), len(meant & own), len(told & own)

    if not sentences:
        return {}
    first, *others = sorted(sentences, key=fitness, reverse=True)
    part: Span | None = first
    if _length(first) > MOST_WORDS:
        part = excerpt(first, claim, question, MOST_WORDS) or beginning(first, question, claim)
    if part is None and _length(first) <= whole_up_to:
        part = first
    taken = {first: part} if part else {}
    lacking = told - set(stems(part.text if part else ""))
    room = MOST_WORDS - (_length(part) if part else 0)
    for other in others:
        own = set(stems(other.text))
        if (lacking & own or not taken) and _length(other) <= room:
            taken[other] = other
            lacking -= own
            room -= _length(other)
    return taken


def _quotation(part: Span, whole: Span) -> tuple[str, Match]:
    return as_quotation(part, whole), verbatim(part)


def _length(span: Span) -> int:
    return len(span.words.split())


def _goes_beyond(claim: str, found: Match, question: str) -> bool:
    """Does the claim say what its sources do not?

    A name, number or rank, two words, one that the question does not have either, or one of the
    question's that nothing near them has. One put together from several sentences does too: each
    may hold, and still not what joins them. So does one that says of all what its source says of
    some, or of one thing what it says of another.
    """
    # What only repeats the question answers nothing, and must not become an answer by a quotation.
    says_more = set(content_stems(claim)) - set(stems(question))
    source = " ".join(span.words for span in found.spans)
    if says_more and drops_a_limit(claim, source):
        return True
    if drops_a_condition(claim, source, question) or _is_for_another_purpose(claim, source):
        return True
    if credits_the_speaker(claim, [span.words for span in found.spans]):
        return True
    lacking = _lacking(claim, found)
    telling = lacking & (names(claim) | numbers(claim) | RANKS)
    joined = sum(len(sentences_in(span)) for span in found.spans) > 1
    partly = found.verdict is Verdict.PARTLY
    enough = bool(telling) or len(lacking) >= _LACKING
    invented = _invents(claim, found, question)
    if partly or joined or enough or invented:
        return True
    near = set[str]().union(*(words_with_path(span.paragraph) for span in found.spans))
    return _borrows(lacking, near) or _tells_of_another(claim, near)


def _is_for_another_purpose(claim: str, source: str) -> bool:
    """Is it told how to do one thing, in a sentence that tells how to do another?"""
    asked, own = _PURPOSE.match(claim), _PURPOSE.match(source)
    if asked is None or own is None:
        return False
    return base_of(stem(asked["verb"])) not in {base_of(word) for word in stems(source)}


def _borrows(lacking: set[str], near: set[str]) -> bool:
    """Is a word that the sources lack nowhere near them either, in no form of a verb?

    "Their lawyer was Ann Lee", by the question's word, from "he left it to his manager, Ann Lee".
    """
    told = {base_of(word) for word in lacking} - _LIGHT
    return bool(told - {base_of(word) for word in near})


def _tells_of_another(claim: str, near: set[str]) -> bool:
    """Is nothing of what the claim is about near what it cites? Its words before "will be paid"."""
    verb = _HELPING.search(claim)
    about = set(content_stems(claim[: verb.start()])) if verb else set()
    return bool(about) and not about & near


def _invents(claim: str, found: Match, question: str) -> bool:
    """Does the claim hold a word, or a number as a bound, that neither source nor question has?"""
    sources = " ".join(span.text for span in found.spans)
    bound = bounds(claim) - bounds(sources) - bounds(question)
    return bool(bound or _lacking(claim, found) - set(stems(question)))


def _lacking(claim: str, found: Match) -> set[str]:
    """The claim's words that its sources and their headings do not have."""
    parts = (part for s in found.spans for part in (s.words, *s.paragraph.heading_path))
    return set(content_stems(claim)) - set(stems(" ".join(parts)))
