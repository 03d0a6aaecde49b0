"""The Documents page."""

import gradio as gr

from ui.context import Context
from ui.documents import Documents
from ui.pages.panel import panel
from ui.shell import title
from ui.words import phrase


def build(context: Context) -> None:
    """Add the page's parts."""
    gr.HTML(
        title(phrase("Documents"), phrase("The files of the folder and what became of each.")),
        js_on_load=None,
    )
    actions = Documents(context).actions
    panel("documents", actions, "uploads.js", "why.js", "documents.js")
