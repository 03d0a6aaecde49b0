import pytest

from index.words import stems
from rag.routes.list_questions import asked_for, asks_for_several, may_be_of, maybe_asked_for
from rag.routes.lists import Listing, lists_in
from tests.index.cutting import cut
from tests.rag.listed_corpus import LEASE, RIVER

LISTS = [
    *lists_in(cut("mill lane.md", LEASE, markdown=True)),
    *lists_in(cut("senna trust.md", RIVER, markdown=True)),
]


def listed(over: str) -> Listing:
    [found] = [listing for listing in LISTS if listing.over == over]
    return found


@pytest.mark.parametrize(
    ("question", "over"),
    [
        ("What must the tenant do?", "The tenant must:"),
        ("What does the tenant have to do?", "The tenant must:"),
        ("What must the tenant not do?", "The tenant must not:"),
        ("What is the tenant not allowed to do?", "The tenant must not:"),
        ("What is included in the rent?", "Included in the rent"),
        ("Which measures has the Trust taken?", "The Trust has taken three measures."),
        ("Which fish were counted by the Senna Trust?", "These fish were counted:"),
        ("List the ways to help.", "Ways to help"),
    ],
)
def test_a_list_answers_what_is_said_over_it(question: str, over: str) -> None:
    assert asks_for_several(question)
    assert asked_for(question, LISTS) == [listed(over)]


@pytest.mark.parametrize(
    "question",
    [
        # of somebody or something else
        "What must the landlord do?",
        "What must the tenant of the mill do in 2030?",
        "Which fish were counted by the county?",
        "Which duties must the landlord of the tenant do?",
        # of which one
        "Which trust has taken three measures?",
        "Which fish was counted first?",
        # what may be done is not what must be
        "What may the tenant do?",
        # of one of the items
        "Which fish with the number 57 was counted?",
        "Which parking is included in the rent?",
        # of what stands over the list, not of the list
        "What is the tenant?",
        "What is the Senna Trust?",
        "Who is the tenant?",
        "Why must the tenant do it?",
    ],
)
def test_no_list_answers_anything_else_for_sure(question: str) -> None:
    assert asked_for(question, LISTS) == []


@pytest.mark.parametrize(
    "question",
    [
        "How many measures has the Trust taken?",
        "Must the tenant do it?",
        "When was the rent included?",
        "Which year was included in the rent?",
        "The tenant must",
    ],
)
def test_these_forms_ask_for_no_list(question: str) -> None:
    assert not asks_for_several(question)
    assert not may_be_of(question, LISTS[0])


def test_of_lists_that_are_spoken_of_alike_both_are_asked_for() -> None:
    text = (
        "# Velorin\n\n## Side effects\n\nCommon (1 in 10):\n\n- dry mouth\n- cough\n\n"
        "Rare (1 in 1,000):\n\n- rash\n- fever\n"
    )
    both = lists_in(cut("velorin.md", text, markdown=True))
    assert len(both) == 2
    assert asked_for("What are the side effects of Velorin?", both) == both
    assert asked_for("What are the rare side effects of Velorin?", both) == both[1:]


def test_lists_of_several_documents_that_fit_alike_are_none_for_sure() -> None:
    here, there = (lists_in(cut(path, LEASE, markdown=True)) for path in ("mill.md", "quay.md"))
    assert asked_for("What must the tenant do?", [*here, *there]) == []


def test_a_list_that_lacks_half_of_the_question_may_still_be_meant() -> None:
    duties = listed("The tenant must:")
    assert may_be_of("Which duties does a tenant have at home?", duties)
    assert not may_be_of("Which cats of the neighbours does a tenant feed on Sundays?", duties)
    assert may_be_of("Which cat does the tenant feed?", duties, led_in=True) is False


MINUTES = """# Minutes of the Extraordinary Board Meeting

## Present

- Margaret Oyelaran (Chair)
- Denis Whitcombe (Treasurer)

## Actions

- Dr Nair: commission a report on the valve.
- Ms Brandt: publish these minutes.
"""


def test_who_was_there_is_told_by_the_list_of_those_present() -> None:
    lists = lists_in(cut("minutes.md", MINUTES, markdown=True))
    present = lists[0]
    assert asked_for("Who was present at the extraordinary board meeting?", lists) == [present]
    assert asked_for("Who was present at the mill?", lists) == []
    assert asked_for("Who has to publish the minutes?", lists) == []


LINES = """Minutes of the Hall Committee
Meeting of 4 March 2026

Present: Ann Lee (chair), Tom Kruse, Priya Rao

Apologies: Joan Bell

The committee discussed the roof of the hall.
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Who was present at the meeting of the hall committee?",
            ["Present: Ann Lee (chair), Tom Kruse, Priya Rao"],
        ),
        (
            "Who attended the hall committee meeting?",
            ["Present: Ann Lee (chair), Tom Kruse, Priya Rao"],
        ),
        ("Whose apologies were there?", ["Apologies: Joan Bell"]),
        ("Who sent apologies?", ["Apologies: Joan Bell"]),
        ("Who was absent from the June meeting of the hall committee?", []),
        ("Who was absent from the meeting of the hall committee?", ["Apologies: Joan Bell"]),
        ("Who was present at the mill?", []),
        ("Who sent the invoice?", []),
    ],
)
def test_who_was_there_is_told_by_the_line_that_begins_with_it(
    question: str, told: list[str]
) -> None:
    lists = lists_in(cut("minutes.txt", LINES))

    def named(path: str) -> list[str]:
        return stems("Minutes of the Hall Committee Meeting of 4 March 2026")

    found = asked_for(question, lists, named)
    assert [item.words for listing in found for item in listing.items] == told


GUIDE = """# Lumen 5 printer

## Cleaning the head

You need a swab. Water must not be used.

1. Switch the printer off.
2. Draw the swab along the head.
3. Close the cover.

## Mounting

Follow these steps in the order given.

1. Drill two holes.
2. Screw the bracket on.

## 6. Return of the printer

6.1 The printer is returned in its box.
6.2 The buyer bears the cost.
"""
CLEANING, MOUNTING, RETURN = lists_in(cut("lumen.md", GUIDE, markdown=True))


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How do I clean the head of the printer?", [CLEANING]),
        ("how to clean the print head", []),
        ("steps to mount the Lumen 5", [MOUNTING]),
        ("How do I return the printer?", [RETURN]),
        pytest.param("How is the head cleaned?", [], id="not asked what to do"),
        pytest.param("What is the return of the printer?", [], id="clauses"),
        pytest.param("Why clean the head?", [], id="why"),
    ],
)
def test_what_is_to_be_done_is_told_by_the_steps_under_its_heading(
    question: str, found: list[Listing]
) -> None:
    assert asks_for_several(question)
    assert asked_for(question, [CLEANING, MOUNTING, RETURN]) == found


def test_of_clauses_one_is_not_completed_to_all() -> None:
    question = "How do I return it unopened?"
    assert not may_be_of(question, RETURN)
    assert maybe_asked_for(question, [RETURN]) == []
    assert may_be_of("How do I clean it unopened?", CLEANING)


@pytest.mark.parametrize(
    ("question", "over"),
    [
        ("What are the exclusions of the theft section?", ["We will not pay for theft:"]),
        ("What thefts do you pay for?", ["We will pay for theft:"]),
    ],
)
def test_what_is_excluded_stands_over_a_list_as_what_is_not_paid_for(
    question: str, over: list[str]
) -> None:
    text = (
        "# Policy\n\n## Theft section\n\nWe will pay for theft:\n\n- of stock;\n- of tools.\n\n"
        "### Exclusions\n\nWe will not pay for theft:\n\n- from vehicles;\n- by employees.\n"
    )
    found = asked_for(question, lists_in(cut("policy.md", text, markdown=True)))
    assert [listing.over for listing in found] == over
