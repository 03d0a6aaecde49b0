"""A summary and a comparison as text for a terminal. Whoever calls it prints it."""

from collections.abc import Sequence

from eval.compare import Comparison, Delta
from eval.summary import TAG_KEYS, Figure, Summary

CORRECTION_NOTE = (
    "{tested} figures differ on enough items to show a change: p* is p after Holm's correction over"
    " these, and a verdict needs p* below 0.05. Detectable is the change that"
    " these items would show with 80 % power."
)

_NAMED = 5
_TESTS = ("p", "p*", "n", "detectable", "verdict")


def summary_table(summary: Summary) -> str:
    """The figures with their intervals, the counts, times and tags, as lines of text."""
    times = summary["latency_ms"]
    blocks = [
        ends_line(summary),
        columns(
            [("figure", "value", "95 % interval", "n", "kind", "detectable")]
            + [
                (
                    key,
                    number(figure["value"]),
                    _interval(figure),
                    str(figure["n"]),
                    figure["kind"],
                    number(figure["detectable"]),
                )
                for key, figure in summary["metrics"].items()
                if figure["n"]
            ]
        ),
        *_nothing_eligible(summary),
        columns(
            [("time, ms", "p50", "p90", "p95", "p99", "n")]
            + [
                (
                    name,
                    number(part["p50"], 0),
                    number(part["p90"], 0),
                    number(part["p95"], 0),
                    number(part["p99"], 0),
                    str(part["n"]),
                )
                for name, part in (
                    ("whole answer", times["total"]),
                    ("first token", times["first_token"]),
                )
            ]
        ),
    ]
    blocks += effort_lines(summary)
    keys = [key for key in TAG_KEYS if summary["metrics"][key]["n"]]
    if summary["by_tag"]:
        tags = [
            (tag, str(part["items"]), *(number(part["metrics"][key]["value"]) for key in keys))
            for tag, part in summary["by_tag"].items()
        ]
        blocks.append(columns([("tag", "items", *keys), *tags]))
    return "\n\n".join(blocks)


def ends_line(summary: Summary) -> str:
    """How many items there are and how they ended; of those only searched for, which failed."""
    counts = summary["counts"]
    # Whatever is answered or refused scores one of the two.
    searched = not any(summary["metrics"][k]["n"] for k in ("false_answers", "false_refusals"))
    answers = "" if searched else f"{counts['answered']} answered, {counts['refused']} refused, "
    return (
        f"{counts['items']} items ({counts['answerable']} answerable): {answers}"
        f"{counts['errors']} failed, {counts['missing']} without a result"
    )


def _nothing_eligible(summary: Summary) -> list[str]:
    empty = [key for key, figure in summary["metrics"].items() if not figure["n"]]
    return [f"no item eligible for: {', '.join(empty)}"] if empty else []


def effort_lines(summary: Summary) -> list[str]:
    """Tokens and cost, answers taken from the cache, and the judge, as far as there are any."""
    tokens, spent, judge = summary["tokens"], summary["cost"], summary["judge"]
    lines = []
    if tokens["total_prompt"]:
        lines.append(
            f"tokens: {tokens['total_prompt']} read, {tokens['total_completion']} written; "
            f"cost {spent['total']:g}, an item {spent['per_item'] or 0:g}"
        )
    if summary["counts"]["cached"]:
        lines.append(
            f"{summary['counts']['cached']} answers were taken from the cache and have no times"
        )
    if judge is not None:
        lines.append(
            printable(
                f"judge {judge['model']} (prompt {judge['prompt_version']}): right"
                f" {number(judge['value'])} [{number(judge['low'])}, {number(judge['high'])}]"
                f" n={judge['n']}, refused and failed items as wrong; agreement with correct:"
                f" kappa {number(judge['kappa'])} n={judge['kappa_n']};"
                f" {judge['errors']} not judged"
            )
        )
    return lines


def comparison_table(comparison: Comparison) -> str:
    """The comparison as text for a terminal."""
    lines = [f"A {comparison['a']}", f"B {comparison['b']}", f"{comparison['items']} items"]
    for name, missing in (("A", comparison["missing_a"]), ("B", comparison["missing_b"])):
        if missing:
            lines.append(
                f"{len(missing)} of them have no result in {name} and count as failed there"
            )
    if comparison["relabelled"]:
        lines.append(relabelled_line(comparison))
    settings = [
        (key, *(str(value) for value in values)) for key, values in comparison["settings"].items()
    ]
    unmoved = unmoved_figures(comparison)
    figures = [
        (
            key,
            number(delta["a"]),
            number(delta["b"]),
            number(delta["delta"]),
            f"[{number(delta['low'])}, {number(delta['high'])}]",
            _shown_p(delta["p"]),
            _shown_p(delta["p_adjusted"]),
            str(delta["n"]),
            number(delta["detectable"]),
            delta["verdict"],
        )
        for key, delta in moved_figures(comparison).items()
    ]
    flips = [
        printable(f"{flip['change']:6}  {flip['metric']:15}  {flip['id']}  {flip['question']}")
        for flip in comparison["flips"]
    ]
    blocks = ["\n".join(map(printable, lines))]
    if settings:
        blocks.append(columns([("setting", "A", "B"), *settings]))
    if figures:
        blocks.append(columns([("figure", "A", "B", "B - A", "95 % interval", *_TESTS), *figures]))
        blocks.append(CORRECTION_NOTE.format(tested=comparison["tested"]))
    if unmoved:
        blocks.append(f"as before: {', '.join(unmoved)}")
    blocks.append("\n".join(flips) if flips else "no item flipped")
    return "\n\n".join(blocks)


def moved_figures(comparison: Comparison) -> dict[str, Delta]:
    """The figures that some run has and that are not what they were."""
    every = comparison["metrics"].items()
    return {key: delta for key, delta in every if delta["n"] and not _is_same(delta)}


def unmoved_figures(comparison: Comparison) -> list[str]:
    """The keys of the other figures that some run has."""
    every = comparison["metrics"].items()
    return [key for key, delta in every if delta["n"] and _is_same(delta)]


def _is_same(delta: Delta) -> bool:
    """Whether a figure is what it was, not by changes that happen to cancel out."""
    return delta["delta"] == 0 and not delta["low"] and not delta["high"]


def relabelled_line(comparison: Comparison) -> str:
    """How many items the two runs cannot be compared on though both have them, and which."""
    named, more = comparison["relabelled"][:_NAMED], len(comparison["relabelled"]) - _NAMED
    rest = f" and {more} more" if more > 0 else ""
    return (
        f"{len(comparison['relabelled'])} more are left out, being asked or labelled otherwise"
        f" in B: {', '.join(named)}{rest}"
    )


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows of equal length as aligned text: the first column to the left, the others right."""
    clean = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*clean, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in clean
    )


def number(value: float | None, digits: int = 3) -> str:
    """A figure, or a dash for none."""
    return "–" if value is None else f"{value:.{digits}f}"


def printable(text: str) -> str:
    """The text on one line without control characters: gold files must not steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _interval(figure: Figure) -> str:
    if figure["low"] is None or figure["high"] is None:
        return "–"
    return f"[{number(figure['low'])}, {number(figure['high'])}]"


def _shown_p(p: float | None) -> str:
    return "<0.001" if p is not None and p < 0.001 else number(p)
