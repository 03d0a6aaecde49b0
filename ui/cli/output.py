"""What commands share: settings, JSON, and words to the person at the terminal."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import Any

import typer

from index.errors import PinciteError
from rag.settings import Settings, load_settings
from ui.cli.shown import name, shown

JSON = typer.Option(False, "--json", help="Print JSON for other programs.")


def settings(**flags: Any) -> Settings:
    """The settings in force; flags that were not given (None) override nothing."""
    given = {key: value for key, value in flags.items() if value is not None}
    return load_settings(os.environ, given)


def print_json(value: Mapping[str, Any] | list[Any]) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        # The escapes of JSON say the same, those of Python would not be JSON.
        text = json.dumps(value, indent=2)
    emit(f"{text}\n")


def take_any_character() -> None:
    """Let characters that a stream's encoding lacks be spelt out instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """What a command has to tell; every line of it for a person goes through here."""
    emit(f"{shown(text)}\n")


def emit(text: str) -> None:
    """Text as it is. Raises ``PinciteError`` where the output takes no more."""
    try:
        typer.echo(text, nl=False)
    except BrokenPipeError:
        raise  # Whoever read it has had enough: typer ends quietly then.
    except OSError as error:
        _give_up_output()
        raise PinciteError(
            f"the output cannot be written ({error.strerror or error}): make room where it goes,"
            " or send it elsewhere"
        ) from error


@contextmanager
def telling_full_output() -> Iterator[None]:
    """Around what writes by itself, as typer its help: raises ``PinciteError`` as ``emit`` does."""
    try:
        yield
    except OSError:
        emit("\n")  # Fails as well where it was the output that failed.
        raise


def tell(as_json: bool, value: Mapping[str, Any] | list[Any], *lines: str) -> None:
    """``value`` for other programs, or the lines for a person."""
    if as_json:
        print_json(value)
        return
    for line in lines:
        say(line)


def notes(messages: Iterable[str]) -> None:
    """What was told while a bar stood in the way."""
    for message in messages:
        note(name(message))


def note(message: str) -> None:
    """A line for the person at the terminal, out of the way of the output."""
    typer.echo(shown(message), err=True)


def _give_up_output() -> None:
    """Let what is still held back go nowhere, else the interpreter fails on it once more."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
