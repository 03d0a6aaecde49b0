"""The gold files the pages may use, by label: never a path that a browser sends."""

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from pathlib import Path

import eval.gold
from eval.gold.among import quoted_documents
from eval.gold.drafts import drafts_file, read_drafts
from index.errors import UsageError
from ui.words import phrase, t

OWN = phrase("Your questions")
"""The gold file that feedback and reviews fill, in the state directory; a label, so as a browser
sends it back it is always English."""


@dataclass(frozen=True, slots=True)
class GoldFile:
    """One gold file. ``items`` counts its lines, ``drafts`` what waits for review beside it.

    ``elsewhere``: none of the documents it quotes is here, so that no run can be made with it.
    """

    label: str
    file: Path
    items: int
    drafts: int
    elsewhere: bool = False


def own_file(state: Path) -> Path:
    """Where the questions made from feedback go once they are accepted."""
    return state / "gold" / "questions.jsonl"


def gold_files(state: Path) -> list[GoldFile]:
    """The user's own, those in ``eval/gold`` of the current folder, and Pincite's."""
    found = {own_file(state).resolve(): OWN}
    for file in _others(state):
        found.setdefault(file.resolve(), file.stem)
    return [_gold_file(file, label) for file, label in _distinct(found)]


def gold_file(state: Path, label: str) -> GoldFile:
    """The gold file of a label; raises ``UsageError``."""
    for found in gold_files(state):
        if found.label == label:
            return found
    raise UsageError(t("there is no gold file {label}: load the page again", label=label))


def on_documents(found: GoldFile, paths: Set[str]) -> GoldFile:
    """The gold file, told whether it quotes other documents than those with these paths."""
    quoted = quoted_documents(found.file)
    return replace(found, elsewhere=bool(quoted) and quoted.isdisjoint(paths))


def _others(state: Path) -> Iterator[Path]:
    folders = (own_file(state).parent, Path("eval/gold"), *map(Path, eval.gold.__path__))
    for folder in folders:
        for file in sorted(folder.glob("*.jsonl")):
            if file.is_file() and not file.name.endswith(".drafts.jsonl"):
                yield file


def _distinct(found: dict[Path, str]) -> Iterator[tuple[Path, str]]:
    """Files of the same name in two folders get the folder in their label."""
    labels = list(found.values())
    for file, label in found.items():
        yield file, label if labels.count(label) == 1 else f"{label} in {file.parent}"


def _gold_file(file: Path, label: str) -> GoldFile:
    items = (
        sum(1 for line in file.read_bytes().split(b"\n") if line.strip()) if file.is_file() else 0
    )
    try:
        drafts = len(read_drafts(drafts_file(file)))
    except UsageError:
        # Damaged by hand: the review says what is wrong with it.
        drafts = 1
    return GoldFile(label, file, items, drafts)
