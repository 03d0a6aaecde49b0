"""Turns as views: every mark resolves, verdicts are told, each stage has its words."""

import json
from collections.abc import Callable
from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from index.types import Paragraph
from rag.types import Answer, AnswerSentence, Citation, Status, Timings, Verdict
from tests.ui.fakes import citation, paragraph
from ui.scope import Scope
from ui.session import ChatTurn, Stage
from ui.transcript import turn_view

SOURCE = paragraph("a b.txt", 3, 0, "some quote here")


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


def finished(answer: Answer) -> ChatTurn:
    return ChatTurn("t7", "q", Stage.FINISHED, answer=answer)


numbers = st.lists(st.integers(1, 6), max_size=4).map(tuple)


@given(st.lists(numbers, max_size=5), st.sets(st.integers(1, 6)))
def test_every_mark_of_an_answer_resolves_to_one_of_its_citations(
    cited: list[tuple[int, ...]], known: set[int]
) -> None:
    turn = finished(
        answer_of(
            [AnswerSentence("S.", ns, Verdict.SUPPORTED) for ns in cited],
            [citation(n, SOURCE, "quote") for n in sorted(known)],
        )
    )
    view = turn_view(turn, "c")
    for sentence, wanted in zip(view.sentences, cited, strict=True):
        assert [m.number for m in sentence.marks] == [n for n in wanted if n in known]
        assert all(turn.citation(m.number) for m in sentence.marks)


def test_a_refusal_shows_why_before_what_it_quotes(speaking: Callable[[str], None]) -> None:
    why = "Nothing found says this of “2001”; what comes nearest is:"
    answer = answer_of(
        [AnswerSentence("“some quote”", (1,), Verdict.SUPPORTED, quotation=True)],
        [citation(1, SOURCE, "some quote")],
        status=Status.REFUSED,
        refusal=why,
    )
    view = turn_view(finished(answer), "c")
    assert view.kind == "refusal"
    assert [s.text for s in view.sentences] == [why, "“some quote”"]
    assert [[m.number for m in s.marks] for s in view.sentences] == [[], [1]]
    speaking("de")
    german = turn_view(finished(answer), "c").sentences[0]
    assert german.text == "Nichts Gefundenes sagt das von „2001“; am nächsten kommt:"


def test_a_sentence_carries_its_marks_its_quote_and_its_verdict() -> None:
    answer = answer_of(
        [
            AnswerSentence("One.", (1,), Verdict.SUPPORTED),
            AnswerSentence("Two.", (1, 2), Verdict.PARTLY),
        ],
        [citation(1, SOURCE, "quote"), citation(2, SOURCE, "some")],
        timings=Timings(total=1234.0),
        removed=2,
    )
    view = turn_view(finished(answer), "c")
    assert [(s.text, [m.quote for m in s.marks], s.label) for s in view.sentences] == [
        ("One.", ["quote"], ""),
        ("Two.", ["quote", "some"], "partly supported"),
    ]
    assert view.sources[0].place == "paragraph 3"
    assert view.meta == "1 supported, 1 partly, 2 removed · Written by m · 1.2 s"


def test_quoted_words_are_shown_without_the_markup_of_their_document() -> None:
    text = "The **eastern** plate had a [crack](a.html).\n\n- Do *not* paint it.\n"
    source = paragraph("a.md", 1, 0, text)
    quotes = ["The **eastern** plate had a [crack](a.html).", "- Do *not* paint it."]
    answer = answer_of(
        [
            AnswerSentence(f"Why? “{quotes[0]}”", (1,), Verdict.SUPPORTED),
            AnswerSentence("Do *not* paint it.", (2,), Verdict.SUPPORTED),
            AnswerSentence("A **model** writes so.", (1,), Verdict.SUPPORTED),
        ],
        [citation(n, source, quote) for n, quote in enumerate(quotes, start=1)],
    )
    view = turn_view(finished(answer), "c")
    assert [s.text for s in view.sentences] == [
        f"Why? “{view.sources[0].quote}”",
        "Do not paint it.",
        "A **model** writes so.",
    ]
    assert "**" not in view.sentences[0].text


def test_an_answer_that_holds_altogether_says_so_in_two_words() -> None:
    answer = answer_of([AnswerSentence("One.", (1,), Verdict.SUPPORTED)], [])
    assert turn_view(finished(answer), "c").meta.startswith("all supported · ")
    beside = AnswerSentence("“One and two.”", (1,), Verdict.SUPPORTED, quotation=True)
    partly = answer_of([AnswerSentence("One.", (1,), Verdict.PARTLY), beside], [])
    assert turn_view(finished(partly), "c").meta.startswith("1 partly · ")
    quoted = answer_of([AnswerSentence("One.", (1,), Verdict.SUPPORTED)], [], extractive=True)
    assert turn_view(finished(quoted), "c").meta.startswith("Quoted from the documents")


def test_each_stage_has_its_words() -> None:
    def said(stage: Stage, **more: object) -> tuple[str, str]:
        view = turn_view(ChatTurn("t1", "q", stage, **more), "c", ahead=2)  # type: ignore[arg-type]
        return view.kind, view.text

    assert said(Stage.WAITING) == ("progress", "Waiting: 2 questions before this one…")
    assert said(Stage.SEARCHING) == ("progress", "Searching the documents…")
    assert said(Stage.READING) == ("progress", "Reading 0 paragraphs…")
    assert said(Stage.WRITING, draft="Half") == ("draft", "Half")
    assert said(Stage.STOPPED, draft="Half") == ("answer", "Half")
    stopped = turn_view(ChatTurn("t1", "q", Stage.STOPPED, draft="Half"), "c")
    assert stopped.notes == (
        "(stopped)",
        "What was written so far was not compared with the documents.",
    )
    assert turn_view(ChatTurn("t1", "q", Stage.STOPPED), "c").notes == ("(stopped)",)
    assert said(Stage.FAILED, failure="No.") == ("failure", "No.")


def test_a_refusal_and_an_error_show_their_words() -> None:
    refused = turn_view(finished(Answer("q", "q", Status.REFUSED, "Not in the documents.")), "c")
    assert (refused.kind, refused.text, refused.sentences) == (
        "refusal",
        "Not in the documents.",
        (),
    )
    assert refused.meta == "Not answered · 0.0 s"
    broken = turn_view(finished(Answer("q", "q", Status.ERROR, "", error="It is gone.")), "c")
    assert (broken.kind, broken.text, broken.meta) == ("failure", "It is gone.", "")


def test_the_standalone_question_and_the_scope_are_shown_where_they_differ() -> None:
    same = ChatTurn("t1", "Who  is it?", Stage.WRITING, "Who is it?")
    other = ChatTurn("t1", "Who?", Stage.WRITING, "Who is the mayor?", scope=Scope("a/*", "2024"))
    assert turn_view(same, "c").searched == ""
    assert turn_view(other, "c").searched == "Who is the mayor?"
    assert turn_view(other, "c").scope == ("a/*", "from 2024")


@given(st.text(), st.sampled_from(Stage), st.sampled_from(Status), st.sampled_from(Verdict))
def test_a_view_can_always_be_sent(
    text: str, stage: Stage, status: Status, verdict: Verdict
) -> None:
    source = Paragraph(text + "#1", text, 1, 0, len(text), text)
    answer = Answer(
        text, text, status, text, sentences=(AnswerSentence(text, (1,), verdict),),
        citations=(Citation(1, source, 0, len(text)),), model=text, notice=text, error=text,
    )  # fmt: skip
    for made in (None, answer):
        turn = ChatTurn("t1", text, stage, text + "x", draft=text, answer=made, failure=text)
        json.dumps(asdict(turn_view(turn, "c")), ensure_ascii=False).encode()
