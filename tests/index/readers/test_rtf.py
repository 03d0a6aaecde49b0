"""Rich text: what its readers see, in paragraphs under its headings."""

from contextlib import suppress

import pytest

from index.readers import UnreadableError, read
from index.types import Metadata
from tests.index.cutting import shown
from tests.index.documents import RTF, SHIPS
from tests.timing import thread_s


def texts(body: str, head: str = "") -> list[str]:
    file = rf"{{\rtf1\ansi\ansicpg1252{head} {body}}}"
    return [words for _, _, words in shown("a.rtf", file.encode("latin-1"))]


def test_paragraphs_stand_under_their_headings_and_lists_and_tables_are_kept() -> None:
    assert shown("a.rtf", RTF.encode()) == [
        (("Harbour Report", "Ships"), "", SHIPS),
        (("Harbour Report", "Ships", "Goods"), "", "- Fish\n- Rope"),
        (
            ("Harbour Report", "Ships", "Goods"),
            "table 1, rows 2-3",
            "Name | Price\nFish | 3\nRope | 4",
        ),
    ]


def test_it_says_its_title_author_and_day() -> None:
    expected = Metadata("Harbour", "Jane Doe", "", "2024-05-03", "metadata")
    assert read("a.rtf", RTF.encode()).metadata == expected


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"Caf\'e9 \u8364? 5 \emdash no\tab tab\par", "Café € 5 —no tab"),
        (r"\uc2 a\u955\'6c\'6cb\uc0 \u955 c\par", "aλbλc"),
        (r"a\u-10179?\u-8704?b", "a😀b"),
        ("Caf\xe9 as it stands", "Café as it stands"),
        (r"one\line two\~three \{four\} \\", "one\ntwo three {four} \\"),
        (r"Ships\bin7 }}}{{{\sail.", "Shipssail."),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt the link}} stays", "the link stays"),
        (r"{\*\unheard-of gone}{\pict\wmetafile8 010203}{\object{\result gone}}kept", "kept"),
        (r"kept {\v hidden}{\deleted struck}\v hidden\v0\plain too", "kept too"),
        (r"kept {\v hidden \plain shown}", "kept shown"),
        (r"{\upr{plain}{\*\ud{\u112 ?}}}", "plain"),
        (r"unfinished {group", "unfinished group"),
        (r"a } b", "a b"),
    ],
)
def test_characters_are_what_the_file_means(body: str, text: str) -> None:
    assert texts(body)[:1] == [text]


def test_a_font_may_have_an_alphabet_of_its_own() -> None:
    fonts = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset128 MS;}}"
    said = r"{\f0 Caf\'e9} {\f1 \'cf\'f0\'e8\'e2\'e5\'f2} {\f2 \'93\'fa\'96\'7b}"
    assert texts(said, fonts) == ["Café Привет 日本"]
    assert texts(r"\'cf\'f0", r"\ansicpg1251") == ["Пр"]
    assert shown("a.rtf", rb"{\rtf1\mac Caf\'8e.}") == [((), "", "Café.")]
    assert texts(r"\'e9", r"\ansicpg99999") == ["é"]


def test_notes_comments_and_boxes_follow_what_they_are_of() -> None:
    body = (
        r"Salt fell{\super\chftn{\footnote\pard In {\i Hull}.\par}} in May"
        r"{\*\atnid B}{\*\atnauthor Bob}\chatn{\*\annotation\pard Sure?}.\par"
        r"{\shp{\*\shpinst{\sp{\sn wrap}{\sv 2}}{\shptxt\pard In a box.\par}}{\shprslt twice}}"
        r"\pard Then it rose.\par"
    )
    assert shown("a.rtf", rf"{{\rtf1 {body}}}".encode()) == [
        ((), "", "Salt fell in May."),
        ((), "notes", "In Hull."),
        (("Comment by Bob",), "comments", "Sure?"),
        ((), "", "In a box."),
        ((), "", "Then it rose."),
    ]


def test_a_note_of_the_paragraph_behind_a_list_stands_behind_that_paragraph() -> None:
    items = "".join(rf"{{\listtext -\tab}}\pard {item}\par " for item in ("Fish", "Rope"))
    body = items + r"\pard Salt fell{\footnote In Hull.}.\par"
    assert texts(body) == ["- Fish\n- Rope", "Salt fell.", "In Hull."]


def test_a_letterhead_comes_first_and_a_page_number_nowhere() -> None:
    body = (
        r"{\header\pard Lee & Sons\par}{\headerl\pard Lee & Sons\par}"
        r"{\footer Page {\field{\fldrslt 1}}}\pard Ships sail.\par"
    )
    assert shown("a.rtf", rf"{{\rtf1 {body}}}".encode()) == [
        ((), "header", "Lee & Sons"),
        ((), "", "Ships sail."),
    ]


def test_numbered_clauses_are_paragraphs_and_numbered_items_a_list() -> None:
    def item(mark: str, text: str) -> str:
        return rf"{{\listtext\pard {mark}\tab}}\pard\ls1 {text}\par "

    clauses = item("1.1", "The tenant pays.") + item("1.2", "The tenant sweeps.")
    items = item("(a)", "rent") + item("(b)", "rates")
    assert texts(clauses + items) == [
        "1.1 The tenant pays.",
        "1.2 The tenant sweeps.",
        "(a) rent\n(b) rates",
    ]


def test_a_cell_that_reaches_over_rows_is_told_with_each() -> None:
    rows = [
        (r"\cellx1\cellx2", r"Port\cell Goods\cell"),
        (r"\clvmgf\cellx1\cellx2", r"Hull\cell Fish\par and eels\cell"),
        (r"\clvmrg\cellx1\cellx2", r"\cell Rope\cell"),
    ]
    body = "".join(rf"\trowd{defined}\pard\intbl {cells}\row " for defined, cells in rows)
    assert texts(body) == ["Port | Goods\nHull | Fish and eels\nHull | Rope"]


def test_a_file_that_is_no_rich_text_or_without_end_is_refused() -> None:
    with pytest.raises(UnreadableError, match="it does not begin as rich text does"):
        read("a.rtf", b"Ships sail.")
    with pytest.raises(UnreadableError, match="its groups never end"):
        read("a.rtf", b"{\\rtf1" + b"{" * 100_000)


@pytest.mark.parametrize("piece", ["\\", "{\\*", "\\u", "\\'", "\\'e9", "\\intbl\\cell ", "\\par "])
def test_odd_files_take_no_time(piece: str) -> None:
    content = b"{\\rtf1 " + piece.encode() * 20_000

    def take() -> None:
        with suppress(UnreadableError):
            read("a.rtf", content)

    assert thread_s(take, times=1) < 3
