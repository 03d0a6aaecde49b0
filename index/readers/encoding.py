"""Bytes -> text: by the file's own mark, as UTF-8, or by a guess that is told."""

import codecs
import re

from charset_normalizer import from_bytes

from index.readers.extracted import MAX_TEXT_CHARS, UnreadableError, too_much_text

_ASCII = bytes(range(128))
_WESTERN = "cp1252"
_LOOKED_AT_BYTES = 1_000_000
# In Windows' western encoding these are signs such as ¿ and ³, in others they are letters. The
# soft hyphen, the middle dot and the acute accent do occur inside western words.
_SYMBOL_IN_WORD = re.compile(
    rb"[A-Za-z\xc0-\xff][\xa1-\xac\xae-\xb3\xb5\xb6\xb8-\xbf\xd7\xf7][A-Za-z\xc0-\xff]"
)
_UTF8 = "utf-8-sig"
_GAP = "\ufffd"
_FEW = 0.01
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(content: bytes) -> tuple[str, str]:
    """Text and a note naming the encoding when it had to be guessed; line ends are kept."""
    marked = next((encoding for bom, encoding in _BOMS if content.startswith(bom)), _UTF8)
    text, note = _utf8(content) if marked == _UTF8 else (_strict(content, marked), "")
    if "\0" in text:
        raise UnreadableError("not text: it holds NUL characters; save it as UTF-8 text")
    return text, note


def decode_text(content: bytes) -> tuple[str, str]:
    """As ``decode``, for a file that is nothing but text; refuses more than a library of it."""
    text, note = decode(content)
    if len(text) > MAX_TEXT_CHARS:
        raise too_much_text()
    return text, note


def _utf8(content: bytes) -> tuple[str, str]:
    """The text if it is UTF-8, with or without a mark of its own; else a guess, with a note."""
    try:
        return content.decode(_UTF8), ""
    except UnicodeDecodeError as error:
        if text := _with_gaps(content):
            return text, f"read as UTF-8: not all of it is (byte {error.start})"
        encoding = _UTF8 if content.startswith(codecs.BOM_UTF8) else _guess(content)
        return _strict(content, encoding), f"read as {encoding}: not UTF-8 (byte {error.start})"


def _with_gaps(content: bytes) -> str:
    """UTF-8 of which hardly anything is broken, with a mark in its place; "" if it is none.

    Letters of other encodings seldom look like those of UTF-8.
    """
    text = content.decode(_UTF8, "replace")
    broken = text.count(_GAP) - content.count(_GAP.encode())
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    return text if broken < whole and broken <= max(1, whole * _FEW) else ""


def _guess(content: bytes) -> str:
    """The encoding of text that is not UTF-8; raises ``UnreadableError``."""
    if b"\0" in content:
        raise UnreadableError("not text: it holds NUL bytes; save it as UTF-8 text")
    # What western programs write has few bytes beyond ASCII. On so few, statistics guess badly.
    beyond_ascii = len(content.translate(None, delete=_ASCII))
    if beyond_ascii * 3 < len(content) and not _SYMBOL_IN_WORD.search(content, 0, _LOOKED_AT_BYTES):
        try:
            content.decode(_WESTERN)
        except UnicodeDecodeError:
            pass
        else:
            return _WESTERN
    guess = from_bytes(content).best()
    if guess is None:
        raise UnreadableError("not UTF-8 and no other encoding fits; save it as UTF-8 text")
    return guess.encoding


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"broken {encoding} text at byte {error.start}; save it as UTF-8 text"
        ) from error
