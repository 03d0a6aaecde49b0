"""Rich text -> control words, braces and characters, one after the other.

After "Rich Text Format Specification 1.9.1" (Microsoft, 2008).
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9A-Fa-f]{2})"
    r"|\\(?P<sign>.)|(?P<brace>[{}])|[\r\n\0]+|(?P<text>[^\\{}\r\n\0]+)|.",
    re.DOTALL,
)
_SIGNS = {"~": "\xa0", "_": "-", "{": "{", "}": "}", "\\": "\\"}
_WORDS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_WESTERN = "cp1252"
_OF_THE_FILE = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


@dataclass(frozen=True, slots=True)
class Token:
    """A brace, a control word with its number, a byte of a code page, or ``text``.

    ``star`` is the control symbol before a destination that old readers are to skip.
    """

    kind: str
    text: str = ""
    number: int | None = None


def tokens(text: str) -> Iterator[Token]:
    """Of the file, each byte a character; what ``\\bin`` announces is left out."""
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:  # it matches any character
            return
        at = found.end()
        if word := found["word"]:
            number = int(found["number"]) if found["number"] else None
            if word == "bin":
                at += max(number or 0, 0)
            elif word in _WORDS:
                yield Token("text", _WORDS[word])
            else:
                yield Token("word", word, number)
        elif byte := found["byte"]:
            yield Token("bytes", chr(int(byte, 16)))
        elif brace := found["brace"]:
            yield Token(brace)
        elif sign := found["sign"]:
            yield from _sign(sign)
        elif held := found["text"]:
            yield Token("text" if held.isascii() else "bytes", held)


def _sign(sign: str) -> Iterator[Token]:
    if sign == "*":
        yield Token("star")
    elif sign in "\r\n":
        yield Token("word", "par")
    elif sign in _SIGNS:
        yield Token("text", _SIGNS[sign])


def code_page(charset: int | None, word: str, number: int | None) -> str:
    """The encoding of a font's charset; else the one that the file says by a control word."""
    said = f"cp{number}" if number else _OF_THE_FILE.get(word, _WESTERN)
    name = _CHARSETS.get(charset or 0, said)
    try:
        codecs.lookup(name)
    except LookupError:
        return _WESTERN
    return name
