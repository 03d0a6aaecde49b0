"""What the model reads of a source: the headings above it, then its sentences."""

from collections.abc import Sequence
from dataclasses import replace

from index.types import Paragraph, Sentence, file_name
from rag.planted import is_planted
from rag.tables.rows import cells, told
from rag.types import Source

_MOST_CHARACTERS = 200
"""Of headings; the nearest tell most."""


def passage(source: Source, question: str) -> str:
    """The text of a source, for a question about it.

    Headings and file names are the documents' words as well: those that give orders are left out.
    """
    titles = tuple(title for title in source.paragraph.heading_path if not is_planted(title))
    paragraph = replace(source.paragraph, heading_path=titles)
    text = " ".join(told(paragraph, sentence.text, question) for sentence in source.sentences)
    return f"{headings(paragraph, source.sentences)}{text}"


def headings(paragraph: Paragraph, sentences: Sequence[Sentence]) -> str:
    """What stands before the sentences: headings, and of rows without any their file's name."""
    titles = [*paragraph.heading_path]
    while len(titles) > 1 and len(" / ".join(titles)) > _MOST_CHARACTERS:
        titles.pop(0)
    above = " / ".join(titles)[:_MOST_CHARACTERS]
    name = file_name(paragraph.path)
    if not above and any(cells(paragraph, s.text) for s in sentences) and not is_planted(name):
        above = name
    return f"{above}: " if above else ""
