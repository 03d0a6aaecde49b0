"""What is told of each of two things of which the difference is asked.

"In solid casting nothing is poured out" is half an answer to how it differs from drain casting.
"""

import re
from collections.abc import Sequence

from index.words import content_stems, stems
from rag.extract import RankedSentence
from rag.match import Span

_SIDES = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r".*\bdifferences? between (?P<one>.+?) and (?P<other>.+)",
        r".*\bhow (?:do|does|did|is|are) (?P<one>.+?) (?:differ|different) from (?P<other>.+)",
        r"compare (?P<one>.+?) (?:and|with|to) (?P<other>.+)",
        r"(?P<one>.+?) (?:vs\.?|versus) (?P<other>.+)",
    )
)


def of_the_other_side(
    question: str, told: Span, ranked: Sequence[RankedSentence]
) -> RankedSentence | None:
    """The best sentence on the one of the two that the words of ``told`` do not name, if any."""
    found = next(filter(None, (form.fullmatch(question.strip(" ?.!")) for form in _SIDES)), None)
    if found is None:
        return None
    one, other = set(content_stems(found["one"])), set(content_stems(found["other"]))
    sides = [one - other, other - one]
    if not all(sides):
        return None
    said = set(stems(told.text))
    lacking = [side for side in sides if not side <= said]
    if len(lacking) != 1:
        return None
    having = (r for r in ranked if lacking[0] <= set(stems(r.sentence.text)))
    return next((r for r in having if not r.span.meets(told)), None)
