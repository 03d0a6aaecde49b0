"""``sync``: bring the index up to date with the folder, once or as long as it is watched."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import typer

from index.errors import PinciteError, StateBusyError, UsageError
from index.lock import writer_lock
from rag.settings import Settings
from ui.cli.interrupt import STOPPING, Interrupt, interruptible
from ui.cli.output import JSON, note, print_json, say, settings
from ui.cli.progress import PROGRESS, progress
from ui.cli.shown import name

if TYPE_CHECKING:
    from index.embedding import Embedder
    from index.plan import Plan
    from index.store import Store
    from index.sync import Report
    from index.types import Document

_RETRY_S = 0.5


def register(app: typer.Typer) -> None:
    app.command()(sync)


def sync(
    path: Path | None = typer.Argument(None, help="Folder of documents (default: the known one)."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Only say what would be done."),
    watch: bool = typer.Option(False, "--watch", help="Go on syncing as files change."),
    prune: bool = typer.Option(
        False, "--prune", help="Empty the index when the folder is suddenly empty."
    ),
    moved: bool = typer.Option(False, "--moved", help="The folder of the index lies at PATH now."),
    show_progress: bool = PROGRESS,
    as_json: bool = JSON,
) -> None:
    """Read new and changed files, forget deleted ones.

    Files can be left out by a .pinciteignore file (in the syntax of .gitignore) or by the setting
    "exclude".
    """
    from index.scan import check_root
    from rag.build import build_embedder

    if watch and (dry_run or as_json):
        raise UsageError("--watch goes with neither --dry-run nor --json")
    if moved and path is None:
        raise UsageError("--moved needs the path that the folder has now")
    chosen = settings()
    if path is not None:
        check_root(path)
    run = _Run(chosen, path, build_embedder(chosen), prune, moved, show_progress)
    if dry_run:
        plan = run.plan()
        print_json(_plan_values(plan)) if as_json else say("\n".join(map(name, plan.lines())))
        return
    with interruptible("pincite: stopped watching" if watch else STOPPING) as interrupt:
        if watch:
            _watch(run, interrupt)
            return
        outcome = run.sync(interrupt)
    if as_json:
        print_json(_report_values(outcome.report))
    else:
        _tell(outcome)
    if outcome.report.stopped:
        raise typer.Exit(interrupt.exit_code)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a sync did, every file afterwards, and the corpus folder."""

    report: "Report"
    documents: "list[Document]"
    root: Path


@dataclass(frozen=True, slots=True)
class _Run:
    """What each sync of this command is made with."""

    settings: Settings
    path: Path | None
    embedder: "Embedder"
    prune: bool
    moved: bool
    show_progress: bool

    @contextmanager
    def writing(self) -> "Iterator[tuple[Store, Path]]":
        """The store, locked, and the corpus folder."""
        from index.begin import check_first_root
        from index.store import Store

        check_first_root(self.settings.state, self.path or self.settings.corpus)
        with writer_lock(self.settings.state):
            store = Store.create(self.settings.state)
            try:
                if store.remade_from:
                    note("The index of an earlier version of Pincite is made anew.")
                yield store, self._root(store)
            finally:
                store.close()

    def _root(self, store: "Store") -> Path:
        return self.path or store.corpus() or self.settings.corpus

    def plan(self) -> "Plan":
        """What a sync would do; changes nothing, and makes no index where there is none."""
        from index.store import CATALOG_FILE, Store
        from index.sync import plan_sync

        with ExitStack() as closing_all:
            if (self.settings.state / CATALOG_FILE).exists():
                store = Store.open(self.settings.state)
            else:
                store = Store.create(Path(closing_all.enter_context(TemporaryDirectory())))
            closing_all.callback(store.close)
            return plan_sync(
                store,
                self._root(store),
                self._fingerprint(store),
                prune=self.prune,
                exclude=self.settings.exclude,
                moved=self.moved,
            )

    def sync(self, stop: Callable[[], bool]) -> _Outcome:
        from index.sync import sync as run_sync

        with self.writing() as (store, root):
            self._fingerprint(store)
            with progress(" files", lines=self.show_progress) as show:
                report = run_sync(
                    store,
                    root,
                    self.embedder,
                    prune=self.prune,
                    exclude=self.settings.exclude,
                    moved=self.moved,
                    progress=show,
                    stop=stop,
                )
            return _Outcome(report, store.catalog.documents(), root)

    def _fingerprint(self, store: "Store") -> str:
        """Of this program's index; says what is done again when the one there is another's."""
        from index.fingerprint import changes
        from index.sync import index_fingerprint

        now = index_fingerprint(self.embedder)
        for change in changes(store.catalog.get("fingerprint"), now):
            note(f"{change}.")
        return now


def _watch(run: _Run, interrupt: Interrupt) -> None:
    from index.watch import quiet_changes

    outcome = _when_free(run, interrupt)
    if outcome is None:
        return
    _tell(outcome)
    root = outcome.root.resolve()
    note(f"Watching {root} (Ctrl-C ends it).")
    complaint = ""
    for _ in quiet_changes(root, run.settings.state.resolve(), interrupt):
        try:
            outcome = _when_free(run, interrupt)
        except PinciteError as error:
            # What stands in the way now may not do so after the next change.
            if str(error) != complaint:
                complaint = str(error)
                note(f"pincite: {complaint}")
            continue
        complaint = ""
        if outcome is not None:
            for line in outcome.report.plan.changes():
                say(name(line))
            _tell_trouble(outcome)


def _when_free(run: _Run, interrupt: Interrupt) -> _Outcome | None:
    """Sync as soon as no other process writes; None when interrupted before that."""
    said = False
    while not interrupt():
        try:
            return run.sync(interrupt)
        except StateBusyError as error:
            if not said:
                note(f"pincite: {error}; trying again until then")
                said = True
            time.sleep(_RETRY_S)
    return None


def _tell(outcome: _Outcome) -> None:
    report = outcome.report
    say(
        f"{report.plan.counts}  {report.documents} files, {report.paragraphs} paragraphs,"
        f" {report.embedded} texts embedded"
    )
    for old, new in report.plan.renamed:
        note(name(f"renamed {old} -> {new}"))
    _tell_trouble(outcome)
    if report.paragraphs == 0:
        note(f"There is nothing to ask yet: put documents into {outcome.root} and sync again.")


def _tell_trouble(outcome: _Outcome) -> None:
    """What went otherwise than wished, with the files that were just read."""
    if outcome.report.rebuilt:
        note(f"The vector index was rebuilt from the catalog: {outcome.report.rebuilt}.")
    read = {file.path for file in outcome.report.plan.to_read}
    for document in outcome.documents:
        if document.reason and document.path in read:
            note(name(f"{document.path}: {_state_and_reason(document)}"))
    others = sum(not d.searchable and d.path not in read for d in outcome.documents)
    if others:
        note(f'{others} more files hold nothing that can be searched: "pincite list" says why.')


def _state_and_reason(document: "Document") -> str:
    said = document.reason.startswith(document.state)
    return document.reason if said else f"{document.state}: {document.reason}"


def _plan_values(plan: "Plan") -> dict[str, Any]:
    return {
        "added": [file.path for file in plan.added],
        "changed": [file.path for file in plan.changed],
        "removed": list(plan.removed),
        "renamed": [{"from": old, "to": new} for old, new in plan.renamed],
        "unchanged": plan.unchanged,
    }


def _report_values(report: "Report") -> dict[str, Any]:
    return {
        **_plan_values(report.plan),
        "files": report.documents,
        "paragraphs": report.paragraphs,
        "embedded": report.embedded,
        "anew": list(report.anew),
        "rebuilt": report.rebuilt,
        "stopped": report.stopped,
    }
