"""The text that a page's elements show, and which of them are not shown."""

import re
from collections.abc import Sequence
from itertools import islice

from lxml import etree

from index.readers.builder import clean_line
from index.readers.web_math import formula

_HIDDEN_TAGS = (
    "script style template noscript nav head iframe object embed svg canvas audio video"
    " button select datalist input textarea dialog map del s strike"
)
_BLOCK_TAGS = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption"
    " figure footer form header hgroup hr html legend li main ol p pre section summary table tbody"
    " td tfoot th thead tr ul"
)
_HIDDEN = frozenset(_HIDDEN_TAGS.split())
BLOCKS = frozenset(_BLOCK_TAGS.split())
# What DocBook, Sphinx, Bootstrap, Drupal, WordPress and MediaWiki call theirs.
_NAVIGATION_CLASSES = (
    "navheader navfooter navbar breadcrumb breadcrumbs sphinxsidebar pagination book-navigation"
    " post-navigation posts-navigation nav-links mw-editsection mw-jump-link catlinks navbox"
)
_NAVIGATION = frozenset(_NAVIGATION_CLASSES.split())
# Questions about cookies, and a search box, in a page that a browser saved.
_HIDDEN_ROLES = ("navigation", "dialog", "alertdialog", "search")
_LABELLED = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary"])
_LABEL_DEPTH = 5
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTE = re.compile(r"\[?([\d*†‡]{1,4}|[a-z]{1,2})\]?")


def shown_text(root: etree._Element, without: frozenset[str] = frozenset()) -> str:
    """All the text that is shown in an element, whatever its depth, on one line."""
    parts: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start" and (
            is_hidden(element) or (element is not root and element.tag in without)
        ):
            walk.skip_subtree()
            continue
        if event == "start" and (mark := raised(element, parts)):
            parts.append(mark)
            walk.skip_subtree()
            continue
        if event == "start":
            parts.append(" " if element.tag in BLOCKS or element.tag == "br" else "")
            parts.append(element.text or "")
        elif element is not root:
            parts.append((" " if element.tag in BLOCKS else "") + (element.tail or ""))
    return clean_line("".join(parts))


def is_hidden(element: etree._Element) -> bool:
    return (
        (element.tag in _HIDDEN and not _is_label(element))
        or "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or element.get("role") in _HIDDEN_ROLES
        or not _NAVIGATION.isdisjoint(element.get("class", "").split())
        or _INVISIBLE.search(element.get("style", "")) is not None
    )


def _is_label(element: etree._Element) -> bool:
    """What folds a part of the page is a button by its kind, and the part's title by its words."""
    around = islice(element.iterancestors(), _LABEL_DEPTH) if element.tag == "button" else ()
    return any(outer.tag in _LABELLED for outer in around)


def raised(element: etree._Element, before: Sequence[str]) -> str:
    """A formula on one line, the mark of a note in brackets, an exponent behind "^"; else "".

    Without them "10" and a raised 6 would be read as 106.
    """
    if element.tag == "math":
        return formula(element) or " "
    kind = f"{element.get('role', '')} {element.get('epub:type', '')}"
    refers = "noteref" in kind
    if not refers and element.tag != "sup":
        return ""
    note = _NOTE.fullmatch("".join(element.itertext()).strip())
    parent = element.getparent()
    linked = next(element.iter("a"), None) is not None or (parent is not None and parent.tag == "a")
    if note and (refers or linked):
        return f"[{note[1]}]"
    behind_digit = before and before[-1][-1:].isdecimal()
    return f"^{note[1]}" if note and note[1].isdecimal() and behind_digit else ""
