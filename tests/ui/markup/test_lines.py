"""Lists that readers of files write as lines of items."""

from hypothesis import given
from hypothesis import strategies as st

from ui.markup.lines import list_parts
from ui.markup.parts import Part, Shape, Style, plain

LIST = "- one\n  - deep\n    more of it\n- two\n3. three"


def shown(text: str, part: Part) -> str:
    return "".join(text[s.start : s.end] for s in part.spans if Style.MARKUP not in s.styles)


def test_items_have_their_level_and_lose_their_bullet_but_keep_their_number() -> None:
    parts = list_parts(LIST)
    assert [(p.shape, p.indent) for p in parts] == [
        (Shape.BULLET, 1),
        (Shape.BULLET, 2),
        (Shape.BULLET, 1),
        (Shape.NUMBERED, 1),
    ]
    assert [shown(LIST, p) for p in parts] == ["one", "deep\n    more of it", "two", "3.three"]


def test_a_text_that_does_not_begin_with_an_item_stays_as_it_stands() -> None:
    for text in ("", "One.\n- two", "-5 degrees", "2.4 million euros", "-", "1990. A year"):
        assert list_parts(text) == plain(text)


@given(st.lists(st.sampled_from(("- ", "1. ", "#. ", "a", " ", "\n", "\r\n", "*"))).map("".join))
def test_the_spans_of_a_list_cover_its_text(text: str) -> None:
    spans = [span for part in list_parts(text) for span in part.spans]
    assert [span.start for span in spans] == [0, *(span.end for span in spans)][: len(spans)]
    assert (spans[-1].end if spans else 0) == len(text)
    hidden = [text[s.start : s.end] for s in spans if s.styles == (Style.MARKUP,)]
    assert not any(character.isalnum() for words in hidden for character in words)
