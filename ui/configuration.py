"""What the Settings page shows and does: the model, the settings in force, the health of it all."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from index.errors import UsageError
from index.model_specs import MODELS, TINY_LLM
from index.store import CATALOG_FILE, Store
from index.weights import find
from rag.settings import NO_LLM, Settings, masked
from ui import preferences
from ui.calls import Calls
from ui.context import Context
from ui.documents import StartJob
from ui.index_check import IndexCheck
from ui.job import Job
from ui.messages import told
from ui.preferences import Preferences
from ui.render import printable
from ui.shell import EXTRACTIVE
from ui.words import counted, decimal, phrase, t

QUOTING = phrase("No model: the best sentences, word for word.")


@dataclass(frozen=True, slots=True)
class Choice:
    """A model to answer with. ``here`` is False when its files are not on this machine."""

    llm: str
    name: str
    detail: str
    here: bool


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """``fixed`` says why nothing can be chosen here, or ""."""

    choices: tuple[Choice, ...]
    chosen: str
    in_use: str
    notice: str
    fixed: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting in force, secrets masked."""

    name: str
    value: str
    description: str


@dataclass(frozen=True, slots=True)
class Health:
    """One thing that can be well or not."""

    name: str
    well: bool
    words: str


class Configuration:
    """The settings of one app, and the health of what they name."""

    def __init__(
        self,
        context: Context,
        environment: Mapping[str, str] = os.environ,
        start_job: StartJob = Job,
    ) -> None:
        self._context = context
        self._environment = environment
        check = IndexCheck(context, start_job)
        self.actions = Calls(
            models=self.models,
            choose=self.choose,
            settings=self.settings,
            health=self.health,
            check=check.begin,
            follow=check.follow,
            cancel=check.cancel,
        )

    def models(self) -> ModelChoice:
        """What can answer, and what does."""
        settings, engine = self._context.settings, self._context.engine
        variable = preferences.fixed_by(self._environment)
        return ModelChoice(
            choices=tuple(_choices(settings)),
            chosen=preferences.load(settings.state).llm,
            in_use=printable(engine.model_name),
            notice=printable(told(engine.notice)),
            fixed=_fixed(variable) if variable else "",
        )

    def choose(self, llm: str) -> ModelChoice:
        """Answer with this model from now on, also after the next start."""
        settings = self._context.settings
        if llm not in [choice.llm for choice in _choices(settings) if choice.here]:
            raise UsageError(t("{model} is not among the models that are here", model=llm))
        if preferences.fixed_by(self._environment) or self._context.change_model is None:
            raise UsageError(t("the model cannot be changed on this page"))
        chosen = Preferences(llm)
        self._context.change_model(preferences.applied(settings, chosen, self._environment))
        preferences.save(settings.state, chosen)
        return self.models()

    def settings(self) -> tuple[Setting, ...]:
        """Every setting in force."""
        settings = self._context.settings
        chosen = preferences.load(settings.state)
        in_force = preferences.applied(settings, chosen, self._environment)
        fields = type(settings).model_fields
        return tuple(
            Setting(name, printable(_shown(value)), told(fields[name].description or ""))
            for name, value in masked(in_force).items()
        )

    def health(self) -> tuple[Health, ...]:
        """What can be told at once; ``IndexCheck`` looks closer at the index."""
        return (self._index(), self._embedder(), self._model())

    def _index(self) -> Health:
        state = self._context.state
        if not (state / CATALOG_FILE).exists():
            none = t("There is none yet: read the folder on the Documents page.")
            return Health(t("Index"), False, none)
        store = Store.open(state)
        try:
            documents = store.catalog.documents()
            synced = store.catalog.get("synced") == "yes"
        finally:
            store.close()
        paragraphs = sum(d.paragraphs for d in documents)
        files = counted("{count} file", "{count} files", len(documents))
        words = f"{files}, {counted('{count} paragraph', '{count} paragraphs', paragraphs)}."
        if not synced:
            words += " " + t("The last reading of the folder was cut off: read it again.")
        return Health(t("Index"), synced, words)

    def _embedder(self) -> Health:
        name = self._context.settings.embedder
        if name in MODELS and find(name) is None:
            missing = t("{name} is not here: run “pincite models pull”.", name=name)
            return Health(t("Embedder"), False, missing)
        return Health(t("Embedder"), True, t("{name} is here.", name=printable(name)))

    def _model(self) -> Health:
        engine = self._context.engine
        if problem := engine.model_problem():
            return Health(t("Model"), False, printable(told(problem)))
        if engine.notice:
            return Health(t("Model"), True, printable(told(engine.notice)))
        if engine.model_name == EXTRACTIVE:
            return Health(t("Model"), True, t(QUOTING))
        return Health(t("Model"), True, t("{name} answers.", name=printable(engine.model_name)))


def _fixed(variable: str) -> str:
    return t("{variable} is set in the environment and decides.", variable=variable)


def _choices(settings: Settings) -> list[Choice]:
    quoting = Choice(NO_LLM, t("Quote the documents"), t(QUOTING), True)
    if settings.llm_base_url:
        where = masked(settings)["llm_base_url"]
        detail = t(
            "At {where}, as pincite.toml says. Documents are sent there to be answered from.",
            where=where,
        )
        return [Choice("", printable(settings.llm), printable(detail), True), quoting]
    known = [
        Choice(
            name,
            name,
            t(
                "{size} GB, {licence}, runs on this machine.",
                size=decimal(spec.size_bytes / 1e9, 1),
                licence=spec.licence,
            ),
            find(name) is not None,
        )
        for name, spec in MODELS.items()
        # The tiny one is for tests, and too weak for people.
        if spec.role == "llm" and name != TINY_LLM
    ]
    own = []
    if settings.llm not in (NO_LLM, *(choice.llm for choice in known)):
        own = [Choice("", printable(settings.llm), t("The model named in the settings."), True)]
    return [*own, *known, quoting]


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)
