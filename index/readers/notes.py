"""What an office document says beside its text: notes, comments, what heads and foots its pages."""

import re
from dataclasses import dataclass

from index.readers.builder import TextBuilder

# "Page 3 of 12" is there for the page.
_PAGE_NUMBER = re.compile(
    r"(?:[\d\W_]|\b(?:page|seite|página|pagina|p|of|von|de|sur|[ivxlc]+)\b)*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Note:
    """``by`` says of a comment who wrote it."""

    place: str
    text: str
    by: str = ""

    def add_to(self, builder: TextBuilder) -> None:
        with builder.placed(self.place), builder.headed(self.by):
            builder.prose(self.text)


def only_numbers_pages(text: str) -> bool:
    """Is it there for the page, and tells nothing?"""
    return _PAGE_NUMBER.fullmatch(text) is not None
