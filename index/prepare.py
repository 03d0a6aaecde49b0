"""One file -> its text and paragraphs, ready for the catalog; or why it has none."""

import hashlib
import logging
import os
import stat
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from index import readers
from index.blocks import Kind
from index.paragraphs import MAX_HEADING_CHARS, check_offsets, split_paragraphs
from index.readers import Extracted
from index.scan import LEADS_OUT, NO_FILE, FoundFile, too_large
from index.types import Document, FileState, Page, Paragraph

_RACY_NS = 2_000_000_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document and what the catalog keeps of it. A ``mtime_ns`` of 0 says: look again."""

    document: Document
    mtime_ns: int
    text: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    pages: tuple[Page, ...] = ()


def prepare(root: Path, file: FoundFile) -> Prepared:
    """Never raises for what a file holds: the document's state and reason tell."""
    if file.refusal:
        return _without_text(file, file.state, file.refusal)
    started_ns = time.time_ns()
    try:
        content = _content(root, file.path)
    except readers.PassingError as error:
        return _without_text(file, error.state, str(error), mtime_ns=0)
    except OSError as error:
        return _without_text(file, FileState.FAILED, f"cannot be read: {error.strerror}")
    sha256 = hashlib.sha256(content).hexdigest()
    stamp = settled_mtime(file, started_ns, len(content))
    try:
        extracted = readers.read(file.path, content)
        paragraphs = split_paragraphs(file.path, extracted.text, extracted.blocks)
        check_offsets(extracted.text, paragraphs)
        check_characters(extracted, paragraphs)
    except readers.PassingError as error:
        # As if it had no content yet, so that the next sync takes it for changed.
        return _without_text(file, error.state, str(error))
    except readers.UnreadableError as error:
        return _without_text(file, error.state, str(error), sha256, stamp)
    except Exception as error:  # one file must not stop the others
        log.exception("%r could not be cut into paragraphs", file.path)
        reason = f"could not be cut into paragraphs: {error}"
        return _without_text(file, FileState.FAILED, reason, sha256, stamp)
    said = extracted.metadata
    document = Document(
        file.path,
        FileState.INDEXED if paragraphs else FileState.EMPTY,
        extracted.note if paragraphs else "no paragraph in it",
        len(paragraphs),
        sha256,
        len(content),
        said.title or _title(extracted, paragraphs, file.path),
        said.author,
        said.language,
        said.date,
        said.date_source,
        extracted.page_count,
        len(extracted.pages),
    )
    return Prepared(document, stamp, extracted.text, tuple(paragraphs), extracted.pages)


def _content(root: Path, path: str) -> bytes:
    """What a file holds. By now it may be another than the one that was listed, and much larger.

    Raises ``PassingError`` for what would not have been listed as one to read.
    """
    file = root / path
    if not file.resolve().is_relative_to(root):
        raise readers.PassingError(LEADS_OUT, FileState.SKIPPED)
    with open(file, "rb", opener=_without_waiting) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise readers.PassingError(NO_FILE, FileState.SKIPPED)
        content = stream.read(readers.MAX_BYTES + 1)
    if len(content) > readers.MAX_BYTES:
        raise readers.PassingError(too_large(readers.MAX_BYTES), FileState.TOO_LARGE)
    return content


def _without_waiting(path: str, flags: int) -> int:
    """Opening a pipe would else wait for whoever writes into it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def check_characters(extracted: Extracted, paragraphs: Sequence[Paragraph]) -> None:
    """Raise ``UnicodeEncodeError`` for half a character, at which the catalog would fail."""
    places = (part for p in paragraphs for part in (p.location, *p.heading_path))
    for text in (extracted.text, extracted.note, *astuple(extracted.metadata), *places):
        text.encode()


def settled_mtime(file: FoundFile, looked_ns: int, size_bytes: int) -> int:
    """The file's time, or 0 when it may yet change without its size and time showing it.

    A file written moments ago may be written again within the grain of the file system's clock.
    """
    settled = looked_ns - file.mtime_ns > _RACY_NS and size_bytes == file.size_bytes
    return file.mtime_ns if settled else 0


def _without_text(
    file: FoundFile, state: FileState, reason: str, sha256: str = "", mtime_ns: int | None = None
) -> Prepared:
    if mtime_ns is None:
        # What could not be read may become readable without its size and time showing it.
        mtime_ns = 0 if state is FileState.FAILED else file.mtime_ns
    return Prepared(Document(file.path, state, reason, 0, sha256, file.size_bytes), mtime_ns)


def _title(extracted: Extracted, paragraphs: Sequence[Paragraph], path: str) -> str:
    headings = paragraphs[0].heading_path if paragraphs else ()
    if paragraphs and not headings and extracted.blocks[0].kind is Kind.HEADING:
        # It heads nothing, and is the first paragraph itself.
        headings = (extracted.blocks[0].title[:MAX_HEADING_CHARS],)
    return headings[0] if headings else os.path.basename(path)
