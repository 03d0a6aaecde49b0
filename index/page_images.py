"""Pictures of a PDF's pages, for showing where a quote stands; its boxes are in ``boxes.py``."""

import atexit

from index.readers.apart import Child

# Not the child that reads: a page should not wait for a sync.
_child = Child()
atexit.register(_child.close)


def render_page(content: bytes, number: int, scale: float = 2.0) -> bytes:
    """Page ``number`` (from 1) of a PDF as PNG, ``scale`` pixels a point.

    At most 16 million pixels, whatever the scale. Drawn in a process of its own within ten
    seconds; raises ``UnreadableError`` (index/readers) with the reason.
    """
    png = _child.call("render", content, number, scale)
    if not isinstance(png, bytes):
        raise TypeError(f"a page was drawn as {type(png)}")
    return png
