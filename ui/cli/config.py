"""``config show``: the settings in force."""

import typer

from rag.settings import masked
from ui.cli.output import JSON, print_json, say, settings

app = typer.Typer(help="Settings.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _config() -> None:
    """Settings: pincite.toml, overridden by PINCITE_* variables, overridden by flags."""


@app.command()
def show(as_json: bool = JSON) -> None:
    """Print the settings in force; secrets are masked."""
    values = masked(settings())
    if as_json:
        print_json(values)
        return
    for key, value in values.items():
        say(f"{key} = {value!r}")
