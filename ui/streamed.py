"""Values as Gradio can stream them to the browser without mixing them up."""

from typing import Any


def streamable(value: Any) -> Any:
    """``value``, of dicts, lists and tuples, with each list and tuple as ``{length, 0: …, 1: …}``.

    Of what is streamed Gradio 6.31 sends only the differences. Where lists stand in lists it counts
    the elements to take out wrongly (``gradio.utils.diff``), and the browser takes out others: a
    source of the answer before, or half a quotation, would stay. Keys it counts rightly. The
    scripts make lists of them again: ``listed`` in ``static/dom.js``.
    """
    if isinstance(value, dict):
        return {key: streamable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        numbered = {str(place): streamable(each) for place, each in enumerate(value)}
        return {"length": len(value), **numbered}
    return value
