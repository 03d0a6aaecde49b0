"""Cards, documents and file lists as values."""

from dataclasses import replace

from index.types import Document, FileState
from rag.types import Answer, Status, Verdict
from tests.ui.fakes import answered, citation, hit, paragraph, paragraphs_of
from ui.evidence import (
    best_sentence,
    cards,
    hit_link,
    open_document,
)
from ui.render import source_link
from ui.session import ChatTurn, Stage, Viewing
from ui.views import NOTHING_YET, Cards, Empty, HeadingView, PartView, Run

PARAGRAPHS = paragraphs_of("d.md", ["# A", "One is. Two is.", "Three.", "# B", "Four.", "Five."])
FOUR = (PartView("prose", (Run("Four", True), Run("."))),)
A, B = ((HeadingView(1, (Run(title),)),) for title in "AB")


def test_the_best_sentence_is_marked_and_a_hit_without_sentences_is_not() -> None:
    found = hit(PARAGRAPHS[0], 1, best=1)
    start, end = best_sentence(found)
    assert PARAGRAPHS[0].text[start:end] == "Two is."
    assert best_sentence(replace(found, best_sentence=9)) == (0, 0)
    assert best_sentence(replace(found, paragraph=replace(PARAGRAPHS[0], sentences=()))) == (0, 0)


def test_cards_list_what_is_cited_first_and_then_what_else_was_found() -> None:
    hits = tuple(hit(p, rank) for rank, p in enumerate(PARAGRAPHS, 1))
    turn = ChatTurn("t2", "q", Stage.READING, hits=hits)
    before = cards(turn)
    assert isinstance(before, Cards)
    assert before.title == "Paragraphs found"
    assert [card.href for card in before.cards] == [hit_link("t2", n) for n in (1, 2, 3, 4)]
    answer = answered(
        "q", [("S.", (1,), Verdict.SUPPORTED)], [citation(1, PARAGRAPHS[2], "Four")], hits
    )
    after = cards(replace(turn, stage=Stage.FINISHED, answer=answer))
    assert isinstance(after, Cards)
    assert after.title == "Sources of this answer"
    assert [(card.group, card.number) for card in after.cards] == [
        ("Cited", 1),
        ("Also found", 0),
        ("Also found", 0),
        ("Also found", 0),
    ]
    assert after.cards[0].href == source_link("t2", 1)
    assert after.cards[0].parts == FOUR
    assert after.cards[0].headings == "B"


def test_that_nothing_comes_near_is_said_of_a_search_that_was_made_and_of_no_other() -> None:
    turn = ChatTurn("t1", "q")
    for stage in (Stage.STOPPED, Stage.FAILED):
        assert cards(replace(turn, stage=stage)) == NOTHING_YET
    refused = Answer("q", "q", Status.REFUSED, "No.")
    assert cards(replace(turn, answer=replace(refused, status=Status.ERROR))) == NOTHING_YET
    found = cards(replace(turn, stage=Stage.FINISHED, answer=refused))
    assert isinstance(found, Empty)
    assert "comes near" in found.text


def test_a_card_tells_the_title_and_the_date_of_its_document() -> None:
    turn = ChatTurn("t1", "q", Stage.READING, hits=(hit(PARAGRAPHS[0], 1),))
    known = Document("d.md", FileState.INDEXED, "", 4, "0", 1, "A title", date="2024-03")
    view = cards(turn, {"d.md": known})
    assert isinstance(view, Cards)
    assert (view.cards[0].name, view.cards[0].date) == ("d.md · A title", "2024-03")


def test_a_refusal_names_the_nearest_paragraphs_and_nothing_found_says_so() -> None:
    refused = Answer("q", "q", Status.REFUSED, "No.")
    near = cards(ChatTurn("t1", "q", Stage.FINISHED, hits=(hit(PARAGRAPHS[0], 1),), answer=refused))
    assert isinstance(near, Cards)
    assert near.title == "Nearest paragraphs"
    assert isinstance(cards(ChatTurn("t1", "q", Stage.FINISHED, answer=refused)), Empty)


def test_a_document_window_counts_what_it_leaves_out_and_repeats_no_heading() -> None:
    document = Document("d.md", FileState.INDEXED, "", 4, "0", 1, "Title", date="2024-03-14")
    viewing = Viewing("d.md", 2, 3, PARAGRAPHS[2].id, mark=(0, 4), turn_id="t1", opener="#src-t1-1")
    view = open_document(viewing, PARAGRAPHS[1:3], document)
    assert view.subtitle == "Title · 2024-03-14 · 4 paragraphs"
    assert [(p.ordinal, p.headings, p.source) for p in view.passages] == [
        (2, A, False),
        (3, B, True),
    ]
    assert (view.earlier, view.later) == (1, 1)
    assert view.passages[1].parts == FOUR
    whole = open_document(replace(viewing, first=1, last=4), PARAGRAPHS, None)
    assert [p.headings for p in whole.passages] == [A, (), B, ()]
    assert (whole.earlier, whole.later) == (0, 0)


def test_a_source_that_has_left_its_document_is_shown_as_it_was() -> None:
    gone = paragraph("d.md", 7, 100, "It was so.")
    viewing = Viewing("d.md", 1, 4, gone.id, gone.text, 7, (0, 2))
    for paragraphs in (PARAGRAPHS, []):
        view = open_document(viewing, paragraphs, None)
        assert [p.parts for p in view.passages] == [
            (PartView("prose", (Run("It", True), Run(" was so."))),)
        ]
        assert "changed or removed" in view.note
