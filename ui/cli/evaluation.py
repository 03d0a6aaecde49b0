"""``eval``: run gold questions, report, compare, check a gold file."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from index.errors import PinciteError, UsageError
from index.lock import writer_lock
from rag.settings import NO_LLM, Settings
from ui.cli.output import JSON, note, print_json, progress, settings

if TYPE_CHECKING:
    from rag.document_engine import DocumentEngine

GATE_FAILED = 4

app = typer.Typer(
    help="Score answers on gold questions.", no_args_is_help=True, rich_markup_mode=None
)
gold_app = typer.Typer(help="Gold questions.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(gold_app, name="gold")

GOLD = typer.Option(..., "--gold", help="Gold JSONL, SQuAD .json, or a BEIR folder.")
CORPUS = typer.Option(None, "--corpus", help="Folder of documents (default: the indexed one).")


@gold_app.callback()
def _gold() -> None:
    """Gold questions."""


@app.command()
def run(
    gold: Path = GOLD,
    corpus: Path | None = CORPUS,
    out: Path | None = typer.Option(None, "--out", help="Folder for results (default runs/...)."),
    sample: int | None = typer.Option(None, "--sample", min=1, help="Only so many items."),
    seed: int = typer.Option(0, "--seed", help="Which sample."),
    retrieval_only: bool = typer.Option(False, "--retrieval-only", help="Only search."),
    extractive: bool = typer.Option(False, "--extractive", help="Quote, ask no model."),
    fail_under: list[str] = typer.Option([], "--fail-under", help="metric=x; exit 4 below it."),
    fail_over: list[str] = typer.Option([], "--fail-over", help="metric=x; exit 4 above it."),
    force: bool = typer.Option(False, "--force", help="Replace a finished run."),
    as_json: bool = JSON,
) -> None:
    """Answer gold questions and score the answers; an interrupted run goes on where it was."""
    from eval.gate import broken, parse_threshold
    from eval.gold.load import load_gold
    from eval.plan import Mode, plan_run
    from eval.relevance import read_corpus
    from eval.run import run as run_plan
    from eval.table import summary_table
    from ui.cli.record import settings_record

    thresholds = [parse_threshold(text, "under") for text in fail_under]
    thresholds += [parse_threshold(text, "over") for text in fail_over]
    mode = Mode.RETRIEVAL if retrieval_only else Mode.EXTRACTIVE if extractive else Mode.ANSWERS
    chosen = settings(llm=None if mode is Mode.ANSWERS else NO_LLM)
    folder = out or Path("runs") / f"{gold.stem}-{mode.value}"
    with _temporary_engine(chosen, gold, corpus) as engine:
        if mode is Mode.ANSWERS and engine.notice:
            raise PinciteError(f"{engine.notice} To score quoting instead, add --extractive.")
        items = load_gold(gold, read_corpus(engine))
        record = settings_record(chosen, engine.fingerprint)
        plan = plan_run(items, record, mode=mode, sample=sample, seed=seed)
        with progress(" items") as show:
            summary = run_plan(
                plan,
                engine,
                folder,
                force=force,
                progress=lambda done, total, status: show("answering", done, total),
            )
    if as_json:
        print_json(dict(summary))
    else:
        typer.echo(summary_table(summary))
        note(f"{folder / 'report.html'} shows every item.")
    failures = broken(summary, thresholds)
    for failure in failures:
        note(f"gate: {failure}")
    if failures:
        raise typer.Exit(GATE_FAILED)


@app.command()
def compare(
    first: Path = typer.Argument(help="Folder of the run before."),
    second: Path = typer.Argument(help="Folder of the run after."),
    as_json: bool = JSON,
) -> None:
    """List what two runs answered differently, with paired tests."""
    from eval.compare import compare as compare_runs
    from eval.table import comparison_table

    comparison = compare_runs(first, second)
    if as_json:
        print_json(dict(comparison))
    else:
        typer.echo(comparison_table(comparison))


@app.command()
def report(folder: Path = typer.Argument(help="Folder of a run.")) -> None:
    """Write a run's report.html anew."""
    from eval.run import write_report

    typer.echo(write_report(folder))


@app.command()
def calibrate(
    folders: list[Path] = typer.Argument(help="Folders of finished runs."),
    false_refusals: float = typer.Option(
        0.05, "--false-refusals", min=0.0, max=1.0, help="Most answerable items to refuse."
    ),
    signals: list[str] = typer.Option([], "--signal", help="Only this signal; repeat it."),
    extractive: bool = typer.Option(False, "--extractive", help="Fit for quoted answers."),
    write: Path | None = typer.Option(None, "--write", help="Weights file to put the fit into."),
    as_json: bool = JSON,
) -> None:
    """Fit the decision to answer or refuse on finished runs; print it, or write it."""
    from eval.calibrate import calibrate as fit_runs
    from eval.calibrate import write_fit

    fitted = fit_runs(folders, false_refusals=false_refusals, signals=signals)
    if write is not None:
        write_fit(write, "extractive" if extractive else "with_model", fitted)
    if as_json:
        print_json(asdict(fitted))
        return
    for name, weight in fitted.weights.items():
        typer.echo(f"{name:15} {weight:+.3f}")
    typer.echo(
        f"cross-validated on {fitted.n} items ({fitted.answerable} answerable): AUC"
        f" {fitted.auc:.3f}; refusing below {fitted.threshold}: false answers"
        f" {fitted.false_answers:.1%}, false refusals {fitted.false_refusals:.1%}"
    )


@gold_app.command()
def hide(
    out: Path = typer.Option(..., "--out", help="Folder for the new corpus and gold file."),
    gold: Path = GOLD,
    corpus: Path | None = CORPUS,
    share: float = typer.Option(0.5, "--share", min=0.0, max=1.0, help="Of items to hide."),
    seed: int = typer.Option(0, "--seed", help="Which items."),
) -> None:
    """Make near misses: cut the evidence of some items out of a copy of the documents."""
    from eval.gold.hide import hide_evidence, write_hidden
    from eval.gold.load import load_gold
    from eval.relevance import read_corpus

    with _temporary_engine(settings(llm=NO_LLM), gold, corpus) as engine:
        documents = read_corpus(engine)
        hidden = hide_evidence(load_gold(gold, documents).items, documents, share=share, seed=seed)
    write_hidden(hidden, out)
    answerable = sum(item.answerable for item in hidden.items)
    typer.echo(f"{out}: {len(hidden.items)} items, {answerable} answerable")


@gold_app.command()
def check(gold: Path = GOLD, corpus: Path | None = CORPUS) -> None:
    """Check a gold file against its documents: every problem at once, with its line."""
    from eval.gold.load import load_gold
    from eval.relevance import read_corpus

    with _temporary_engine(settings(llm=NO_LLM), gold, corpus) as engine:
        items = load_gold(gold, read_corpus(engine)).items
    answerable = sum(item.item.answerable for item in items)
    typer.echo(f"{gold}: {len(items)} items, {answerable} answerable, all right")


@contextmanager
def _temporary_engine(
    chosen: Settings, gold: Path, corpus: Path | None
) -> "Iterator[DocumentEngine]":
    """An engine over an index of its own, kept in the state so that vectors are reused."""
    from eval.gold.bundle import write_corpus
    from eval.gold.load import read_bundle
    from index.store import Store
    from index.sync import sync
    from rag.build import build_embedder, build_engine

    bundle = read_bundle(gold)
    home = chosen.state / "eval"
    if bundle is not None:
        if corpus is not None:
            raise UsageError(f"{gold} carries its own documents: leave --corpus out")
        corpus = home / f"documents-{_short(gold)}"
        shutil.rmtree(corpus, ignore_errors=True)
        write_corpus(bundle.texts, corpus)
    root = (corpus or _indexed_corpus(chosen)).resolve()
    own = chosen.model_copy(update={"state": home / f"index-{_short(root)}", "corpus": root})
    embedder = build_embedder(own)
    with writer_lock(own.state), progress(" files") as show:
        store = Store.create(own.state)
        try:
            sync(store, root, embedder, progress=show)
        finally:
            store.close()
    # Without the prompt cache the same questions get the same answers, whatever came before.
    engine = build_engine(own, prompt_cache=False)
    try:
        yield engine
    finally:
        engine.close()


def _indexed_corpus(chosen: Settings) -> Path:
    from index.store import CATALOG_FILE, Store

    if not (chosen.state / CATALOG_FILE).exists():
        return chosen.corpus
    store = Store.open(chosen.state)
    try:
        return store.corpus() or chosen.corpus
    finally:
        store.close()


def _short(path: Path) -> str:
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]
