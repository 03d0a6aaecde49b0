"""Runs the command line inside this process."""

import json
import os
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from ui.cli.main import main


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


# Which one is quicker here takes longer to find out than most tests do.
PRECISION = {"PINCITE_PRECISION": "float32"}

Pincite = Callable[..., Result]


def run(*arguments: object, folder: Path, **environment: object) -> Result:
    """``pincite ARGUMENTS`` in ``folder``, with more variables in the environment."""
    out, err = StringIO(), StringIO()
    environment = {**PRECISION, **environment}
    variables = {name: str(value) for name, value in environment.items()}
    with (
        patch.dict(os.environ, variables),
        patch("sys.argv", ["pincite", *map(str, arguments)]),
        chdir(folder),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    code = ended.value.code
    assert isinstance(code, int)
    return Result(code, out.getvalue(), err.getvalue())
