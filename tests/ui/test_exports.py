"""Receipts and conversations as files: whole, and with nothing in them that could run."""

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from index.errors import UsageError
from rag.receipt import Receipt, receipt
from rag.types import Answer, AnswerSentence, Status, Verdict
from tests.timing import thread_s
from tests.ui.corpus import ASK_COST, ASK_HOSTILE, ASK_LONG, ATTACK, QUOTE_COST, corpus_engine
from tests.ui.fakes import citation, paragraph
from ui.conversation import Conversation
from ui.export import as_html, as_json, as_markdown
from ui.receipt_page import read_receipt, receipt_page
from ui.render import inert
from ui.scope import EVERYTHING, Scope
from ui.session import Stage

SAFE = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "small", "ol", "li",
        "blockquote", "code", "dl", "dt", "dd", "script", "q"}  # fmt: skip


class Tags(HTMLParser):
    """The tags and attributes of a page, and its text outside scripts."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] != "script":
            self.text += data


def conversation(*questions: str) -> Conversation:
    found, engine = Conversation("c", "me"), corpus_engine()
    for question in questions:
        turn, script = found.add(question, Stage.SEARCHING, EVERYTHING), engine.scripts[question]
        made = replace(turn, stage=Stage.FINISHED, hits=script.hits, answer=script.answer)
        found.update(made)
    return found


def receipt_of(question: str) -> Receipt:
    answer = corpus_engine().scripts[question].answer
    assert answer is not None
    return receipt(answer, {"harbour/2024-storm.txt": "abc"}, {"llm": ATTACK}, "2024")


@pytest.mark.parametrize("question", [ASK_COST, ASK_HOSTILE])
def test_a_receipt_is_read_back_from_its_page(question: str) -> None:
    made = receipt_of(question)
    page = receipt_page(made)
    assert read_receipt(page) == made
    tags = Tags(page).tags
    assert {tag for tag, _ in tags} <= SAFE
    assert [a for tag, a in tags if tag == "script"] == [
        {"type": "application/json", "id": "pincite-receipt"}
    ]
    assert not [a for _, a in tags for name in a if name.startswith("on") or name == "src"]


def test_each_sentence_of_a_receipt_stands_on_a_line_of_its_own() -> None:
    made = receipt_of(ASK_COST)
    assert len(made.sentences) > 1
    lines = receipt_page(made).partition("<h2>")[0].split("<p>")[-len(made.sentences) :]
    for line, sentence in zip(lines, made.sentences, strict=True):
        assert line.startswith(inert(sentence.text))


def test_a_receipt_of_a_refusal_tells_why_and_what_it_quotes() -> None:
    made = replace(receipt_of(ASK_COST), status="refused", answer="They have 1932: “Sunk.” [1]")
    assert "They have 1932: “Sunk.” [1]" in Tags(receipt_page(made)).text


@given(st.text())
def test_a_receipt_of_any_text_is_read_back_from_its_page(text: str) -> None:
    made = replace(receipt_of(ASK_COST), question=text, settings={text: text})
    assert read_receipt(receipt_page(made)) == made


BEGUN = '<script type="application/json" id="pincite-receipt">'


@pytest.mark.parametrize(
    "page", ["<html></html>", f"<html>{BEGUN}{{}}", f"<p></script>{BEGUN}"], ids=str
)
def test_a_page_without_a_receipt_is_refused(page: str) -> None:
    with pytest.raises(UsageError, match="no receipt"):
        read_receipt(page)


def test_a_page_of_many_receipts_that_never_end_is_refused_at_once() -> None:
    page = "<html>" + BEGUN * 40_000

    def read() -> None:
        with pytest.raises(UsageError, match="no receipt"):
            read_receipt(page)

    assert thread_s(read, times=1) < 0.5


def test_an_export_holds_questions_answers_and_quotations() -> None:
    found = conversation(ASK_COST)
    for text in (as_markdown(found), Tags(as_html(found)).text, as_json(found)):
        for words in (QUOTE_COST, "harbour/2024", "The regional fund paid", "partly"):
            assert words in text
    value = json.loads(as_json(found))
    assert value["turns"][0]["answer"]["citations"][0]["quote"] == QUOTE_COST


def test_an_export_holds_what_is_told_of_an_answer_where_and_as_what_it_was_asked() -> None:
    found = conversation(ASK_LONG)
    asked = "What became of item 45?"
    scope = Scope("minutes/*", "2023", "")
    found.turns = (replace(found.turns[0], standalone_question=asked, scope=scope),)
    for text in (as_markdown(found), Tags(as_html(found)).text):
        for words in ("No model was found", f"Searched for: {asked}", "Only in: minutes/", "2023"):
            assert words in text.replace("\\", "")
    [turn] = json.loads(as_json(found))["turns"]
    assert turn["notice"].startswith("No model was found")


@pytest.mark.parametrize("start", ["1986.", "2)", "3.", "-", "+", "=", "*", "#", ">", "---"])
def test_an_answer_that_begins_like_an_item_of_a_list_is_shown_as_it_is(start: str) -> None:
    found = conversation(ASK_COST)
    answer = found.turns[0].answer
    assert answer is not None
    said = f"{start} It was rebuilt."
    first = replace(answer.sentences[0], text=said)
    found.turns = (replace(found.turns[0], answer=replace(answer, sentences=(first,))),)
    drawn = MarkdownIt("commonmark").render(as_markdown(found))
    assert said in Tags(drawn).text
    assert [a for tag, a in Tags(drawn).tags if tag in ("ul", "ol")] == [{}]


@pytest.mark.parametrize(("marks", "shown"), [(("- ", "- "), "- "), (("1) ", "2) "), "")])
def test_each_item_of_a_list_is_exported_on_a_line_of_its_own(
    marks: tuple[str, str], shown: str
) -> None:
    items = [f"{mark}{text}" for mark, text in zip(marks, ("mend it", "paint it"), strict=True)]
    lines = ["The town must:", *items, "That is all."]
    source = paragraph("a.md", 1, 0, ". ".join(lines))
    cited = tuple(citation(n, source, line) for n, line in enumerate(lines, start=1))
    said = tuple(
        AnswerSentence(line.removeprefix("- "), (n,), Verdict.SUPPORTED)
        for n, line in enumerate(lines, start=1)
    )
    found = Conversation("c", "me")
    turn = found.add("What must it do?", Stage.SEARCHING, EVERYTHING)
    answer = Answer("q", "q", Status.ANSWERED, "text", sentences=said, citations=cited)
    found.update(replace(turn, stage=Stage.FINISHED, answer=answer))
    whole = ["The town must:[1]", f"{shown}{said[1].text}[2]", f"{shown}{said[2].text}[3]",
             "That is all.[4]"]  # fmt: skip
    written = as_markdown(found).replace("\\", "").split("\n\n")
    assert [line.strip() for line in written if line.strip() in whole] == whole
    assert "\n".join(whole) in Tags(as_html(found)).text


def test_a_hostile_conversation_is_exported_as_text() -> None:
    found = conversation(ASK_HOSTILE)
    page = as_html(found)
    assert {tag for tag, _ in Tags(page).tags} <= SAFE - {"script"}
    assert ATTACK in Tags(page).text
    drawn = MarkdownIt("commonmark", {"html": True}).enable("table").render(as_markdown(found))
    tags = {tag for tag, _ in Tags(drawn).tags}
    assert tags <= {"h1", "h2", "p", "ol", "li", "em"}
