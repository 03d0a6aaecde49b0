"""The truth about documents and paragraphs; everything else follows from it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from typing import Any

from index.database import Database
from index.errors import NoIndexError
from index.fingerprint import vector_key
from index.full_text import FullText
from index.rows import document_of, pack_words, paragraph_of, unpack_words
from index.types import Document, FileState, Page, Paragraph

_DOCUMENT = (
    "path, state, reason, paragraphs, sha256, size_bytes, title, author, language, date,"
    " date_source, pages, pages_with_text"
)
_PARAGRAPH = 'number, id, path, ordinal, start, "end", text, heading_path, page, location'
_ALL = 2**31


class Catalog:
    """Reads and writes the tables of one ``Database``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.full_text = FullText(database)

    def get(self, key: str, default: str = "") -> str:
        """A setting of the index itself (fingerprint, corpus root, generation)."""
        rows = self._database.rows("SELECT value FROM meta WHERE key = ?", [key])
        return str(rows[0][0]) if rows else default

    def settings(self) -> dict[str, str]:
        """All of them, as of one moment."""
        return dict(self._database.rows("SELECT key, value FROM meta"))

    def put(self, key: str, value: str) -> None:
        self.put_all({key: value})

    def put_all(self, settings: Mapping[str, str]) -> None:
        """All or none of them."""
        values = ", ".join("(?, ?)" for _ in settings)
        flat = [part for item in settings.items() for part in item]
        self._database.execute(f"INSERT OR REPLACE INTO meta VALUES {values}", flat)

    def forget(self, key: str) -> None:
        """As if it had never been set."""
        self._database.execute("DELETE FROM meta WHERE key = ?", [key])

    def version(self) -> tuple[int, int]:
        """Another value after every change of anything in the catalog."""
        return self._database.version()

    def documents(self, among: Iterable[str] | None = None) -> list[Document]:
        """Every file, by path, or those of ``among`` that are there.

        Of files with the same content, all but the first are duplicates. That is said here and kept
        nowhere, so it is right whichever of them comes or goes.
        """
        which, paths = "true", []
        if among is not None:
            which, paths = "path IN (SELECT value FROM json_each(?))", [json.dumps(list(among))]
        rows = self._database.rows(
            f"SELECT {_DOCUMENT}, first FROM documents LEFT JOIN"
            " (SELECT sha256 AS content, min(path) AS first FROM documents WHERE state = ?"
            f" AND sha256 IN (SELECT sha256 FROM documents WHERE {which})"
            " GROUP BY sha256 HAVING count(*) > 1)"
            f" ON content = sha256 AND state = ? AND first <> path WHERE {which} ORDER BY path",
            [FileState.INDEXED, *paths, FileState.INDEXED, *paths],
        )
        return [document_of(*row) for row in rows]

    def dates(self) -> list[tuple[str, str]]:
        """(path, ISO date or "") of every document."""
        return self._database.rows("SELECT path, date FROM documents ORDER BY path")

    def names(self) -> list[tuple[str, str]]:
        """(path, title) of every document that has paragraphs."""
        return self._database.rows(
            "SELECT path, title FROM documents WHERE paragraphs > 0 ORDER BY path"
        )

    def titles(self, paths: Iterable[str]) -> dict[str, str]:
        """path -> title, which is the name of its file where a document has none."""
        return dict(
            self._database.rows_in(
                "SELECT path, title FROM documents WHERE path IN ({})", list(paths)
            )
        )

    def first_texts(self, paths: Iterable[str], most: int) -> list[tuple[str, str]]:
        """(path, text) of the first ``most`` paragraphs of each document, in order."""
        rows = self._database.rows_in(
            "SELECT path, ordinal, text FROM paragraphs WHERE ordinal <= ? AND path IN ({})",
            list(paths),
            most,
        )
        return [(path, text) for path, _, text in sorted(rows)]

    def counts(self) -> tuple[int, int]:
        """How many documents there are, and how many paragraphs."""
        ((documents, paragraphs),) = self._database.rows(
            "SELECT count(*), coalesce(sum(paragraphs), 0) FROM documents"
        )
        return documents, paragraphs

    def stamps(self) -> dict[str, tuple[int, int, str]]:
        """path -> (size in bytes, mtime in ns, sha256), to tell which files changed."""
        rows = self._database.rows("SELECT path, size_bytes, mtime_ns, sha256 FROM documents")
        return {path: (size, mtime, sha256) for path, size, mtime, sha256 in rows}

    def restamp(self, mtimes_ns: Mapping[str, int]) -> None:
        """Note new modification times of documents whose content did not change."""
        with self._database.writing():
            self._database.execute_many(
                "UPDATE documents SET mtime_ns = ? WHERE path = ?",
                [(mtime_ns, path) for path, mtime_ns in mtimes_ns.items()],
            )

    def text(self, path: str) -> str:
        """The extracted text of a document; raises ``NoIndexError`` when it is not indexed."""
        rows = self._database.rows("SELECT text FROM documents WHERE path = ?", [path])
        if not rows:
            raise NoIndexError(f'{path} is not in the index: "pincite list" shows what is')
        return str(rows[0][0])

    def replace(
        self,
        document: Document,
        mtime_ns: int,
        text: str,
        paragraphs: Sequence[Paragraph],
        fingerprint: str,
        pages: Sequence[Page] = (),
    ) -> None:
        """Put a document in the place of what stood under its path; call it while writing."""
        self.remove(document.path)
        values = [*astuple(document), mtime_ns, text]
        marks = ",".join("?" * len(values))
        self._database.execute(
            f"INSERT INTO documents ({_DOCUMENT}, mtime_ns, text) VALUES ({marks})", values
        )
        self._database.execute_many(
            "INSERT INTO pages VALUES (?,?,?,?,?,?,?)",
            [
                (document.path, p.number, p.start, p.end, p.width, p.height, pack_words(p.words))
                for p in pages
            ],
        )
        self._add(paragraphs, fingerprint)

    def remove(self, path: str) -> None:
        # Its paragraphs go with it; in a damaged catalog some may be there without it.
        for table in ("documents", "paragraphs", "pages"):
            self._database.execute(f"DELETE FROM {table} WHERE path = ?", [path])

    def clear(self) -> None:
        """Remove every document; call it while writing."""
        self._database.execute("DELETE FROM documents")

    def pages(self, path: str, numbers: Sequence[int] | None = None) -> list[Page]:
        """The pages of one document that have text, or those of ``numbers``, in order."""
        select = 'SELECT number, start, "end", width, height, words FROM pages WHERE path = ?'
        if numbers is None:
            rows = self._database.rows(f"{select} ORDER BY number", [path])
        else:
            rows = sorted(self._database.rows_in(f"{select} AND number IN ({{}})", numbers, path))
        return [
            Page(number, start, end, width, height, unpack_words(boxes))
            for number, start, end, width, height, boxes in rows
        ]

    def paragraph_count(self) -> int:
        return int(self._database.rows("SELECT count(*) FROM paragraphs")[0][0])

    def different_texts(self) -> set[str]:
        """The id of one paragraph for each text there is."""
        rows = self._database.rows("SELECT min(id) FROM paragraphs GROUP BY vector_key")
        return {row[0] for row in rows}

    def with_same_text(self, ids: Sequence[str]) -> list[str]:
        """These ids, each followed by the others of its text."""
        rows = self._database.rows_in(
            "SELECT given.id, same.id FROM paragraphs given"
            " JOIN paragraphs same ON same.vector_key = given.vector_key WHERE given.id IN ({})",
            ids,
        )
        place = {id_: i for i, id_ in enumerate(ids)}
        return [same for _, same in sorted(rows, key=lambda row: (place[row[0]], row[1]))]

    def paragraphs(self, path: str, first: int = 1, last: int = _ALL) -> list[Paragraph]:
        """The citable paragraphs of one document, or numbers ``first`` to ``last``, in order."""
        return self._assemble(
            self._database.rows(
                f"SELECT {_PARAGRAPH} FROM paragraphs WHERE path = ? AND ordinal BETWEEN ? AND ?"
                " ORDER BY ordinal",
                [path, first, last],
            )
        )

    def paragraphs_by_id(self, ids: Iterable[str]) -> dict[str, Paragraph]:
        """The paragraphs that are (still) there, by id."""
        rows = self._database.rows_in(
            f"SELECT {_PARAGRAPH} FROM paragraphs WHERE id IN ({{}})", list(ids)
        )
        return {paragraph.id: paragraph for paragraph in self._assemble(rows)}

    def paragraph_ids(self) -> list[str]:
        """The ids of all citable paragraphs, in order."""
        return [row[0] for row in self._database.rows("SELECT id FROM paragraphs ORDER BY id")]

    def _add(self, paragraphs: Sequence[Paragraph], fingerprint: str) -> None:
        ((last,),) = self._database.rows("SELECT coalesce(max(number), 0) FROM paragraphs")
        numbered = list(enumerate(paragraphs, start=last + 1))
        self._database.execute_many(
            f"INSERT INTO paragraphs ({_PARAGRAPH}, vector_key) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            [
                (
                    number,
                    p.id,
                    p.path,
                    p.ordinal,
                    p.start,
                    p.end,
                    p.text,
                    json.dumps(p.heading_path, ensure_ascii=False),
                    p.page,
                    p.location,
                    vector_key(fingerprint, p.text),
                )
                for number, p in numbered
            ],
        )
        self._database.execute_many(
            "INSERT INTO sentences VALUES (?,?,?,?,?)",
            [
                (number, s.ordinal, s.start, s.end, vector_key(fingerprint, s.text))
                for number, p in numbered
                for s in p.sentences
            ],
        )
        self.full_text.add(numbered)

    def _assemble(self, rows: Sequence[tuple[Any, ...]]) -> list[Paragraph]:
        spans: dict[int, list[tuple[int, int, int]]] = {}
        for number, ordinal, start, end in self._database.rows_in(
            'SELECT paragraph, ordinal, start, "end" FROM sentences WHERE paragraph IN ({})'
            " ORDER BY paragraph, ordinal",
            [row[0] for row in rows],
        ):
            spans.setdefault(number, []).append((ordinal, start, end))
        return [paragraph_of(row, spans.get(row[0], [])) for row in rows]
