"""What the About page says of this installation: version, models, what leaves the machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from index.model_folder import find_reader
from index.model_specs import MODELS
from index.weights import find
from rag.settings import Settings, masked
from ui.calls import Calls
from ui.context import Context
from ui.render import printable
from ui.shell import EXTRACTIVE
from ui.words import t


@dataclass(frozen=True, slots=True)
class ModelFact:
    """A model Pincite knows. ``sha256`` is that of its weights."""

    name: str
    role: str
    licence: str
    sha256: str
    size_bytes: int
    here: bool


@dataclass(frozen=True, slots=True)
class About:
    """Everything the page shows that is not the same for everyone."""

    version: str
    embedder: str
    reader: str
    model: str
    leaves: str
    models: tuple[ModelFact, ...]


def actions(context: Context) -> Calls:
    """What the page may ask for."""
    return Calls(about=lambda: about(context.settings, context.engine.model_name))


def about(settings: Settings, model_name: str) -> About:
    """The facts of this installation."""
    return About(
        version=_version(),
        embedder=printable(settings.embedder),
        reader=printable(
            settings.close_reader if find_reader(settings.close_reader) else settings.embedder
        ),
        model=t("No language model") if model_name == EXTRACTIVE else printable(model_name),
        leaves=printable(_leaves(settings, model_name)),
        models=tuple(_models()),
    )


def _leaves(settings: Settings, model_name: str) -> str:
    if not settings.llm_base_url or model_name == EXTRACTIVE:
        return t("Nothing. Documents, questions and answers stay on this machine.")
    where = masked(settings)["llm_base_url"]
    return t(
        "Questions and the paragraphs found for them go to {where}, because llm_base_url in your"
        " settings names it. Nothing else leaves this machine.",
        where=where,
    )


def _models() -> Iterator[ModelFact]:
    for name, spec in MODELS.items():
        here = find(name) is not None
        yield ModelFact(name, spec.role, spec.licence, spec.weights.sha256, spec.size_bytes, here)


def _version() -> str:
    try:
        return version("pincite")
    except PackageNotFoundError:
        return t("not installed")
