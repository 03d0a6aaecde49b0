"""``models pull`` and ``models check``: the models on this machine."""

import typer

from index.errors import PinciteError, UsageError
from index.model_files import ModelSpec
from index.model_specs import MODELS, PULL_SETS
from ui.cli.output import JSON, note, tell
from ui.cli.progress import progress

app = typer.Typer(help="The models on this machine.", no_args_is_help=True, rich_markup_mode=None)

NAMES = typer.Argument(None, help=f"Of: {', '.join(MODELS)}. Default: a set's.")
SET = typer.Option("default", "--set", help=f"A set: {', '.join(PULL_SETS)}.")


@app.command()
def pull(names: list[str] = NAMES, chosen_set: str = SET, as_json: bool = JSON) -> None:
    """Fetch and verify models; what is here already is left alone."""
    from index.fetch import megabytes
    from index.weights import find
    from index.weights import pull as fetch

    failed: list[str] = []
    done: list[dict[str, str]] = []
    for spec in _specs(names, chosen_set):
        if find(spec) is not None:
            done.append({"name": spec.name, "state": "here"})
            continue
        note(f"{spec.name}: {megabytes(spec.size_bytes)} to fetch ({spec.licence})")
        try:
            with progress("B", scale=True) as show:
                folder = fetch(spec, progress=show)
        except PinciteError as error:
            failed.append(str(error))
            continue
        done.append({"name": spec.name, "state": f"fetched and verified, {folder}"})
    tell(as_json, done, *("{name}: {state}".format(**one) for one in done))
    if failed:
        raise PinciteError("\n".join(failed))


@app.command()
def check(names: list[str] = NAMES, chosen_set: str = SET, as_json: bool = JSON) -> None:
    """Hash the models on this machine and compare with what is pinned."""
    from index.weights import check as verify

    found: dict[str, list[str]] = {}
    for spec in _specs(names, chosen_set):
        with progress("B", scale=True) as show:
            found[spec.name] = list(verify(spec, progress=show))
    lines = (f"{name}: {'; '.join(problems) or 'right'}" for name, problems in found.items())
    tell(as_json, found, *lines)
    if any(found.values()):
        raise PinciteError('run "pincite models pull" to fetch what is missing or wrong')


def _specs(names: list[str] | None, chosen_set: str) -> tuple[ModelSpec, ...]:
    unknown = [name for name in names or [] if name not in MODELS]
    if unknown:
        raise UsageError(f"no model {unknown[0]!r}; there are {', '.join(MODELS)}")
    if names:
        return tuple(MODELS[name] for name in names)
    if chosen_set not in PULL_SETS:
        raise UsageError(f"no set {chosen_set!r}; there are {', '.join(PULL_SETS)}")
    return PULL_SETS[chosen_set]
