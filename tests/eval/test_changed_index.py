"""Documents that another command indexes anew while they are being measured."""

from pathlib import Path

import pytest

from eval.asking import IndexChangedError
from eval.cache import AnswerCache
from eval.plan import plan_run
from eval.run import run
from tests.eval.fakes import ScriptedEngine, small_gold


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_answer_from_documents_that_were_indexed_anew_is_not_kept(
    tmp_path: Path, jobs: int
) -> None:
    engines = [ScriptedEngine() for _ in range(jobs)]
    cache = AnswerCache(tmp_path / "answers.sqlite3")
    plan = plan_run(small_gold(tmp_path), {})

    def unchanged() -> bool:
        return sum(len(engine.asked) for engine in engines) <= 3

    with pytest.raises(IndexChangedError, match="indexed anew by another command"):
        run(
            plan,
            engines[0],
            tmp_path / "out",
            others=engines[1:],
            cache=cache,
            unchanged=unchanged,
        )
    assert not (tmp_path / "out" / "summary.json").exists()
    again = ScriptedEngine()
    run(plan, again, tmp_path / "out", cache=cache)
    assert len(again.asked) >= 7, "what was asked after the change is asked again"
    cache.close()
