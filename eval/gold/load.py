"""A gold file of any known format -> items whose quotes are found, or every problem at once.

Formats: our JSONL, and CSV; a ``.json`` file is SQuAD; a folder with ``corpus.jsonl`` is BEIR.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from eval.gold.beir import is_beir, read_beir
from eval.gold.bundle import Bundle
from eval.gold.checks import PlacedItem
from eval.gold.evidence import evidence_problems
from eval.gold.items import GoldItem, GoldSet
from eval.gold.problems import GoldError, Problem
from eval.gold.spreadsheet import parse_file
from eval.gold.squad import read_squad
from eval.relevance import Corpus, QuoteFinder
from index.errors import UsageError


def read_bundle(path: Path) -> Bundle | None:
    """The corpus and items of a SQuAD file or BEIR folder; None for a gold file of ours.

    Raises ``UsageError`` when there is no such file, ``GoldError`` when it is not usable.
    """
    if is_beir(path):
        return read_beir(path)
    if not path.is_file():
        raise UsageError(f"{path}: no such gold file (JSONL, CSV, SQuAD .json or a BEIR folder)")
    return read_squad(path) if path.suffix.lower() == ".json" else None


def load_gold(path: Path, corpus: Corpus) -> GoldSet:
    """The items of a gold file, in its order, with the paragraphs of ``corpus`` they name.

    Raises one ``GoldError`` listing everything wrong with the whole file, and ``UsageError`` when
    there is no such file.
    """
    finder = QuoteFinder(corpus)
    placed, problems = read_items(path)
    for one in placed:
        reasons = evidence_problems(one.item, finder)
        problems += [Problem(one.file, one.line, one.place, reason) for reason in reasons]
    if problems:
        raise GoldError(problems)
    return GoldSet(
        name=path.name,
        sha256=hashlib.sha256(_bytes_of(path)).hexdigest(),
        items=tuple(finder.resolve(one.item) for one in placed),
    )


def read_items(path: Path) -> tuple[list[PlacedItem], list[Problem]]:
    """The items of a gold file with their places, and what is wrong with them by themselves.

    A file without any item has that as its problem. Raises as ``read_bundle`` does.
    """
    bundle = read_bundle(path)
    file = str(bundle.file if bundle else path)
    placed: list[PlacedItem] = []
    problems: list[Problem] = []
    for line, place, item, reasons in _entries(path, bundle):
        problems += [Problem(file, line, place, reason) for reason in reasons]
        placed += [PlacedItem(item, file, line, place)] if item else []
    if not placed and not problems:
        problems.append(Problem(file, 1, "", "there is no item in it"))
    return placed, problems


def _entries(
    path: Path, bundle: Bundle | None
) -> Iterator[tuple[int, str, GoldItem | None, list[str]]]:
    if bundle is None:
        for line, item, reasons in parse_file(path):
            yield line, "", item, reasons
    else:
        for entry in bundle.items:
            yield entry.line, entry.place, entry.item, []


def _bytes_of(path: Path) -> bytes:
    if path.is_file():
        return path.read_bytes()
    files = sorted([*path.glob("*.jsonl"), *path.glob("qrels/*.tsv")])
    return b"\0".join(file.read_bytes() for file in files)
