"""The words of all paragraphs and their headings: SQLite's full-text index."""

import json
from collections.abc import Iterable, Sequence

from index.database import Database
from index.schema import FULL_TEXT
from index.types import Paragraph


class FullText:
    """Reads and writes the full-text table of one ``Database``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, numbered: Iterable[tuple[int, Paragraph]]) -> None:
        """Take in paragraphs by their numbers; call it while writing."""
        self._insert((number, p.text, p.heading_path) for number, p in numbered)

    def make_anew(self) -> None:
        """Make the full-text index again from the paragraphs; call it while writing."""
        self._database.execute("DROP TABLE paragraphs_fts")
        self._database.execute(FULL_TEXT)
        for part in self._database.batches("SELECT number, text, heading_path FROM paragraphs"):
            self._insert((number, text, json.loads(path)) for number, text, path in part)

    def tidy(self) -> None:
        """Merge the parts the full-text index has grown to."""
        self._database.execute("INSERT INTO paragraphs_fts (paragraphs_fts) VALUES ('optimize')")

    def bm25(
        self,
        expression: str,
        *,
        top: int = 0,
        also: Sequence[str] = (),
        paths: Sequence[str] | None = None,
    ) -> dict[str, float]:
        """paragraph id -> BM25 (higher is better) for an FTS5 expression.

        Of the best ``top`` (all when negative), ties broken by id, and of those of ``also`` that
        match; of the documents ``paths`` only, where given.
        """
        # FTS5's bm25() is lower for better matches. Headings count, but less than the text. Scoring
        # is the expensive part: it is done once, and ids are looked up only for what is returned.
        within = (
            " AND rowid IN (SELECT number FROM paragraphs"
            " WHERE path IN (SELECT value FROM json_each(?)))"
        )
        rows = self._database.rows(
            "WITH scored AS MATERIALIZED ("
            " SELECT rowid AS number, -bm25(paragraphs_fts, 1.0, 0.5) AS score"
            f" FROM paragraphs_fts WHERE paragraphs_fts MATCH ?{'' if paths is None else within}),"
            " best AS (SELECT score FROM scored ORDER BY score DESC LIMIT ?),"
            " asked AS (SELECT number FROM paragraphs"
            " WHERE id IN (SELECT value FROM json_each(?)))"
            " SELECT p.id, scored.score FROM scored JOIN paragraphs p ON p.number = scored.number"
            " WHERE scored.score >= (SELECT min(score) FROM best) OR scored.number IN asked",
            [
                expression,
                *([] if paths is None else [json.dumps(list(paths))]),
                top,
                json.dumps(list(also)),
            ],
        )
        ranked = sorted(rows, key=lambda row: (-row[1], row[0]))
        wanted = {*also, *(id_ for id_, _ in (ranked if top < 0 else ranked[:top]))}
        return {id_: score for id_, score in ranked if id_ in wanted}

    def counted(self, words: Iterable[str], at_most: int) -> dict[str, int]:
        """word -> how many paragraphs hold it; of those that more than so many do, one more."""
        counted = (
            "SELECT count(*) FROM (SELECT 1 FROM paragraphs_fts WHERE paragraphs_fts MATCH ?"
            " LIMIT ?)"
        )
        return {
            word: int(self._database.rows(counted, [f'"{word}"', at_most + 1])[0][0])
            for word in words
        }

    def _insert(self, paragraphs: Iterable[tuple[int, str, Sequence[str]]]) -> None:
        """Number, text and headings of each."""
        self._database.execute_many(
            "INSERT INTO paragraphs_fts (rowid, text, heading) VALUES (?,?,?)",
            [(number, text, " / ".join(headings)) for number, text, headings in paragraphs],
        )
