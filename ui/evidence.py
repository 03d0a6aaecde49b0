"""Hits, citations and documents -> views: cards, a window of a document, the list of files."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote

from index.types import Document, Hit, Page, Paragraph
from rag.types import Answer, Citation, Status
from ui.page_view import boxes
from ui.passages import CONTEXT_CHARS, body, excerpt, line
from ui.render import clipped, place, printable, shown_name, source_link
from ui.session import ChatTurn, Viewing
from ui.views import (
    NOTHING_YET,
    Card,
    Cards,
    Empty,
    HeadingView,
    OpenDocument,
    OpenPage,
    Passage,
    View,
)
from ui.words import counted, phrase, t

CARDS_SHOWN = 8
NOTHING_KNOWN: Mapping[str, Document] = {}


def hit_link(turn_id: str, rank: int) -> str:
    """The address of the paragraph found at ``rank`` for a turn."""
    return f"#hit-{turn_id}-{rank}"


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
        path=paragraph.path,
        name=shown_name(paragraph.path),
        date="",
        place=place(paragraph),
        headings=" › ".join(
            "".join(run.text for run in line(paragraph.path, heading))
            for heading in paragraph.heading_path
        ),
        parts=excerpt(paragraph.path, paragraph.text, *span),
        href=link,
    )


def cards(turn: ChatTurn, documents: Mapping[str, Document] = NOTHING_KNOWN) -> View:
    """The paragraphs of a turn: what it cites first, then what else was found.

    ``documents``, by path, tell each card's title and date.
    """
    answer = turn.answer
    cited = answer.citations if answer else ()
    group = t("Cited") if cited else ""
    shown = [citation_card(turn.id, c, group) for c in cited]
    known = {c.paragraph.id for c in cited}
    others = [h for h in turn.hits if h.paragraph.id not in known][:CARDS_SHOWN]
    shown += [hit_card(turn.id, h, t("Also found") if cited else "") for h in others]
    shown = [_described_card(card, documents) for card in shown]
    if not shown and (answer is None or answer.status is Status.ERROR):
        return NOTHING_YET  # Stopped or failed, perhaps before anything was looked for.
    if not shown:
        return Empty(phrase("No paragraph of the documents comes near this question."))
    return Cards(turn.id, _title(answer), printable(turn.question), tuple(shown))


def _described_card(card: Card, documents: Mapping[str, Document]) -> Card:
    document = documents.get(card.path)
    if document is None:
        return card
    title = f" · {document.title}" if _has_title(document) else ""
    return replace(card, name=shown_name(card.path + title), date=printable(document.date))


def _title(answer: Answer | None) -> str:
    if answer is not None and answer.status is Status.REFUSED:
        return t("Nearest paragraphs")
    return t("Sources of this answer") if answer and answer.citations else t("Paragraphs found")


def open_document(
    viewing: Viewing, window: Sequence[Paragraph], document: Document | None
) -> OpenDocument:
    """The paragraphs of ``window``. When the source paragraph is gone, it alone, and a note."""
    focus = viewing.focus_id
    if focus and all(p.id != focus for p in window):
        return _gone(viewing, document)
    passages: list[Passage] = []
    above: tuple[str, ...] = ()
    for paragraph in window:
        passages.append(_passage(paragraph, above, viewing))
        above = paragraph.heading_path
    count = document.paragraphs if document else len(window)
    return OpenDocument(
        name=shown_name(viewing.path),
        subtitle=_described(document, count),
        passages=tuple(passages),
        earlier=viewing.first - 1,
        later=max(0, count - viewing.last),
        note="" if window else t("This document has no paragraphs."),
        turn=viewing.turn_id,
        opener=viewing.opener,
        page=(_first_page(window, viewing) if document and document.pages else 0),
    )


def _first_page(window: Sequence[Paragraph], viewing: Viewing) -> int:
    """The page of the source paragraph, else of the first one."""
    focus = [p for p in window if p.id == viewing.focus_id] or list(window)
    return (focus[0].page or 0) if focus else 0


def open_page(viewing: Viewing, document: Document, page: Page | None) -> OpenPage:
    """The page ``viewing`` names, the quoted words marked; a page without text has no ``page``."""
    number = viewing.page
    where = quote(viewing.path, safe="")
    return OpenPage(
        name=shown_name(viewing.path),
        subtitle=t("page {number} of {pages}", number=number, pages=document.pages),
        number=number,
        image=f"/page-image?document={where}&number={number}",
        width=page.width if page else 595,
        height=page.height if page else 842,
        boxes=boxes(page, *viewing.quote) if page else (),
        quote=printable(clipped(viewing.focus_text[slice(*viewing.mark)], CONTEXT_CHARS)),
        before=number - 1,
        after=number + 1 if number < document.pages else 0,
        turn=viewing.turn_id,
        opener=viewing.opener,
    )


def _has_title(document: Document) -> bool:
    """Whether its title says more than its file name."""
    return bool(document.title) and not document.path.endswith(document.title)


def _described(document: Document | None, paragraphs: int) -> str:
    """What a document says of itself, and its size."""
    title = document.title if document and _has_title(document) else ""
    said = (title, document.author, document.date) if document else ()
    size = counted("{count} paragraph", "{count} paragraphs", paragraphs)
    return printable(" · ".join([*filter(None, said), size]))


def _changed(above: tuple[str, ...], path: tuple[str, ...]) -> int:
    """How many of a paragraph's headings are those of the paragraph above it."""
    same = 0
    while same < min(len(above), len(path)) and above[same] == path[same]:
        same += 1
    return same


def _passage(paragraph: Paragraph, above: tuple[str, ...], viewing: Viewing) -> Passage:
    source = paragraph.id == viewing.focus_id
    path, headings = paragraph.path, paragraph.heading_path
    parts, rows = body(path, paragraph.text, *(viewing.mark if source else (0, 0)))
    return Passage(
        paragraph.ordinal,
        place(paragraph),
        tuple(
            HeadingView(level, line(path, headings[level - 1]))
            for level in range(_changed(above, headings) + 1, len(headings) + 1)
        ),
        parts,
        source,
        rows,
        paragraph.id if printable(paragraph.id) == paragraph.id else "",
    )


def _gone(viewing: Viewing, document: Document | None) -> OpenDocument:
    parts, rows = body(viewing.path, viewing.focus_text, *viewing.mark)
    passage = Passage(
        viewing.focus_ordinal,
        t("paragraph {number}", number=str(viewing.focus_ordinal)),
        (),
        parts,
        True,
        rows,
    )
    return OpenDocument(
        name=shown_name(viewing.path),
        subtitle=t("as it was when the question was asked"),
        passages=(passage,),
        earlier=0,
        later=0,
        note=t(
            "This paragraph has since been changed or removed, or its document renamed. "
            "It is shown as it was when it was found."
        ),
        turn=viewing.turn_id,
        opener=viewing.opener,
        changed=document is not None and document.searchable,
    )
