"""The options of ``eval run`` that name a judge."""

import os

import typer
from pydantic import SecretStr

from index.errors import UsageError
from rag.settings import NO_ADDRESS, Settings, is_address

JUDGE = typer.Option(
    None, "--judge", help="Also ask this model whether answers are right; never needed."
)
JUDGE_URL = typer.Option(
    "", "--judge-url", help="Its OpenAI-compatible server (default: that of the settings)."
)
JUDGE_KEY = typer.Option("", "--judge-key-env", help="The environment variable that holds its key.")


def judge_settings(chosen: Settings, model: str | None, url: str, key_name: str) -> Settings | None:
    """Settings of the judge; None without one. Its answers go where the user said, no further."""
    if model is None:
        if url or key_name:
            raise UsageError("--judge-url and --judge-key-env need --judge MODEL")
        return None
    if url and not is_address(url):
        raise UsageError(f"--judge-url: {NO_ADDRESS}")
    if key_name and key_name not in os.environ:
        raise UsageError(f"--judge-key-env: there is no variable {key_name}")
    # The key of the settings belongs to the server of the settings and is shown to no other.
    own = {"llm_base_url": url, "llm_api_key": SecretStr("")} if url else {}
    if key_name:
        own["llm_api_key"] = SecretStr(os.environ[key_name])
    return chosen.model_copy(update={"llm": model, **own})
