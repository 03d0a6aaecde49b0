"""The Evaluation page."""

import gradio as gr

from ui.context import Context
from ui.evaluation import Evaluation
from ui.pages.panel import panel
from ui.shell import title
from ui.words import phrase


def build(context: Context) -> None:
    """Add the page's parts."""
    gr.HTML(
        title(
            phrase("Evaluation"),
            phrase("How good the answers are, on questions with known answers."),
        ),
        js_on_load=None,
    )
    panel("evaluation", Evaluation(context).actions, "run.js", "review.js", "evaluation.js")
