"""OpenDocument text: what its readers see, in paragraphs under its headings."""

import pytest

from index.readers import UnreadableError, read
from index.types import FileState, Metadata
from tests.index.cutting import shown
from tests.index.documents import SHIPS, with_part, zipped
from tests.index.open_documents import flat_text, open_text


def texts(body: str, automatic: str = "", named: str = "") -> list[str]:
    return [words for _, _, words in shown("a.odt", open_text(body, automatic, named))]


def listed(*items: str, attributes: str = "") -> str:
    inner = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f"<text:list {attributes}>{inner}</text:list>"


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def test_paragraphs_stand_under_their_headings_and_lists_and_tables_are_kept() -> None:
    assert shown("a.odt", open_text()) == [
        (("Harbour Report", "Ships"), "", SHIPS),
        (("Harbour Report", "Ships", "Goods"), "", "- Fish\n- Rope"),
        (
            ("Harbour Report", "Ships", "Goods"),
            "table 1, rows 2-3",
            "Name | Price\nFish | 3\nRope | 4",
        ),
    ]


def test_it_says_its_title_author_and_day() -> None:
    found = read("a.odt", open_text())
    assert found.metadata == Metadata("Harbour", "Jane Doe", "en", "2024-05-03", "metadata")


def test_a_file_of_one_part_is_read_as_well() -> None:
    assert shown("a.fodt", flat_text(p(SHIPS))) == [((), "", SHIPS)]


def test_blanks_breaks_links_and_insertions_are_text() -> None:
    body = (
        '<text:p>5<text:s text:c="2"/>kg<text:tab/><text:a>of <text:span>fish</text:span></text:a>'
        '<text:change-start text:change-id="c"/> and<!-- no --> rope<text:line-break/>now</text:p>'
    )
    assert texts(body) == ["5 kg of fish and rope\nnow"]


def test_what_is_deleted_hidden_or_a_table_of_contents_is_left_out() -> None:
    hidden = (
        '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="T2" style:parent-style-name="T1"/>'
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>Ships 1</text:p></text:index-body>"
        '</text:table-of-content><text:section text:display="none"><text:p>No.</text:p>'
        '</text:section><text:section><text:p>Seen<text:span text:style-name="T2"> not</text:span>.'
        '</text:p></text:section><text:p>And<text:hidden-text text:is-hidden="true"> no'
        "</text:hidden-text> yes.</text:p>"
    )
    assert texts(body, hidden) == ["Seen.", "And yes."]


def test_notes_and_comments_follow_what_they_are_of() -> None:
    body = (
        "<text:p>Salt fell<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>In Hull.</text:p></text:note-body></text:note> in May<office:annotation>"
        "<dc:creator>Bob</dc:creator><dc:date>2024-05-03</dc:date><text:p>Sure?</text:p>"
        "</office:annotation>.</text:p><text:p>Then it rose.</text:p>"
    )
    assert shown("a.odt", open_text(body)) == [
        ((), "", "Salt fell in May."),
        ((), "notes", "In Hull."),
        (("Comment by Bob",), "comments", "Sure?"),
        ((), "", "Then it rose."),
    ]


NUMBERED = (
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"'
    ' style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2"'
    ' style:num-format="a" style:num-prefix="(" style:num-suffix=")"/></text:list-style>'
    '<text:list-style style:name="L2"><text:list-level-style-number text:level="1"'
    ' style:num-format="1"/><text:list-level-style-number text:level="2" style:num-format="1"'
    ' text:display-levels="2"/></text:list-style>'
)


def test_numbers_that_are_counted_stand_before_what_they_number() -> None:
    inner = listed(p("salted"), p("dried"))
    name = 'text:style-name="L1"'
    first = listed(p("Fish") + inner, p("Rope"), attributes=name)
    goes_on = listed(p("Salt"), attributes=f'{name} text:continue-numbering="true"')
    anew = listed(p("Tar") + inner, p("Hemp"), attributes=name)
    found = texts(f"{first}{p('Then:')}{goes_on}{p('And:')}{anew}", NUMBERED)
    assert found == [
        "1. Fish\n(a) salted\n(b) dried\n2. Rope",
        "Then:",
        "3. Salt",
        "And:",
        "1. Tar\n(a) salted\n(b) dried\n2. Hemp",
    ]


def test_numbered_clauses_are_paragraphs_and_headings_have_their_numbers() -> None:
    clauses = listed(
        p("Duties") + listed(p("The tenant pays."), p("The tenant sweeps.")),
        attributes='text:style-name="L2"',
    )
    assert texts(clauses, NUMBERED) == [
        "1 Duties",
        "1.1 The tenant pays.",
        "1.2 The tenant sweeps.",
    ]
    outline = (
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1"'
        ' style:num-format="1" style:num-suffix="."/></text:outline-style>'
    )
    heads = "".join(
        f'<text:h text:outline-level="1">{h}</text:h>{p("x y")}' for h in ("Rent", "Use")
    )
    paths = [path for path, _, _ in shown("a.odt", open_text(heads, "", outline))]
    assert paths == [("1. Rent",), ("2. Use",)]
    # Word's numbered headings are items of a list.
    items = "".join(
        listed(
            f'<text:p text:style-name="Heading_20_1">{h}</text:p>',
            attributes='text:style-name="L1" text:continue-numbering="true"',
        )
        + p("x y")
        for h in ("Rent", "Use")
    )
    paths = [path for path, _, _ in shown("a.odt", open_text(items, NUMBERED))]
    assert paths == [("1. Rent",), ("2. Use",)]


def test_a_cell_that_reaches_over_rows_is_told_with_each_and_one_over_columns_once() -> None:
    def cell(text: str, attributes: str = "") -> str:
        return f"<table:table-cell {attributes}>{p(text)}</table:table-cell>"

    covered = "<table:covered-table-cell/>"
    rows = (
        cell("Port") + cell("Goods") + cell("Price"),
        cell("Hull", 'table:number-rows-spanned="2"') + cell("Fish") + cell("3"),
        covered + cell("Rope") + cell("4"),
        cell("Total of all", 'table:number-columns-spanned="2"') + covered + cell("7"),
    )
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    assert texts(f"<table:table>{table}</table:table>") == [
        "Port | Goods | Price\nHull | Fish | 3\nHull | Rope | 4\nTotal of all |  | 7"
    ]


def test_a_table_that_lays_out_the_page_is_read_cell_by_cell_and_a_box_after_its_paragraph() -> (
    None
):
    one = f"<table:table><table:table-row><table:table-cell>{p('One.')}{p('Two.')}"
    body = (
        f"{one}</table:table-cell></table:table-row></table:table><text:p>Ships<draw:frame>"
        f"<draw:text-box>{p('In a box.')}</draw:text-box></draw:frame> sail.</text:p>"
    )
    assert texts(body) == ["One.", "Two.", "Ships sail.", "In a box."]


def test_a_box_in_an_item_comes_after_the_item() -> None:
    box = f"<draw:frame><draw:text-box>{p('In a box.')}</draw:text-box></draw:frame>"
    assert texts(listed(p("Fish"), p(f"Rope{box}"), p("Salt"))) == [
        "- Fish\n- Rope",
        "In a box.",
        "Salt",
    ]


def test_a_letterhead_comes_first_and_a_page_number_nowhere() -> None:
    named = (
        "<office:master-styles><style:master-page><style:header><text:p>Lee & Sons</text:p>"
        "</style:header><style:footer><text:p>Page <text:page-number>1</text:page-number></text:p>"
        "</style:footer></style:master-page></office:master-styles>"
    ).replace("&", "&amp;")
    assert shown("a.odt", open_text(p(SHIPS), "", named)) == [
        ((), "header", "Lee & Sons"),
        ((), "", SHIPS),
    ]


def test_a_locked_file_and_one_without_text_are_refused() -> None:
    locked = {
        "content.xml": "scrambled",
        "META-INF/manifest.xml": "<m><f><m:encryption-data xmlns:m='urn:m'/></f></m>",
    }
    with pytest.raises(UnreadableError, match="it asks for a password") as caught:
        read("a.odt", zipped(locked))
    assert caught.value.state is FileState.ENCRYPTED
    sheet = with_part(
        open_text(), "content.xml", lambda part: part.replace(b"office:text", b"office:x")
    )
    with pytest.raises(UnreadableError, match="it holds no text of a document"):
        read("a.odt", sheet)
