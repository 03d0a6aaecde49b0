"""The sentences nearest to what a text is about as a whole: a selection, not a retelling.

Each sentence is scored by its cosine with the mean of all (the centroid); one that says nearly the
same as a chosen one is passed over. The chosen ones are given in the order of the documents.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.types import Paragraph
from rag.match import Span
from rag.mentions import Told, quoted

SENTENCES = 5
MOST_PARAGRAPHS = 2000
_TOO_LIKE = 0.8
_FEWEST_WORDS = 6


def summarised(
    paragraphs: Sequence[Paragraph],
    vectors: Mapping[str, NDArray[np.floating]],
    about: str,
) -> Told:
    """The most central sentences. ``vectors``: paragraph id -> one unit vector a sentence."""
    pairs = [
        (Span(p, s.start, s.end), vectors[p.id][s.ordinal])
        for p in paragraphs[:MOST_PARAGRAPHS]
        if p.id in vectors
        for s in p.sentences
        if len(s.text.split()) >= _FEWEST_WORDS
    ]
    if not pairs:
        return Told(())
    matrix = np.stack([vector for _, vector in pairs])
    central = matrix @ matrix.mean(axis=0)
    chosen: list[int] = []
    for i in sorted(range(len(pairs)), key=lambda i: (-central[i], i)):
        if all(float(matrix[i] @ matrix[j]) < _TOO_LIKE for j in chosen):
            chosen.append(i)
        if len(chosen) == SENTENCES:
            break
    spans = [pairs[i][0] for i in sorted(chosen)]
    notice = (
        f"These are the {len(spans)} sentences most central to {about}, quoted: a selection, not a"
        " full summary."
    )
    if len(spans) == 1:
        notice = f"This is the sentence most central to {about}, quoted: no full summary."
    if len(paragraphs) > MOST_PARAGRAPHS:
        notice += f" Only the first {MOST_PARAGRAPHS} paragraphs were read."
    return Told(tuple(quoted(span) for span in spans), notice)
