"""The truth about documents, paragraphs and their full text; everything else follows from it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from index.database import Database
from index.errors import NoIndexError
from index.fingerprint import vector_key
from index.types import Document, FileState, Paragraph, Sentence

_DOCUMENT = "path, state, reason, paragraphs, sha256, size_bytes, title"
_PARAGRAPH = 'number, id, path, ordinal, start, "end", text, heading_path, page'


class Catalog:
    """Reads and writes the tables of one ``Database``."""

    def __init__(self, database: Database) -> None:
        self._database = database

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

    def documents(self) -> list[Document]:
        rows = self._database.rows(f"SELECT {_DOCUMENT} FROM documents ORDER BY path")
        return [Document(row[0], FileState(row[1]), *row[2:]) for row in rows]

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
    ) -> None:
        """Put a document in the place of what stood under its path; call it while writing."""
        self.remove(document.path)
        self._database.execute(
            f"INSERT INTO documents ({_DOCUMENT}, mtime_ns, text) VALUES (?,?,?,?,?,?,?,?,?)",
            [
                document.path,
                str(document.state),
                document.reason,
                document.paragraphs,
                document.sha256,
                document.size_bytes,
                document.title,
                mtime_ns,
                text,
            ],
        )
        for paragraph in paragraphs:
            self._add(paragraph, fingerprint)

    def remove(self, path: str) -> None:
        self._database.execute("DELETE FROM documents WHERE path = ?", [path])

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

    def paragraphs(self, path: str) -> list[Paragraph]:
        """The citable paragraphs of one document, in order."""
        return self._assemble(
            self._database.rows(
                f"SELECT {_PARAGRAPH} FROM paragraphs WHERE path = ? ORDER BY ordinal", [path]
            )
        )

    def paragraphs_by_id(self, ids: Iterable[str]) -> dict[str, Paragraph]:
        """The paragraphs that are (still) there, by id."""
        rows = self._database.rows_in(
            f"SELECT {_PARAGRAPH} FROM paragraphs WHERE id IN ({{}})", list(ids)
        )
        return {paragraph.id: paragraph for paragraph in self._assemble(rows)}

    def bm25(
        self, expression: str, *, top: int = 0, among: Sequence[str] | None = None
    ) -> dict[str, float]:
        """paragraph id -> BM25 (higher is better) for an FTS5 expression.

        The best ``top``, or all of ``among`` that match.
        """
        # FTS5's bm25() is lower for better matches. Headings count, but less than the text.
        select = (
            "SELECT p.id, -bm25(paragraphs_fts, 1.0, 0.5) AS score FROM paragraphs_fts"
            " JOIN paragraphs p ON p.number = paragraphs_fts.rowid WHERE paragraphs_fts MATCH ?"
        )
        if among is None:
            ranked = f"{select} ORDER BY score DESC, p.id LIMIT ?"
            return dict(self._database.rows(ranked, [expression, top]))
        return dict(self._database.rows_in(f"{select} AND p.id IN ({{}})", among, expression))

    def _add(self, paragraph: Paragraph, fingerprint: str) -> None:
        number = self._database.execute(
            'INSERT INTO paragraphs (id, path, ordinal, start, "end", text, heading_path, page,'
            " vector_key) VALUES (?,?,?,?,?,?,?,?,?)",
            [
                paragraph.id,
                paragraph.path,
                paragraph.ordinal,
                paragraph.start,
                paragraph.end,
                paragraph.text,
                json.dumps(paragraph.heading_path, ensure_ascii=False),
                paragraph.page,
                vector_key(fingerprint, paragraph.text),
            ],
        ).lastrowid
        self._database.execute_many(
            "INSERT INTO sentences VALUES (?,?,?,?,?)",
            [
                (number, s.ordinal, s.start, s.end, vector_key(fingerprint, s.text))
                for s in paragraph.sentences
            ],
        )
        self._database.execute(
            "INSERT INTO paragraphs_fts (rowid, text, heading) VALUES (?,?,?)",
            [number, paragraph.text, " / ".join(paragraph.heading_path)],
        )

    def _assemble(self, rows: Sequence[tuple[Any, ...]]) -> list[Paragraph]:
        spans: dict[int, list[tuple[int, int, int]]] = {}
        for number, ordinal, start, end in self._database.rows_in(
            'SELECT paragraph, ordinal, start, "end" FROM sentences WHERE paragraph IN ({})'
            " ORDER BY paragraph, ordinal",
            [row[0] for row in rows],
        ):
            spans.setdefault(number, []).append((ordinal, start, end))
        return [_paragraph(row, spans.get(row[0], [])) for row in rows]


def _paragraph(row: tuple[Any, ...], spans: Sequence[tuple[int, int, int]]) -> Paragraph:
    _, id_, path, ordinal, start, end, text, headings, page = row
    sentences = tuple(
        Sentence(n, begin, stop, text[begin - start : stop - start]) for n, begin, stop in spans
    )
    return Paragraph(
        id_, path, ordinal, start, end, text, tuple(json.loads(headings)), page, sentences
    )
