"""What the command line costs and says before any model is needed."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from index.model_specs import DEFAULT_EMBEDDER
from tests.conftest import SEEDS
from tests.rag.real_models import embedder_folder
from tests.ui.cli_runner import Pincite

pytest_plugins = ["tests.ui.cli_fixtures"]

SCRIPT = Path(sys.executable).with_name("pincite")
MODEL_LIBRARIES = ("torch", "sentence_transformers", "transformers", "chromadb", "llama_index")
LLM_LIBRARIES = ("openai", "llama_index", "xllamacpp")
HEAVY_LIBRARIES = (*MODEL_LIBRARIES, "xllamacpp", "gradio", "numpy")
VERBS = (
    "sync",
    "search",
    "ask",
    "chat",
    "status",
    "list",
    "show",
    "doctor",
    "rebuild",
    "compact",
    "eval",
    "models",
    "config",
    "verify",
)

LIGHT = """
import sys
sys.argv = ["pincite", *sys.argv[1:]]
from ui.cli.main import main
try:
    main()
finally:
    print(*(name for name in {libraries!r} if name in sys.modules), sep=",", file=sys.stderr)
"""


# The libraries that read the command line and check the settings: the least a command can cost.
LEAST = [sys.executable, "-c", "import typer; from pydantic import *"]
AT_ONCE = 3.0


def cpu_s(folder: Path, command: Sequence[str | Path], **environment: Path) -> float:
    """Processor seconds of one run of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    variables = os.environ | {name: str(value) for name, value in environment.items()}
    subprocess.run(command, cwd=folder, env=variables, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.model
def test_help_and_status_are_there_at_once(tmp_path: Path, seeds_home: Path) -> None:
    commands = (["--help"], ["ask", "--help"], ["status"])
    costs: dict[str, list[float]] = {}
    # In turns: a slow moment of the machine hits all of them.
    for _ in range(4):
        costs.setdefault("least", []).append(cpu_s(tmp_path, LEAST))
        for command in commands:
            spent = cpu_s(tmp_path, [SCRIPT, *command])
            costs.setdefault(" ".join(command), []).append(spent)
        spent = cpu_s(seeds_home, [SCRIPT, "status"], PINCITE_HOME=seeds_home)
        costs.setdefault("status of an index", []).append(spent)
    least = min(costs["least"])
    assert {name: min(of) for name, of in costs.items() if min(of) >= AT_ONCE * least} == {}


@pytest.mark.parametrize(
    ("arguments", "libraries"),
    [(["--help"], HEAVY_LIBRARIES), (["status"], MODEL_LIBRARIES), (["list"], MODEL_LIBRARIES)],
)
def test_they_load_no_model_library(
    tmp_path: Path, arguments: list[str], libraries: tuple[str, ...]
) -> None:
    assert loaded(tmp_path, libraries, *arguments) == ""


@pytest.mark.model
def test_a_question_answered_by_quoting_loads_nothing_that_speaks_to_a_language_model(
    seeds_home: Path,
) -> None:
    question = ["ask", "Who is Hadi Al Bahra?", "--extractive"]
    assert loaded(seeds_home, LLM_LIBRARIES, *question, PINCITE_HOME=seeds_home) == ""


@pytest.mark.model
def test_the_first_sync_of_a_small_folder_loads_no_library_that_computes_with_models(
    tmp_path: Path,
) -> None:
    embedder_folder()
    first = ["sync", str(SEEDS)]
    assert loaded(tmp_path, ("torch", "transformers"), *first, PINCITE_PRECISION="float32") == ""


def loaded(
    folder: Path, libraries: tuple[str, ...], *arguments: str, **environment: Path | str
) -> str:
    """Which of the libraries a command imports, with commas between them."""
    variables = os.environ | {name: str(value) for name, value in environment.items()}
    ended = subprocess.run(
        [sys.executable, "-c", LIGHT.format(libraries=libraries), *arguments],
        cwd=folder,
        env=variables | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.stderr.splitlines()[-1]


def test_every_command_has_the_threads_of_models_wait_asleep() -> None:
    run = (
        "import os; from contextlib import suppress; from ui.cli.main import main\n"
        "with suppress(SystemExit): main()\n"
        "print(os.environ['OMP_WAIT_POLICY'])"
    )
    environment = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}
    ended = subprocess.run(
        [sys.executable, "-c", run],
        cwd=Path(__file__).parents[2],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.splitlines()[-1] == "PASSIVE"


def test_help_names_every_verb(pincite: Pincite) -> None:
    shown = pincite("--help")
    assert shown.code == 0
    assert all(f"  {verb} " in shown.out for verb in VERBS)


@pytest.mark.parametrize(
    "arguments",
    [["nosuchverb"], ["ask"], ["--nosuchflag"], ["eval", "run"], ["sync", "--moved"]],
)
def test_a_command_that_cannot_be_read_exits_2(pincite: Pincite, arguments: list[str]) -> None:
    assert pincite(*arguments).code == 2


@pytest.mark.parametrize(
    "verb", ["list", "status", "search bridge", "ask bridge --extractive", "doctor", "compact"]
)
def test_without_an_index_every_verb_says_to_sync(pincite: Pincite, verb: str) -> None:
    result = pincite(*verb.split())
    assert "pincite sync" in result.out + result.err
    assert "Traceback" not in result.err
    assert result.code == (0 if verb == "status" else 1)


# Settings


def test_an_unknown_setting_in_the_environment_exits_2(pincite: Pincite) -> None:
    result = pincite("config", "show", PINCITE_PROT=1)
    assert result.code == 2
    assert "'prot'" in result.err


def test_an_unknown_setting_in_the_file_exits_2(pincite: Pincite, tmp_path: Path) -> None:
    (tmp_path / "pincite.toml").write_text("prot = 1")
    result = pincite("status")
    assert result.code == 2
    assert "pincite.toml" in result.err


def test_the_settings_in_force_are_shown_with_secrets_masked(
    pincite: Pincite, tmp_path: Path
) -> None:
    (tmp_path / "pincite.toml").write_text('llm_api_key = "sk-1234"\nport = 1001')
    shown = pincite("config", "show", "--json", PINCITE_PORT=1002)
    assert shown.json["port"] == 1002
    assert shown.json["llm_api_key"] == "***"
    plain = pincite("config", "show")
    assert "sk-1234" not in plain.out + shown.out


# Questions that cannot be asked, and files that cannot be read


@pytest.mark.parametrize("option", ["--path=!a", "--path=", "--after=May", "--before=2024-13"])
@pytest.mark.parametrize("verb", ["ask", "search"])
def test_a_filter_that_is_none_exits_2_and_is_named(
    pincite: Pincite, verb: str, option: str
) -> None:
    result = pincite(verb, "Why?", option)
    assert result.code == 2
    assert option.split("=")[0].strip("-") in result.err


@pytest.mark.parametrize("question", ["", "  ", "?!", "x" * 20_000])
@pytest.mark.parametrize("verb", ["ask", "search"])
def test_a_question_that_cannot_be_asked_exits_2(
    pincite: Pincite, verb: str, question: str
) -> None:
    result = pincite(verb, question)
    assert result.code == 2
    assert "question" in result.err
    assert len(result.err) < 300


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"not JSON",
        b"\xff\xfe",
        b'{"role": "user", "content": "x"}',
        b'[{"role": "system", "content": "x"}]',
        b'[{"role": "user"}]',
        b'[{"role": "user", "content": 1}]',
        b'[{"role": "user", "content": "x", "name": "y"}]',
    ],
)
def test_a_history_that_is_no_conversation_exits_2_and_names_the_file(
    pincite: Pincite, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "history.json").write_bytes(content)
    result = pincite("ask", "And then?", "--extractive", "--history", "history.json")
    assert result.code == 2
    assert "history.json" in result.err


# Models, ports, Ctrl-C


@pytest.mark.model
def test_models_are_checked_by_name_and_what_is_missing_exits_1(
    pincite: Pincite, no_models: Path
) -> None:
    embedder_folder()
    assert pincite("models", "check", DEFAULT_EMBEDDER, "--json").json == {DEFAULT_EMBEDDER: []}
    missing = pincite("models", "check", DEFAULT_EMBEDDER, XDG_CACHE_HOME=no_models)
    assert missing.code == 1
    assert DEFAULT_EMBEDDER in missing.out
    assert "pincite models pull" in missing.err
    unknown = pincite("models", "check", "no-such-model")
    assert unknown.code == 2
    assert DEFAULT_EMBEDDER in unknown.err


def test_without_models_sync_exits_1_and_says_how_to_get_them(
    pincite: Pincite, no_models: Path, tmp_path: Path
) -> None:
    result = pincite("sync", tmp_path, XDG_CACHE_HOME=no_models)
    assert result.code == 1
    assert "pincite models pull" in result.err


def test_without_models_status_still_answers_and_says_how_to_get_them(
    pincite: Pincite, no_models: Path
) -> None:
    result = pincite("status", XDG_CACHE_HOME=no_models)
    assert result.code == 0
    assert "pincite models pull" in result.out
    assert "set llm_base_url" in pincite("status", PINCITE_LLM="qwen2.5:7b").out


def test_chat_on_a_port_that_is_taken_exits_1_and_names_it(pincite: Pincite) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = pincite("chat", "--port", port)
    assert result.code == 1
    assert str(port) in result.err


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory: pytest.TempPathFactory) -> "subprocess.CompletedProcess[str]":
    """A command that waits for its settings, stopped by Ctrl-C."""
    folder = tmp_path_factory.mktemp("interrupted")
    pipe = folder / "pincite.toml"
    os.mkfifo(pipe)
    command = [str(SCRIPT), "status"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        writer, err = _when_read(pipe, process), ""
        try:
            # Again where the first came in the moment before it began to wait.
            for _ in range(60):
                process.send_signal(signal.SIGINT)
                with suppress(subprocess.TimeoutExpired):
                    _, err = process.communicate(timeout=1)
                    break
        finally:
            os.close(writer)
            process.kill()
    return subprocess.CompletedProcess(command, process.returncode, "", err)


def _when_read(pipe: Path, process: "subprocess.Popen[str]") -> int:
    """The writing end, once the process waits at the reading end."""
    while process.poll() is None:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.02)
    raise AssertionError("it did not wait for its settings")


def test_ctrl_c_exits_130_without_a_traceback(
    interrupted: "subprocess.CompletedProcess[str]",
) -> None:
    assert interrupted.returncode == 130
    assert "Traceback" not in interrupted.stderr


def test_ctrl_c_says_that_it_stopped(interrupted: "subprocess.CompletedProcess[str]") -> None:
    assert "stopped" in interrupted.stderr
