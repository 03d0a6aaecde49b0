"""Invalid citations: the share of an answer's citations that lead nowhere.

    |{marks [n] without a citation} + {citations without a mark, or whose words are not in their
    paragraph}| / |{numbers of marks and citations}|

Citeformer and haiku.rag count the like; a reader who clicks must always land on the words. Expected
to be 0 at all times. 0 to 1, lower is better. Eligible: answered items with a mark or a citation,
and failed ones, which score 1: an answer that cites nothing is not thereby valid.
"""

from eval.metrics.case import Case


def score(case: Case) -> float | None:
    """The share of numbers that do not work."""
    if case.failed:
        return 1.0
    numbers = {cited.number for cited in case.cited} | set(case.marks)
    if not case.answered or not numbers:
        return None
    sound = {cited.number for cited in case.cited if cited.in_paragraph} & set(case.marks)
    return 1 - len(sound) / len(numbers)
