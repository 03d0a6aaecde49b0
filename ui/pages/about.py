"""The About page."""

import gradio as gr

from ui.about import actions
from ui.context import Context
from ui.pages.panel import panel
from ui.shell import title


def build(context: Context) -> None:
    """Add the page's parts."""
    gr.HTML(title("About", "What Pincite is and how it treats your documents."), js_on_load=None)
    panel("about", actions(context), "about.js")
