from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.routes.lists import Listing, lists_in
from tests.index.cutting import cut
from tests.rag.listed_corpus import LEASE, RIVER


def told(listing: Listing) -> tuple[str, str, list[str]]:
    return listing.over, listing.heading, [item.words for item in listing.items]


def test_each_list_is_found_with_what_leads_in_to_it() -> None:
    assert [told(listing) for listing in lists_in(cut("lease.md", LEASE, markdown=True))] == [
        (
            "The tenant must:",
            "Duties",
            [
                "keep the premises clean and dry;",
                "insure her own tools;",
                "let the landlord in once a quarter.",
            ],
        ),
        (
            "The tenant must not:",
            "Duties",
            ["keep petrol on the premises;", "sublet any part of the workshop."],
        ),
        (
            "Included in the rent",
            "Included in the rent",
            ["1. water", "2. refuse collection", "3. one parking space"],
        ),
    ]


def test_what_is_told_in_order_and_the_rows_under_a_lead_in_are_lists() -> None:
    measures, fish, ways = lists_in(cut("river.md", RIVER, markdown=True))
    assert measures.over == "The Trust has taken three measures."
    assert [item.words.split(",")[0] for item in measures.items] == ["First", "Second", "Third"]
    assert fish.over == "These fish were counted:"
    assert [item.words for item in fish.items] == [
        "fish: brown trout; number: 412",
        "fish: grayling; number: 57",
    ]
    assert ways.over == "Ways to help"


def test_one_item_a_table_without_lead_in_and_a_list_amid_prose_are_told_of_nothing() -> None:
    one = "# Fruit\n\n- apples\n\nThey are red."
    table = "# Fruit\n\n| name | price |\n|---|---|\n| apple | 2 |\n| pear | 3 |"
    amid = "# Fruit\n\nApples are red. Pears are green.\n\n- see page 3\n- see page 4"
    unordered = amid.replace("- see page 3", "2. see page 3").replace("- see", "5. see")
    for text in (one, table, amid, unordered):
        assert lists_in(cut("fruit.md", text, markdown=True)) == [], text


def test_steps_are_a_list_though_prose_stands_between_them_and_their_heading() -> None:
    for marks in (("1.", "2."), ("6.1", "6.2")):
        text = f"# Rice\n\nWash it. Use a pan.\n\n{marks[0]} Boil water.\n{marks[1]} Add salt.\n"
        [listing] = lists_in(cut("rice.md", text, markdown=True))
        assert (listing.over, listing.in_steps) == ("Rice", True)


@given(st.text("ab:.\n-1) ,|#FirstScond", max_size=200))
def test_items_are_words_of_their_document_in_order_whatever_it_is(text: str) -> None:
    for listing in lists_in(cut("any.txt", text)):
        spans = [*([listing.intro] if listing.intro else []), *listing.items]
        assert len(listing.items) >= 2
        assert all(text[span.start : span.end] == span.text for span in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    "mark", ["●", "▪", "·", "--", "o\t", "•\t", "1.\t", "o  ", "\uf0b7", "➢", "(a)", "2."]
)
def test_whatever_begins_the_items_they_are_a_list(mark: str) -> None:
    text = f"Passengers must:\n\n{mark} show a ticket\n{mark} keep dogs on a lead\n"
    [listing] = lists_in(cut("ferry.txt", text))
    words = [item.words.removeprefix(f"{mark.strip()} ") for item in listing.items]
    assert (listing.over, words) == ("Passengers must:", ["show a ticket", "keep dogs on a lead"])


def test_a_word_of_one_letter_begins_no_item() -> None:
    assert lists_in(cut("canto.txt", "Disse:\n\no mar e a terra\no vento e a chuva\n")) == []


def test_the_items_of_a_numbered_clause_are_a_list_of_their_own_that_it_leads_in_to() -> None:
    text = (
        "1  The register\n\n(1) Each council must keep one.\n\n(2) It must show, for each plot—\n"
        "    (a) its size;\n    (b) whether it is—\n        (i) let, or\n        (ii) vacant; and\n"
        "    (c) who holds it.\n\n(3) It must be open to all.\n"
    )
    inner, outer, whole = lists_in(cut("act.txt", text))
    assert (inner.over, [item.words for item in inner.items]) == (
        "(b) whether it is—",
        ["(i) let, or", "(ii) vacant; and"],
    )
    assert outer.over == "(2) It must show, for each plot—"
    assert [item.words[:3] for item in outer.items] == ["(a)", "(b)", "(i)", "(ii", "(c)"]
    assert inner.goes_on
    assert not whole.goes_on


def test_clauses_one_after_the_other_that_each_end_with_a_colon_lead_in_to_none() -> None:
    text = "Rules\n\n1. Opening:\n2. Closing:\n3. Keys are kept by Ann.\n"
    assert [listing.intro for listing in lists_in(cut("rules.txt", text))] == [None]
