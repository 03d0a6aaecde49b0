"""The style sheets and the scripts that travel inside the pages."""

from importlib.resources import files

from ui.word_files import for_pages

STYLES = (
    "pincite.css",
    "layout.css",
    "header.css",
    "pages.css",
    "chat.css",
    "composer.css",
    "shelf.css",
    "sources.css",
    "passages.css",
    "feedback.css",
    "controls.css",
    "tables.css",
    "facts.css",
    "documents.css",
    "evaluation.css",
)
SCRIPTS = (
    "words.js",
    "shell.js",
    "dom.js",
    "address.js",
    "sheet.js",
    "answers.js",
    "passages.js",
    "quotes.js",
    "ending.js",
    "restart.js",
    "unsent.js",
)


def static(name: str) -> str:
    """The text of a file in ``ui/static``."""
    return files("ui").joinpath("static", name).read_text(encoding="utf-8")


def head() -> str:
    """All style sheets, and the scripts every page runs, for the head of each page."""
    styles = "\n".join(static(name) for name in STYLES)
    scripts = "\n".join(static(name) for name in SCRIPTS)
    words = f"window.pinciteCatalogues = {for_pages()};"
    return f"<style>{styles}</style><script>{words}\n{scripts}</script>"
