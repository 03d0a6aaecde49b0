"""The words of the indexed paragraphs, and which of them is spelt like another one."""

import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from index.database import Database
from index.stemmer import Stemmer
from index.words import WORD

_LIKELY = 8
# An error near the end keeps an ending from being cut off.
_ENDING = 2
_LOOKED_AT = 20
_CELLS = " | "
_NEAR = 20
"""So many characters beside a word tell whether it begins a sentence, and what it is called."""
_OPENS = re.compile(r"(?:^|[.!?:…])[^\w|,;]*$")
"""What stands before the first word of a sentence."""
_ARTICLE = re.compile(r"\b(?:the|an?) \W?$", re.IGNORECASE)
_LABEL = re.compile(r" (?:[A-Z]|\d[\d.]*)\b")
"""Behind what is no name: "Design B", "Ward 6"."""
_FULL = re.compile(r" [A-Z]\w")
"""Behind the first word of a name."""
_stemmed = Stemmer("porter")  # as FTS5 stems: its terms are compared with


class Vocabulary:
    """Words as the full-text index of one catalog keeps them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def holds(self, word: str) -> bool:
        """Does any paragraph hold the word, in whatever inflection?"""
        found = "SELECT 1 FROM paragraphs_fts WHERE paragraphs_fts MATCH ? LIMIT 1"
        return bool(self._database.rows(found, [f'"{word}"']))

    def name(self, word: str) -> str:
        """The word with its capital, where no paragraph that is looked at writes it small; else "".

        The first word of a sentence or line, a table's header and lines in capitals tell nothing.
        What always has an article or a number, as "the Tenant" and "Ward 6", is no name.
        """
        found = self._database.rows(
            "SELECT text FROM paragraphs_fts WHERE paragraphs_fts MATCH ? LIMIT ?",
            [f'text : "{word}"', _LOOKED_AT],
        )
        here = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
        written = [w for (text,) in found for w in _inside(text, here)]
        bare = [w for article, w in written if not article]
        return bare[0] if bare and all(w[0].isupper() for _, w in written) else ""

    def nearest(self, word: str, most: int) -> str:
        """The word spelt most like this one, as it is written in a paragraph; "" if none is near.

        Near is what ``most`` changes make of it: a letter more, less, or another, or two
        neighbours swapped (optimal string alignment). Of several the one in more paragraphs is
        taken. The first letter is never the wrong one: people get it right, and without it there
        would be a whole vocabulary to compare.
        """
        word = word.lower()
        stem = _stemmed(word)
        for table, kind in (("terms", "row"), ("places", "instance")):
            self._database.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}"
                f" USING fts5vocab(main, paragraphs_fts, {kind})"
            )
        terms = self._database.rows(
            "SELECT term, doc FROM temp.terms WHERE term >= ? AND term < ?",
            [word[0], chr(ord(word[0]) + 1)],
        )
        cutoff = most + _ENDING
        near = [
            (distance, -documents, term)
            for term, documents in terms
            if (distance := OSA.distance(stem, term, score_cutoff=cutoff)) <= cutoff
        ]
        for _, _, term in sorted(near)[:_LIKELY]:
            if written := self._written(term, word, most):
                return written
        return ""

    def _written(self, term: str, word: str, most: int) -> str:
        """A word like ``word`` of a paragraph with this term, rather not a capitalised one."""
        # Asked for by its term and not by a query, which would stem the stem once more.
        rows = self._database.rows(
            "SELECT text, heading FROM paragraphs_fts WHERE rowid IN"
            " (SELECT doc FROM temp.places WHERE term = ? LIMIT ?)",
            [term, _LOOKED_AT],
        )
        words = {w for row in rows for text in row if text for w in WORD.findall(text)}
        near = [
            (distance, w[0].isupper(), w)
            for w in words
            if (distance := OSA.distance(word, w.lower(), score_cutoff=most)) <= most
        ]
        return min(near)[2] if near else ""


def _inside(text: str, word: re.Pattern[str]) -> Iterator[tuple[bool, str]]:
    """Where a word shows whether it is a name: whether an article is before it, and the word."""
    first, *lines = text.splitlines() or [""]
    for line in lines if _CELLS in first else (first, *lines):
        for found in () if line.isupper() else word.finditer(line):
            before = line[max(0, found.start() - _NEAR) : found.start()]
            behind = line[found.end() : found.end() + _NEAR]
            # The first word of a sentence has a capital anyway; not so what begins a name, or cell.
            begins = _OPENS.search(before) and not _FULL.match(behind) and _CELLS not in line
            if not (begins or _LABEL.match(behind)):
                yield _ARTICLE.search(before) is not None, found.group()
