"""What the documents say about something: a name alone, "tell me about Hama".

Nothing is asked that a sentence could answer or fail to, so neither a model nor the decision to
refuse has a say: the sentences found that have the topic's words are quoted, the best first.
Recognised by patterns that account for the whole question; without such a sentence it goes the
ordinary way.
"""

import re
from collections.abc import Sequence

from index.types import Paragraph
from index.words import content_stems, stem, stems
from rag.extract import RankedSentence
from rag.match import verbatim
from rag.mentions import Told
from rag.sanitise import readable
from rag.tables.rows import is_column_names

MOST_SENTENCES = 3
MOST_WORDS = 90

_MAX_WORDS = 6
_FEW_WORDS = 4
_PLACES = r"(?:documents?|texts?|files?|corpus|collection|folder|sources?|articles?)"
_THESE = rf"(?:(?:the|these|this|my|our|your|all the) )?{_PLACES}"
_IN_THEM = rf"(?: (?:in|across|throughout) {_THESE})?"
_LEAD = r"(?:please )?(?:(?:can|could|would|will) you (?:please )?)?"
_MORE = r"(?:something |anything |everything |all |(?:some |a (?:bit|little) )?more )?"
_ABOUT = r"(?:about|on) (?P<topic>.+?)"
_PATTERNS = (
    rf"{_LEAD}(?:tell|inform) (?:me|us) {_MORE}{_ABOUT}",
    rf"what (?:do|does|did) (?:{_THESE}(?: \S+)?|they|you) (?:say|tell|know|report|state|write)"
    rf" (?:us |me )?{_ABOUT}",
    rf"what (?:is|was|has been) (?:said|written|known|reported|told|stated) {_ABOUT}{_IN_THEM}",
    rf"(?:is there )?(?:anything|something) {_ABOUT}{_IN_THEM}",
    rf"(?:{_LEAD}(?:give|show|find)(?: me| us)? )?{_MORE}(?:information|details|facts) {_ABOUT}",
)
_COMPILED = [re.compile(rf"\s*{p}\s*(?:,? please)?\s*[?.!]*\s*", re.IGNORECASE) for p in _PATTERNS]
# "Hama", "the White Helmets", "sanctions": a name, or one word.
_NAME = re.compile(
    r"\s*(?:[Tt]he )?"
    r"(?P<topic>[A-Z][\w'’.-]*(?: (?:of|de|the|and|[A-Z][\w'’.-]*)){0,3}|[\w'’-]{3,})"
    r"\s*[?.!]*\s*"
)
_CODE = re.compile(r"[A-Za-z]{1,5}-?\d{1,5}[A-Za-z]?")
_OF_CODES_TEXT = "error fault code message alarm warning mean meaning show display appear"
_OF_CODES = frozenset(map(stem, _OF_CODES_TEXT.split()))
# They point to something said before, or begin a question of their own.
_NO_TOPIC = re.compile(
    r"\b(?:he|she|they|it|him|her|them|his|its|their|this|that|these|those|one|ones|you|me|us"
    r"|who|whom|whose|what|which|when|where|why|how|whether|if)\b",
    re.IGNORECASE,
)


def topic_of(question: str, *, named_alone: bool = True) -> str:
    """What is to be told about; "" where the question asks something.

    In a conversation a name alone may stand for the question before, asked of that.
    """
    for pattern in (*_COMPILED, *([_NAME] if named_alone else [])):
        found = pattern.fullmatch(question)
        topic = found["topic"] if found else ""
        if topic and not _NO_TOPIC.search(topic) and len(topic.split()) <= _MAX_WORDS:
            return topic if content_stems(topic) else ""
    return ""


def keywords_of(question: str) -> str:
    """The question where it is a few words to be looked for ("rental property"), else "".

    They may ask for something ("russia intervention year"): the model is to be asked first.
    """
    words = question.strip(" ?.!").split()
    if code := _code_asked(words):
        return code
    asks = len(words) > _FEW_WORDS or len(content_stems(question)) < max(2, len(words))
    return "" if asks or _NO_TOPIC.search(question) else " ".join(words)


def _code_asked(words: Sequence[str]) -> str:
    """The only code among the words that ask what message it is; "" where they ask something else.

    The documents need not call it so: "E07" stands in a table of messages.
    """
    codes = [word for word in words if _CODE.fullmatch(word)]
    others = {*content_stems(" ".join(word for word in words if word not in codes))}
    return codes[0] if len(codes) == 1 and others and others <= _OF_CODES else ""


def told_about(
    topic: str, ranked: Sequence[RankedSentence], question: str, *, near: bool = True
) -> Told:
    """The first of the ranked sentences that have all words of the topic.

    Where none has, and ``near`` ones will do, those whose paragraph and headings have them.
    """
    meant = set(content_stems(topic))
    paragraphs = {one.paragraph.id: one.paragraph for one in ranked}
    holding = {id_ for id_, paragraph in paragraphs.items() if meant <= _words(paragraph)}
    fitting = [
        one
        for one in readable([r for r in ranked if r.paragraph.id in holding], question)
        if not is_column_names(one.paragraph, one.sentence.text)
    ]
    named = [one for one in fitting if meant <= set(stems(one.sentence.text))]
    best = _different(named or (fitting if near else []))
    if not best:
        return Told(())
    taken, words = best[:1], _length(best[0])
    for one in best[1:]:
        if len(taken) < MOST_SENTENCES and words + _length(one) <= MOST_WORDS:
            taken.append(one)
            words += _length(one)
    more = len(named) > len(taken)
    notice = f"More sentences found mention “{topic}”: ask something about it." if more else ""
    return Told(tuple((one.span.words, verbatim(one.span)) for one in taken), notice)


def _words(paragraph: Paragraph) -> set[str]:
    return set(stems(" ".join((paragraph.text, *paragraph.heading_path))))


def _different(ranked: Sequence[RankedSentence]) -> list[RankedSentence]:
    """Without those that say what a better one says."""
    told: dict[frozenset[str], RankedSentence] = {}
    for one in ranked:
        told.setdefault(frozenset(stems(one.sentence.text)), one)
    return [*told.values()]


def _length(one: RankedSentence) -> int:
    return len(one.span.words.split())
