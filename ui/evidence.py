"""Hits, citations and documents -> views: cards, a window of a document, the list of files."""

from collections.abc import Iterable, Sequence

from index.types import Document, FileState, Hit, Paragraph
from rag.types import Answer, Citation, Status
from ui.render import counted, place, printable, source_link
from ui.session import ChatTurn, Viewing
from ui.views import Card, Cards, Empty, FileRow, Files, OpenDocument, Passage, Segments, View

CARDS_SHOWN = 8
CONTEXT_CHARS = 180
FILES_SHOWN = 300


def hit_link(turn_id: str, rank: int) -> str:
    """The address of the paragraph found at ``rank`` for a turn."""
    return f"#hit-{turn_id}-{rank}"


def marked(text: str, start: int, end: int) -> Segments:
    """``text`` in up to three segments, the one from ``start`` to ``end`` marked."""
    start, end = max(0, start), min(len(text), end)
    if start >= end:
        return ((printable(text), False),)
    parts = ((text[:start], False), (text[start:end], True), (text[end:], False))
    return tuple((printable(part), mark) for part, mark in parts if part)


def excerpt(text: str, start: int, end: int, context: int = CONTEXT_CHARS) -> Segments:
    """The marked words with about ``context`` characters of the paragraph on either side."""
    first = start - context if start > context * 1.5 else 0
    last = end + context if len(text) - end > context * 1.5 else len(text)
    # Cut between words where there are words to cut between.
    if first and (space := text.find(" ", first, start)) > 0:
        first = space + 1
    if last < len(text) and (space := text.rfind(" ", end, last)) > 0:
        last = space
    lead, tail = "… " if first else "", " …" if last < len(text) else ""
    shown = lead + text[first:last] + tail
    shift = len(lead) - first
    return marked(shown, start + shift, end + shift)


def best_sentence(hit: Hit) -> tuple[int, int]:
    """The span of the hit's best sentence inside its paragraph; empty when it has none."""
    sentences = hit.paragraph.sentences
    if not 0 <= hit.best_sentence < len(sentences):
        return (0, 0)
    best, offset = sentences[hit.best_sentence], hit.paragraph.start
    return (best.start - offset, best.end - offset)


def hit_card(turn_id: str, hit: Hit, group: str) -> Card:
    """A paragraph that was found, its best sentence marked."""
    return _card(hit.paragraph, best_sentence(hit), group, 0, hit_link(turn_id, hit.rank))


def citation_card(turn_id: str, citation: Citation, group: str) -> Card:
    """A cited paragraph, the quoted words marked."""
    link = source_link(turn_id, citation.number)
    return _card(citation.paragraph, quote_span(citation), group, citation.number, link)


def quote_span(citation: Citation) -> tuple[int, int]:
    """The span of the quoted words inside the cited paragraph."""
    offset = citation.paragraph.start
    return (citation.quote_start - offset, citation.quote_end - offset)


def _card(paragraph: Paragraph, span: tuple[int, int], group: str, number: int, link: str) -> Card:
    return Card(
        group=group,
        number=number,
        name=printable(paragraph.path),
        place=place(paragraph),
        headings=printable(" › ".join(paragraph.heading_path)),
        segments=excerpt(paragraph.text, *span),
        href=link,
    )


def cards(turn: ChatTurn) -> View:
    """The paragraphs of a turn: what it cites first, then what else was found."""
    answer = turn.answer
    cited = answer.citations if answer else ()
    group = "Cited" if cited else ""
    shown = [citation_card(turn.id, c, group) for c in cited]
    known = {c.paragraph.id for c in cited}
    others = [h for h in turn.hits if h.paragraph.id not in known][:CARDS_SHOWN]
    shown += [hit_card(turn.id, h, "Also found" if cited else "") for h in others]
    if not shown:
        return Empty("No paragraph of the documents comes near this question.")
    return Cards(turn.id, _title(answer), printable(turn.question), tuple(shown))


def _title(answer: Answer | None) -> str:
    if answer is not None and answer.status is Status.REFUSED:
        return "Nearest paragraphs"
    return "Sources of this answer" if answer and answer.citations else "Paragraphs found"


def open_document(viewing: Viewing, paragraphs: Sequence[Paragraph]) -> OpenDocument:
    """The window ``viewing`` names. When the source paragraph is gone, it alone, and a note."""
    focus = viewing.focus_id
    if focus and all(p.id != focus for p in paragraphs):
        return _gone(viewing)
    window = paragraphs[viewing.first : viewing.last + 1]
    passages: list[Passage] = []
    above: tuple[str, ...] = ()
    for paragraph in window:
        headings = _changed(above, paragraph.heading_path)
        above = paragraph.heading_path
        passages.append(_passage(paragraph, headings, viewing))
    return OpenDocument(
        name=printable(viewing.path),
        subtitle=counted(len(paragraphs), "paragraph"),
        passages=tuple(passages),
        earlier=viewing.first,
        later=max(0, len(paragraphs) - viewing.last - 1),
        note="" if paragraphs else "This document has no paragraphs.",
        turn=viewing.turn_id,
        opener=viewing.opener,
    )


def _changed(above: tuple[str, ...], path: tuple[str, ...]) -> tuple[str, ...]:
    same = 0
    while same < min(len(above), len(path)) and above[same] == path[same]:
        same += 1
    return tuple(printable(heading) for heading in path[same:])


def _passage(paragraph: Paragraph, headings: tuple[str, ...], viewing: Viewing) -> Passage:
    source = paragraph.id == viewing.focus_id
    span = viewing.mark if source else (0, 0)
    return Passage(
        paragraph.ordinal, place(paragraph), headings, marked(paragraph.text, *span), source
    )


def _gone(viewing: Viewing) -> OpenDocument:
    passage = Passage(
        viewing.focus_ordinal,
        f"paragraph {viewing.focus_ordinal}",
        (),
        marked(viewing.focus_text, *viewing.mark),
        True,
    )
    return OpenDocument(
        name=printable(viewing.path),
        subtitle="as it was when the question was asked",
        passages=(passage,),
        earlier=0,
        later=0,
        note="This paragraph has since been changed or removed. "
        "It is shown as it was when it was found.",
        turn=viewing.turn_id,
        opener=viewing.opener,
    )


def files(documents: Iterable[Document], turn_id: str = "") -> Files:
    """The list of files, those that are not searchable first, each with its reason."""
    known = list(documents)
    bad = [d for d in known if d.state is not FileState.INDEXED]
    good = [d for d in known if d.state is FileState.INDEXED]
    rows = tuple(_row(d) for d in (*bad, *good)[:FILES_SHOWN])
    left = len(known) - len(rows)
    return Files(
        title="Documents",
        subtitle=f"{len(good):,} searchable" + (f", {len(bad):,} not searchable" if bad else ""),
        rows=rows,
        note=f"{left:,} more: run “pincite list” to see all." if left else "",
        turn=turn_id,
    )


def _row(document: Document) -> FileRow:
    if document.state is FileState.INDEXED:
        return FileRow(printable(document.path), counted(document.paragraphs, "paragraph"), "")
    return FileRow(printable(document.path), printable(document.reason), document.state.value)
