"""A run in a process of its own, to be killed: ``python -m tests.eval.run_process FOLDER OUT``."""

import sys
import time
from pathlib import Path

from eval.cache import AnswerCache
from eval.plan import plan_run
from eval.run import run
from rag.types import Answer
from tests.eval.many import many_engine, many_gold, mostly_right

ANSWERABLE, UNANSWERABLE = 60, 20
PAUSE_S = 0.03


def slow(question: str) -> Answer:
    time.sleep(PAUSE_S)
    return mostly_right(ANSWERABLE)(question)


def main(folder: Path, out: Path) -> None:
    plan = plan_run(many_gold(folder, ANSWERABLE, UNANSWERABLE), {"commit": "c0ffee"})
    engines = [many_engine(ANSWERABLE, slow) for _ in range(2)]
    cache = AnswerCache(folder / "answers.sqlite3")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    run(plan, engines[0], out, others=engines[1:], cache=cache)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
