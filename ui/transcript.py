"""A conversation's turns -> what the transcript shows of them."""

from collections import Counter
from collections.abc import Sequence

from index.lines import item_text, without_bullet
from rag.types import Answer, AnswerSentence, Citation, Status, Verdict
from ui.conversation import Conversation
from ui.evidence import quote_span
from ui.items import items_of
from ui.messages import told
from ui.passages import quoted
from ui.render import clipped, place, printable, shown_name
from ui.session import ChatTurn, Stage
from ui.views import Mark, SentenceView, Transcript, TurnView
from ui.words import counted, decimal, phrase, t

QUOTE_CHARS = 1500
TEXT_CHARS = 20_000
VERDICTS = {
    Verdict.PARTLY: (
        phrase("partly supported"),
        phrase("Only part of this sentence was found in the cited paragraph."),
    ),
    Verdict.UNSUPPORTED: (
        phrase("not supported"),
        phrase("This sentence was not found in the documents."),
    ),
}
UNCHECKED = phrase("What was written so far was not compared with the documents.")
RETRY = phrase("Press Retry to ask again.")
COUNTS = {
    Verdict.SUPPORTED: phrase("{count} supported"),
    Verdict.PARTLY: phrase("{count} partly"),
    Verdict.UNSUPPORTED: phrase("{count} unsupported"),
}


def transcript(
    conversation: Conversation, first: int, drawn: Sequence[ChatTurn], ahead: int = 0
) -> Transcript:
    """The turns from index ``first`` on, of which ``drawn`` are to be drawn anew."""
    turns = conversation.turns
    return Transcript(
        conversation=conversation.id,
        order=tuple(turn.id for turn in turns[first:]),
        turns=tuple(turn_view(turn, conversation.id, ahead) for turn in drawn),
        busy=bool(turns) and not turns[-1].over,
        earlier=first,
    )


def turn_view(turn: ChatTurn, conversation_id: str, ahead: int = 0) -> TurnView:
    """What there is to show for a turn at its stage."""
    answer = turn.answer
    kind, text, notes = _said(turn, ahead)
    shown = answer if answer and answer.status is not Status.ERROR else None
    return TurnView(
        id=turn.id,
        kind=kind,
        question=printable(turn.question),
        scope=tuple(printable(label) for label in turn.scope.labels()),
        searched=_searched_for(turn),
        text=printable(clipped(text, TEXT_CHARS)),
        sentences=_sentences(shown) if shown else (),
        sources=tuple(mark(c) for c in shown.citations) if shown else (),
        notes=tuple(printable(note) for note in notes if note),
        meta=printable(_meta(shown)) if shown else "",
        follow_ups=tuple(printable(question) for question in turn.follow_ups),
        receipt=f"/receipts/{conversation_id}/{turn.id}" if turn.receipt else "",
        found=len(turn.hits),
    )


def mark(citation: Citation) -> Mark:
    """A citation as it stands at a sentence and in the list of sources."""
    paragraph = citation.paragraph
    words = quoted(paragraph.path, paragraph.text, *quote_span(citation))
    quote = printable(clipped(words, QUOTE_CHARS))
    return Mark(citation.number, shown_name(paragraph.path), place(paragraph), quote)


def _said(turn: ChatTurn, ahead: int) -> tuple[str, str, tuple[str, ...]]:
    answer = turn.answer
    if answer is not None and answer.status is Status.ERROR:
        reason = told(answer.error or answer.text) or t("The answer could not be completed.")
        return "failure", reason, (t(RETRY),)
    if answer is not None:
        if answer.status is Status.REFUSED:
            return "refusal", told(answer.text), (told(answer.notice),)
        return "answer", answer.text, (told(answer.notice),)
    if turn.stage is Stage.FAILED:
        return "failure", told(turn.failure), (t(RETRY),)
    if turn.stage is Stage.STOPPED:
        return "answer", turn.draft, (t("(stopped)"), t(UNCHECKED) if turn.draft else "")
    if turn.draft:
        return "draft", turn.draft, ()
    return "progress", _progress(turn, ahead), ()


def _progress(turn: ChatTurn, ahead: int) -> str:
    if turn.stage is Stage.WAITING:
        # An answer that was stopped may still have the model when nothing is in line any more.
        return counted(
            "Waiting: {count} question before this one…",
            "Waiting: {count} questions before this one…",
            max(1, ahead),
        )
    if turn.stage is Stage.SEARCHING:
        return t("Searching the documents…")
    return counted("Reading {count} paragraph…", "Reading {count} paragraphs…", len(turn.hits))


def _searched_for(turn: ChatTurn) -> str:
    alone = turn.standalone_question
    return "" if alone.split() == turn.question.split() else printable(alone)


def _sentences(answer: Answer) -> tuple[SentenceView, ...]:
    known = {citation.number: citation for citation in answer.citations}
    pairs = zip(answer.sentences, items_of(answer), strict=True)
    said = [_sentence(sentence, known, item=item) for sentence, item in pairs]
    if said and answer.refusal:
        said.insert(0, SentenceView(printable(told(answer.refusal)), (), "", "", ""))
    return tuple(said)


def _sentence(sentence: AnswerSentence, known: dict[int, Citation], *, item: bool) -> SentenceView:
    label, why = VERDICTS.get(sentence.verdict, ("", ""))
    cited = [known[n] for n in sentence.citations if n in known]
    return SentenceView(
        printable(clipped(_without_markup(sentence.text, cited), TEXT_CHARS)),
        tuple(mark(citation) for citation in cited),
        sentence.verdict.value,
        t(label),
        t(why),
        item,
        numbered=item and item_text(sentence.text) > 0,
    )


def _without_markup(text: str, cited: Sequence[Citation]) -> str:
    """A sentence with the words it quotes as the document is shown: "**not**" is "not" there."""
    for citation in cited:
        paragraph = citation.paragraph
        words = " ".join(citation.quote.split())
        seen = " ".join(quoted(paragraph.path, paragraph.text, *quote_span(citation)).split())
        if words and words != seen:
            text = text.replace(words, seen).replace(without_bullet(words), without_bullet(seen))
    return text


def _meta(answer: Answer) -> str:
    return " · ".join(part for part in (_verdicts(answer), _made_by(answer)) if part)


def _verdicts(answer: Answer) -> str:
    """How far the answer is borne out, in a few words."""
    if answer.status is Status.REFUSED or answer.extractive:
        return ""
    said = [sentence for sentence in answer.sentences if not sentence.quotation]
    counts = Counter(sentence.verdict for sentence in said)
    whole = counts[Verdict.SUPPORTED] == len(said)
    parts = [] if whole else [t(COUNTS[v], count=counts[v]) for v in Verdict if counts[v]]
    supported = [t("all supported")] if whole and said else parts
    removed = [t("{count} removed", count=answer.removed)] if answer.removed else []
    return ", ".join([*supported, *removed])


def _made_by(answer: Answer) -> str:
    seconds = f"{decimal(answer.timings.total / 1000, 1)} s"
    if answer.status is Status.REFUSED:
        return f"{t('Not answered')} · {seconds}"
    if answer.extractive:
        return f"{t('Quoted from the documents, no language model')} · {seconds}"
    return f"{t('Written by {model}', model=answer.model)} · {seconds}"
