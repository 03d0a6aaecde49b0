"""Messages: only our own tags, exactly the given text, links that resolve."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from index.types import Paragraph
from rag.types import Answer, AnswerSentence, Citation, Status, Timings, Verdict
from tests.ui.corpus import ATTACK
from tests.ui.fakes import citation, paragraph
from ui.render import (
    answer_message,
    inert,
    messages,
    place,
    printable,
    question_message,
    source_link,
    turn_message,
)
from ui.session import ChatTurn, Stage

TAGS = {"div", "span", "sup", "a", "q"}
ATTRIBUTES = {"class", "dir", "href", "title"}
# What makes Markdown or HTML of text, and what attacks are made of, more often than by chance.
texts = st.text() | st.lists(
    st.sampled_from(["<", ">", "&", '"', "'", "`", "\n", "\n\n", "[1]", "](", "$", "${", "{{", "%"])
    | st.sampled_from(
        ["<img src=x>", "</div>", "&lt;", "&#60;", "http://x", "\x85", "\ud800", "\r"]
    )
    | st.text(max_size=5)
).map("".join)


class Parsed(HTMLParser):
    """Tags, attributes and text of a piece of markup, as an HTML parser sees it."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.links: list[str] = []
        self.other = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.other += data

    def handle_decl(self, decl: str) -> None:
        self.other += decl

    def handle_pi(self, data: str) -> None:
        self.other += data


def assert_only_our_markup(markup: str) -> Parsed:
    parsed = Parsed(markup)
    assert set(parsed.tags) <= TAGS
    assert {name for name, _ in parsed.attributes} <= ATTRIBUTES
    assert parsed.other == ""
    # A blank line would end the HTML block, and a line break could start a Markdown block.
    assert "\n" not in markup
    assert "\r" not in markup
    assert markup.startswith('<div class="pc-message')
    return parsed


def answer_of(sentences: list[AnswerSentence], cited: list[Citation], **more: object) -> Answer:
    settings: dict[str, object] = {"status": Status.ANSWERED, "model": "m"} | more
    return Answer(
        question="q",
        standalone_question="q",
        text="text",
        sentences=tuple(sentences),
        citations=tuple(cited),
        **settings,  # type: ignore[arg-type]
    )


@given(texts)
def test_inert_text_reads_back_as_the_printable_text_and_holds_no_syntax(text: str) -> None:
    parsed = Parsed(f"<b>{inert(text)}</b>")
    assert parsed.tags == ["b"]
    assert parsed.text == printable(text)
    assert not set(re.sub(r"&#\d+;", "", inert(text))) & set("<>&\"'`*_[](){}!#$%~|\\^=+:/@\n\r\t")


@given(texts)
def test_printable_keeps_the_length_and_can_be_sent_as_utf8(text: str) -> None:
    assert len(printable(text)) == len(text)
    printable(text).encode()


@given(texts)
def test_a_question_is_shown_as_it_was_typed(question: str) -> None:
    assert assert_only_our_markup(question_message(question)).text == printable(question)


@given(texts, texts, texts, texts, texts, texts, st.sampled_from(Verdict), st.sampled_from(Status))
def test_no_part_of_an_answer_can_add_markup(
    sentence: str, path: str, standalone: str, notice: str, model: str, text: str,
    verdict: Verdict, status: Status,
) -> None:  # fmt: skip
    source = Paragraph(path + "#1", path, 1, 0, 5, "quote")
    answer = Answer(
        "q",
        standalone,
        status,
        text,
        sentences=(AnswerSentence(sentence, (1, 2), verdict),),
        citations=(Citation(1, source, 0, 5),),
        model=model,
        notice=notice,
        error=text,
    )
    parsed = assert_only_our_markup(answer_message("t1", answer))
    if status is Status.ANSWERED:
        assert printable(sentence) in parsed.text


@given(texts, st.sampled_from(Stage))
def test_no_stage_of_a_turn_can_add_markup(text: str, stage: Stage) -> None:
    turn = ChatTurn("t1", text, stage, standalone_question=text + "x", draft=text, failure=text)
    shown = messages([turn])
    assert [message["role"] for message in shown] == ["user", "assistant"]
    for message in shown:
        assert_only_our_markup(message["content"])


numbers = st.lists(st.integers(1, 6), max_size=4).map(tuple)


@given(st.lists(numbers, max_size=5), st.sets(st.integers(1, 6)))
def test_every_link_of_an_answer_resolves_to_one_of_its_citations(
    cited: list[tuple[int, ...]], known: set[int]
) -> None:
    source = paragraph("a.txt", 1, 0, "some quote here")
    answer = answer_of(
        [AnswerSentence("S.", ns, Verdict.SUPPORTED) for ns in cited],
        [citation(n, source, "quote") for n in sorted(known)],
    )
    turn = ChatTurn("t7", "q", Stage.FINISHED, answer=answer)
    for link in Parsed(turn_message(turn)).links:
        found = re.fullmatch(r"#src-t7-(\d+)", link)
        assert found
        assert turn.citation(int(found[1])) is not None


def test_a_sentence_is_followed_by_its_marks_and_its_verdict() -> None:
    source = paragraph("a b.txt", 3, 0, "some quote here")
    answer = answer_of(
        [
            AnswerSentence("One.", (1,), Verdict.SUPPORTED),
            AnswerSentence("Two.", (1, 2), Verdict.PARTLY),
            AnswerSentence("Three.", (), Verdict.UNSUPPORTED),
        ],
        [citation(1, source, "quote"), citation(2, source, "some")],
        timings=Timings(total=1234.0),
    )
    parsed = Parsed(answer_message("t1", answer))
    assert parsed.text == (
        "One.[1] Two.[1][2]partly supported Three.not supported"
        "[1] a b.txt, paragraph 3[2] a b.txt, paragraph 3"
        "Written by m · 1.2 s"
    )
    assert parsed.links[:3] == [source_link("t1", n) for n in (1, 1, 2)]
    assert ("title", "a b.txt, paragraph 3") in parsed.attributes


def test_an_answer_without_sentences_shows_its_text() -> None:
    assert Parsed(answer_message("t1", answer_of([], []))).text.startswith("text")


def test_the_standalone_question_is_shown_only_where_it_differs() -> None:
    same = ChatTurn("t1", "Who  is it?", Stage.WRITING, "Who is it?", draft="d")
    other = ChatTurn("t1", "Who is it?", Stage.WRITING, "Who is the mayor?", draft="d")
    assert "Searched for" not in turn_message(same)
    assert Parsed(turn_message(other)).text == "Searched for: Who is the mayor?d"


def test_a_stopped_turn_keeps_its_draft() -> None:
    assert Parsed(turn_message(ChatTurn("t1", "q", Stage.STOPPED, draft="Half"))).text == (
        "Half(stopped)"
    )


def test_a_refusal_and_an_error_show_their_words() -> None:
    refused = Answer("q", "q", Status.REFUSED, "Not in the documents.")
    broken = Answer("q", "q", Status.ERROR, "", error="The model is gone.")
    assert Parsed(answer_message("t1", refused)).text == "Not in the documents.Not answered · 0.0 s"
    assert Parsed(answer_message("t1", broken)).text == (
        "The model is gone.Press Retry to ask again."
    )


def test_places_name_the_page_where_there_is_one() -> None:
    assert place(Paragraph("i", "p", 3, 0, 1, "x")) == "paragraph 3"
    assert place(Paragraph("i", "p", 3, 0, 1, "x", page=7)) == "page 7, paragraph 3"


def test_the_attack_of_the_browser_tests_holds_what_it_should() -> None:
    for part in ("<img", "![](", "](javascript:", "$$", "${", "{{", "%%%LATEX", "<form", "`"):
        assert part in ATTACK
