"""Which sentences of an answer are items of lists, to be shown under each other."""

from index.lines import begins_item
from rag.types import Answer, AnswerSentence, Citation

_FEWEST = 2


def items_of(answer: Answer) -> tuple[bool, ...]:
    """For each sentence: is it an item that is given as it stands, and not the only one?"""
    begin = {c.number for c in answer.citations if _begins_item(c)}
    items = [_is_item(sentence, begin) for sentence in answer.sentences]
    several = sum(items) >= _FEWEST
    return tuple(several and item for item in items)


def _is_item(sentence: AnswerSentence, begin: set[int]) -> bool:
    return len(sentence.citations) == 1 and sentence.citations[0] in begin


def _begins_item(citation: Citation) -> bool:
    started = (s for s in citation.paragraph.sentences if s.start == citation.quote_start)
    return any(begins_item(sentence.text) for sentence in started)
