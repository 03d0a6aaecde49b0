"""Answers that read the whole index instead of the best few paragraphs."""

from collections.abc import Sequence
from functools import cache
from pathlib import PurePosixPath

from index.document_names import DocumentNames
from index.query import all_of, full_text_words
from index.store import Store
from index.types import Document, Hit, Paragraph
from index.words import content_stems, stem
from rag.mentions import Told, counted, listed
from rag.routes.abbreviations import Meaning, abbreviation_of, meanings
from rag.routes.asked_there import reply_to
from rag.routes.list_questions import asks_for_several
from rag.routes.lists import Listing
from rag.routes.part_lookup import told_by_number
from rag.routes.route import Asked, Route
from rag.routes.summary import MOST_PARAGRAPHS, summarised
from rag.routes.whole_lists import lists_near
from rag.signals import WordsOfNamed
from rag.tables.cell_changes import cells_of_change, changed
from rag.tables.cell_lookup import by_column, cell_asked, words_of_cell
from rag.tables.cells_beside import may_be_compared, properties_compared, told_beside
from rag.tables.row_questions import row_question
from rag.tables.rows import header_of
from rag.tables.superlatives import asks_for_extreme, extreme
from rag.tables.table_rows import Row, one_of_several, rows_of, table_of
from rag.tables.tallies import tallied

_EVERYTHING = frozenset(
    stem(word)
    for word in (
        *("document", "text", "file", "corpus", "collection", "folder", "paragraph", "passage"),
        *("source", "article", "everything", "all"),
    )
)
_PARTS = frozenset(map(stem, ("section", "chapter", "clause", "part")))
_BEFORE = 3
"""So many paragraphs before a question may name whom it is about."""
_BY_WORDS = frozenset([Route.COUNT, Route.MENTIONS, Route.LIST, Route.STANDS_FOR])
_LOOKED_AT = 3
_MOST_READ = 2_000
_MOST_TABLES = 200
_ONE = frozenset(["document", "text", "file", "article", "source"])


class WholeCorpus:
    """Reads the paragraphs of one store by their words and their documents."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def answer(self, asked: Asked) -> Told:
        """What the whole index says; no sentences and no refusal when this way leads nowhere."""
        if asked.route in _BY_WORDS and not full_text_words(asked.subject):
            return Told(())
        with self._store.reading():
            match asked.route:
                case Route.COUNT:
                    return counted(asked.subject, self._holding(asked.subject))
                case Route.MENTIONS:
                    return listed(asked.subject, self._holding(asked.subject), exact=True)
                case Route.LIST:
                    return listed(asked.subject, self._holding(asked.subject), exact=False)
                case Route.STANDS_FOR:
                    return Told(tuple(m.told for m in self._meanings(asked.subject)))
                case Route.SUMMARY:
                    return self._summary(asked.subject)
                case Route.COMPARE:
                    return Told(
                        (),
                        refusal="Comparing all of them needs more than the paragraphs found: ask"
                        " about two of them at a time.",
                    )
                case Route.KINDS:
                    return Told(
                        (),
                        refusal=f"Which words are {asked.subject} cannot be told by looking for"
                        " words: ask about one of them, or which paragraphs mention it.",
                    )
                case Route.GREETING:
                    return Told(
                        (),
                        refusal="Ask something about the documents, or name a topic: each sentence"
                        " of the answer cites its paragraph.",
                    )

    def of_table(self, question: str, hits: Sequence[Hit]) -> Told:
        """What all rows of a table among the first ``hits`` say; nothing for other questions.

        The row that has most or least of something, how many are meant, or several of them.
        """
        if not asks_for_extreme(question) and row_question(question) is None:
            return Told(())
        tables = {
            (hit.paragraph.path, *header_of(hit.paragraph)): rows[0]
            for hit in reversed(hits[:_LOOKED_AT])
            if (rows := rows_of([hit.paragraph]))
        }
        paragraphs_of = cache(self._store.catalog.paragraphs)
        for row in reversed(tables.values()):
            with self._store.reading():
                paragraphs = paragraphs_of(row.paragraph.path)
            nearest = row.paragraph.id == hits[0].paragraph.id
            told = _told_by_rows(question, paragraphs, row, nearest=nearest)
            if told.checked:
                return told
        return Told(())

    def of_cell(self, question: str, named: WordsOfNamed) -> Told:
        """The one cell of a table that the question names, or how much it changed; else nothing.

        Where documents are compared, the cell of each.

        Of the documents that it ``named``, if it is in them: their tables need not have the name.
        """
        if cells := cells_of_change(question):
            return changed([self._cell(cell, named) for cell in cells])
        if (beside := self._cells_beside(question, named)).checked:
            return beside
        told = self._cell(question, named)
        asked = by_column(question)
        return self._cell(asked, named) if asked and not told.checked else told

    def _cell(self, question: str, named: WordsOfNamed) -> Told:
        told = self._cell_in(question, named)
        return self._cell_in(question, {}) if named and not told.checked else told

    def _cell_in(self, question: str, documents: WordsOfNamed) -> Told:
        """In tables of these documents; of any where there are none."""
        less = set[str]().union(*documents.values())
        words = " ".join(w for w in words_of_cell(question) if stem(w) not in less)
        with self._store.reading():
            found = self._holding(words, most=_MOST_TABLES) if words else []
        within = [p for p in found if not documents or p.path in documents]
        return cell_asked(question, within, documents)

    def _cells_beside(self, question: str, named: WordsOfNamed) -> Told:
        """The cells of the documents named by which it compares them."""
        if may_be_compared(named):
            for name in properties_compared(question):
                each = {path: self._cell_in(name, {path: own}) for path, own in named.items()}
                if (told := told_beside(each)).checked:
                    return told
        return Told(())

    def part(self, question: str, names: DocumentNames) -> Told:
        """The clause, section or paragraph that is asked for by its number; else nothing."""
        return told_by_number(question, self._store, names)

    def lists_for(self, question: str, hits: Sequence[Hit]) -> list[Listing]:
        """The lists near the first ``hits`` where the question may ask for one."""
        return lists_near(self._store, hits) if asks_for_several(question) else []

    def reply(self, question: str, hits: Sequence[Hit]) -> Told:
        """What a document replies to the same question; nothing where none asks it."""
        with self._store.reading():
            return reply_to(question, hits, self._around)

    def _around(self, paragraph: Paragraph) -> list[Paragraph]:
        path, at = paragraph.path, paragraph.ordinal
        first = max(1, at - _BEFORE)
        near = self._store.catalog.paragraphs(path, first, at + 1)
        return near if first == 1 else [*self._store.catalog.paragraphs(path, 1, 1), *near]

    def meanings(self, question: str) -> list[Meaning]:
        """What the abbreviation stands for of which the question asks no more than what it is."""
        short = abbreviation_of(question)
        if not short:
            return []
        with self._store.reading():
            return self._meanings(short)

    def dates(self) -> dict[str, str]:
        """path -> what the document says of its date, where it says one."""
        return {path: date for path, date in self._store.catalog.dates() if date}

    def _meanings(self, short: str) -> list[Meaning]:
        return meanings(short, self._holding(short, most=_MOST_READ))

    def _summary(self, subject: str) -> Told:
        documents = [d for d in self._store.catalog.documents() if d.paragraphs]
        if not documents:
            return Told(())
        wanted = set(content_stems(subject))
        if named := _named(subject, documents) or self._called(subject, documents):
            return self._central(self._first_of(named), _titles(named))
        if wanted <= _EVERYTHING:
            if len(documents) > 1 and _ONE & set(subject.lower().split()):
                return Told(
                    (), refusal=f"There are {len(documents)} documents: name the one you mean."
                )
            return self._central(self._first_of(documents), _titles(documents))
        title = " ".join(word for word in subject.split() if stem(word) not in _PARTS)
        if below := self._below(title):
            return self._central(below, f"“{title}”")
        # A topic, not a document: the best paragraphs are the way to it.
        return Told(())

    def _called(self, subject: str, documents: Sequence[Document]) -> list[Document]:
        """The one document in whose names all of these words are, and much of what they name."""
        names = DocumentNames(self._store.catalog.names())
        wanted = set(content_stems(subject))
        called = [d for d in documents if wanted and wanted <= names.words(d.path)]
        if len(called) != 1:
            return []
        # Of one document alone no word of its names tells it from others.
        likely = len(documents) == 1 or called[0].path in names.fits(subject)
        return called if likely else []

    def _below(self, title: str) -> list[Paragraph]:
        """The paragraphs under headings of these words alone, whatever their numbers."""
        wanted = set(content_stems(title))
        holding = self._holding(title, most=MOST_PARAGRAPHS) if full_text_words(title) else []
        return [p for p in holding if any(wanted == _heading(h) for h in p.heading_path)]

    def _central(self, paragraphs: Sequence[Paragraph], about: str) -> Told:
        ids = [p.id for p in paragraphs[:MOST_PARAGRAPHS]]
        return summarised(paragraphs, self._store.cache.of_sentences(ids), about)

    def _first_of(self, documents: Sequence[Document]) -> list[Paragraph]:
        """As many as are summarised, and one more where there are more."""
        found: list[Paragraph] = []
        for document in documents:
            left = MOST_PARAGRAPHS + 1 - len(found)
            if not left:
                break
            found += self._store.catalog.paragraphs(document.path, 1, left)
        return found

    def _holding(self, subject: str, *, most: int = -1) -> list[Paragraph]:
        """The paragraphs that hold every word of it, in the documents' order.

        All of them, or the ``most`` that have it oftenest for their length.
        """
        catalog = self._store.catalog
        ids = catalog.full_text.bm25(all_of(full_text_words(subject)), top=most)
        found = catalog.paragraphs_by_id(sorted(ids)).values()
        return sorted(found, key=lambda p: (p.path, p.ordinal))


def _told_by_rows(
    question: str, paragraphs: Sequence[Paragraph], row: Row, *, nearest: bool
) -> Told:
    """What all rows of the table of ``row`` say, of the ``paragraphs`` of its document."""
    rows = table_of(paragraphs, row)
    told = extreme(question, rows)
    if told.checked or one_of_several(question, paragraphs, row):
        return told
    return tallied(question, rows, nearest=nearest)


def _named(subject: str, documents: Sequence[Document]) -> list[Document]:
    """The documents whose path, file name or title the words are."""
    said = subject.strip("\"'“”‘’ ").lower()
    without_article = said.removeprefix("the ").removeprefix("document ").removeprefix("file ")
    return [
        d
        for d in documents
        if without_article
        in (
            d.path.lower(),
            PurePosixPath(d.path).name.lower(),
            PurePosixPath(d.path).stem.lower(),
            d.title.lower() or None,
        )
    ]


def _heading(heading: str) -> set[str]:
    return {word for word in content_stems(heading) if not word[0].isdigit()}


def _titles(documents: Sequence[Document]) -> str:
    if len(documents) > 1:
        return f"the {len(documents)} documents"
    document = documents[0]
    return f"{document.path} (“{document.title}”)" if document.title else document.path
