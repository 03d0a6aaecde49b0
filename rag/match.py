"""What a sentence of an answer rests on: words of paragraphs, and how well they bear it out."""

from dataclasses import dataclass

from index.lines import without_bullet
from index.turns import speaker_before
from index.types import Paragraph, Sentence
from rag.tables.rows import cells, is_column_names, told
from rag.types import Verdict


@dataclass(frozen=True, slots=True)
class Span:
    """The words of a paragraph that bear a claim out; offsets are in the document."""

    paragraph: Paragraph
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words themselves."""
        offset = self.paragraph.start
        return self.paragraph.text[self.start - offset : self.end - offset]

    @property
    def sentences(self) -> list[Sentence]:
        """Those of its paragraph that begin in it."""
        return [s for s in self.paragraph.sentences if self.start <= s.start < self.end]

    def meets(self, other: "Span") -> bool:
        """Do they have words in common?"""
        same = self.paragraph.id == other.paragraph.id
        return same and self.start < other.end and other.start < self.end

    @property
    def words(self) -> str:
        """The words on one line, without the bullets of items, to be quoted in an answer.

        Rows of a table come with the names of their columns, and what is said in the middle of a
        turn of a hearing with who says it: "NAIR: … I live in Eastfield."
        """
        who = self.speaker
        return f"{who}: … {self.said}" if who else self.said

    @property
    def speaker(self) -> str:
        """Who says them, where that stands before them; else ""."""
        return speaker_before(self.paragraph.text, self.start - self.paragraph.start)

    @property
    def said(self) -> str:
        """As ``words``, without who says them."""
        held = [sentence.text for sentence in self.sentences]
        if any(cells(self.paragraph, text) for text in held):
            rows = [text for text in held if not is_column_names(self.paragraph, text)]
            return " / ".join(told(self.paragraph, text) for text in rows)
        lines = self.text.splitlines()
        listed = without_bullet(self.paragraph.text) != self.paragraph.text
        parts = map(without_bullet, map(str.strip, lines)) if listed else lines
        return " ".join(" ".join(parts).split())


@dataclass(frozen=True, slots=True)
class Match:
    """What a claim rests on. ``support`` is from 0 to 1; spans are empty when unsupported."""

    verdict: Verdict
    spans: tuple[Span, ...]
    support: float


def verbatim(span: Span) -> Match:
    """What a quotation rests on: the words bear themselves out."""
    return Match(Verdict.SUPPORTED, (span,), 1.0)
