"""The header of a page: drawn when it is opened, and again when what it tells has changed."""

import logging

import gradio as gr

from index.store import indexed_corpus
from index.uploads import holds_files
from ui import shell
from ui.context import Context
from ui.shell import PageLink
from ui.static_files import static

log = logging.getLogger(__name__)


def build(app: gr.Blocks, context: Context, here: PageLink) -> gr.HTML:
    """Add the header of one page of ``app``; ``header.js`` asks for it anew."""
    shown = gr.HTML(drawn(context, here), elem_id="pc-header", js_on_load=static("header.js"))
    for happened in (app.load, shown.click):
        happened(
            lambda: drawn(context, here),
            None,
            shown,
            api_visibility="private",
            show_progress="hidden",
            queue=False,
        )
    return shown


def drawn(context: Context, here: PageLink) -> str:
    """The markup as things are now."""
    engine = context.engine
    try:
        found = engine.documents()
        unread = not found and holds_files(indexed_corpus(context.state) or context.settings.corpus)
    except Exception:  # the page must load even when the index does not
        log.exception("listing the documents failed")
        found, unread = [], False
    return shell.header(
        here,
        context.corpus_label,
        found,
        engine.model_name,
        engine.notice,
        unread_folder=unread,
    )
