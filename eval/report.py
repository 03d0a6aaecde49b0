"""A run's data and figures -> one HTML page that needs nothing else: no script, no network.

Everything from questions, documents and models is escaped by the template engine; the page's own
policy forbids it to load or run anything. However many misses there are, the page stays below
``MOST_BYTES``, by showing less of long paragraphs.
"""

from collections.abc import Iterator, Mapping
from itertools import chain

from eval import charts
from eval.differences import flat
from eval.effort import timings_of
from eval.explanations import EXPLANATIONS
from eval.measures import MEASURES, RETRIEVAL_SCORES
from eval.metrics.aurc import risk_coverage
from eval.misses import Miss, count_reasons, find_misses, short
from eval.pages import template
from eval.rundir import RunData
from eval.summary import TAG_KEYS, Figure, Summary, rows_of, scores_of

MOST_BYTES = 4_800_000
MOST_MISSES = 1000

_LIMITS = (1500, 700, 350, 160, 60)
"""Characters of a passage, tried one after another until the page is small enough."""

_HEADLINES = (
    ("recall@3", "Right paragraph among the first three"),
    ("correct", "Right answer, in at most 40 words"),
    ("rouge_l", "Likeness to the accepted answer"),
    ("citation_precision", "Citations that are right"),
    ("citation_recall", "Evidence that is cited"),
    ("false_answers", "Unanswerable, yet answered"),
    ("false_refusals", "Answerable, yet refused"),
)

_NAMED_GROUPS: Mapping[str, tuple[str, ...]] = {
    "Search": tuple(RETRIEVAL_SCORES),
    "Answers": (
        "correct",
        "answer_shown",
        "exact_match",
        "token_f1",
        "rouge_l",
        "answer_words",
    ),
    "Citations": (
        "citation_precision",
        "citation_recall",
        "citation_f1",
        "quote_overlap",
        "invalid_citations",
        "citations_per_sentence",
        "supported",
        "unsupported",
    ),
    "Refusing": (
        "false_answers",
        "false_refusals",
        "refusal_precision",
        "refusal_recall",
        "refusal_f1",
        "aurc",
        "confidence_auc",
    ),
}

_GROUPS: Mapping[str, tuple[str, ...]] = {
    **_NAMED_GROUPS,
    "Other": tuple(key for key in MEASURES if key not in chain(*_NAMED_GROUPS.values())),
}


def render_report(data: RunData, summary: Summary) -> str:
    """The page as HTML."""
    misses = find_misses(data.items, data.results)
    page = ""
    for limit in _LIMITS:
        page = _render(data, summary, misses, limit)
        if len(page.encode()) <= MOST_BYTES:
            break
    return page


def _render(data: RunData, summary: Summary, misses: list[Miss], limit: int) -> str:
    aurc_rows, _ = rows_of(MEASURES["aurc"], data.items, scores_of(data.items, data.results))
    metrics = summary["metrics"]
    tag_key = "correct" if metrics["correct"]["n"] else "recall@3"
    return template("report.html.jinja").render(
        run=dict(flat(data.run)),
        summary=summary,
        headlines=_headlines(metrics),
        groups={name: found for name, keys in _GROUPS.items() if (found := _scored(metrics, keys))},
        directions={key: measure.better for key, measure in MEASURES.items()},
        explanations=EXPLANATIONS,
        tag_keys=[key for key in TAG_KEYS if metrics[key]["n"]],
        charts=charts,
        recall=charts.share_bars(list(_recall(metrics))),
        risk=charts.curve(risk_coverage(aurc_rows)),
        latency=charts.histogram([timing["total"] for timing in timings_of(data.results)]),
        tag_key=tag_key,
        tags=charts.rows(list(_tags(summary, tag_key))),
        misses=[short(miss, limit) for miss in misses[:MOST_MISSES]],
        miss_count=len(misses),
        reasons=count_reasons(misses),
    )


def _headlines(metrics: Mapping[str, Figure]) -> list[tuple[str, str]]:
    """The figures to begin with; likeness only where accepted answers are too long to contain."""
    long_answers = not metrics["correct"]["n"]
    return [
        (key, text)
        for key, text in _HEADLINES
        if metrics[key]["n"] and (key != "rouge_l" or long_answers)
    ]


def _scored(metrics: Mapping[str, Figure], keys: tuple[str, ...]) -> list[str]:
    return [key for key in keys if metrics[key]["n"]]


def _recall(figures: Mapping[str, Figure]) -> Iterator[charts.BarInput]:
    for key, figure in figures.items():
        if key.startswith("recall@") and figure["value"] is not None:
            cutoff = key.removeprefix("recall@")
            yield charts.BarInput(cutoff, figure["value"], figure["low"], figure["high"])


def _tags(summary: Summary, key: str) -> Iterator[charts.BarInput]:
    for tag, part in summary["by_tag"].items():
        figure = part["metrics"][key]
        if figure["value"] is not None:
            yield charts.BarInput(
                f"{tag} ({figure['n']})", figure["value"], figure["low"], figure["high"]
            )
