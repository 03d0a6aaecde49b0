"""The bench's figures as one drawing: bars for each comparison, on a scale of its own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval import charts
from eval.charts import Bar, BarInput, share_bars

_TEMPLATES = Path(__file__).parents[1] / "templates"

Figures = Mapping[str, Mapping[str, Any]]


def svg(found: Figures) -> str:
    """An SVG file; comparisons without figures are left out."""
    ingests = {
        "Pincite": found.get("ingest-pincite"),
        "stock, 256": found.get("ingest-stock-256"),
        "stock, 1024": found.get("ingest-stock-1024"),
    }
    sizes = {
        f"{int(name.removeprefix('search-')):,}": part
        for name, part in sorted(found.items(), key=lambda item: len(item[0]))
        if name.startswith("search-")
    }
    engines = {
        "Pincite": found.get("answers-pincite"),
        "stock engine": found.get("answers-stock"),
    }
    panels = [
        ("Tokens embedded a second", _values(ingests, "tokens_a_second")),
        ("Full ingest, seconds", _values(ingests, "seconds")),
        ("Search p95 by paragraphs, ms", _values(sizes, "p95_ms")),
        ("First token, ms", _values(engines, "first_token_ms")),
    ]
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    drawn = [(title, _bars(values)) for title, values in panels if values]
    return environment.get_template("bench.svg.jinja").render(panels=drawn, charts=charts)


def _values(parts: Mapping[str, Mapping[str, Any] | None], key: str) -> dict[str, float]:
    return {label: float(part[key]) for label, part in parts.items() if part and key in part}


def _bars(values: Mapping[str, float]) -> list[tuple[Bar, str]]:
    """The bars, the highest as high as the drawing, and what to write on each."""
    most = max(values.values()) or 1.0
    bars = share_bars(
        [BarInput(label, value / most, None, None) for label, value in values.items()]
    )
    return list(zip(bars, (f"{value:,.6g}" for value in values.values()), strict=True))
