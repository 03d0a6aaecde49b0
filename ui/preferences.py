"""What is chosen on the Settings page, kept in the state directory.

``pincite.toml`` is the user's own file and is never written. A choice made on the page stands
between it and the environment: it overrides the file, and variables override it.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import PinciteError
from index.model_specs import MODELS
from rag.settings import NO_LLM, Settings
from ui.words import t

FILE = "ui.json"


@dataclass(frozen=True, slots=True)
class Preferences:
    """``llm`` is a model's name or "none" for quoting; "" leaves it to the settings."""

    llm: str = ""


def load(state: Path) -> Preferences:
    """What was chosen; the defaults where nothing was, or nothing usable."""
    try:
        found = json.loads((state / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    llm = found.get("llm") if isinstance(found, dict) else None
    return Preferences(llm if isinstance(llm, str) and is_choice(llm) else "")


def save(state: Path, preferences: Preferences) -> None:
    """Keep them; raises ``PinciteError`` when the state directory cannot be written."""
    file = state / FILE
    part = file.with_name(f"{file.name}.part")
    try:
        state.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.write_text(json.dumps(asdict(preferences)) + "\n", encoding="utf-8")
        os.replace(part, file)
    except OSError as error:
        lost = t(
            "{file} cannot be written ({reason}): the choice lasts until the next start",
            file=str(file),
            reason=str(error.strerror),
        )
        raise PinciteError(lost) from error


def is_choice(llm: str) -> bool:
    """Whether the page may choose it: never a path, never a server's model."""
    return llm in ("", NO_LLM) or (llm in MODELS and MODELS[llm].role == "llm")


def fixed_by(environment: Mapping[str, str]) -> str:
    """The variable that decides on the model whatever is chosen, or ""."""
    return "PINCITE_LLM" if environment.get("PINCITE_LLM") else ""


def applied(
    settings: Settings, preferences: Preferences, environment: Mapping[str, str]
) -> Settings:
    """The settings with what was chosen.

    Where a server answers, a local model's name would be asked of that server: there the only
    choice is to quote.
    """
    llm = preferences.llm
    if fixed_by(environment) or not llm or (settings.llm_base_url and llm != NO_LLM):
        return settings
    return settings.model_copy(update={"llm": llm})


def in_force(settings: Settings) -> Settings:
    """The settings with what was chosen until now."""
    return applied(settings, load(settings.state), os.environ)
