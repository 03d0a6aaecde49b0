"""reStructuredText's simple marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timing import thread_s
from ui.markup.parts import Shape, Style, plain
from ui.markup.restructured import restructured_parts

PIECES = ("a", " ", "*", "**", "``", "`", "_", " <http://x.y>", ":ref:", "\n", "- ", "    ", "\\")


def looks(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """What is shown, and how."""
    return [
        (text[s.start : s.end], tuple(style.value for style in s.styles))
        for part in restructured_parts(text)
        for s in part.spans
        if Style.MARKUP not in s.styles
    ]


def test_code_emphasis_links_and_roles_lose_their_marks() -> None:
    text = "The ``run()`` of **all** *things*, `the site <http://x.y>`_ and :func:`open`."
    assert looks(text) == [
        ("The ", ()),
        ("run()", ("code",)),
        (" of ", ()),
        ("all", ("strong",)),
        (" ", ()),
        ("things", ("emphasis",)),
        (", ", ()),
        ("the site", ("link",)),
        (" <http://x.y>", ("address",)),
        (" and ", ()),
        ("open", ("code",)),
        (".", ()),
    ]


def test_marks_inside_words_and_beside_blanks_are_characters() -> None:
    for text in ("2*3*4", "a * b * c", "f(*args)", "``", "`", "x``y``z"):
        assert looks(text) == [(text, ())]


def test_indented_lines_stand_as_they_are_and_lists_are_lists() -> None:
    code = "if *a:\n    return *b"
    assert restructured_parts(code) == plain(code)
    assert [p.shape for p in restructured_parts("- *a*\n- b")] == [Shape.BULLET, Shape.BULLET]
    assert restructured_parts("Two\nlines.")[0].shape is Shape.PROSE


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_every_character_is_shown_once_in_order_or_is_markup(text: str) -> None:
    spans = [span for part in restructured_parts(text) for span in part.spans]
    assert [span.start for span in spans] == [0, *(span.end for span in spans)][: len(spans)]
    assert (spans[-1].end if spans else 0) == len(text)


@pytest.mark.parametrize("piece", ["**a", "*a", "``a", "`a <", ":a:`b", ":" + "a" * 60])
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    assert thread_s(lambda: restructured_parts(text), times=1) < 2.0
