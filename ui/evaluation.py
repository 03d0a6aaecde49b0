"""What the Evaluation page can do: run, follow, stop, look at, compare, and review drafts."""

import time
from dataclasses import dataclass
from pathlib import Path

from eval.compare import compare
from eval.plan import Mode
from eval.report import render_report
from eval.rundir import RunData, read_run
from eval.runs import RunInfo, find_run, list_runs, summary_so_far
from eval.summary import Summary
from index.errors import UsageError
from rag.settings import NO_LLM
from ui import preferences, work
from ui.calls import Calls
from ui.context import Context
from ui.documents import StartJob
from ui.gold_files import GoldFile, gold_file, gold_files, on_documents, own_file
from ui.job import Job, JobSlot, JobState
from ui.review import Review
from ui.runs_view import (
    ComparisonPage,
    RunPage,
    RunRow,
    comparison_page,
    run_page,
    run_row,
)
from ui.shell import EXTRACTIVE
from ui.words import t


@dataclass(frozen=True, slots=True)
class Offer:
    """What a run can be made with. ``model`` is "" where there is none to be measured.

    ``folder`` is where gold files of one's own are offered from.
    """

    gold: tuple[GoldFile, ...]
    folder: str
    model: str
    job: JobState | None


class Evaluation:
    """The runs of one app, and the one that may be under way."""

    def __init__(self, context: Context, start_job: StartJob = Job) -> None:
        self._context = context
        self._start_job = start_job
        self._slot = JobSlot()
        review = Review(context)
        self.actions = Calls(
            offer=self.offer,
            runs=self.runs,
            start=self.start,
            resume=self.resume,
            follow=self.follow,
            cancel=self.cancel,
            show=self.show,
            report=self.report,
            flips=self.flips,
            drafts=review.drafts,
            accept=review.accept,
            edit=review.edit,
            drop=review.drop,
        )

    def offer(self) -> Offer:
        """The gold files, the model, and the run under way."""
        name = self._context.engine.model_name
        paths = {document.path for document in self._context.engine.documents()}
        found = tuple(on_documents(file, paths) for file in gold_files(self._context.state))
        folder = own_file(self._context.state).parent
        return Offer(found, str(folder), "" if name == EXTRACTIVE else name, self._slot.state)

    def runs(self) -> list[RunRow]:
        """Every run there is, the latest first."""
        found = [info for home in self._homes() for info in list_runs(home)]
        found.sort(key=lambda info: info.started, reverse=True)
        return [run_row(str(info.folder), info) for info in found]

    def start(self, gold: str, mode: str, sample: int = 0) -> JobState:
        """Begin a run; ``sample`` 0 takes every item."""
        found = gold_file(self._context.state, gold)
        if not found.items:
            raise UsageError(
                t("{gold}: there is no question in it yet; accept a draft first", gold=gold)
            )
        name = f"{time.strftime('%Y%m%d-%H%M%S')}-{found.file.stem}-{Mode(mode).value}"
        return self._begin(found.file, self._home() / name, mode, sample or None, 0)

    def resume(self, run: str) -> JobState:
        """Go on with an interrupted run."""
        info = self._info(run)
        record = read_run(info.folder).run
        gold = next(
            (g.file for g in gold_files(self._context.state) if g.file.name == info.gold), None
        )
        if gold is None:
            raise UsageError(t("the gold file {name} is not there any more", name=info.gold))
        sample, seed = record["sample"], record["seed"]
        assert sample is None or isinstance(sample, int)
        assert isinstance(seed, int)
        return self._begin(gold, info.folder, info.mode, sample, seed)

    def follow(self) -> JobState | None:
        """How far the run is."""
        return self._slot.state

    def cancel(self) -> JobState | None:
        """End the run; what was answered is kept."""
        self._slot.cancel()
        return self._slot.state

    def show(self, run: str, first: int = 0, every: bool = False) -> RunPage:
        """One run, with its misses from number ``first`` on, or ``every`` item."""
        info = self._info(run)
        return run_page(run_row(run, info), *_figures(info), max(first, 0), every=every)

    def report(self, run: str) -> str:
        """A run's report as an HTML page of its own.

        Made anew: the folder may come from anywhere, and what is opened from our page may do all
        that our page may.
        """
        return render_report(*_figures(self._info(run)))

    def flips(self, before: str, after: str) -> ComparisonPage:
        """What changed from one run to another."""
        return comparison_page(compare(self._info(before).folder, self._info(after).folder))

    def _begin(
        self, gold: Path, folder: Path, mode: str, sample: int | None, seed: int
    ) -> JobState:
        # The model people ask, which may have been chosen on the Settings page.
        settings = self._context.settings
        if self._context.engine.model_name == EXTRACTIVE:
            settings = settings.model_copy(update={"llm": NO_LLM})
        else:
            settings = preferences.in_force(settings)
        request = work.request(
            "eval",
            settings,
            gold=str(gold),
            out=str(folder),
            mode=Mode(mode).value,
            sample=sample,
            seed=seed,
        )
        return self._slot.start(lambda: self._start_job(request))

    def _home(self) -> Path:
        return self._context.state / "runs"

    def _homes(self) -> list[Path]:
        """Where runs are: those made here, and those the command line puts beside them."""
        # One folder where the state directory is the current one.
        return list({folder.resolve(): folder for folder in (Path("runs"), self._home())}.values())

    def _info(self, run: str) -> RunInfo:
        """The run of a key, which is the path of its folder; only those of runs are looked into."""
        folders = (path for home in self._homes() for path in home.glob("*/"))
        folder = next((path for path in folders if str(path) == run), None)
        info = find_run(folder) if folder else None
        if info is None:
            raise UsageError(t("this run is not there any more: load the page again"))
        return info


def _figures(info: RunInfo) -> tuple[RunData, Summary]:
    return read_run(info.folder), info.summary or summary_so_far(info.folder)
