"""What a page says of itself: meta elements, JSON-LD, the html element's language, time."""

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree

from index.dates import parse_date
from index.readers.builder import clean_line
from index.readers.stated import language_code
from index.types import Metadata

_DATES = (
    "article:published_time",
    "og:article:published_time",
    "citation_publication_date",
    "citation_date",
    "datepublished",
    "dcterms.issued",
    "dcterms.date",
    "dc.date.issued",
    "dc.date",
    "date",
    "pubdate",
    "publish-date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
)
_AUTHORS = ("author", "article:author", "citation_author", "dc.creator", "dcterms.creator")
_TITLES = ("og:title", "citation_title", "dc.title")
_LANGUAGE = ("lang", "xml:lang", "{http://www.w3.org/XML/1998/namespace}lang")
_MAX_DEPTH = 8


def page_metadata(root: etree._Element) -> Metadata:
    metas = _metas(root)
    linked = [found for found in _linked_data(root) if isinstance(found, dict)]
    titles = [
        *(metas.get(name, "") for name in _TITLES),
        *(clean_line("".join(title.itertext())) for title in root.iter("title")),
    ]
    authors = [
        *(metas.get(name, "") for name in _AUTHORS),
        *(_author(data.get("author")) for data in linked),
    ]
    dates = [
        *(str(data.get("datePublished", "")) for data in linked),
        *(metas.get(name, "") for name in _DATES),
        *(time.get("datetime", "") for time in root.iter("time")),
    ]
    date = next((iso for iso in map(parse_date, dates) if iso), "")
    return Metadata(
        title=next(filter(None, titles), ""),
        author=next((a for a in authors if a and not a.startswith(("http:", "https:"))), ""),
        language=next(filter(None, (language_code(root.get(n, "")) for n in _LANGUAGE)), ""),
        date=date,
        date_source="metadata" if date else "",
    )


def _metas(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        found.setdefault(name.lower(), clean_line(element.get("content", "")))
    for element in root.iter("time", "span", "p", "div"):
        if element.get("itemprop") == "datePublished":
            shown = element.get("datetime") or element.get("content") or element.text or ""
            found.setdefault("datepublished", shown)
    return found


def _linked_data(root: etree._Element) -> Iterator[Any]:
    """Every object in the page's JSON-LD."""
    for element in root.iter("script"):
        if element.get("type", "").strip().lower() == "application/ld+json":
            try:
                yield from _objects(json.loads(element.text or ""), 0)
            except (ValueError, RecursionError):
                continue  # pages often break theirs, and say the same elsewhere


def _objects(value: Any, depth: int) -> Iterator[Any]:
    if depth < _MAX_DEPTH and isinstance(value, list):
        for part in value:
            yield from _objects(part, depth + 1)
    elif depth < _MAX_DEPTH and isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"), depth + 1)


def _author(said: Any) -> str:
    if isinstance(said, list):
        return ", ".join(filter(None, map(_author, said[:10])))
    if isinstance(said, dict):
        said = said.get("name", "")
    return clean_line(said) if isinstance(said, str) else ""
