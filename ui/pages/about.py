"""The About page."""

import gradio as gr

from ui.about import actions
from ui.context import Context
from ui.pages.panel import panel
from ui.shell import title
from ui.words import phrase


def build(context: Context) -> None:
    """Add the page's parts."""
    gr.HTML(
        title(phrase("About"), phrase("What Pincite is and how it treats your documents.")),
        js_on_load=None,
    )
    panel("about", actions(context), "about.js")
