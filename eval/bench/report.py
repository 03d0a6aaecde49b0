"""The bench's figures as a page of tables, each bar with whether it is met."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Figures = Mapping[str, Mapping[str, Any]]

_HEAD = """# Bench

Written by `python -m eval.bench`. Ratios compare runs of one session on one machine; absolute
figures are medians of five runs, of searches and answers the percentiles over the questions; of
searches in up to 10,000 paragraphs the medians of three whole runs. Peak memory is that of the
process and of the child that reads its files, added up.

![The main figures as bars](bench.svg)
"""


def markdown(found: Figures) -> str:
    """The whole page; parts that were not run are left out."""
    sections = (_ingest(found), _search(found), _changes(found), _cold(found), _answers(found))
    return "\n".join([_HEAD, *("\n".join(section) + "\n" for section in sections if section)])


def _ingest(found: Figures) -> list[str]:
    names = {
        "ingest-pincite": "Pincite, paragraphs and their sentences",
        "ingest-stock-256": "LlamaIndex stock, 256-token chunks",
        "ingest-stock-1024": "LlamaIndex stock, 1024-token chunks",
    }
    runs = {label: found[name] for name, label in names.items() if name in found}
    if not runs:
        return []
    keys = {
        "units": "units",
        "seconds": "s",
        "tokens": "tokens",
        "embedding_seconds": "s embedding",
        "tokens_a_second": "tokens/s",
        "recall_at_10": "recall@10",
        "recall_in_300_words": "in 300 words",
        "peak_mb": "peak MB",
        "disk_mb": "disk MB",
    }
    first = next(iter(runs.values()))
    lines = [
        f"## Full ingest of {first['data']}",
        "",
        f"The same files and model, loaded before, precision {first['precision']},"
        f" {first['runs']} runs in turns. Recall on {first['questions']:.0f} gold questions: the"
        " quote stands in one of the ten results, or in the first 300 words of them.",
        "",
        *_table(["", *keys.values()], [[label, *_cells(run, keys)] for label, run in runs.items()]),
    ]
    ours, fitting = found.get("ingest-pincite"), found.get("ingest-stock-256")
    if ours and fitting:
        half = ours["precision"] == "bfloat16"
        rate = ours["tokens_a_second"] / fitting["tokens_a_second"]
        longer = ours["seconds"] / fitting["seconds"]
        lines += [
            "",
            f"- Tokens a second: {rate:.2f} times the stock's with fitting chunks"
            f" (bar: at least {2 if half else 1.2}): {_met(rate >= (2 if half else 1.2))}",
            f"- Time: {longer:.2f} times the stock's with fitting chunks"
            f" (bar: at most {1 if half else 1.6}): {_met(longer <= (1 if half else 1.6))}",
        ]
    return lines


def _search(found: Figures) -> list[str]:
    runs = {int(n.removeprefix("search-")): f for n, f in found.items() if n.startswith("search-")}
    if not runs:
        return []
    keys = {
        "runs": "runs",
        "p50_ms": "p50 ms",
        "p95_ms": "p95 ms",
        "p99_ms": "p99 ms",
        "evidence_p95_ms": "p95 to evidence",
        "whole_p95_ms": "p95 with the best read closely",
        "embedding_ms": "the question's vector",
        "raw_chroma_ms": "raw Chroma query",
        "ratio_to_raw_chroma": "ratio to both",
        "recall_at_10_of_exact": "recall@10 of exact",
        "vector_recall_at_10": "of vectors alone",
        "ingest_seconds": "ingest s",
        "ingest_peak_mb": "peak MB",
        "disk_mb": "disk MB",
    }
    bars = {10_000: 60, 100_000: 200}
    lines = [
        "## Search by size",
        "",
        "Paragraphs recombined from real sentences with other numbers and names. The real sentences"
        " are embedded, each once; a changed one has its original's vector turned by 14 degrees, a"
        " paragraph the mean of its sentences' (`eval/bench/scaled.py`). Raw Chroma is a bare query"
        " of the same collection for as many candidates; the ratio is of a first look to that and"
        " the question's vector. Exact is the same ranking with every paragraph compared. What a"
        " first look finds is shown at once; reading the best of it closely takes longest here,"
        " where every paragraph has near copies, and no longer in a larger corpus.",
        "",
        *_table(
            ["paragraphs", *keys.values()],
            [[f"{size:,}", *_cells(run, keys)] for size, run in sorted(runs.items())],
        ),
        "",
    ]
    for size, run in sorted(runs.items()):
        if size in bars:
            fast = run["p95_ms"] <= bars[size]
            exact = run["recall_at_10_of_exact"] >= 0.98
            lines += [
                f"- {size:,}: p95 at most {bars[size]} ms: {_met(fast)}; recall@10 of exact at"
                f" least .98: {_met(exact)}"
            ]
        if size == 10_000:
            shown = run["evidence_p95_ms"] <= 100
            lines += [f"- Its evidence given out within 100 ms, p95: {_met(shown)}"]
        if size == 100_000:
            lines += [f"- Its ingest within 2,000 MB: {_met(run['ingest_peak_mb'] <= 2000)}"]
    return lines


def _changes(found: Figures) -> list[str]:
    lines = []
    if none := found.get("changes-none"):
        lines += [
            f"- No change among {none['files']:,.0f} files: {none['seconds']:.2f} s, "
            f"{none['texts_embedded']:.0f} texts embedded (bar: 3 s for 10,000):"
            f" {_met(none['seconds'] <= 3 and not none['texts_embedded'])}"
        ]
    if one := found.get("changes-one"):
        counts = ", ".join(map(str, one["texts_embedded"]))
        lines += [
            f"- A sentence added to one paragraph: {one['seconds']:.2f} s; texts embedded in each"
            f" of the runs: {counts} (the paragraph and the sentences in it that changed)"
        ]
    return ["## Later syncs", "", *lines] if lines else []


def _cold(found: Figures) -> list[str]:
    if not (cold := found.get("cold")):
        return []
    return [
        "## Cold start",
        "",
        f"- `pincite search` as a process of its own: {cold['seconds']:.2f} s, slowest"
        f" {cold['slowest']:.2f} s (bar: 2 s): {_met(cold['seconds'] <= 2)}",
    ]


def _answers(found: Figures) -> list[str]:
    names = {
        "answers-pincite": "Pincite",
        "answers-stock": "LlamaIndex stock, its chunks",
        "answers-stock-paragraphs": "LlamaIndex stock, Pincite's paragraphs",
    }
    runs = {
        label: found[name]
        for name, label in names.items()
        if name in found and "skipped" not in found[name]
    }
    if not runs:
        return []
    keys = {
        "evidence_ms": "evidence ms",
        "first_token_ms": "first token ms",
        "full_ms": "full answer ms",
        "prompt_tokens": "prompt tokens",
        "cached_tokens": "of them cached",
        "written_tokens": "written",
    }
    first = next(iter(runs.values()))
    return [
        f"## Answers, medians over {first['questions']:.0f} questions",
        "",
        "The same local model and files; stock is `RetrieverQueryEngine` as it comes. Pincite's"
        " prompt tokens are those of its two calls, the second of which reuses the beginning of the"
        " first.",
        "",
        *_table(["", *keys.values()], [[label, *_cells(run, keys)] for label, run in runs.items()]),
        *_begun(runs.get("Pincite")),
        *_sooner(runs.get("Pincite"), runs.get("LlamaIndex stock, its chunks")),
    ]


def _begun(ours: Mapping[str, Any] | None) -> list[str]:
    if ours is None or ours.get("first_token_n", ours["questions"]) == ours["questions"]:
        return []
    return [
        "",
        f"- Pincite's first token is that of the {ours['first_token_n']} answers for which the"
        " model was asked.",
    ]


def _sooner(ours: Mapping[str, Any] | None, stock: Mapping[str, Any] | None) -> list[str]:
    if ours is None or stock is None or "first_token_ms" not in ours:
        return []
    ratio = stock["first_token_ms"] / ours["first_token_ms"]
    return [
        "",
        f"- First token: {ratio:.1f} times sooner than the stock's (bar: 8): {_met(ratio >= 8)}",
    ]


def _cells(run: Mapping[str, Any], keys: Mapping[str, str]) -> Iterator[str]:
    return (f"{run[key]:,.6g}" if key in run else "–" for key in keys)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    rule = ["---", *("---:" for _ in head[1:])]
    return [f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)]


def _met(met: bool) -> str:
    return "met" if met else "**not met**"
