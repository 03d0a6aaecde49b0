"""A list that a question asks for, given whole: what leads in to it, and every item, word for word.

Of a list a model tells an item or two, and a quotation ends where it would begin: both pass for the
answer and leave out what matters most, the other side effects, duties and reasons.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.document_names import Named
from index.store import Store
from index.types import Hit, Paragraph
from rag.extract import RankedSentence
from rag.match import Match, Span, verbatim
from rag.mentions import Checked, Told
from rag.routes.list_questions import asked_for, may_be_of, maybe_asked_for
from rag.routes.lists import Listing, lists_in
from rag.sanitise import may_be_shown

MOST_ITEMS = 20
_LOOKED_AT = 3
_AROUND = 100
"""Paragraphs before and after one that was found."""


def lists_near(store: Store, hits: Sequence[Hit]) -> list[Listing]:
    """The lists of the documents that the first ``hits`` are in, of long ones those around them."""
    return lists_around(store, [hit.paragraph for hit in hits[:_LOOKED_AT]])


def lists_around(store: Store, paragraphs: Sequence[Paragraph]) -> list[Listing]:
    """The lists that these paragraphs are parts of, and others near them."""
    found: list[Listing] = []
    for path, first, last in _views(paragraphs):
        with store.reading():
            near = store.catalog.paragraphs(path, first, last)
        # Of one that begins where the view does it is not known what stands before it.
        found += [one for one in lists_in(near) if first == 1 or one.paragraph.ordinal > first]
    return found


def _views(paragraphs: Sequence[Paragraph]) -> list[tuple[str, int, int]]:
    """Path, first and last paragraph of what is read around these, each once."""
    views: list[tuple[str, int, int]] = []
    for path, at in sorted((paragraph.path, paragraph.ordinal) for paragraph in paragraphs):
        first, last = max(1, at - _AROUND), at + _AROUND
        if views and views[-1][0] == path and first <= views[-1][2]:
            first = views.pop()[1]
        views.append((path, first, last))
    return views


def told_by_lists(question: str, lists: Sequence[Listing], named: Named = lambda path: ()) -> Told:
    """The lists that answer the question for sure; nothing where there is none.

    ``named`` gives the stems of a document's names by its path.
    """
    meant = asked_for(question, lists, named)
    told = [quotation for listing in meant for quotation in _quoted(listing)]
    if not _may_be_shown(told, question):
        return Told(())
    return Told(tuple(told), list_notice(meant))


def listed_first(question: str, lists: Sequence[Listing]) -> list[RankedSentence]:
    """The sentences of the list that the question may ask for, to be read before all others."""
    meant = maybe_asked_for(question, lists)
    spans = [span for listing in meant for span in listing.spans]
    return [
        RankedSentence(span.paragraph, sentence, 0.0)
        for span in spans
        for sentence in span.sentences
    ]


@dataclass(frozen=True, slots=True)
class Completed:
    """An answer's checked sentences with each list whole, and the lists that were completed."""

    checked: tuple[Checked, ...]
    lists: tuple[Listing, ...]


def completed(question: str, checked: Sequence[Checked], lists: Sequence[Listing]) -> Completed:
    """The answer with whole lists in place of the sentences that rest on some of their items.

    Those of ``lists`` that the question may ask for, and that are not told whole as it is.
    """
    told: list[Checked] = []
    done: list[Listing] = []
    for text, match in checked:
        listing = next((one for one in lists if _rests_on(match.spans, one)), None)
        if listing is None or not _is_to_be_whole(question, text, match, listing):
            told.append((text, match))
        elif listing not in done:
            done.append(listing)
            told += [(f"“{words}”", found) for words, found in _quoted(listing)]
    if not _may_be_shown(told, question):
        return Completed(tuple(checked), ())
    return Completed(tuple(told), tuple(done))


def list_notice(lists: Sequence[Listing]) -> str:
    """What to tell of them: the heading of one that nothing leads in to, and what is left out."""
    notices = []
    for listing in lists:
        if listing.intro is None and not listing.items[0].words.startswith(listing.heading):
            notices.append(f"Listed under “{listing.heading}”.")
        if (items := len(listing.items)) > MOST_ITEMS:
            notices.append(f"The list has {items} items; the first {MOST_ITEMS} are given.")
    return " ".join(notices)


def _quoted(listing: Listing) -> list[Checked]:
    left_out = listing.items[MOST_ITEMS:]
    return [(s.words, verbatim(s)) for s in listing.spans if s not in left_out]


def _may_be_shown(told: Sequence[Checked], question: str) -> bool:
    return all(may_be_shown(text, match.spans, question) for text, match in told)


def _rests_on(spans: Sequence[Span], listing: Listing) -> bool:
    """Is each of them a part of it, or what leads in to it?"""
    return bool(spans) and all(any(map(span.meets, listing.spans)) for span in spans)


def _is_to_be_whole(question: str, text: str, match: Match, listing: Listing) -> bool:
    """Is it asked for, and not told whole in a sentence of the answer's own?"""
    told = [item for item in listing.items if any(map(item.meets, match.spans))]
    own_words = len(told) == len(listing.items) and not text.startswith("“")
    return not own_words and may_be_of(question, listing, led_in=not told)
