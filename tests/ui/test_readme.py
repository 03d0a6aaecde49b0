"""Every command the README shows is run as it stands there, with a small corpus in its place."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from index.errors import PinciteError
from index.model_specs import DEFAULT_EMBEDDER, DEFAULT_READER
from index.weights import find
from rag.settings import load_settings
from ui.cli.main import app

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
COMMANDS = [
    shlex.split(line, comments=True)
    for language, block in BLOCKS
    if not language
    for line in block.splitlines()
    if line.strip()
]
# Each has tests of its own: serving a page, fetching gigabytes, going on for ever, receipts.
ELSEWHERE = {
    "chat": "tests/ui/test_page_real.py",
    "models": "tests/index/test_weights.py",
    "--watch": "tests/ui/test_cli_sync.py",
    "verify": "tests/ui/test_cli_verify.py",
}

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory laid out as the README's examples assume, with the seeds as the folder."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", folder / "path" / "to" / "folder")
    lines = (ROOT / "eval" / "gold" / "seeds.jsonl").read_text(encoding="utf-8").splitlines()
    (folder / "gold.jsonl").write_text("\n".join(lines[:3]) + "\n", encoding="utf-8")
    # The default model takes minutes; what is run here is the command, not the model.
    (folder / "pincite.toml").write_text('llm = "none"\n', encoding="utf-8")
    return folder


def run(words: list[str], expected: set[int]) -> str:
    result = CliRunner().invoke(app, words)
    if isinstance(result.exception, PinciteError):
        raise result.exception
    assert result.exit_code in expected, (words, result.output, result.exception)
    return result.stdout


@pytest.mark.skipif(find(DEFAULT_EMBEDDER) is None, reason="no embedder here: make test-models")
def test_the_commands_of_the_readme_run(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    seen = []
    for program, *words in COMMANDS:
        if program == "make":
            continue
        assert program == "pincite"
        if elsewhere := [ELSEWHERE[word] for word in words if word in ELSEWHERE]:
            assert (ROOT / elsewhere[0]).is_file()
            continue
        words = [SEEDS_NAME if word == "path" and words[0] == "show" else word for word in words]
        if words[:2] == ["eval", "compare"]:
            for before_or_after in words[2:]:
                run([*EXTRACTIVE_RUN, "--out", before_or_after], {0})
        if words[:2] == ["eval", "run"]:
            words.append("--extractive")
        # The example questions are no questions: whether they are refused does not matter here.
        output = run(words, {0, 3} if words[0] == "ask" else {0})
        if "--json" in words:
            json.loads(output)
        seen.append(words[0])
    assert {"sync", "list", "status", "search", "show", "ask", "eval", "doctor"} <= set(seen)


SEEDS_NAME = "000_c839bee8b3284dac.txt"
EXTRACTIVE_RUN = [
    *("eval", "run", "--gold", "gold.jsonl", "--corpus", "path/to/folder", "--extractive")
]


def test_the_make_targets_of_the_readme_exist() -> None:
    make = shutil.which("make")
    assert make, "make is needed to develop Pincite"
    targets = {words[1] for words in COMMANDS if words[0] == "make"}
    assert targets == {"chat", "test"}
    for target in (*targets, "eval"):
        planned = subprocess.run(
            [make, "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert planned.returncode == 0, planned.stderr


def test_the_settings_the_readme_shows_are_settings(tmp_path: Path) -> None:
    [toml] = [block for language, block in BLOCKS if language == "toml"]
    (tmp_path / "pincite.toml").write_text(toml, encoding="utf-8")
    settings = load_settings({}, folder=tmp_path)
    assert settings.llm_base_url.startswith("http://127.0.0.1:")


def test_the_gold_line_the_readme_shows_is_a_gold_line() -> None:
    from eval.gold.jsonl import parse_jsonl

    [line] = [block for language, block in BLOCKS if language == "json"]
    [(_, item, problems)] = list(parse_jsonl(" ".join(line.split()).encode()))
    assert not problems
    assert item is not None
    assert item.answerable


def test_the_example_for_ci_fetches_the_models_that_a_run_without_a_language_model_needs() -> None:
    example = (ROOT / "docs" / "ci-example.md").read_text(encoding="utf-8")
    [fetched] = re.findall(r"run: pincite models pull (.+)", example)
    assert fetched.split() == [DEFAULT_EMBEDDER, DEFAULT_READER]


def test_python_is_the_one_the_readme_asks_for() -> None:
    assert "Python 3.11" in README
    assert sys.version_info >= (3, 11)
