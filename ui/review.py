"""The review of drafted gold questions: each is accepted, edited or dropped."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from eval.gold.drafts import Draft, accept_drafts, drafts_file, drop_drafts, edit_draft, read_drafts
from eval.gold.items import Evidence, GoldItem
from eval.relevance import QuoteFinder, read_corpus
from ui.context import Context
from ui.gold_files import GoldFile, gold_file, gold_files
from ui.messages import told
from ui.render import printable
from ui.words import phrase, t

ROLES = {"user": phrase("user"), "assistant": phrase("assistant")}


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that answer the question, and the document they stand in."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft as the page shows it. ``gold`` is the label of the file it is meant for."""

    gold: str
    id: str
    question: str
    answers: tuple[str, ...]
    evidence: tuple[Quote, ...]
    answerable: bool
    turns: tuple[str, ...]
    origin: str
    created: str
    note: str


class Review:
    """The drafts beside every gold file there is."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def drafts(self) -> list[DraftRow]:
        """What waits for review."""
        return [
            _row(draft, found.label)
            for found in gold_files(self._context.state)
            for draft in read_drafts(drafts_file(found.file))
        ]

    def accept(self, gold: str, id: str) -> str:  # noqa: A002 - the page's word
        """Put a draft into its gold file; raises ``GoldError`` saying what it lacks."""
        found = self._gold(gold)
        file = drafts_file(found.file)
        draft = next((d for d in read_drafts(file) if d.item.id == id), None)
        # The documents it names are all that is needed.
        paths = {part.path for part in draft.item.evidence} if draft else set()
        finder = QuoteFinder(read_corpus(self._context.engine, paths))
        [item] = accept_drafts(file, [id], found.file, finder)
        return item.question

    def edit(
        self,
        gold: str,
        id: str,  # noqa: A002 - the page's word
        question: str,
        answers: list[str],
        evidence: list[dict[str, str]],
        answerable: bool,
    ) -> DraftRow:
        """Put what a reviewer wrote in the place of a draft; what was not touched stays."""

        def change(item: GoldItem) -> GoldItem:
            return replace(
                item,
                question=_own(question, [item.question]),
                answers=_answers(answers, item.answers) if answerable else (),
                evidence=_evidence(evidence, item.evidence) if answerable else (),
                answerable=answerable,
            )

        found = self._gold(gold)
        return _row(edit_draft(drafts_file(found.file), id, change), found.label)

    def drop(self, gold: str, id: str) -> str:  # noqa: A002 - the page's word
        """Forget a draft."""
        [draft] = drop_drafts(drafts_file(self._gold(gold).file), [id])
        return draft.item.question

    def _gold(self, label: str) -> GoldFile:
        return gold_file(self._context.state, label)


def _answers(given: Sequence[str], drafted: Sequence[str]) -> tuple[str, ...]:
    # An answer of several lines comes back as several answers.
    untouched = _as_shown("\n".join(given)) == _as_shown("\n".join(drafted))
    answers = drafted if untouched else [_own(answer, drafted) for answer in given]
    return tuple(answer.strip() for answer in answers if answer.strip())


def _evidence(
    quotes: Sequence[dict[str, str]], drafted: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """Of values with the keys of ``Quote``; those without words are left out."""
    paths, words = [part.path for part in drafted], [part.quote for part in drafted]
    given = [
        (_own(part.get("document", ""), paths), _own(part.get("quote", ""), words))
        for part in quotes
    ]
    return tuple(dict.fromkeys(Evidence(path, quote) for path, quote in given if quote))


def _own(given: str, drafted: Sequence[str]) -> str:
    """What a reviewer gave; where it is one of the drafted texts as it was shown, that text."""
    known = {_as_shown(text): text for text in drafted}
    return known.get(_as_shown(given), given).strip()


def _as_shown(text: str) -> str:
    """A text as the page gives it back: printable, and with one kind of line break."""
    return "\n".join(printable(text).strip().splitlines())


def _row(draft: Draft, label: str) -> DraftRow:
    item = draft.item
    return DraftRow(
        gold=label,
        id=item.id,
        question=printable(item.question),
        answers=tuple(map(printable, item.answers)),
        evidence=tuple(Quote(printable(e.path), printable(e.quote)) for e in item.evidence),
        answerable=item.answerable,
        turns=tuple(f"{t(ROLES[turn.role])}: {printable(turn.content)}" for turn in item.history),
        origin=draft.origin,
        created=draft.created,
        note=printable(told(draft.note)),
    )
