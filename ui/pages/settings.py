"""The Settings page."""

import gradio as gr

from ui.configuration import Configuration
from ui.context import Context
from ui.pages.panel import panel
from ui.shell import title
from ui.words import phrase


def build(context: Context) -> None:
    """Add the page's parts."""
    gr.HTML(
        title(phrase("Settings"), phrase("What answers, how it looks, and whether all is well.")),
        js_on_load=None,
    )
    panel("settings", Configuration(context).actions, "settings.js")
