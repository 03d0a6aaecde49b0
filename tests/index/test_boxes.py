from index.boxes import Box, boxes_of
from index.types import Page, Word


def page(number: int, *words: tuple[int, int, float, float, float, float]) -> Page:
    return Page(number, 0, 99, 600, 800, tuple(Word(*word) for word in words))


def test_words_of_a_line_share_a_box_and_lines_have_their_own() -> None:
    pages = [
        page(1, (0, 3, 10, 10, 30, 20), (4, 7, 35, 9, 60, 20), (8, 9, 10, 24, 20, 34)),
        page(2, (10, 14, 10, 10, 50, 20)),
        page(3, (20, 24, 10, 10, 50, 20)),
    ]
    assert boxes_of(pages, 4, 12) == {
        1: (Box(35, 9, 60, 20), Box(10, 24, 20, 34)),
        2: (Box(10, 10, 50, 20),),
    }
    assert boxes_of(pages, 0, 8) == {1: (Box(10, 9, 60, 20),)}


def test_a_span_takes_whole_words_and_only_those_it_touches() -> None:
    pages = [page(1, (0, 5, 10, 10, 30, 20), (6, 9, 300, 10, 330, 20))]
    assert boxes_of(pages, 2, 3) == {1: (Box(10, 10, 30, 20),)}
    assert boxes_of(pages, 0, 9) == {1: (Box(10, 10, 30, 20), Box(300, 10, 330, 20))}
    assert boxes_of(pages, 5, 6) == {}


def test_words_of_a_climbing_line_share_a_box() -> None:
    pages = [page(1, (0, 3, 10, 50, 20, 80), (4, 7, 10, 20, 20, 45))]
    assert boxes_of(pages, 0, 7) == {1: (Box(10, 20, 20, 80),)}
