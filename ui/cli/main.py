"""``pincite``: gathers the verbs and turns errors into one message and an exit code.

0 fine; 1 failed; 2 usage or invalid input file; 3 refused (ask); 4 gate failed (eval).
"""

import sys

import typer

from index.errors import PinciteError
from index.waiting import wait_asleep
from ui.cli import ask, chat, config, evaluation, library, models, sync, upkeep, verify
from ui.cli.output import note, take_any_character, telling_full_output

INTERRUPTED = (130, 143)

app = typer.Typer(
    name="pincite",
    help="Ask a folder of documents; every sentence of the answer cites its source paragraph.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
sync.register(app)
library.register(app)
upkeep.register(app)
ask.register(app)
chat.register(app)
verify.register(app)
app.add_typer(evaluation.app, name="eval")
app.add_typer(models.app, name="models")
app.add_typer(config.app, name="config")


def main() -> None:
    """Entry point of the console script."""
    wait_asleep()
    take_any_character()
    try:
        with telling_full_output():
            app()
    except PinciteError as error:
        note(f"pincite: {error}")
        sys.exit(error.exit_code)
    except SystemExit as error:
        # Typer turns Ctrl-C into the first of these before it gets here.
        if error.code in INTERRUPTED:
            note("pincite: stopped; what was done is kept")
        raise
