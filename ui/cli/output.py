"""What commands share: settings, JSON, and progress on the terminal."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

import typer

from rag.settings import Settings, load_settings

JSON = typer.Option(False, "--json", help="Print JSON for other programs.")


class ShowProgress(Protocol):
    """Called with what is counted, how many are done, and how many there are."""

    def __call__(self, what: str, done: int, total: int) -> None: ...


def settings(**flags: Any) -> Settings:
    """The settings in force; flags that were not given (None) override nothing."""
    given = {key: value for key, value in flags.items() if value is not None}
    return load_settings(os.environ, given)


def print_json(value: Mapping[str, Any] | list[Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def note(message: str) -> None:
    """A line for the person at the terminal, out of the way of the output."""
    typer.echo(message, err=True)


@contextmanager
def progress(unit: str, *, scale: bool = False) -> Iterator[ShowProgress]:
    """A bar a step on stderr with count, rate and time left; quiet when nobody watches it."""
    from tqdm import tqdm

    bars: dict[str, Any] = {}

    def show(what: str, done: int, total: int) -> None:
        if total == 0:
            return
        if what not in bars:
            for bar in bars.values():
                bar.close()
            bars[what] = tqdm(
                total=total, desc=what, unit=unit, unit_scale=scale, disable=None, leave=False
            )
        bars[what].total = total
        bars[what].update(done - bars[what].n)

    try:
        yield show
    finally:
        for bar in bars.values():
            bar.close()
