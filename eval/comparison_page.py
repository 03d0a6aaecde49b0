"""A comparison of two runs -> an HTML page that needs nothing else."""

from eval.compare import Comparison
from eval.pages import template
from eval.table import CORRECTION_NOTE, is_same, relabelled_line


def render_comparison(comparison: Comparison) -> str:
    """The page as HTML."""
    note = CORRECTION_NOTE.format(tested=comparison["tested"])
    scored = {key: delta for key, delta in comparison["metrics"].items() if delta["n"]}
    return template("comparison.html.jinja").render(
        comparison=comparison,
        moved={key: delta for key, delta in scored.items() if not is_same(delta)},
        unmoved=[key for key, delta in scored.items() if is_same(delta)],
        note=note,
        relabelled=relabelled_line(comparison),
        better=sum(flip["change"] == "better" for flip in comparison["flips"]),
    )
