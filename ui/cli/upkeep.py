"""``doctor``, ``rebuild`` and ``compact``: what is wrong with the index, and what mends it."""

from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

import typer

from index.errors import NoIndexError, PinciteError
from index.lock import writer_lock
from ui.cli.interrupt import STOPPING, interruptible
from ui.cli.output import JSON, note, print_json, say, settings
from ui.cli.progress import PROGRESS, progress
from ui.cli.shown import name

_SHOWN = 20


def register(app: typer.Typer) -> None:
    app.command()(doctor)
    app.command()(rebuild)
    app.command()(compact)


def doctor(show_progress: bool = PROGRESS, as_json: bool = JSON) -> None:
    """Find and name every disagreement between folder, catalog and vector index.

    Changes nothing; exits 1 when there is one, and names the command that mends it.
    """
    from index.doctor import examine
    from index.sync import index_fingerprint
    from rag.build import build_embedder

    chosen = settings()

    def fingerprint() -> str:
        try:
            return index_fingerprint(build_embedder(chosen))
        except PinciteError as error:
            note(f"The embedder was not compared: {error}")
            return ""

    with progress(" documents", lines=show_progress) as show:
        found = list(examine(chosen.state, fingerprint, exclude=chosen.exclude, progress=show))
    wrong = [finding for finding in found if not finding.harmless]
    if as_json:
        print_json({"ok": not wrong, "findings": [asdict(finding) for finding in found]})
    else:
        groups = defaultdict(list)
        for finding in found:
            groups[finding.part, finding.mend].append(finding.what)
        for (part, mend), what in groups.items():
            for line in what[:_SHOWN]:
                say(name(f"{part}: {line}"))
            if len(what) > _SHOWN:
                say(f"{part}: and {len(what) - _SHOWN} more (--json names them all)")
            say(f"    to mend: {mend}")
        if not wrong:
            say("Folder, catalog and vector index agree.")
    if wrong:
        raise typer.Exit(1)


def rebuild(
    path: Path | None = typer.Argument(None, help="Folder of documents (default: the known one)."),
    show_progress: bool = PROGRESS,
    as_json: bool = JSON,
) -> None:
    """Make full-text and vector index anew, and the catalog where it is wrong or damaged.

    What was embedded before is not embedded again.
    """
    from index.rebuild import rebuild as run_rebuild
    from index.scan import check_root
    from rag.build import build_embedder

    chosen = settings()
    if path is not None:
        check_root(path)
    embedder = build_embedder(chosen)
    with (
        interruptible(STOPPING) as interrupt,
        writer_lock(chosen.state),
        progress(" files", lines=show_progress) as show,
    ):
        done = run_rebuild(
            chosen.state,
            path,
            chosen.corpus,
            embedder,
            exclude=chosen.exclude,
            progress=show,
            stop=interrupt,
        )
    report = done.report
    if as_json:
        print_json(
            {
                "set_aside": str(done.set_aside) if done.set_aside else None,
                "vectors_kept": done.kept,
                "documents_wrong": done.wrong,
                "files": report.documents,
                "paragraphs": report.paragraphs,
                "embedded": report.embedded,
                "stopped": report.stopped,
            }
        )
    else:
        if done.set_aside:
            note(
                f"The catalog was damaged: it now lies in {done.set_aside}, {done.kept} of its"
                " vectors were kept."
            )
        say(
            f"{report.plan.counts}  {report.documents} files, {report.paragraphs} paragraphs,"
            f" {report.embedded} texts embedded, {done.wrong} files with wrong entries read again"
        )
    if report.stopped:
        raise typer.Exit(interrupt.exit_code)


def compact(as_json: bool = JSON) -> None:
    """Give back the room that deleted texts, unused vectors and earlier indexes take."""
    from index.compact import compact as run_compact
    from index.store import CATALOG_FILE

    chosen = settings()
    if not (chosen.state / CATALOG_FILE).exists():
        raise NoIndexError(f'there is no index in {chosen.state}: run "pincite sync" first')
    with writer_lock(chosen.state):
        done = run_compact(chosen.state)
    if as_json:
        print_json(asdict(done))
    else:
        say(
            f"{done.before_bytes:,} bytes before, {done.after_bytes:,} after: {done.vectors} unused"
            f" vectors and {done.directories} left over directories dropped"
        )
