"""Text from documents, file names and models -> text that a terminal shows and does not obey.

``shown`` is applied where lines for a person leave the command line; ``name`` where a name joins
other words, since only there a line break is known not to be ours.
"""

import re

# All but tab and line break: with an escape character a document could rewrite what was said.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Those that turn what follows around: a name could pass for another.
_NOT_IN_NAMES = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """The text, its control characters spelt out as ``\\x1b``; line breaks and tabs stay."""
    return _CONTROLS.sub(_spelt, text.replace("\r\n", "\n"))


def name(text: str) -> str:
    """A file's name or another text of one line, with nothing in it that breaks or turns it."""
    return _NOT_IN_NAMES.sub(_spelt, text)


def one_line(text: str) -> str:
    """Words of a document, whose own line breaks say nothing here."""
    return " ".join(text.split())


def _spelt(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
