"""HTML: what a visitor would read, in blocks, without scripts, navigation and hidden parts."""

import re

from lxml import etree

from index.readers.builder import TextBuilder
from index.readers.encoding import decode
from index.readers.extracted import Extracted, UnreadableError
from index.readers.web_blocks import add_element
from index.readers.web_metadata import page_metadata

_CHARSET = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_LOOKED_AT_BYTES = 4_096
_MARKED = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*\[.*?\]\s*>", re.IGNORECASE | re.DOTALL)
_DOCTYPE_CHARS = 100_000


def extract(content: bytes) -> Extracted:
    text, note = decode_page(content)
    root = parse_page(text)
    builder = TextBuilder()
    if root is None:
        return builder.extracted(note)
    add_element(builder, root)
    return builder.extracted(note, page_metadata(root))


def decode_page(content: bytes) -> tuple[str, str]:
    """As ``decode``, but a page may name its encoding itself."""
    match = _CHARSET.search(content, 0, _LOOKED_AT_BYTES)
    if match and not content.startswith(_MARKED) and b"\0" not in content:
        name = (match[1] or match[2]).decode("ascii", "replace")
        # Browsers take these for Windows' superset of them.
        name = "cp1252" if name.lower() in ("iso-8859-1", "latin1", "us-ascii", "ascii") else name
        # Where its name can be read as ASCII, it is none of those that take no single bytes.
        name = "utf-8" if name.lower().startswith(("utf-16", "utf-32", "utf16", "utf32")) else name
        try:
            return content.decode(name), ""
        except (LookupError, UnicodeError):
            pass  # it names another encoding than it has
    return decode(content)


def parse_page(text: str) -> etree._Element | None:
    """The root of the page's tree; nothing is ever fetched, and no entity of its own expanded."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    text = _DOCTYPE.sub("", text[:_DOCTYPE_CHARS], count=1) + text[_DOCTYPE_CHARS:]
    if not text.strip():
        return None
    root: etree._Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if any("depth" in error.message.lower() for error in parser.error_log):
        raise UnreadableError("its elements are nested too deeply")
    return root
