from index.types import Paragraph, Sentence
from rag.types import Answer, AnswerSentence, Citation, Status, Verdict
from ui.items import items_of

LINES = ("- dry mouth", "- a cough", "Both pass.")


def listed() -> Paragraph:
    text = "\n".join(LINES)
    starts = [text.index(line) for line in LINES]
    sentences = tuple(
        Sentence(n, at, at + len(line), line)
        for n, (at, line) in enumerate(zip(starts, LINES, strict=True))
    )
    return Paragraph("a.md#1", "a.md", 1, 0, len(text), text, sentences=sentences)


def answer(*said: tuple[str, tuple[int, ...]]) -> Answer:
    source = listed()
    cited = (Citation(n, source, s.start, s.end) for n, s in enumerate(source.sentences, start=1))
    sentences = tuple(AnswerSentence(text, marks, Verdict.SUPPORTED) for text, marks in said)
    return Answer("q", "q", Status.ANSWERED, "text", sentences=sentences, citations=tuple(cited))


def test_items_of_a_list_are_told_from_what_is_said_beside_them() -> None:
    made = answer(("dry mouth", (1,)), ("a cough", (2,)), ("Both pass.", (3,)), ("Both.", (1, 2)))
    assert items_of(made) == (True, True, False, False)


def test_one_item_alone_is_a_sentence_like_any_other() -> None:
    assert items_of(answer(("dry mouth", (1,)), ("Both pass.", (3,)))) == (False, False)


def test_an_answer_without_sentences_has_no_items() -> None:
    assert items_of(answer()) == ()
