"""``sync``: bring the index up to date with the folder."""

from pathlib import Path

import typer

from index.lock import writer_lock
from ui.cli.output import note, progress, settings


def register(app: typer.Typer) -> None:
    app.command()(sync)


def sync(
    path: Path | None = typer.Argument(None, help="Folder of documents (default: the known one)."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Only say what would be done."),
    prune: bool = typer.Option(
        False, "--prune", help="Empty the index when the folder is suddenly empty."
    ),
) -> None:
    """Read new and changed files, forget deleted ones."""
    from index.scan import check_root
    from index.store import Store
    from index.sync import index_fingerprint, plan_sync
    from index.sync import sync as run_sync
    from rag.build import build_embedder

    chosen = settings()
    if path is not None:
        check_root(path)
    embedder = build_embedder(chosen)
    with writer_lock(chosen.state):
        store = Store.create(chosen.state)
        try:
            root = path or store.corpus() or chosen.corpus
            if dry_run:
                plan = plan_sync(store, root, index_fingerprint(embedder), prune=prune)
                typer.echo("\n".join(plan.lines()))
                return
            with progress(" files") as show:
                report = run_sync(store, root, embedder, prune=prune, progress=show)
            documents = store.catalog.documents()
        finally:
            store.close()
    typer.echo(
        f"{report.plan.lines()[-1]}  {report.documents} files, {report.paragraphs} paragraphs,"
        f" {report.embedded} texts embedded"
    )
    if report.rebuilt:
        note(f"The vector index was rebuilt from the catalog: {report.rebuilt}.")
    for document in documents:
        if document.reason:
            note(f"{document.path}: {document.state}: {document.reason}")
    if report.paragraphs == 0:
        note(f"There is nothing to ask yet: put .txt or .md files into {root} and sync again.")
