"""An eval from a request to its figures: what the command line and the chat page both call."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eval.answering import Stop
from eval.asking import Warm
from eval.cache import AnswerCache
from eval.effort import FREE, Prices
from eval.gold.items import ResolvedItem
from eval.gold.load import load_gold
from eval.judge import judge_run
from eval.opening import check_finished, check_folder, is_finished
from eval.plan import Mode, RunPlan, plan_run
from eval.relevance import read_corpus
from eval.replies import KeepingModel, ReplyCache
from eval.run import rewrite, run
from eval.settings_record import model_record, settings_record
from eval.summary import Summary
from eval.workspace import (
    Tell,
    answers_file,
    most_jobs,
    open_engines,
    open_search_engine,
    replies_file,
)
from index.errors import PinciteError
from rag.build import WrapModel, as_it_is, build_model
from rag.build_readers import search_problems
from rag.document_engine import DocumentEngine
from rag.engine import Engine
from rag.settings import NO_LLM, Settings
from rag.warming import warm

if TYPE_CHECKING:
    from rag.llm import OpenAICompatibleModel
    from rag.models.local_server import LocalServer

Progress = Callable[[str, int, int], None]
"""Called with what is being counted, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What is to be measured and where it goes.

    ``corpus`` None takes the indexed folder. ``judge``: the settings of the model that judges the
    answers, None for no judge.
    """

    gold: Path
    out: Path
    corpus: Path | None = None
    mode: Mode = Mode.ANSWERS
    sample: int | None = None
    seed: int = 0
    jobs: int = 1
    use_cache: bool = True
    force: bool = False
    prices: Prices = FREE
    judge: Settings | None = None


def evaluate(
    request: RunRequest,
    settings: Settings,
    *,
    progress: Progress = lambda what, done, total: None,
    tell: Tell = lambda line: None,
    stop: Stop = lambda: False,
) -> Summary:
    """Make the run, or what is left of it when the folder holds an interrupted one like it.

    A finished one like it is only judged, where a judge is asked for: its judging may have been cut
    off, or some of its calls failed.

    Raises what ``eval.run.run`` raises, ``GoldError`` for a gold file that is not usable, and
    ``PinciteError`` when a model of the settings is not there.
    """
    if not _only_to_judge(request):
        check_folder(request.out, force=request.force)
    if request.judge is not None:
        # Tried now and closed again: hours of answering must not end in an error, nor need the
        # memory of both models.
        _close_judge(*_open_judge(request.judge))
    if missing := search_problems(settings):
        raise PinciteError(f"{missing} An eval measures only with what its settings name.")
    if request.mode is Mode.ANSWERS:
        with (
            closing(ReplyCache(replies_file(settings))) as replies,
            open_engines(
                settings,
                request.gold,
                request.corpus,
                jobs=most_jobs(settings, request.jobs),
                wrap_model=_keeping(settings, replies) if request.use_cache else as_it_is,
                progress=progress,
                tell=tell,
            ) as engines,
        ):
            if engines[0].notice:
                raise PinciteError(
                    f"{engines[0].notice} To score quoting instead, add --extractive."
                )
            summary = _run(
                request, settings, engines, replies, progress, stop, lambda e, _: warm(e)
            )
    else:
        without = settings.model_copy(update={"llm": NO_LLM})
        with open_search_engine(
            without, request.gold, request.corpus, progress=progress, tell=tell
        ) as (engine, queries):

            def prepare(asked: Engine, items: Sequence[ResolvedItem]) -> None:
                warm(asked)
                queries.expect([gold.item.question for gold in items])
                queries.prepare()

            summary = _run(request, without, [engine], None, progress, stop, prepare)
    if request.judge is None:
        return summary
    return _judge(request.out, request.judge, progress)


def _keeping(settings: Settings, replies: ReplyCache) -> WrapModel:
    record = model_record(settings)
    return lambda model: KeepingModel(model, record, replies)


def _plan(request: RunRequest, settings: Settings, engine: DocumentEngine) -> RunPlan:
    return plan_run(
        load_gold(request.gold, read_corpus(engine)),
        settings_record(settings, engine.fingerprint, engine.documents()),
        mode=request.mode,
        sample=request.sample,
        seed=request.seed,
        prices=request.prices,
    )


def _run(
    request: RunRequest,
    settings: Settings,
    engines: Sequence[DocumentEngine],
    replies: ReplyCache | None,
    progress: Progress,
    stop: Stop,
    before: Warm,
) -> Summary:
    generation = engines[0].generation
    plan = _plan(request, settings, engines[0])
    if _only_to_judge(request):
        check_finished(request.out, plan.record(engines[0].model_name))
        return rewrite(request.out)
    with closing(AnswerCache(answers_file(settings))) as cache:
        return run(
            plan,
            engines[0],
            request.out,
            others=engines[1:],
            cache=cache if request.use_cache else None,
            replies=replies,
            force=request.force,
            progress=lambda done, total, status: progress("answering", done, total),
            stop=stop,
            warm=before,
            unchanged=lambda: engines[0].generation == generation,
        )


def _judge(folder: Path, settings: Settings, progress: Progress) -> Summary:
    model, server = _open_judge(settings)
    try:
        judge_run(folder, model, lambda done, total: progress("judging", done, total))
    finally:
        _close_judge(model, server)
    return rewrite(folder)


def _only_to_judge(request: RunRequest) -> bool:
    return request.judge is not None and not request.force and is_finished(request.out)


def _open_judge(settings: Settings) -> "tuple[OpenAICompatibleModel, LocalServer | None]":
    model, server, notice = build_model(settings, prompt_cache=False)
    if model is None:
        raise PinciteError(f"There is no judge: {notice}")
    return model, server


def _close_judge(model: "OpenAICompatibleModel", server: "LocalServer | None") -> None:
    model.close()
    if server is not None:
        server.close()
