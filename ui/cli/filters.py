"""The options that say which documents may be found."""

import typer

PATH = typer.Option(
    [],
    "--path",
    metavar="GLOB",
    help='Only documents whose path fits, as in .gitignore: "*.md", "reports/"; may be repeated.',
)
AFTER = typer.Option(
    "",
    "--after",
    metavar="DATE",
    help="Only documents published on DATE (YYYY, YYYY-MM or YYYY-MM-DD) or later;"
    " never those without a date.",
)
BEFORE = typer.Option(
    "",
    "--before",
    metavar="DATE",
    help="Only documents published earlier than DATE; never those without a date.",
)
