"""Answers, questions and failures -> the markup of a chat message.

Everything that comes from a document, a model or a user passes through ``inert``: each ASCII
punctuation mark that Markdown or HTML could read as syntax becomes a character reference, line
breaks included, so a message is always one HTML block whose tags are the ones written here.
"""

import re
from collections.abc import Iterable, Sequence

from index.types import Paragraph
from rag.types import Answer, AnswerSentence, Status, Verdict
from ui.session import ChatTurn, Stage

_ACTIVE = re.compile(r"[\t\n\r!-+/:<=>@\[-`{-~]")
# Lone surrogates cannot be sent as JSON; the rest are invisible controls, or (0x80 to 0x9f) code
# points that a character reference would turn into something else.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

VERDICTS = {
    Verdict.PARTLY: (
        "partly supported",
        "Only part of this sentence was found in the cited paragraph.",
    ),
    Verdict.UNSUPPORTED: (
        "not supported",
        "This sentence was not found in the documents.",
    ),
}
PROGRESS = {
    Stage.WAITING: "Waiting for another question to be answered…",
    Stage.SEARCHING: "Searching the documents…",
    Stage.READING: "Reading {found}…",
}


def printable(text: str) -> str:
    """``text`` with every character that cannot be shown replaced, one for one."""
    return _UNPRINTABLE.sub("\ufffd", text)


def inert(text: str) -> str:
    """``text`` as markup that shows exactly it, as content and as attribute value alike."""
    return _ACTIVE.sub(lambda found: f"&#{ord(found[0])};", printable(text))


def counted(number: int, noun: str) -> str:
    """``1 paragraph``, ``1,200 paragraphs``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def place(paragraph: Paragraph) -> str:
    """Where in its document: ``paragraph 3`` or ``page 2, paragraph 3``."""
    page = f"page {paragraph.page}, " if paragraph.page is not None else ""
    return f"{page}paragraph {paragraph.ordinal}"


def source_link(turn_id: str, number: int) -> str:
    """The address that the citation ``[number]`` of a turn's answer links to."""
    return f"#src-{turn_id}-{number}"


def messages(turns: Iterable[ChatTurn]) -> list[dict[str, str]]:
    """The conversation as the chat component takes it: role and content."""
    shown: list[dict[str, str]] = []
    for turn in turns:
        shown.append({"role": "user", "content": question_message(turn.question)})
        shown.append({"role": "assistant", "content": turn_message(turn)})
    return shown


def question_message(question: str) -> str:
    """The question as it was typed."""
    return _block("pc-question", f'<div class="pc-text" dir="auto">{inert(question)}</div>')


def turn_message(turn: ChatTurn) -> str:
    """What there is to say for a turn at its stage."""
    searched = _searched_for(turn.question, turn.standalone_question)
    if turn.answer is not None:
        return answer_message(turn.id, turn.answer)
    if turn.stage is Stage.FAILED:
        return _block("pc-failure", _text(turn.failure), _note("Press Retry to ask again."))
    draft = _text(turn.draft, "pc-draft") if turn.draft else ""
    if turn.stage is Stage.STOPPED:
        return _block("pc-answer", searched, draft, _note("(stopped)"))
    if draft:
        return _block("pc-answer", searched, draft)
    label = PROGRESS.get(turn.stage, PROGRESS[Stage.READING])
    found = counted(len(turn.hits), "paragraph")
    waiting = f'<div class="pc-progress">{inert(label.format(found=found))}</div>'
    return _block("pc-answer", searched, waiting)


def answer_message(turn_id: str, answer: Answer) -> str:
    """A finished answer: linked sentences, its sources, what was searched for, the model."""
    if answer.status is Status.ERROR:
        reason = answer.error or answer.text or "The answer could not be completed."
        return _block("pc-failure", _text(reason), _note("Press Retry to ask again."))
    kind = "pc-refusal" if answer.status is Status.REFUSED else "pc-answer"
    return _block(
        kind,
        _searched_for(answer.question, answer.standalone_question),
        _body(turn_id, answer),
        _sources(turn_id, answer),
        _note(answer.notice) if answer.notice else "",
        f'<div class="pc-meta">{inert(_made_by(answer))}</div>',
    )


def _block(kind: str, *parts: str) -> str:
    # A blank line would end the HTML block and hand what follows to Markdown: join with nothing.
    return f'<div class="pc-message {kind}">' + "".join(parts) + "</div>"


def _text(text: str, kind: str = "") -> str:
    return f'<div class="pc-text {kind}" dir="auto">{inert(text)}</div>'


def _note(text: str) -> str:
    return f'<div class="pc-note">{inert(text)}</div>'


def _searched_for(question: str, standalone: str) -> str:
    if not standalone or standalone.split() == question.split():
        return ""
    return f'<div class="pc-searched">Searched for&#58; <q dir="auto">{inert(standalone)}</q></div>'


def _body(turn_id: str, answer: Answer) -> str:
    if answer.status is Status.REFUSED or not answer.sentences:
        return _text(answer.text)
    titles = {c.number: f"{c.paragraph.path}, {place(c.paragraph)}" for c in answer.citations}
    shown = " ".join(_sentence(turn_id, s, titles) for s in answer.sentences)
    return f'<div class="pc-text" dir="auto">{shown}</div>'


def _sentence(turn_id: str, sentence: AnswerSentence, titles: dict[int, str]) -> str:
    links = _links(turn_id, sentence.citations, titles)
    label, why = VERDICTS.get(sentence.verdict, ("", ""))
    mark = f'<span class="pc-verdict" title="{inert(why)}">{inert(label)}</span>' if label else ""
    words = f'<span class="pc-words pc-{sentence.verdict.value}">{inert(sentence.text)}</span>'
    return f'<span class="pc-sentence">{words}{links}{mark}</span>'


def _links(turn_id: str, numbers: Sequence[int], titles: dict[int, str]) -> str:
    links = "".join(
        f'<a class="pc-cite" href="{source_link(turn_id, n)}" title="{inert(titles[n])}">'
        f"&#91;{n}&#93;</a>"
        for n in numbers
        if n in titles
    )
    return f"<sup>{links}</sup>" if links else ""


def _sources(turn_id: str, answer: Answer) -> str:
    items = "".join(
        f'<a class="pc-source" href="{source_link(turn_id, c.number)}">&#91;{c.number}&#93; '
        f"{inert(c.paragraph.path)}, {inert(place(c.paragraph))}</a>"
        for c in answer.citations
    )
    return f'<div class="pc-sources">{items}</div>' if items else ""


def _made_by(answer: Answer) -> str:
    seconds = f"{answer.timings.total / 1000:.1f} s"
    if answer.status is Status.REFUSED:
        return f"Not answered · {seconds}"
    if answer.extractive:
        return f"Quoted from the documents, no language model · {seconds}"
    return f"Written by {answer.model} · {seconds}"
