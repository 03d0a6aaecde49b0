"""Rows of the catalog -> values, and the words of a page -> bytes and back."""

import json
import struct
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from typing import Any

from index.types import Document, FileState, Paragraph, Sentence, Word

_WORD = struct.Struct("<IIffff")


def document_of(path: str, state: str, reason: str, *others: Any) -> Document:
    """``others`` end with the first file of the same content, None when there is no other."""
    *rest, first = others
    if first is not None:
        return Document(path, FileState.DUPLICATE, f"duplicate of {first}", *rest)
    return Document(path, FileState(state), reason, *rest)


def paragraph_of(row: tuple[Any, ...], spans: Sequence[tuple[int, int, int]]) -> Paragraph:
    """``spans`` are its sentences: ordinal, start and end in the document."""
    _, id_, path, ordinal, start, end, text, headings, page, location = row
    sentences = tuple(
        Sentence(n, begin, stop, text[begin - start : stop - start]) for n, begin, stop in spans
    )
    headings = tuple(json.loads(headings))
    return Paragraph(id_, path, ordinal, start, end, text, headings, page, location, sentences)


def pack_words(words: Iterable[Word]) -> bytes:
    """24 bytes a word, so that a page of them is read at once."""
    return b"".join(_WORD.pack(*astuple(word)) for word in words)


def unpack_words(packed: bytes) -> tuple[Word, ...]:
    return tuple(Word(*values) for values in _WORD.iter_unpack(packed))
