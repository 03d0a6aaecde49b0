"""What commands share: settings, JSON, and words to the person at the terminal."""

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any

import typer

from rag.settings import Settings, load_settings

JSON = typer.Option(False, "--json", help="Print JSON for other programs.")


def settings(**flags: Any) -> Settings:
    """The settings in force; flags that were not given (None) override nothing."""
    given = {key: value for key, value in flags.items() if value is not None}
    return load_settings(os.environ, given)


def print_json(value: Mapping[str, Any] | list[Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def tell(as_json: bool, value: Mapping[str, Any] | list[Any], *lines: str) -> None:
    """``value`` for other programs, or the lines for a person."""
    if as_json:
        print_json(value)
        return
    for line in lines:
        typer.echo(line)


def notes(messages: Iterable[str]) -> None:
    """What was told while a bar stood in the way."""
    for message in messages:
        note(message)


def note(message: str) -> None:
    """A line for the person at the terminal, out of the way of the output."""
    typer.echo(message, err=True)
