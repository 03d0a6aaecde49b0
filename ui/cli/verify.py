"""``verify``: do the quotations of a receipt still stand in the documents?"""

import hashlib
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import typer

from index.catalog import Catalog
from index.errors import CorpusError, UsageError
from index.readers import UnreadableError, read, suffixes
from index.types import Document
from rag.receipt import QuoteState, check
from ui.cli.output import JSON, print_json, say, settings
from ui.cli.shown import name

MAX_RECEIPT_BYTES = 20_000_000


def register(app: typer.Typer) -> None:
    app.command()(verify)


def verify(
    file: Path = typer.Argument(metavar="RECEIPT", help="A receipt's JSON or HTML file."),
    as_json: bool = JSON,
) -> None:
    """Say of each quotation of a receipt whether it is intact, moved or gone.

    Exit code 1 when any is not intact.
    """
    from index.store import Store
    from ui.receipt_page import read_receipt

    receipt = read_receipt(_text(file))
    store = Store.open(settings().state)
    try:
        root = store.corpus()
        if root is None:
            raise CorpusError('nothing was synced yet: run "pincite sync"')
        checks = check(receipt, DocumentsNow(root, store.catalog))
    finally:
        store.close()
    if as_json:
        print_json([asdict(one) for one in checks])
    for one in [] if as_json else checks:
        now = f" -> {one.now}" if one.state is QuoteState.MOVED else ""
        say(name(f"[{one.number}] {one.state:6} {one.path} ({one.document}){now}"))
        say(f"    {one.quote}")
    counts = Counter(one.state for one in checks)
    if not as_json:
        listed = ", ".join(f"{counts[state]} {state}" for state in QuoteState)
        say(f"{len(checks)} quotations: {listed}")
    if len(checks) != counts[QuoteState.INTACT]:
        raise typer.Exit(1)


class DocumentsNow:
    """The corpus folder as it is now: the index's text where the file is the one it read.

    Paths come from a receipt, hence from anywhere: nothing outside the folder is opened.
    """

    def __init__(self, root: Path, catalog: Catalog) -> None:
        self._root = root.resolve()
        self._catalog = catalog
        self._known: dict[str, Document] = {d.path: d for d in catalog.documents()}
        self._hashes: dict[str, str | None] = {}

    def sha256(self, path: str) -> str | None:
        """The hash of the file as it is on disk."""
        if path not in self._hashes:
            content = self._content(path)
            self._hashes[path] = None if content is None else hashlib.sha256(content).hexdigest()
        return self._hashes[path]

    def text(self, path: str) -> str | None:
        """Its extracted text; read anew when the file has changed since the last sync."""
        content = self._content(path)
        if content is None:
            return None
        known = self._known.get(path)
        if known is not None and known.sha256 == self.sha256(path):
            return self._catalog.text(path)
        try:
            return read(path, content).text
        except UnreadableError:
            return ""

    def renamed(self, sha256: str) -> str | None:
        """Another indexed document with this content."""
        paths = (path for path, found in self._known.items() if found.sha256 == sha256)
        return next((path for path in paths if self.sha256(path) == sha256), None)

    def _content(self, path: str) -> bytes | None:
        try:
            file = (self._root / path).resolve()
            inside = file.is_relative_to(self._root) and file.suffix.lower() in suffixes()
            return file.read_bytes() if inside and file.is_file() else None
        except (OSError, ValueError):
            return None


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > MAX_RECEIPT_BYTES:
            raise UsageError(f"{file} is too large to be a receipt")
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read: {error}") from error
