"""Two ways to judge a claim: by its verdict, and by what a reader gets of it."""

from collections.abc import Callable, Sequence

from eval.mutation.rates import Judge
from index.types import Paragraph
from rag.checking.own_words import in_own_words
from rag.types import Verdict
from rag.verify import Cosines, match

CosinesOf = Callable[[str, Sequence[str]], Cosines]
"""text, paragraph ids -> each paragraph's sentences' cosines with the text."""


def verdict(cosines: CosinesOf) -> Judge:
    """The verdict of ``rag.verify``."""

    def judge(claim: str, question: str, paragraphs: Sequence[Paragraph]) -> Verdict:
        found = match(claim, question, paragraphs, cosines(claim, [p.id for p in paragraphs]))
        return found.verdict

    return judge


def shown(cosines: CosinesOf) -> Judge:
    """The mark under which a reader gets the claim; unsupported when its words are not shown.

    That is, when it is left out or its source is quoted in its place.
    """

    def judge(claim: str, question: str, paragraphs: Sequence[Paragraph]) -> Verdict:
        found = match(claim, question, paragraphs, cosines(claim, [p.id for p in paragraphs]))
        words, told = in_own_words([(claim, found)], question)[0]
        return told.verdict if words == claim else Verdict.UNSUPPORTED

    return judge
