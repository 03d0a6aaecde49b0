"""Long work in a process of its own: reading the folder, running an evaluation.

Apart from the page's process the work never slows a click, a crash of it harms nothing, and Chroma
is written by one process only. It gets a request as one line of JSON, tells of itself in lines of
JSON, and ends as soon as its input does: when it is cancelled, and when the page's process dies.
"""

import json
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from index.errors import PinciteError
from rag.settings import Settings
from ui.words import phrase

Tell = Callable[[Mapping[str, object]], None]

_NICE = 5
_TELL_EVERY_S = 0.2
UNEXPECTED = phrase("It ended with an error. The details are in the log of the server.")


class Cancelled(Exception):
    """Whoever asked for the work does not want it any more."""


def request(kind: str, settings: Settings, **more: object) -> str:
    """The line that asks for work; secrets are in it, so it must go through a pipe only."""
    values = settings.model_dump(mode="json")
    for key, value in settings:
        if isinstance(value, SecretStr):
            values[key] = value.get_secret_value()
    return json.dumps({"kind": kind, "settings": values, **more}) + "\n"


class Reporter:
    """Tells how far the work is, not too often, and raises ``Cancelled`` once it is not wanted."""

    def __init__(self, tell: Tell, cancelled: threading.Event) -> None:
        self._tell = tell
        self._cancelled = cancelled
        self._told = ("", 0.0)

    def stop(self) -> bool:
        """Whether the work is not wanted any more."""
        return self._cancelled.is_set()

    def note(self, line: str) -> None:
        """Tell a sentence on what the work is done with."""
        self._tell({"note": line})

    def __call__(self, what: str, done: int, total: int) -> None:
        if self._cancelled.is_set():
            raise Cancelled
        now = time.monotonic()
        last_what, last = self._told
        if what != last_what or done == total or now - last >= _TELL_EVERY_S:
            self._told = (what, now)
            self._tell({"what": what, "done": done, "total": total})


def work(asked: Mapping[str, Any], report: Reporter) -> dict[str, object]:
    """Do what is asked for; returns what there is to say of it."""
    settings = Settings.model_validate(asked["settings"])
    if asked["kind"] == "sync":
        return _sync(settings, bool(asked.get("prune")), report)
    if asked["kind"] == "eval":
        return _eval(asked, settings, report)
    if asked["kind"] == "check":
        return _check(settings, report)
    raise ValueError(f"unknown work {asked['kind']!r}")


def _sync(settings: Settings, prune: bool, report: Reporter) -> dict[str, object]:
    from index.begin import check_first_root
    from index.lock import writer_lock
    from index.store import Store
    from index.sync import sync
    from rag.build import build_embedder

    report("starting", 0, 0)
    check_first_root(settings.state, settings.corpus)
    # In this order: that another one is writing is said at once, without loading a model.
    with writer_lock(settings.state):
        embedder = build_embedder(settings)
        store = Store.create(settings.state)
        try:
            root = store.corpus() or Path(settings.corpus)
            done = sync(
                store,
                root,
                embedder,
                prune=prune,
                exclude=settings.exclude,
                progress=report,
                stop=report.stop,
            )
        finally:
            store.close()
    if done.stopped:
        raise Cancelled
    plan = done.plan
    return {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "removed": len(plan.removed),
        "unchanged": plan.unchanged,
        "documents": done.documents,
        "paragraphs": done.paragraphs,
        "rebuilt": done.rebuilt,
    }


def _eval(asked: Mapping[str, Any], settings: Settings, report: Reporter) -> dict[str, object]:
    from eval.job import RunRequest, evaluate
    from eval.plan import Mode
    from eval.run import RunStoppedError

    report("starting", 0, 0)
    out = Path(asked["out"])
    request = RunRequest(
        gold=Path(asked["gold"]),
        out=out,
        mode=Mode(asked["mode"]),
        sample=asked["sample"],
        seed=asked["seed"],
    )
    try:
        evaluate(request, settings, progress=report, tell=report.note, stop=report.stop)
    except RunStoppedError as error:
        raise Cancelled from error
    return {"run": str(out)}


def _check(settings: Settings, report: Reporter) -> dict[str, object]:
    from index.doctor import examine
    from index.sync import index_fingerprint
    from rag.build import build_embedder

    report("checking", 0, 0)

    def fingerprint() -> str:
        return index_fingerprint(build_embedder(settings))

    found = examine(settings.state, fingerprint, exclude=settings.exclude, progress=report)
    return {"findings": [asdict(finding) for finding in found if not finding.harmless]}


def main() -> None:
    """One piece of work, from the first line of the input to a last line of output."""
    os.nice(_NICE)
    # Whatever a library prints must not get among our lines.
    lines = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def tell(value: Mapping[str, object]) -> None:
        lines.write(json.dumps(value) + "\n")
        lines.flush()

    asked = json.loads(sys.stdin.readline())
    cancelled = threading.Event()
    threading.Thread(target=_wait_for_the_end, args=[cancelled], daemon=True).start()
    try:
        tell({"finished": work(asked, Reporter(tell, cancelled))})
    except Cancelled:
        tell({"cancelled": True})
    except PinciteError as error:
        tell({"failed": str(error)})
    except Exception:  # the last edge: the page shows a message, the log the reason
        logging.getLogger(__name__).exception("%s failed", asked["kind"])
        tell({"failed": UNEXPECTED})


def _wait_for_the_end(cancelled: threading.Event) -> None:
    sys.stdin.read()
    cancelled.set()
