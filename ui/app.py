"""The app's pages in one Gradio ``Blocks``: each at an address of its own, under one header.

Addresses rather than tabs: the browser's back button, bookmarks and "open in a new tab" work as
everywhere, and a page with 10,000 rows costs the others nothing.
"""

from collections.abc import Callable

import gradio as gr

from ui.context import Context
from ui.pages import about, chat, documents, evaluation, header, settings
from ui.shell import ABOUT, CHAT, DOCUMENTS, EVALUATION, SETTINGS, PageLink

QUEUE_SIZE = 20
TABS = 200
"""So many open pages have what Gradio keeps of them: 90 KB each, 75 more with each question, also
when they are long closed. One that is forgotten opens its conversation again by itself."""

OTHER_PAGES: tuple[tuple[PageLink, Callable[[Context], None]], ...] = (
    (DOCUMENTS, documents.build),
    (EVALUATION, evaluation.build),
    (SETTINGS, settings.build),
    (ABOUT, about.build),
)


def theme() -> gr.themes.Base:
    """Gradio's plainest theme without its font files; ``pincite.css`` sets colours and type."""
    return gr.themes.Base(font=["sans-serif"], font_mono=["monospace"])


def build_app_pages(context: Context) -> gr.Blocks:
    """All pages over one context."""
    with gr.Blocks(title="Pincite", analytics_enabled=False, fill_width=True) as app:
        app.queue(max_size=QUEUE_SIZE)
        app.state_session_capacity = TABS
        chat.build(context, header.build(app, context, CHAT))
    for page, build in OTHER_PAGES:
        with app.route(page.name, page.path, show_in_navbar=False):
            header.build(app, context, page)
            with gr.Column(elem_classes="pc-page"):
                build(context)
    return app
