"""A run's folder -> what the Evaluation page shows: figures, misses, what changed since another."""

from dataclasses import dataclass

from eval.compare import Comparison
from eval.measures import MEASURES
from eval.misses import GoldPlace, outcomes, short
from eval.rundir import RunData
from eval.runs import RunInfo
from eval.summary import Figure, Summary
from eval.table import moved_figures
from ui.messages import told
from ui.render import printable
from ui.shell import EXTRACTIVE
from ui.words import decimal, phrase, t

MISSES_SHOWN = 20
PLACES_SHOWN = 4

NAMES = {
    "correct": phrase("Correct answers"),
    "citation_precision": phrase("Citations that are right"),
    "citation_recall": phrase("Right sources that are cited"),
    "false_answers": phrase("Answered, though not in the documents"),
    "false_refusals": phrase("Refused, though in the documents"),
    "unsupported": phrase("Unsupported sentences"),
    "recall@1": phrase("Found at the first place"),
    "recall@5": phrase("Found among the first five"),
    "recall@10": phrase("Found among the first ten"),
    "ndcg@10": phrase("Order of what is found (nDCG)"),
    "answer_words": phrase("Words of an answer (median)"),
}
"""The figures shown first, in the words of a reader; the others are shown by their keys."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure; ``low`` and ``high`` bound it at 95 %. ``better`` is higher, lower or neither."""

    key: str
    name: str
    value: str
    interval: str
    n: int
    better: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A paragraph that should be cited, by its id, and where the search put it."""

    paragraph: str
    name: str
    found: str


@dataclass(frozen=True, slots=True)
class MissRow:
    """One item; ``reasons`` say why it went wrong, if it did."""

    id: str
    question: str
    reasons: tuple[str, ...]
    expected: tuple[str, ...]
    answer: str
    places: tuple[PlaceRow, ...]
    follow_up: bool


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run in the list; ``correct`` is its share of correct answers, "" where there is none."""

    run: str
    gold: str
    mode: str
    model: str
    started: str
    items: int
    done: int
    finished: bool
    correct: str


@dataclass(frozen=True, slots=True)
class RunPage:
    """A run opened. ``rest`` holds the figures that are not among ``NAMES``.

    ``shown`` are some of its misses, or of all its items; ``total`` is how many of these there are.
    """

    row: RunRow
    figures: tuple[FigureRow, ...]
    rest: tuple[FigureRow, ...]
    shown: tuple[MissRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class FlipRow:
    """An item that changed; ``better`` says which way."""

    question: str
    figure: str
    better: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A figure of both runs and whether the change means anything."""

    name: str
    before: str
    after: str
    change: str
    n: int
    verdict: str


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """What changed from one run to another. ``settings`` are the names of settings that differ."""

    items: int
    changes: tuple[ChangeRow, ...]
    flips: tuple[FlipRow, ...]
    settings: tuple[str, ...]


def run_row(key: str, info: RunInfo) -> RunRow:
    """A run as the list shows it."""
    figures = info.summary["metrics"] if info.summary else {}
    shown = figures.get("correct") or {"value": None}
    if shown["value"] is None:
        shown = figures.get("recall@5") or {"value": None}
    return RunRow(
        run=key,
        gold=printable(info.gold),
        mode=info.mode,
        model=t("No language model") if info.model == EXTRACTIVE else printable(info.model),
        started=info.started,
        items=info.items,
        done=info.done,
        finished=info.finished,
        correct=_number(shown["value"]) if shown["value"] is not None else "",
    )


def run_page(
    row: RunRow, data: RunData, summary: Summary, first: int = 0, *, every: bool = False
) -> RunPage:
    """A run opened, its misses from number ``first`` on, or ``every`` item."""
    figures = summary["metrics"]
    listed = [miss for miss in outcomes(data.items, data.results) if every or miss.reasons]
    shown = [short(miss, 300) for miss in listed[first : first + MISSES_SHOWN]]
    return RunPage(
        row=row,
        figures=_rows(figures, [key for key in NAMES if key in figures]),
        rest=_rows(figures, [key for key in figures if key not in NAMES]),
        shown=tuple(
            MissRow(
                id=printable(miss.id),
                question=printable(miss.question),
                reasons=tuple(printable(told(reason)) for reason in miss.reasons),
                expected=tuple(map(printable, miss.gold_answers)),
                answer=printable(miss.answer),
                places=tuple(map(_place, miss.places[:PLACES_SHOWN])),
                follow_up=bool(miss.history),
            )
            for miss in shown
        ),
        total=len(listed),
    )


def comparison_page(found: Comparison) -> ComparisonPage:
    """A comparison as the page shows it, without figures that did not move or neither run has."""
    return ComparisonPage(
        items=found["items"],
        changes=tuple(
            ChangeRow(
                name=_name(key),
                before=_number(delta["a"]),
                after=_number(delta["b"]),
                change=_number(delta["delta"], sign=True),
                n=delta["n"],
                verdict=delta["verdict"],
            )
            for key, delta in moved_figures(found).items()
        ),
        flips=tuple(
            FlipRow(
                printable(flip["question"]),
                _name(flip["metric"]),
                flip["change"] == "better",
            )
            for flip in found["flips"]
        ),
        settings=tuple(map(printable, found["settings"])),
    )


def _place(place: GoldPlace) -> PlaceRow:
    number = str(place.ordinal)
    name = t("{name}, paragraph {number}", name=printable(place.path), number=number)
    if place.rank is None:
        found = ""
    elif place.rank:
        found = t("found at place {rank}", rank=str(place.rank))
    else:
        found = t("not among the first ten")
    return PlaceRow(place.paragraph, name, found)


def _rows(figures: dict[str, Figure], keys: list[str]) -> tuple[FigureRow, ...]:
    """Without the figures no item is eligible for."""
    return tuple(_figure(key, figures[key]) for key in keys if figures[key]["n"])


def _figure(key: str, figure: Figure) -> FigureRow:
    low, high = figure["low"], figure["high"]
    both = {"low": _number(low), "high": _number(high)}
    interval = t("{low} to {high}", **both) if low is not None else ""
    better = MEASURES[key].better if key in MEASURES else "neither"
    return FigureRow(key, _name(key), _number(figure["value"]), interval, figure["n"], better)


def _name(key: str) -> str:
    return t(NAMES[key]) if key in NAMES else key


def _number(value: float | None, *, sign: bool = False) -> str:
    if value is None:
        return "–"
    digits = 1 if abs(value) >= 10 else 3
    return decimal(value, digits, sign=sign)
