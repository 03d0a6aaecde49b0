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
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(content: bytes) -> tuple[str, str]:
    """Text and a note naming the encoding when it had to be guessed; line ends are kept."""
    marked = [encoding for bom, encoding in _BOMS if content.startswith(bom)]
    note = ""
    try:
        text = _strict(content, marked[0]) if marked else content.decode("utf-8")
    except UnicodeDecodeError as error:
        encoding = _guess(content)
        text = _strict(content, encoding)
        note = f"read as {encoding}: not UTF-8 (byte {error.start})"
    if "\0" in text:
        raise UnreadableError("not text: it holds NUL characters; save it as UTF-8 text")
    return text, note


def decode_text(content: bytes) -> tuple[str, str]:
    """As ``decode``, for a file that is nothing but text; refuses more than a library of it."""
    text, note = decode(content)
    if len(text) > MAX_TEXT_CHARS:
        raise too_much_text()
    return text, note


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
