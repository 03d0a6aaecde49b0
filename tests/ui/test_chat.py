"""The steps of the chat over a scripted engine, without a browser."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import UsageError
from index.types import Document, FileState
from rag.settings import Settings
from tests.ui.corpus import ASK_COST, ASK_LONG, ASK_SLOW, ASK_UNKNOWN, LONG, corpus_engine
from tests.ui.fakes import FakeEngine
from ui.actions import act
from ui.chat import BUSY, CHANGED, EMPTY, GONE, QUEUE_FULL, TURNS_SHOWN, UNKNOWN, Chat
from ui.context import Context
from ui.running import UNEXPECTED
from ui.scope import EVERYTHING, Scope, scope_of
from ui.session import Stage, Tab
from ui.sources import NO_PARAGRAPH
from ui.views import Cards, OpenDocument, View


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    context = Context(corpus_engine(), Settings(state=tmp_path, examples=("Why?",)), "x")
    yield context.chat
    context.close()


def opened(chat: Chat, owner: str = "me", conversation: str = "") -> Tab:
    tab = Tab()
    chat.open(tab, owner, conversation)
    return tab


def ask(chat: Chat, tab: Tab, question: str) -> None:
    assert chat.begin(tab, question).status == ""
    end = time.monotonic() + 10
    assert tab.conversation
    while tab.conversation.working:
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_new_tab_offers_the_examples_and_a_question_takes_their_place(chat: Chat) -> None:
    tab = Tab()
    first = chat.open(tab, "me", "")
    assert first.transcript
    assert (first.transcript.examples, first.transcript.unready) == (("Why?",), False)
    begun = chat.begin(tab, f"  {ASK_UNKNOWN} ")
    assert begun.transcript
    assert (begun.busy, begun.box, begun.transcript.examples) == (True, "", ())
    assert begun.transcript.turns[0].question == ASK_UNKNOWN


def test_an_address_of_a_conversation_that_is_not_there_says_so(chat: Chat) -> None:
    mine = opened(chat)
    ask(chat, mine, ASK_UNKNOWN)
    assert mine.conversation
    id_ = mine.conversation.id
    assert [chat.open(Tab(), owner, id_).status for owner in ("me", "other")] == ["", UNKNOWN]
    chat.remove(mine, id_)
    assert chat.open(Tab(), "me", id_).status == UNKNOWN
    assert chat.open(Tab(), "me", "").status == ""


def test_what_is_typed_before_a_page_has_its_conversation_stays_in_the_box(chat: Chat) -> None:
    tab = Tab()
    assert chat.open(tab, "me", "").box is None
    assert chat.open(tab, "me", "").box == ""


def test_a_question_asked_before_the_page_heard_of_the_last_answer_brings_it_along(
    chat: Chat,
) -> None:
    tab = opened(chat)
    ask(chat, tab, ASK_COST)
    begun = chat.begin(tab, ASK_SLOW).transcript
    assert begun
    assert [turn.kind for turn in begun.turns] == ["answer", "progress"]
    chat.stop(tab)


def test_without_a_document_that_was_read_no_example_is_offered(tmp_path: Path) -> None:
    unread = Document("scan.pdf", FileState.NO_TEXT, "no text layer", 0, "0" * 64, 9)
    engine = FakeEngine({}, unsearchable=(unread,))
    context = Context(engine, Settings(state=tmp_path, examples=("Why?",)), "x")
    first = context.chat.open(Tab(), "me", "").transcript
    assert first
    assert (first.unready, first.examples) == (True, ())
    context.close()


def test_an_address_opens_its_paragraph_with_the_conversation(chat: Chat) -> None:
    wanted = chat.engine.paragraphs(LONG)[43]
    action = {"name": "open", "conversation": "", "paragraph": wanted.id}
    view = act(chat, Tab(), "me", action).view
    assert isinstance(view, OpenDocument)
    assert [p.id for p in view.passages if p.source] == [wanted.id]
    assert act(chat, Tab(), "me", {**action, "paragraph": "x#1"}).view == NO_PARAGRAPH


def test_questions_that_cannot_be_asked_are_told_so(chat: Chat) -> None:
    tab = opened(chat)
    assert chat.begin(tab, " \n ").status == EMPTY
    assert "2,001 characters" in chat.begin(tab, "x" * 2001).status
    assert chat.begin(tab, ASK_SLOW).status == ""
    assert chat.begin(tab, ASK_COST).status == BUSY
    assert act(chat, tab, "me", {"name": "retry", "shown": []}).status == BUSY
    assert tab.conversation
    assert len(tab.conversation.turns) == 1
    chat.stop(tab)


def test_a_question_that_is_no_valid_text_is_asked_as_what_can_be_read(chat: Chat) -> None:
    tab = opened(chat)
    ask(chat, tab, "Who \ud800?")
    assert tab.conversation
    assert tab.conversation.turns[0].question == "Who ??"


def test_retry_and_edit_take_the_place_of_the_turn_and_what_follows(chat: Chat) -> None:
    tab = opened(chat)
    assert chat.retry(tab).status
    ask(chat, tab, ASK_COST)
    ask(chat, tab, ASK_LONG)
    chat.retry(tab)
    assert tab.conversation
    assert [t.question for t in tab.conversation.turns] == [ASK_COST, ASK_LONG]
    assert [t.id for t in tab.conversation.turns] == ["t1", "t3"]
    chat.stop(tab)
    assert chat.edit(tab, "t1", "  ").status == EMPTY
    assert chat.edit(tab, "t1", ASK_UNKNOWN).status == ""
    assert [t.question for t in tab.conversation.turns] == [ASK_UNKNOWN]
    chat.stop(tab)


@pytest.mark.parametrize(
    "action", [{"name": "retry"}, {"name": "edit", "question": "x"}, {"name": "delete"}]
)
def test_a_page_that_lacks_a_turn_changes_nothing_and_is_brought_up_to_date(
    chat: Chat, action: dict[str, object]
) -> None:
    tab = opened(chat)
    for question in (ASK_COST, ASK_UNKNOWN, ASK_LONG):
        ask(chat, tab, question)
    for shown in (["t2"], ["t1", "t2"], ["t1", "t3"], ["t9"], [], ["t0", "t1", "t2", "t3"]):
        screen = act(chat, tab, "me", {**action, "turn": "t2", "shown": shown})
        assert screen.status == CHANGED
        assert screen.transcript
        assert [turn.id for turn in screen.transcript.turns] == ["t1", "t2", "t3"]
    assert act(chat, tab, "me", {**action, "turn": "t2", "shown": ["t2", "t3"]}).status == ""
    assert tab.conversation
    assert [turn.id for turn in tab.conversation.turns] != ["t1", "t2", "t3"]
    chat.stop(tab)


def test_retry_and_edit_ask_the_part_of_the_corpus_that_was_asked(chat: Chat) -> None:
    tab = opened(chat)
    asked = Scope("a/*", "", "")
    chat.narrow(tab, asked)
    ask(chat, tab, ASK_COST)
    chat.narrow(tab, EVERYTHING)
    assert chat.retry(tab).status == ""
    assert tab.conversation
    assert [t.scope for t in tab.conversation.turns] == [asked]
    chat.stop(tab)
    chat.edit(tab, tab.conversation.turns[0].id, ASK_LONG)
    assert [t.scope for t in tab.conversation.turns] == [asked]
    chat.stop(tab)


def test_an_edit_that_finds_no_place_in_the_line_takes_nothing_out(chat: Chat) -> None:
    tab = opened(chat)
    ask(chat, tab, ASK_COST)
    ask(chat, tab, ASK_LONG)
    assert tab.conversation
    before = tab.conversation.turns
    chat.desk.close()
    assert chat.edit(tab, "t1", ASK_UNKNOWN).status == QUEUE_FULL
    assert tab.conversation.turns == before


def test_another_tab_of_the_owner_opens_the_same_conversation_and_others_a_new_one(
    chat: Chat,
) -> None:
    tab = opened(chat)
    ask(chat, tab, ASK_COST)
    assert tab.conversation
    assert opened(chat, "me", tab.conversation.id).conversation is tab.conversation
    other = opened(chat, "you", tab.conversation.id)
    assert other.conversation is not tab.conversation
    assert chat.shelf(other).rows == ()
    assert [row.name for row in chat.shelf(tab).rows] == [ASK_COST]


def test_a_source_opened_while_the_answer_is_written_stays_open(chat: Chat) -> None:
    tab = opened(chat)
    ask(chat, tab, ASK_COST)
    assert tab.conversation
    turns = tab.conversation.turns
    assert isinstance(chat.news(tab, turns, 0).view, Cards)
    assert act(chat, tab, "me", {"name": "source", "turn": "t1", "number": 1}).view
    assert chat.news(tab, turns, 0).view is None


def test_a_long_conversation_is_shown_from_its_end(chat: Chat) -> None:
    tab = opened(chat)
    assert tab.conversation
    for n in range(100):
        turn = tab.conversation.add(f"q{n}", Stage.WAITING, EVERYTHING)
        tab.conversation.end(turn.id)
    again = Tab()
    shown = chat.open(again, "me", tab.conversation.id).transcript
    assert shown
    assert (shown.earlier, len(shown.order), len(shown.turns)) == (60, TURNS_SHOWN, TURNS_SHOWN)
    more = act(chat, again, "me", {"name": "earlier"}).transcript
    assert more
    assert (more.earlier, len(more.order)) == (20, 2 * TURNS_SHOWN)
    # A page that missed a piece of news asks for the whole again: nothing it shows goes away.
    assert again.conversation
    whole = chat.open(again, "me", again.conversation.id).transcript
    assert whole
    assert (whole.earlier, len(whole.order)) == (20, 2 * TURNS_SHOWN)
    assert [turn.question for turn in more.turns] == [f"q{n}" for n in range(20, 60)]


def test_of_two_presses_the_later_one_counts_also_when_it_is_served_first(chat: Chat) -> None:
    tab = opened(chat)
    ask(chat, tab, ASK_COST)
    second = {"name": "source", "turn": "t1", "number": 2, "pressed": 2}
    assert act(chat, tab, "me", second).view
    shown = tab.viewing
    assert shown
    for name in ("source", "cards"):
        first = {"name": name, "turn": "t1", "number": 1, "pressed": 1}
        assert act(chat, tab, "me", first).view is None
    assert tab.viewing is shown
    assert act(chat, tab, "me", {"name": "cards", "turn": "t1", "pressed": 3}).view
    assert tab.viewing is None


def test_the_sources_of_an_older_turn_stay_in_the_panel_until_it_is_deleted(chat: Chat) -> None:
    tab = opened(chat)
    for question in (ASK_COST, ASK_LONG, ASK_UNKNOWN):
        ask(chat, tab, question)
    assert tab.conversation

    def news() -> View | None:
        assert tab.conversation
        return chat.news(tab, tab.conversation.turns[-1:], 0).view

    def cards_of(view: View | None) -> str:
        assert isinstance(view, Cards)
        return view.turn

    act(chat, tab, "me", {"name": "cards", "turn": "t1"})
    assert news() is None
    assert chat.delete(tab, "t2").view is None
    assert cards_of(chat.delete(tab, "t1").view) == "t3"
    # Those of the last turn change with its answer.
    act(chat, tab, "me", {"name": "cards", "turn": "t3"})
    assert cards_of(news()) == "t3"


def test_an_open_conversation_that_is_deleted_gives_way_to_a_new_one(chat: Chat) -> None:
    tab = opened(chat)
    ask(chat, tab, ASK_COST)
    assert tab.conversation
    screen = act(chat, tab, "me", {"name": "remove", "conversation": tab.conversation.id})
    assert screen.shelf
    assert screen.shelf.rows == ()
    assert tab.conversation.turns == ()


def test_a_question_in_a_conversation_deleted_elsewhere_is_asked_in_a_new_one_at_the_second_try(
    chat: Chat,
) -> None:
    tab = opened(chat)
    ask(chat, tab, ASK_COST)
    assert tab.conversation
    gone = tab.conversation
    other = opened(chat, conversation=gone.id)
    act(chat, tab, "me", {"name": "remove", "conversation": gone.id})
    told = act(chat, other, "me", {"name": "send", "question": ASK_COST})
    # What is in the box stays there.
    assert (told.status, told.box) == (GONE, None)
    assert told.transcript
    assert told.transcript.examples == ("Why?",)
    ask(chat, other, ASK_COST)
    assert other.conversation is not gone
    assert gone.turns == ()
    # The tab that deleted it has a new one already.
    ask(chat, tab, ASK_COST)


def test_a_tab_the_server_has_forgotten_finds_its_conversation_and_filters_again(
    chat: Chat,
) -> None:
    tab = opened(chat)
    ask(chat, tab, ASK_COST)
    assert tab.conversation
    fresh = Tab()
    action = {"name": "source", "turn": "t1", "number": 1, "conversation": tab.conversation.id}
    kept = {"glob": "harbour/*", "after": "", "before": "2025"}
    assert act(chat, fresh, "me", {**action, "filters": kept}).view
    assert fresh.conversation is tab.conversation
    assert fresh.scope == Scope("harbour/*", "", "2025")
    # Of a tab that it knows, the server knows the filters: what comes late changes nothing.
    act(chat, fresh, "me", {**action, "name": "open", "filters": {}})
    assert fresh.scope == Scope("harbour/*", "", "2025")
    # Unless they come with a question, which is asked as the page shows it.
    act(chat, fresh, "me", {"name": "send", "question": ASK_COST, "filters": {"glob": "a/*"}})
    assert tab.conversation
    assert tab.conversation.turns[-1].scope == fresh.scope == Scope("a/*")
    chat.stop(fresh)


def test_a_scope_is_read_by_what_it_is(chat: Chat) -> None:
    tab = opened(chat)
    act(chat, tab, "me", {"name": "scope", "glob": " a/* ", "after": "2024-01-31", "before": "x"})
    assert tab.scope == Scope("a/*", "2024-01-31", "")
    assert tab.scope.labels() == ("a/*", "from 2024-01-31")
    assert scope_of({"glob": 7, "after": ["2024"]}) == EVERYTHING
    offered = {choice.name: choice.pattern for choice in chat.scope_view(tab).choices}
    assert offered["harbour/*"] == "harbour/*"
    assert offered["minutes/council-2023.md"] == "minutes/council-2023.md"


@pytest.mark.parametrize(
    ("after", "before", "possible"),
    [
        ("2024", "2024-01-02", True),
        ("", "2023", True),
        ("2024", "2024-01-01", False),
        ("2024-06-01", "2023-01-01", False),
    ],
)
def test_dates_that_no_document_can_have_are_told_so(
    chat: Chat, after: str, before: str, possible: bool
) -> None:
    tab = opened(chat)
    narrowed = chat.narrow(tab, Scope("", after, before)).status
    assert (narrowed == "") == possible
    assert chat.begin(tab, ASK_UNKNOWN).status == narrowed
    chat.stop(tab)


def test_a_failed_handler_leaves_the_page_usable(chat: Chat) -> None:
    tab = opened(chat)
    screen = chat.failed(tab, KeyError("secret"))
    assert (screen.busy, screen.status) == (False, UNEXPECTED)
    assert chat.failed(Tab(), UsageError("mend it")).status == "mend it"
