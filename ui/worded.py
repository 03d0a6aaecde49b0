"""Markup that stands in the pages from the start, before the server knows who opens them.

It carries its sentences along, for ``static/words.js`` to put the reader's language in the place of
English. Drawn anew for a request it is in that language already: Gradio changes the texts of what
stands there, which ``words.js`` cannot tell from its own changes.
"""

import json

from ui.render import inert
from ui.words import counted, t


def element(tag: str, attributes: str, sentence: str, **named: str) -> str:
    """An element that shows a sentence; ``named`` are attributes that hold one.

    ``attributes`` are markup of ours; an underscore in a name stands for a hyphen.
    """
    return _element(tag, attributes, t(sentence), {"text": [sentence]}, named)


def counting(tag: str, attributes: str, one: str, more: str, count: int) -> str:
    """An element that shows the form of a sentence that fits ``count``."""
    shown = counted(one, more, count)
    return _element(tag, attributes, shown, {"text": [one, more, count]}, {})


def labelled(attributes: str, **named: str) -> str:
    """``attributes`` with more of them that hold sentences, for an element of other content."""
    return f"{attributes}{_named({}, named)}"


def _element(
    tag: str, attributes: str, shown: str, text: dict[str, list[str | int]], named: dict[str, str]
) -> str:
    spaced = f" {attributes}" if attributes else ""
    return f"<{tag}{spaced}{_named(text, named)}>{inert(shown)}</{tag}>"


def _named(text: dict[str, list[str | int]], named: dict[str, str]) -> str:
    held = {name.replace("_", "-"): sentence for name, sentence in named.items()}
    values = {**text, **{name: [sentence] for name, sentence in held.items()}}
    plain = "".join(f' {name}="{inert(t(sentence))}"' for name, sentence in held.items())
    return f'{plain} data-words="{inert(json.dumps(values))}"'
