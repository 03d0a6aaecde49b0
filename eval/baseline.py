"""A finished run -> the small folder that later runs are compared with.

It keeps the run's record, marked as a baseline's, its figures, the items without their paragraphs,
and of each result the scores and the answer: all that ``compare`` looks at, and small enough for a
repository.
"""

from dataclasses import replace
from pathlib import Path

from eval.opening import drop_results
from eval.records import ResultRecord, item_line, result_line
from eval.rundir import BASELINE, ITEMS, RESULTS, RUN, SUMMARY, read_run, to_json
from eval.writing import check_writable, write_whole
from index.errors import UsageError
from index.eval_runs import run_record


def write_baseline(folder: Path, out: Path, *, force: bool = False) -> None:
    """Write the baseline of a finished run, replacing an older one; ``force`` also replaces a run.

    Raises ``UsageError`` when the run is not finished, or ``out`` is a folder of something else.
    """
    run = read_run(folder)
    if not (folder / SUMMARY).exists():
        raise UsageError(f"{folder} is not finished: run it to its end first")
    summary = (folder / SUMMARY).read_text(encoding="utf-8")
    check_writable(out)
    if out.resolve() == folder.resolve():
        raise UsageError(f"{out} is the run itself: name another folder for its baseline")
    if not _is_empty(out):
        there = run_record(out)
        if there is None:
            raise UsageError(f"{out} is not a baseline: name another folder")
        if not force and BASELINE not in there:
            raise UsageError(
                f"{out} holds a run that is not marked as a baseline: name another folder, or use"
                " --force to replace it"
            )
    out.mkdir(parents=True, exist_ok=True)
    drop_results(out)
    items = [replace(gold, paragraphs=()) for gold in run.items]
    write_whole(out / RUN, to_json({**run.run, BASELINE: True}))
    write_whole(out / ITEMS, "".join(f"{item_line(gold)}\n" for gold in items))
    lines = (result_line(_slim(result)) for result in run.results)
    write_whole(out / RESULTS, "".join(f"{line}\n" for line in lines))
    write_whole(out / SUMMARY, summary)


def _slim(result: ResultRecord) -> ResultRecord:
    scores = {k: v for k, v in result["scores"].items() if not k.startswith("signal_")}
    return {**result, "sentences": [], "citations": [], "retrieved": [], "scores": scores}


def _is_empty(folder: Path) -> bool:
    """Nothing in it but hidden files, as the run's own lock, and what a kill left of a record."""
    try:
        names = [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return True
    return all(name.startswith(".") or name == f"{RUN}.part" for name in names)
