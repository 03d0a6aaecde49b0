"""Text -> paragraphs as the readers for plain text and Markdown cut it."""

from index.blocks import plain_blocks
from index.markdown import markdown_blocks
from index.paragraphs import check_offsets, split_paragraphs
from index.readers import read
from index.types import Paragraph


def cut(path: str, text: str, *, markdown: bool = False) -> list[Paragraph]:
    return split_paragraphs(path, text, (markdown_blocks if markdown else plain_blocks)(text))


def paragraphs_of(name: str, content: bytes) -> list[Paragraph]:
    """The paragraphs of a file, each checked to stand where it says it does."""
    extracted = read(name, content)
    paragraphs = split_paragraphs(name, extracted.text, extracted.blocks)
    check_offsets(extracted.text, paragraphs)
    return paragraphs


def shown(name: str, content: bytes) -> list[tuple[tuple[str, ...], str, str]]:
    """Heading path, location and text of each paragraph."""
    return [(p.heading_path, p.location, p.text) for p in paragraphs_of(name, content)]
