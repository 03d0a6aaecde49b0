"""What a document is about: its title, or its first words where it has none.

Few of its paragraphs repeat that, and a question names it.
"""

from collections.abc import Iterable

from index.catalog import Catalog
from index.types import Paragraph, has_title

_FIRST = 2
_LONGEST = 150
"""Characters of each of these: a masthead, a headline, the first words under them."""
_APART = " / "


def leads(catalog: Catalog, paths: Iterable[str]) -> dict[str, str]:
    """path -> what tells what the document is about."""
    titles = catalog.titles(paths)
    untitled = [path for path, title in titles.items() if not has_title(path, title)]
    begins: dict[str, list[str]] = {}
    for path, text in catalog.first_texts(untitled, _FIRST):
        begins.setdefault(path, []).append(text[:_LONGEST])
    return titles | {path: _APART.join(texts) for path, texts in begins.items()}


def about(lead: str, paragraph: Paragraph) -> str:
    """What a paragraph is about: its document, and the headings it stands under."""
    return _APART.join(dict.fromkeys(part for part in (lead, *paragraph.heading_path) if part))
