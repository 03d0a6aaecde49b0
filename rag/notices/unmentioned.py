"""Names of a question that nothing of what an answer cites mentions: the reader is told of them.

The answer may still be right ("the party" may be the one that was asked about), so nothing is
refused for it; but who asked about one name and is quoted a paragraph without it will want to know.
"""

import re
from collections.abc import Iterable, Sequence

from index.document_names import Named
from index.types import Paragraph
from index.words import CALENDAR, WORD, names, stem, stems
from rag.extract import RankedSentence
from rag.match import Match
from rag.tables.rows import lacking, words_with_path
from rag.terms import bare, listed, runs_of_words

SAME_BEGINNING = 4
"""Syria and Syrian, Turkey and Turkish begin with so many of the same letters."""
_OTHER_ENDING = re.compile(r"\w{0,3}|\w*(?:ian|ean|ese|ish)")
"""What may follow in either: Lindt begins like Lindholm, and is another."""


def unmentioned_notice(
    question: str, checked: Sequence[tuple[str, Match]], named: Named = lambda path: ()
) -> str:
    """One line that names them, "" when there are none.

    A name of several words is mentioned where one of them is, as is one that a heading or the
    document's path has, or its title: ``named`` gives the stems of that by path.
    """
    cited = {span.paragraph.id: span.paragraph for _, found in checked for span in found.spans}
    missing = unmentioned(question, cited.values(), named)
    if not cited or not missing:
        return ""
    return f"What is cited does not mention {listed(missing)}."


def unmentioned(
    question: str, paragraphs: Iterable[Paragraph], named: Named = lambda path: ()
) -> list[str]:
    """The names of the question that none of the paragraphs mentions, as it writes them."""
    words = {word for p in paragraphs for word in (*words_with_path(p), *named(p.path))}
    return [name for name in names_of(question) if not any(is_known(s, words) for s in stems(name))]


def mentioning_first(
    question: str, ranked: Sequence[RankedSentence], named: Named = lambda path: ()
) -> list[RankedSentence]:
    """``ranked``, with those first whose paragraphs mention most names of the question.

    Of rows of a table those that have most of its names and numbers themselves.
    """

    def missing(one: RankedSentence) -> tuple[int, int]:
        names_missing = unmentioned(question, [one.paragraph], named)
        return len(names_missing), lacking(question, one.paragraph, one.sentence.text)

    return sorted(ranked, key=missing)


def is_known(word: str, words: set[str]) -> bool:
    """Have ``words`` this one, or one that is made of it or it of them?"""
    return word in words or any(_of_one_name(word, other) for other in words)


def _of_one_name(word: str, other: str) -> bool:
    """Do they begin alike, and end as a name and what is called by it do?"""
    pairs = zip(word, other, strict=False)
    alike = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(word), len(other)))
    return alike >= SAME_BEGINNING and all(
        _OTHER_ENDING.fullmatch(text, alike) for text in (word, other)
    )


def names_of(question: str) -> list[str]:
    """Runs of words that are names, as the question writes them."""
    known = names(question)
    named = (
        m
        for m in WORD.finditer(question)
        if m.group()[0].isupper() and stem(m.group()) in known and m.group() not in CALENDAR
    )
    return [bare(question[start:end]) for start, end in runs_of_words(question, named)]
