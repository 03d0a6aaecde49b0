import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Document, FileState
from tests.timing import thread_s
from ui.listing import PAGE_ROWS, UNREAD_STATES, Listing, listing


def document(path: str, state: FileState = FileState.INDEXED, **more: object) -> Document:
    values: dict[str, object] = {"reason": "", "paragraphs": 3, "sha256": "", "size_bytes": 10}
    return Document(path=path, state=state, **(values | more))  # type: ignore[arg-type]


FEW = [
    document("b/Storm.txt", title="The storm", date="2024-03-14", paragraphs=9),
    document("a.pdf", FileState.NO_TEXT, reason="no text layer", pages=4),
    document("c.pdf", date="2023", pages=4, pages_with_text=3, size_bytes=99),
    document("d.txt", FileState.DUPLICATE, reason="same as c.pdf", paragraphs=0),
]


def names(found: Listing) -> list[str]:
    return [row.path for row in found.rows]


def test_the_list_is_by_path_and_counts_what_can_be_found() -> None:
    found = listing(FEW)
    assert names(found) == ["a.pdf", "b/Storm.txt", "c.pdf", "d.txt"]
    assert (found.found, found.page, found.pages) == (4, 1, 1)
    # A duplicate's text is found as that of the file it repeats.
    assert (found.searchable, found.unread, found.paragraphs) == (3, 1, 15)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("storm", ["b/Storm.txt"]),
        ("THE storm", ["b/Storm.txt"]),
        ("storm pdf", []),
        ("layer", ["a.pdf"]),
        ("2023", ["c.pdf"]),
        ("  ", ["a.pdf", "b/Storm.txt", "c.pdf", "d.txt"]),
    ],
)
def test_words_are_looked_for_in_path_title_reason_and_date(
    words: str, expected: list[str]
) -> None:
    assert names(listing(FEW, words=words)) == expected


def test_no_name_reads_as_another() -> None:
    path = "report\u202efdp.txt"
    copy = document("copy.txt", FileState.DUPLICATE, reason=f"same as {path}", paragraphs=0)
    rows = listing([document(path), copy]).rows
    assert [(row.path, row.name, row.reason) for row in rows] == [
        ("copy.txt", "copy.txt", "same as report\ufffdfdp.txt"),
        (path, "report\ufffdfdp.txt", ""),
    ]


def test_only_the_searchable_or_the_others() -> None:
    assert names(listing(FEW, only="unread")) == ["a.pdf"]
    assert names(listing(FEW, only="searchable")) == ["b/Storm.txt", "c.pdf", "d.txt"]


@pytest.mark.parametrize(
    ("sort", "descending", "expected"),
    [
        ("path", True, "dcba"),
        ("paragraphs", True, "bacd"),
        ("date", False, "adcb"),
        ("size", True, "cabd"),
        ("title", False, "bacd"),
        ("state", False, "dbca"),
        ("coverage", False, "acbd"),
        ("nonsense", False, "abcd"),
    ],
)
def test_the_list_can_be_sorted(sort: str, descending: bool, expected: str) -> None:
    found = listing(FEW, sort=sort, descending=descending)
    assert "".join(row.path[0] for row in found.rows) == expected


def test_a_row_says_how_many_pages_have_text() -> None:
    by_path = {row.path: row for row in listing(FEW).rows}
    assert by_path["c.pdf"].coverage == "3 of 4"
    assert by_path["a.pdf"].coverage == "0 of 4"
    assert by_path["b/Storm.txt"].coverage == ""


@given(st.integers(0, 4 * PAGE_ROWS), st.integers(-2, 9))
def test_the_pages_hold_every_document_once(count: int, asked: int) -> None:
    documents = [document(f"{i:04}.txt") for i in range(count)]
    first = listing(documents)
    seen = [
        name for page in range(1, first.pages + 1) for name in names(listing(documents, page=page))
    ]
    assert seen == [d.path for d in documents]
    found = listing(documents, page=asked)
    assert 1 <= found.page <= found.pages


def test_a_title_that_is_the_name_of_its_file_is_not_told_twice() -> None:
    rows = listing([document("a/b.txt", title="b.txt"), document("c.txt", title="Sea")]).rows
    assert [row.title for row in rows] == ["", "Sea"]


def test_names_that_cannot_be_shown_are_shown_replaced() -> None:
    row = listing([document("a\x07b.txt", title="\ud800")]).rows[0]
    assert (row.path, row.name, row.title) == ("a\x07b.txt", "a\ufffdb.txt", "\ufffd")


@pytest.mark.parametrize(
    ("path", "paragraphs", "opens"),
    [("a b.txt", 3, True), ("a.txt", 0, False), ("a\udcff.txt", 3, False)],
)
def test_a_document_with_text_opens_where_its_path_fits_an_address(
    path: str, paragraphs: int, opens: bool
) -> None:
    [row] = listing([document(path, paragraphs=paragraphs)]).rows
    assert row.opens == opens


def test_every_state_is_either_searchable_or_not() -> None:
    for state in FileState:
        found = listing([document("a.txt", state)])
        assert found.rows[0].searchable == (state not in UNREAD_STATES)


def test_a_page_of_ten_thousand_documents_takes_some_times_what_sorting_them_does() -> None:
    documents = [document(f"folder/{i * 7919 % 10_000}.txt", title=f"T{i}") for i in range(10_000)]

    def last_page() -> Listing:
        return listing(documents, words="t", sort="title", descending=True, page=200)

    # Found by their words, sorted twice and counted: 7 to 11 times on an idle machine.
    sorting_s = thread_s(lambda: sorted(documents, key=lambda d: d.path.casefold()))
    assert thread_s(last_page) < 30 * sorting_s
    assert (last_page().found, len(last_page().rows)) == (10_000, PAGE_ROWS)
