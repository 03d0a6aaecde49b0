"""Files of evals among the documents: they hold questions with their answers.

Found, they would be the best evidence. The gold file of the eval is known by its name, further ones
(other splits, older ones) by what is in them: each line is an item of ours, or all of it is SQuAD's
JSON. A file that the gold file itself quotes is a document, whatever is in it.
"""

from collections.abc import Iterable
from pathlib import Path

from eval.gold.drafts import drafts_file
from eval.gold.problems import GoldError
from eval.gold.spreadsheet import ENDINGS, parse_file
from eval.gold.squad import read_squad
from eval.gold.stale import sources_file

_ITEMS = (".jsonl", ".ndjson", *ENDINGS)


def eval_files(gold: Path, root: Path, paths: Iterable[str]) -> set[Path]:
    """The gold file, those among the files ``paths`` of ``root``, and what lies beside each.

    By their names and where links of them lead.
    """
    quoted = quoted_documents(gold)
    found = [gold, *(root / path for path in paths if path not in quoted and is_gold(root / path))]
    files = [file for each in found for file in (each, drafts_file(each), sources_file(each))]
    return {path for file in files for path in (file.parent.resolve() / file.name, file.resolve())}


def is_gold(file: Path) -> bool:
    """Whether a file is a gold file from its beginning to its end; drafts are none."""
    suffix = file.suffix.lower()
    try:
        if suffix == ".json":
            return b'"qas"' in file.read_bytes() and bool(read_squad(file).items)
        if suffix in _ITEMS:
            lines = parse_file(file)
            # Not all() alone, which says so of an empty file too.
            return next(lines, (0, None, []))[1] is not None and all(item for _, item, _ in lines)
    except (OSError, GoldError):
        pass
    return False


def quoted_documents(gold: Path) -> set[str]:
    """The documents that the items of a gold file of ours quote."""
    if not gold.is_file() or gold.suffix.lower() == ".json":
        return set()
    items = (item for _, item, _ in parse_file(gold))
    return {evidence.path for item in items if item for evidence in item.evidence}
