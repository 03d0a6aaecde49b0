"""Which marks mean what in which file: by its ending."""

from collections.abc import Callable, Mapping

from ui.markup.inline import inline_marks
from ui.markup.lines import Inline, list_parts
from ui.markup.markdown import markdown_parts
from ui.markup.parts import Part, plain
from ui.markup.restructured import restructured_marks, restructured_parts

Cut = Callable[[str], tuple[Part, ...]]

# The readers of these write lists as lines of items.
_WITH_LISTS = (
    ".html",
    ".htm",
    ".xhtml",
    ".epub",
    ".docx",
    ".odt",
    ".ott",
    ".fodt",
    ".rtf",
    ".pptx",
)
_PARTS: Mapping[str, Cut] = {
    ".md": markdown_parts,
    ".markdown": markdown_parts,
    ".rst": restructured_parts,
    **dict.fromkeys(_WITH_LISTS, list_parts),
}
_INLINE: Mapping[str, Inline] = {
    ".md": inline_marks,
    ".markdown": inline_marks,
    ".rst": restructured_marks,
}


def parts_of(path: str, text: str) -> tuple[Part, ...]:
    """The parts of a paragraph of the document at ``path``."""
    return _PARTS.get(_ending(path), plain)(text)


def marks_of(path: str) -> Inline:
    """What finds the styles of a line of the document at ``path``: a heading, a cell."""
    return _INLINE.get(_ending(path), lambda text: [])


def _ending(path: str) -> str:
    return "." + path.lower().rpartition(".")[2]
