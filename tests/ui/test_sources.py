"""What a click in the panel leads to; clicks come from the browser and may say anything."""

from dataclasses import replace

import pytest

from tests.ui.corpus import (
    ASK_COST,
    ASK_LONG,
    ASK_SCAN,
    HARBOUR,
    LONG,
    QUOTE_SCAN,
    SCAN,
    corpus_engine,
    drawn_page,
)
from tests.ui.fakes import FakeEngine, Script, answered, citation, hit, paragraph
from ui.conversation import Conversation
from ui.scope import EVERYTHING
from ui.session import ChatTurn, Stage, Tab
from ui.sources import GONE, NO_PARAGRAPH, act
from ui.views import NOTHING_YET, Cards, Empty, OpenDocument, OpenPage


def tab_with(engine: FakeEngine, *questions: str) -> Tab:
    tab = Tab()
    tab.conversation = Conversation("c", "me")
    for question in questions:
        script = engine.scripts[question]
        turn = tab.conversation.add(question, Stage.SEARCHING, EVERYTHING)
        tab.conversation.update(
            ChatTurn(turn.id, question, Stage.FINISHED, "", script.hits, "", script.answer)
        )
    return tab


def opened(engine: FakeEngine, tab: Tab, **action: object) -> OpenDocument:
    view = act(engine, tab, action)
    assert isinstance(view, OpenDocument)
    return view


def test_a_citation_opens_twenty_paragraphs_on_either_side_and_more_on_demand() -> None:
    engine = corpus_engine()
    tab = tab_with(engine, ASK_LONG)
    view = opened(engine, tab, name="source", turn="t1", number=1)
    assert [view.passages[i].ordinal for i in (0, -1)] == [25, 65]
    assert [p.ordinal for p in view.passages if p.source] == [45]
    assert opened(engine, tab, name="before").earlier == 4
    assert opened(engine, tab, name="before").earlier == 0
    assert opened(engine, tab, name="after").later == 5
    whole = opened(engine, tab, name="after")
    assert (whole.later, len(whole.passages), whole.opener) == (0, 90, "#src-t1-1")


def test_a_quote_on_the_next_page_of_its_paragraph_opens_that_page() -> None:
    engine = corpus_engine()
    [first, second] = engine.drawn_pages[SCAN]
    both = "The breakwater is 300 metres long. It shall be built of granite."
    whole = replace(engine.corpus[SCAN][0], text=both, end=len(both))
    engine.corpus[SCAN][0] = whole
    found = Script((hit(whole, 1),), (), answered("q", [], [citation(1, whole, QUOTE_SCAN)]))
    engine.scripts["q"] = found
    view = act(engine, tab_with(engine, "q"), {"name": "source", "turn": "t1", "number": 1})
    assert isinstance(view, OpenPage)
    assert (first.number, view.number) == (1, second.number)
    assert len(view.boxes) == 1


def with_a_page_in_front(engine: FakeEngine, text: str) -> FakeEngine:
    """The engine once the scan begins with one page more: its paragraphs keep their ids."""
    by = len(text) + 1
    first = replace(paragraph(SCAN, 1, 0, text), page=1)
    moved = [
        replace(p, ordinal=n, page=n, start=p.start + by, end=p.end + by)
        for n, p in enumerate(engine.corpus[SCAN], 2)
    ]
    found = [first, *moved]
    return FakeEngine(
        {**engine.corpus, SCAN: found},
        drawn_pages={SCAN: [drawn_page(p.page or 0, p.start, p.text) for p in found]},
    )


def test_a_citation_of_a_document_that_changed_opens_the_page_its_words_are_on_now() -> None:
    engine = corpus_engine()
    tab = tab_with(engine, ASK_SCAN)
    action = {"name": "source", "turn": "t1", "number": 1}
    before = act(engine, tab, action)
    later = with_a_page_in_front(engine, "Plans of the breakwater, in two parts, with a map.")
    after = act(later, tab, action)
    assert isinstance(before, OpenPage)
    assert isinstance(after, OpenPage)
    assert after.number == before.number + 1
    assert after.boxes == before.boxes
    assert after.boxes


def test_an_address_opens_its_paragraph_unmarked_and_what_is_gone_says_so() -> None:
    engine, tab = corpus_engine(), Tab()
    wanted = engine.corpus[SCAN][1]
    view = opened(engine, tab, name="paragraph", paragraph=wanted.id)
    assert [(p.id, p.source) for p in view.passages] == [
        (engine.corpus[SCAN][0].id, False),
        (wanted.id, True),
    ]
    assert not any(run.marked for p in view.passages for part in p.parts for run in part.runs)
    for gone in ("", "x#0123456789ab", 7):
        assert act(engine, tab, {"name": "paragraph", "paragraph": gone}) == NO_PARAGRAPH


def test_cards_and_whole_documents_open() -> None:
    engine = corpus_engine()
    tab = tab_with(engine, ASK_COST)
    assert opened(engine, tab, name="hit", turn="t1", number=2).opener == "#hit-t1-2"
    assert isinstance(act(engine, tab, {"name": "cards", "turn": "t1"}), Cards)
    view = opened(engine, tab, name="file", document=LONG)
    assert (len(view.passages), view.later) == (40, 50)


def test_a_document_that_has_left_the_index_still_shows_its_cited_paragraph() -> None:
    engine = corpus_engine()
    tab = tab_with(engine, ASK_COST)
    del engine.corpus[HARBOUR]  # type: ignore[attr-defined]
    view = opened(engine, tab, name="source", turn="t1", number=1)
    assert len(view.passages) == 1
    assert view.note
    assert not view.changed


def test_a_document_whose_cited_paragraph_changed_opens_as_it_is_now() -> None:
    engine = corpus_engine()
    tab = tab_with(engine, ASK_LONG)
    [cited] = [p for p in engine.corpus[LONG] if p.ordinal == 45]
    engine.corpus[LONG][44] = replace(cited, id=f"{LONG}#other", text="Item 45 was dropped.")
    was = opened(engine, tab, name="source", turn="t1", number=1)
    assert (was.changed, len(was.passages)) == (True, 1)
    now = opened(engine, tab, name="now")
    assert [now.passages[i].ordinal for i in (0, -1)] == [25, 65]
    assert (now.changed, now.note, now.opener) == (False, "", was.opener)
    assert not any(passage.source for passage in now.passages)
    engine.corpus[LONG][5:] = []
    opened(engine, tab, name="source", turn="t1", number=1)
    assert len(opened(engine, tab, name="now").passages) == 5


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ({"name": "source", "turn": "t9", "number": 1}, GONE),
        ({"name": "source", "turn": "t1", "number": 9}, GONE),
        ({"name": "source", "turn": ["t1"], "number": "1"}, GONE),
        ({"name": "hit", "turn": "t1", "number": 9}, GONE),
        ({"name": "cards", "turn": "t9"}, NOTHING_YET),
        ({"name": "before"}, None),
        ({"name": "now"}, None),
        ({"name": "rm", "path": "/"}, None),
        ({}, None),
        ({"name": 7}, None),
    ],
)
def test_actions_that_name_nothing_known_open_nothing(
    action: dict[str, object], expected: Empty | None
) -> None:
    engine = corpus_engine()
    assert act(engine, tab_with(engine, ASK_COST), action) == expected


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.txt", "big.csv", "", 7])
def test_only_indexed_documents_open(path: object) -> None:
    engine = corpus_engine()
    view = act(engine, Tab(), {"name": "file", "document": path})
    assert isinstance(view, Empty)
