"""Pages as pictures: where the boxes lie, and which files are drawn."""

from dataclasses import astuple
from pathlib import Path

import pytest

from index.types import Document, FileState, Page, Word
from tests.ui.fakes import FakeEngine
from ui.evidence import open_page
from ui.page_view import PageImages, boxes
from ui.session import Viewing

# Two lines of two words on a page of 200 by 100 points.
WORDS = (
    Word(0, 4, 20, 10, 60, 20),
    Word(5, 9, 70, 10, 110, 20),
    Word(10, 14, 20, 30, 60, 40),
    Word(15, 19, 70, 30, 110, 40),
)
PAGE = Page(2, 0, 19, 200, 100, WORDS)


def test_there_is_one_box_a_line_over_the_quoted_words_alone() -> None:
    first, second = boxes(PAGE, 5, 14)
    assert astuple(first) == pytest.approx((0.35, 0.1, 0.2, 0.1))
    assert astuple(second) == pytest.approx((0.1, 0.3, 0.2, 0.1))
    assert astuple(boxes(PAGE, 0, 9)[0]) == pytest.approx((0.1, 0.1, 0.45, 0.1))
    assert boxes(PAGE, 4, 5) == ()
    assert boxes(PAGE, 7, 7) == ()


def test_columns_beside_each_other_are_not_joined_backwards() -> None:
    left, right = Word(0, 4, 10, 50, 40, 60), Word(5, 9, 120, 10, 160, 20)
    assert len(boxes(Page(1, 0, 9, 200, 100, (left, right)), 0, 9)) == 2


def test_the_view_of_a_page_names_its_neighbours_and_its_picture() -> None:
    viewing = Viewing(
        "a b/c.pdf", 1, 3, "i", "some words", 1, (5, 10), "t1", "#src-t1-1", (5, 14), 2
    )
    document = Document("a b/c.pdf", FileState.INDEXED, "", 9, "0", 1, pages=3, pages_with_text=3)
    view = open_page(viewing, document, PAGE)
    assert (view.before, view.after, view.subtitle) == (1, 3, "page 2 of 3")
    assert view.image == "/page-image?document=a%20b%2Fc.pdf&number=2"
    assert (view.quote, len(view.boxes)) == ("words", 2)
    assert open_page(viewing, document, None).boxes == ()


@pytest.mark.parametrize("path", ["../secret.pdf", "/etc/passwd", "other.pdf", ""])
def test_only_pages_of_indexed_documents_inside_the_folder_are_drawn(
    tmp_path: Path, path: str
) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    for file in (tmp_path / "secret.pdf", root / "known.pdf", root / "other.pdf"):
        file.write_bytes(file.name.encode())
    engine = FakeEngine({}, drawn_pages={"known.pdf": [PAGE], "../secret.pdf": [PAGE]})
    images = PageImages(root, engine, lambda content, number, scale: content + b"!")
    assert images.image("known.pdf", 2, 2.0) == b"known.pdf!"
    assert images.image("known.pdf", 3, 2.0) is None
    assert images.image(path, 2, 2.0) is None
