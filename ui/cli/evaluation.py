"""``eval``: run gold questions, report, compare, gate, calibrate."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import typer

from index.errors import UsageError
from rag.settings import NO_LLM
from ui.cli import gold
from ui.cli.gold import CORPUS, GOLD
from ui.cli.interrupt import STOPPING, interruptible
from ui.cli.judging import JUDGE, JUDGE_KEY, JUDGE_URL, judge_settings
from ui.cli.output import JSON, emit, note, notes, print_json, say, settings, tell
from ui.cli.progress import PROGRESS, progress

GATE_FAILED = 4

app = typer.Typer(
    help="Score answers on gold questions.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(gold.app, name="gold")

FAIL_UNDER = typer.Option([], "--fail-under", help="metric=x; exit 4 below it.")
FAIL_OVER = typer.Option([], "--fail-over", help="metric=x; exit 4 above it.")
BASELINE = typer.Option(
    None, "--baseline", help="Folder of an earlier run; exit 4 when a figure is surely worse."
)
MOST_REGRESSIONS = typer.Option(
    None, "--max-regressions", min=0, help="Most items that may be worse than in the baseline."
)


@app.command()
def run(
    gold: Path = GOLD,
    corpus: Path | None = CORPUS,
    out: Path | None = typer.Option(None, "--out", help="Folder for results (default runs/...)."),
    sample: int | None = typer.Option(None, "--sample", min=1, help="Only so many items."),
    seed: int = typer.Option(0, "--seed", help="Which sample."),
    retrieval_only: bool = typer.Option(False, "--retrieval-only", help="Only search."),
    extractive: bool = typer.Option(False, "--extractive", help="Quote, ask no model."),
    jobs: int = typer.Option(1, "--jobs", min=1, help="Items at once; a local model does one."),
    no_cache: bool = typer.Option(False, "--no-cache", help="Ask even what was asked before."),
    price: str = typer.Option("", "--price", help="PROMPT,COMPLETION: of a million tokens."),
    judge: str | None = JUDGE,
    judge_url: str = JUDGE_URL,
    judge_key: str = JUDGE_KEY,
    fail_under: list[str] = FAIL_UNDER,
    fail_over: list[str] = FAIL_OVER,
    baseline: Path | None = BASELINE,
    max_regressions: int | None = MOST_REGRESSIONS,
    force: bool = typer.Option(False, "--force", help="Replace a finished run."),
    show_progress: bool = PROGRESS,
    as_json: bool = JSON,
) -> None:
    """Answer gold questions and score the answers; an interrupted run goes on where it was."""
    from eval.effort import parse_prices
    from eval.gate import check_run, parse_gate
    from eval.job import RunRequest, evaluate
    from eval.plan import Mode
    from eval.run import RunStoppedError
    from eval.table import summary_table

    mode = Mode.RETRIEVAL if retrieval_only else Mode.EXTRACTIVE if extractive else Mode.ANSWERS
    chosen = settings(llm=None if mode is Mode.ANSWERS else NO_LLM)
    folder = out or Path("runs") / f"{gold.stem}-{mode.value}"
    gate = parse_gate(fail_under, fail_over, baseline, max_regressions, out=folder)
    request = RunRequest(
        gold,
        folder,
        corpus,
        mode,
        sample,
        seed,
        jobs=jobs,
        use_cache=not no_cache,
        force=force,
        prices=parse_prices(price),
        judge=judge_settings(settings(), judge, judge_url, judge_key),
    )
    told: list[str] = []
    with interruptible(STOPPING) as interrupt, progress(" items", lines=show_progress) as show:

        def watched(what: str, done: int, total: int) -> None:
            show(what, done, total)
            # Reading the documents and judging are told in no other way.
            if interrupt() and what != "answering":
                raise typer.Exit(interrupt.exit_code)

        try:
            summary = evaluate(request, chosen, progress=watched, tell=told.append, stop=interrupt)
        except RunStoppedError as error:
            note(f"{folder} has what was answered: the same command goes on with it.")
            raise typer.Exit(interrupt.exit_code) from error
    notes(told)
    if as_json:
        print_json(dict(summary))
    else:
        say(summary_table(summary))
        note(f"{folder / 'report.html'} shows every item.")
    _gate(check_run(folder, gate, tell=note))


def _gate(failures: Sequence[str]) -> None:
    """Exit 4 when there are any, naming them."""
    for failure in failures:
        note(f"gate: {failure}")
    if failures:
        raise typer.Exit(GATE_FAILED)


@app.command()
def compare(
    first: Path = typer.Argument(help="Folder of the run before."),
    second: Path = typer.Argument(help="Folder of the run after."),
    html: Path | None = typer.Option(None, "--html", help="Write a page to this file."),
    max_regressions: int | None = typer.Option(
        None,
        "--max-regressions",
        min=0,
        help="Exit 4 when more items are worse, or a figure surely is.",
    ),
    as_json: bool = JSON,
) -> None:
    """List what two runs answered differently, with paired tests."""
    from eval.compare import compare as compare_runs
    from eval.comparison_page import render_comparison
    from eval.gate import regressions
    from eval.table import comparison_table
    from eval.writing import check_writable, write_whole

    if html is not None:
        check_writable(html.parent)
    comparison = compare_runs(first, second)
    if html is not None:
        write_whole(html, render_comparison(comparison))
        note(f"wrote {html}")
    if as_json:
        print_json(dict(comparison))
    elif html is None:
        say(comparison_table(comparison))
    if max_regressions is not None:
        _gate(regressions(comparison, max_regressions))


@app.command()
def report(
    folder: Path = typer.Argument(help="Folder of a run."),
    form: str = typer.Option(
        "html", "--format", help="html, md, json, junit, trec, qrels or ragas."
    ),
    out: Path | None = typer.Option(None, "--out", help="File to write (default: print)."),
) -> None:
    """Write a run's report: report.html anew, or another format for other programs."""
    from eval.export import FORMATS
    from eval.run import write_report
    from eval.rundir import read_run
    from eval.writing import write_whole

    if form == "html" and out is None:
        say(str(write_report(folder)))
        return
    if form not in FORMATS:
        raise UsageError(f'--format "{form}": there are {", ".join(FORMATS)}')
    text = FORMATS[form](read_run(folder))
    if out is None:
        emit(text)
    else:
        write_whole(out, text)
        note(f"wrote {out}")


@app.command()
def baseline(
    folder: Path = typer.Argument(help="Folder of a finished run."),
    out: Path = typer.Argument(help="Folder for the baseline, replaced if there."),
    force: bool = typer.Option(False, "--force", help="Replace a run, too, not only a baseline."),
    as_json: bool = JSON,
) -> None:
    """Keep of a run what later runs are compared with: small enough for a repository."""
    from eval.baseline import write_baseline

    write_baseline(folder, out, force=force)
    tell(
        as_json,
        {"baseline": str(out)},
        f"{out}: later runs can be held to it with --baseline {out}",
    )


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

    fitted = fit_runs(
        folders, false_refusals=false_refusals, signals=signals, extractive=extractive
    )
    if write is not None:
        write_fit(write, fitted.kind, fitted)
    if as_json:
        print_json(asdict(fitted))
        return
    for name, weight in fitted.weights.items():
        say(f"{name:15} {weight:+.3f}")
    say(
        f"cross-validated on {fitted.n} items ({fitted.answerable} answerable): AUC"
        f" {fitted.auc:.3f}; refusing below {fitted.threshold}: false answers"
        f" {fitted.false_answers:.1%}, false refusals {fitted.false_refusals:.1%}"
    )
