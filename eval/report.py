"""A run's data and figures -> one HTML page that needs nothing else: no script, no network.

Everything from questions, documents and models is escaped by the template engine; the page's own
policy forbids it to load or run anything.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from eval import charts
from eval.differences import flat
from eval.estimates import risk_coverage
from eval.measures import MEASURES
from eval.misses import find_misses
from eval.rundir import RunData
from eval.summary import TAG_KEYS, Figure, Summary, rows_of, scores_of


def render_report(data: RunData, summary: Summary) -> str:
    """The page as HTML."""
    aurc_rows, _ = rows_of(MEASURES["aurc"], data.items, scores_of(data.items, data.results))
    totals = [
        result["timings_ms"]["total"] for result in data.results if result["status"] != "error"
    ]
    return _template().render(
        run=dict(flat(data.run)),
        summary=summary,
        directions={key: measure.better for key, measure in MEASURES.items()},
        tag_keys=[key for key in TAG_KEYS if summary["metrics"][key]["n"]],
        charts=charts,
        recall=charts.share_bars(list(_recall(summary["metrics"]))),
        risk=charts.curve(risk_coverage(aurc_rows)),
        latency=charts.histogram(totals),
        misses=find_misses(data.items, data.results),
    )


def _recall(figures: Mapping[str, Figure]) -> Iterator[charts.BarInput]:
    for key, figure in figures.items():
        if key.startswith("recall@") and figure["value"] is not None:
            cutoff = key.removeprefix("recall@")
            yield charts.BarInput(cutoff, figure["value"], figure["low"], figure["high"])


def _number(value: float | None, digits: int = 3) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("eval"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = _number
    return environment.get_template("report.html.jinja")
