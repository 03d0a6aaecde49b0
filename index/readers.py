"""Files -> text. One small function a format; a file that cannot be read says why."""

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

READER_VERSION = "1"
"""Raised whenever the same bytes would give other text; part of the index fingerprint."""

MAX_BYTES = 50_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class UnreadableError(Exception):
    """The file's content is not what its name promises; the message is the reason shown."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file's text and what a reader should know of how it was obtained (``note``)."""

    text: str
    markdown: bool
    note: str = ""


def suffixes() -> tuple[str, ...]:
    """The file name endings there is a reader for, in lower case."""
    return tuple(_READERS)


def read(name: str, content: bytes) -> Extracted:
    """The text of a file; raises ``UnreadableError`` with the reason."""
    return _READERS[Path(name).suffix.lower()](content)


def decode(content: bytes) -> tuple[str, str]:
    """Text and a note naming the encoding when it had to be guessed; line ends are kept."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strict(content, encoding), ""
    if b"\0" in content:
        raise UnreadableError("not text: it holds NUL bytes; save it as UTF-8 text")
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        at = error.start
    guess = from_bytes(content).best()
    if guess is None:
        raise UnreadableError(f"not UTF-8 (byte {at}) and no encoding fits; save it as UTF-8 text")
    return _strict(content, guess.encoding), f"read as {guess.encoding}: not UTF-8 (byte {at})"


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"broken {encoding} text at byte {error.start}; save it as UTF-8 text"
        ) from error


def _plain(content: bytes) -> Extracted:
    text, note = decode(content)
    return Extracted(text, markdown=False, note=note)


def _markdown(content: bytes) -> Extracted:
    text, note = decode(content)
    return Extracted(text, markdown=True, note=note)


_READERS: dict[str, Callable[[bytes], Extracted]] = {
    ".txt": _plain,
    ".text": _plain,
    ".md": _markdown,
    ".markdown": _markdown,
}
