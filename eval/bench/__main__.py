"""``python -m eval.bench``: run the parts, each in a process of its own, and write the report.

Every part's figures are kept in ``--work`` as JSON; the report is written from all that are there,
so that parts can be run apart and again. A part that was run before is run again when named by
``--only``, and else kept unless ``--fresh``.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from eval.bench import answers, changes, cold, ingest, scale
from eval.bench.data import Data, find_data
from eval.bench.measure import medians
from eval.bench.plot import svg
from eval.bench.report import markdown
from index.waiting import wait_asleep

SIZES = (1_000, 10_000, 100_000)
GROUPS = ("ingest", "changes", "search", "cold", "answers")
_SEARCH_RUNS = {"search-1000": 3, "search-10000": 3}
"""Cheap enough to be run more than once."""

Part = Callable[[Data, Path], dict[str, Any]]


def parts(sizes: Sequence[int], files: int) -> dict[str, Part]:
    """Every measurement by its name, ``group`` or ``group-what``."""
    return {
        "ingest-pincite": ingest.pincite,
        "ingest-stock-256": lambda d, w: ingest.llama_index(d, w, ingest.STOCK_FITTING),
        "ingest-stock-1024": lambda d, w: ingest.llama_index(d, w, ingest.STOCK_DEFAULT),
        "changes-none": lambda d, w: changes.no_change(d, w, files),
        "changes-one": changes.one_edit,
        **{f"search-{n}": lambda d, w, n=n: scale.scale(d, w, n) for n in sizes},  # type: ignore[misc]
        "cold": cold.cold_search,
        "answers-pincite": answers.pincite,
        "answers-stock": answers.stock,
        "answers-stock-paragraphs": answers.same_paragraphs,
    }


def main(arguments: Sequence[str]) -> int:
    """0 when every part asked for has figures, else 1."""
    options = _options(arguments)
    data = find_data(options.data)
    chosen = parts(options.sizes, options.files)
    if options.child:
        wait_asleep()  # as the command line does
        with tempfile.TemporaryDirectory(prefix="pincite-bench-") as work:
            measured = chosen[options.child](data, Path(work))
        sys.stdout.write(f"\n{json.dumps(measured)}\n")
        return 0
    options.work.mkdir(parents=True, exist_ok=True)
    if options.fresh:
        shutil.rmtree(options.work)
        options.work.mkdir()
    named = options.only or GROUPS
    wanted = [name for name in chosen if name.partition("-")[0] in named]
    missing = [name for name in wanted if options.only or not _file(options, name).is_file()]
    repeats = {name: _runs(name, options.repeat) for name in missing}
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in missing}
    # In turns, so that a slow minute of the machine hits the compared ones alike.
    for turn in range(max(repeats.values(), default=0)):
        for name in (n for n in missing if turn < repeats[n]):
            figures = _in_child(name, options)
            if figures is not None:
                runs[name].append(figures)
                summary = {**medians(runs[name]), "runs": len(runs[name]), "data": data.name}
                _file(options, name).write_text(json.dumps(summary, indent=1), encoding="utf-8")
    kept = [f.stem for f in options.work.glob("*.json")]
    found = {name: json.loads(_file(options, name).read_text("utf-8")) for name in sorted(kept)}
    options.out.mkdir(exist_ok=True)
    (options.out / "bench.md").write_text(markdown(found), encoding="utf-8")
    (options.out / "bench.svg").write_text(svg(found), encoding="utf-8")
    _say(f"written: {options.out / 'bench.md'} and bench.svg")
    return 0 if all(runs.values()) else 1


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=__doc__)
    parser.add_argument("--only", type=_names, help=f"of {','.join(GROUPS)}, with commas")
    parser.add_argument("--sizes", type=_numbers, default=SIZES, help="paragraphs, with commas")
    parser.add_argument("--files", type=int, default=10_000, help="of the sync without a change")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each ingest")
    parser.add_argument("--data", type=Path, help="a folder with corpus/ and gold.jsonl")
    parser.add_argument("--work", type=Path, default=Path("runs/bench"), help="keeps the figures")
    parser.add_argument("--out", type=Path, default=Path("docs"), help="for table and plot")
    parser.add_argument("--fresh", action="store_true", help="forget earlier figures")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _runs(name: str, of_ingest: int) -> int:
    """How often a part is run; its figures are the medians."""
    return of_ingest if name.startswith("ingest-") else _SEARCH_RUNS.get(name, 1)


def _names(text: str) -> list[str]:
    unknown = set(names := text.split(",")) - set(GROUPS)
    if unknown:
        raise argparse.ArgumentTypeError(f"no part {', '.join(unknown)}; of {', '.join(GROUPS)}")
    return names


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _file(options: argparse.Namespace, name: str) -> Path:
    return Path(options.work) / f"{name}.json"


def _in_child(name: str, options: argparse.Namespace) -> dict[str, Any] | None:
    """The figures of one part, from a process of its own; None when it failed, said on stderr."""
    # This very program, and with -P nothing that lies in the current folder.
    command = [sys.executable, "-P", "-m", "eval.bench", "--child", name]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command += ["--sizes", ",".join(map(str, options.sizes)), "--files", str(options.files)]
    if options.data:
        command += ["--data", str(options.data)]
    begun = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(f"{name} failed:\n{done.stderr[-3000:]}\n")
        return None
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    _say(f"{name} ({time.perf_counter() - begun:.0f} s): {json.dumps(figures)}")
    return figures


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
