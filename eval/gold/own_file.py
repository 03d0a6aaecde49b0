"""The gold file of ours, as the one that reviewed items are added to.

Sets in the formats of others are only read: they say more, and other things, than our items do.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from eval.gold.items import GoldItem
from eval.gold.jsonl import item_to_dict, parse_jsonl
from eval.gold.problems import GoldError, Problem
from eval.gold.spreadsheet import ENDINGS
from eval.writing import write_whole
from index.errors import UsageError

_OTHERS = (".json", *ENDINGS)


def check_takes_items(gold: Path) -> None:
    """Raise ``UsageError`` where items cannot be added: a SQuAD or CSV file, a BEIR folder."""
    ending = gold.suffix.lower()
    if gold.is_dir() or ending in _OTHERS:
        raise UsageError(
            f"{gold}: accepted items are written to a .jsonl file, and this is a"
            f" {'folder' if gold.is_dir() else f'{ending} file'}: name a .jsonl file with --gold"
        )


def items_in(gold: Path) -> dict[str, GoldItem]:
    """The items there are by their ids, none without a file; ``GoldError`` when it is damaged."""
    check_takes_items(gold)
    content = gold.read_bytes() if gold.exists() else b""
    lines = list(parse_jsonl(content))
    if any(reasons for _, _, reasons in lines):
        raise GoldError(
            [Problem(str(gold), line, "", reason) for line, _, why in lines for reason in why]
        )
    return {item.id: item for _, item, _ in lines if item is not None}


def readable_items(gold: Path) -> dict[str, GoldItem]:
    """Those of the items that can be read, by their ids; none of what is no file of ours."""
    if gold.suffix.lower() in _OTHERS or not gold.is_file():
        return {}
    return {item.id: item for _, item, _ in parse_jsonl(gold.read_bytes()) if item is not None}


def add_items(gold: Path, items: Sequence[GoldItem]) -> None:
    """Put items behind those there are; the caller holds the file's lock."""
    text = gold.read_bytes().decode() if gold.exists() else ""
    if text and not text.endswith("\n"):
        text += "\n"
    lines = (json.dumps(item_to_dict(item), ensure_ascii=False) for item in items)
    write_whole(gold, text + "".join(f"{line}\n" for line in lines))
