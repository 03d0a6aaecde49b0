"""The style sheets and the script that travel inside the page."""

from importlib.resources import files

STYLES = ("pincite.css", "header.css", "chat.css", "composer.css", "sources.css")


def static(name: str) -> str:
    """The text of a file in ``ui/static``."""
    return files("ui").joinpath("static", name).read_text(encoding="utf-8")


def styles() -> str:
    """All style sheets as one element for the page's head."""
    return "<style>" + "\n".join(static(name) for name in STYLES) + "</style>"
