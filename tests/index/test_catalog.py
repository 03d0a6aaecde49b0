from contextlib import closing
from pathlib import Path

import pytest

from index.catalog import Catalog
from index.database import Database
from index.errors import NoIndexError
from index.types import Document, FileState
from tests.index.corpora import Library
from tests.index.cutting import cut
from tests.timing import thread_s

TEXT = "# The Harbour\n\nShips carry timber. They sail in May.\n\n- one\n- two\n\nShips “sail”.\n"


def test_what_was_put_in_comes_out_equal(library: Library) -> None:
    library.write("a.md", TEXT)
    library.sync()
    with library.opened() as store:
        assert store.catalog.text("a.md") == TEXT
        stored = store.catalog.paragraphs("a.md")
        assert stored == cut("a.md", TEXT, markdown=True)
        by_id = store.catalog.paragraphs_by_id(paragraph.id for paragraph in stored)
        assert by_id == {paragraph.id: paragraph for paragraph in stored}
        assert store.catalog.paragraphs_by_id(["a.md#gone"]) == {}


def test_the_text_of_an_unknown_document_is_an_error(library: Library) -> None:
    library.sync()
    with (
        library.opened() as store,
        pytest.raises(NoIndexError, match=r'b.txt is not in the index: "pincite list"'),
    ):
        store.catalog.text("b.txt")


def test_nothing_is_left_of_a_removed_document(library: Library) -> None:
    library.write("a.md", TEXT)
    library.sync()
    with library.created() as store:
        with store.writing():
            store.catalog.remove("a.md")
        assert store.catalog.documents() == []
        assert store.catalog.paragraphs("a.md") == []
        assert store.catalog.different_texts() == set()
        assert store.catalog.full_text.bm25('"ships"', top=10) == {}


def test_documents_are_told_of_one_by_one_as_among_all(library: Library) -> None:
    for path in ("a.md", "b.md", "sub/c.md"):
        library.write(path, TEXT)
    library.write("d.md", "Another text.")
    library.write("e.md", "")
    library.write("f.md", "")
    library.sync()
    with library.opened() as store:
        every = store.catalog.documents()
        assert [d.state for d in every].count(FileState.DUPLICATE) == 2
        for document in every:
            assert store.catalog.documents([document.path]) == [document]
        assert store.catalog.documents(["f.md", "b.md", "none", "b.md"]) == [every[1], every[4]]
        assert store.catalog.documents([]) == []
        assert store.catalog.documents(["\udc80", 'a"b', "a.md"]) == [every[0]]


def test_a_few_documents_are_read_without_the_others(library: Library) -> None:
    library.sync()
    with library.created() as store:
        with store.writing():
            for n in range(3000):
                document = Document(f"{n}.md", FileState.INDEXED, "", 0, f"{n:064}", 10)
                store.catalog.replace(document, 0, "Some text. " * 100, [], "")
        few = thread_s(lambda: store.catalog.documents(["5.md", "2000.md"]))
        assert few * 5 < thread_s(lambda: store.catalog.documents())


def test_the_version_tells_of_every_change_and_of_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite3"
    with closing(Database.create(file)) as mine, closing(Database.open(file)) as other:
        reading = Catalog(mine)
        before = reading.version()
        reading.documents()
        assert reading.version() == before
        Catalog(other).put("generation", "1")
        theirs = reading.version()
        assert theirs != before
        reading.put("generation", "2")
        assert reading.version() not in (before, theirs)
