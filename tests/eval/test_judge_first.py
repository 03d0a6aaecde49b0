"""Whether there is a judge is known before anything is answered."""

from pathlib import Path

import pytest

from eval.job import RunRequest, evaluate
from eval.plan import Mode
from index.errors import PinciteError
from rag.settings import NO_LLM, Settings
from tests.eval.fakes import GOLD_LINES, write_lines


def test_a_judge_that_is_not_there_is_an_error_before_anything_is_done(tmp_path: Path) -> None:
    gold = write_lines(tmp_path / "gold.jsonl", GOLD_LINES)
    settings = Settings(state=tmp_path / "state", llm=NO_LLM)
    request = RunRequest(gold, tmp_path / "out", tmp_path, Mode.EXTRACTIVE, judge=settings)
    with pytest.raises(PinciteError, match="There is no judge"):
        evaluate(request, settings)
    assert not settings.state.exists()
    assert not request.out.exists()
