"""A comparison of two runs -> an HTML page that needs nothing else."""

from eval.compare import Comparison
from eval.pages import template
from eval.table import CORRECTION_NOTE, moved_figures, relabelled_line, unmoved_figures


def render_comparison(comparison: Comparison) -> str:
    """The page as HTML."""
    note = CORRECTION_NOTE.format(tested=comparison["tested"])
    return template("comparison.html.jinja").render(
        comparison=comparison,
        moved=moved_figures(comparison),
        unmoved=unmoved_figures(comparison),
        note=note,
        relabelled=relabelled_line(comparison),
        better=sum(flip["change"] == "better" for flip in comparison["flips"]),
    )
