"""Puts a question to the engine, within the part of the corpus that was chosen."""

from collections.abc import Iterator, Sequence

from index.filters import Filter
from rag.engine import Engine
from rag.types import Event, Turn
from ui.scope import Scope


def ask(
    engine: Engine,
    question: str,
    history: Sequence[Turn],
    scope: Scope,
    *,
    extractive: bool = False,
) -> Iterator[Event]:
    """The engine's events for a question; raises ``UsageError`` for a scope that is none."""
    return engine.stream(question, history, extractive=extractive, where=filter_of(scope))


def filter_of(scope: Scope) -> Filter:
    """The scope as the search takes it; raises ``UsageError`` where it is none."""
    return Filter((scope.path_glob,) if scope.path_glob else (), scope.after, scope.before)
