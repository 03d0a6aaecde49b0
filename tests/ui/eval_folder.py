"""Commands of the eval in one folder, for the tests of the command line."""

from pathlib import Path

from tests.conftest import ROOT, SEEDS
from tests.ui.cli_runner import Result, run

GOLD = ROOT / "eval" / "gold" / "seeds.jsonl"
SAMPLE = 6


class Folder:
    """Commands in one folder with one state, whose vectors are computed once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def pincite(self, *arguments: object, **environment: object) -> Result:
        own = {"PINCITE_HOME": self.folder / "home", "PINCITE_LLM": "none", "PINCITE_THREADS": 1}
        return run(*arguments, folder=self.folder, **{**own, **environment})

    def evaluate(self, out: str, *arguments: object, **environment: object) -> Result:
        return self.pincite(
            *("eval", "run", "--gold", GOLD, "--corpus", SEEDS, "--out", out),
            *("--sample", SAMPLE, *arguments),
            **environment,
        )

    def lines(self, out: str) -> list[str]:
        return (self.folder / out / "results.jsonl").read_text(encoding="utf-8").splitlines()
