"""What follows a sentence that ends in a colon and leads in to no list: a command, an example.

"To learn the status of a package, run the command:" says nothing without the line below it.
"""

from collections.abc import Sequence
from itertools import accumulate, takewhile

from index.lines import begins_item
from index.store import Store
from index.types import Paragraph
from rag.extract import RankedSentence
from rag.match import Span
from rag.routes.sublists import leads_in
from rag.tables.rows import cells

_MOST_WORDS = 30
_READ = 3
"""A model reads what follows so many of the best sentences."""


def what_follows(store: Store, span: Span) -> Span | None:
    """The first lines or sentences after it, of ``_MOST_WORDS`` at most; None where none does.

    Of its paragraph, or of the next where that stands under the same headings and is no item.
    """
    if not leads_in(span.text):
        return None
    rest = _within(span.paragraph, span.end)
    if rest is not None or span.end < span.paragraph.end:
        return rest
    after = span.paragraph.ordinal + 1
    with store.reading():
        following = store.catalog.paragraphs(span.paragraph.path, after, after)
    if not following or following[0].heading_path != span.paragraph.heading_path:
        return None
    begins = following[0].sentences[0].text
    listed = begins_item(begins) or cells(following[0], begins)
    return None if listed else _within(following[0], following[0].start)


def with_what_follows(store: Store, ranked: Sequence[RankedSentence]) -> list[RankedSentence]:
    """``ranked``, the first of them each before what follows it, to be read together."""
    found: list[RankedSentence] = []
    for place, one in enumerate(ranked):
        found.append(one)
        if place < _READ and (after := what_follows(store, one.span)):
            found += [RankedSentence(after.paragraph, s, one.score) for s in after.sentences]
    return list({(r.paragraph.id, r.sentence.ordinal): r for r in found}.values())


def _within(paragraph: Paragraph, start: int) -> Span | None:
    """What begins at ``start`` or behind it."""
    rest = [sentence for sentence in paragraph.sentences if sentence.start >= start]
    words = accumulate(len(sentence.text.split()) for sentence in rest)
    taken = sum(1 for _ in takewhile(lambda so_far: so_far <= _MOST_WORDS, words))
    return Span(paragraph, rest[0].start, rest[taken - 1].end) if taken else None
