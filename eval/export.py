"""A run in the formats other programs read. Each takes a run's data and returns a file's text."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote
from xml.etree import ElementTree

from eval.misses import count_reasons, find_misses, short
from eval.normalise import without_marks
from eval.report import render_report
from eval.rundir import RunData, to_json
from eval.summary import TAG_KEYS, Figure, summarise
from eval.table import ends_line

_MOST_ROWS = 500
_CELL_CHARACTERS = 150
"""Half of what is shown of a question or answer. CI servers take summaries of up to 1 MB."""

_NOT_IN_TOKENS = re.compile(r"[%\s]")
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def html(data: RunData) -> str:
    """The report as a page."""
    return render_report(data, summarise(data))


def as_json(data: RunData) -> str:
    """The record, the figures, and every miss with its reasons."""
    misses = [
        {"id": miss.id, "question": miss.question, "reasons": list(miss.reasons)}
        for miss in find_misses(data.items, data.results)
    ]
    return to_json({"run": dict(data.run), "summary": summarise(data), "misses": misses})


def markdown(data: RunData) -> str:
    """The figures, the tags and the misses as Markdown, for a merge request or a log."""
    return "\n".join(_markdown(data)) + "\n"


def junit(data: RunData) -> str:
    """JUnit XML: a test case an item; one that was missed is a failure, one that failed an error.

    The format of Ant's JUnit task as CI servers read it.
    """
    reasons = {miss.id: miss.reasons for miss in find_misses(data.items, data.results)}
    results = {result["id"]: result for result in data.results}
    suite = ElementTree.Element("testsuite", name=_xml(f"pincite eval {_gold_name(data)}"))
    failures = errors = 0
    for gold in data.items:
        result = results.get(gold.item.id)
        seconds = result["timings_ms"]["total"] / 1000 if result else 0.0
        case = ElementTree.SubElement(
            suite,
            "testcase",
            classname=_xml(_gold_name(data)),
            name=_xml(f"{gold.item.id}: {gold.item.question}"),
            time=f"{seconds:.3f}",
        )
        if result is None or result["status"] == "error":
            errors += 1
            message = "without a result" if result is None else result["error"] or "failed"
            ElementTree.SubElement(case, "error", message=_xml(message))
        elif gold.item.id in reasons:
            failures += 1
            message = "; ".join(reasons[gold.item.id])
            failure = ElementTree.SubElement(case, "failure", message=_xml(message))
            accepted = " | ".join(gold.item.answers) or "none: it should be refused"
            failure.text = _xml(f"accepted: {accepted}\nanswer: {result['answer']}")
    counts = {"tests": len(data.items), "failures": failures, "errors": errors, "skipped": 0}
    for name, count in counts.items():
        suite.set(name, str(count))
    ElementTree.indent(suite)
    text = ElementTree.tostring(suite, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def trec(data: RunData) -> str:
    """A run file of trec_eval: query id, Q0, paragraph id, rank, score, tag.

    Ids are as ``urllib.parse.unquote`` gives them back: a blank is ``%20``, a percent sign ``%25``.
    trec_eval orders by score alone, ties by the later id: a
    score that is not below the one before is lowered until it is, so that the ranks hold.
    """
    lines = []
    for result in data.results:
        before = float("inf")
        for hit in result["retrieved"]:
            score = min(hit["score"], before - 1e-6)
            before = score
            ids = f"{_token(result['id'])} Q0 {_token(hit['paragraph_id'])}"
            lines.append(f"{ids} {hit['rank']} {score:.6f} pincite\n")
    return "".join(lines)


def qrels(data: RunData) -> str:
    """The judgements beside a run file, their ids spelt alike: query id, 0, paragraph id, 1."""
    lines = []
    for gold in data.items:
        relevant = sorted(frozenset[str]().union(*gold.quote_paragraphs))
        lines += [f"{_token(gold.item.id)} 0 {_token(id_)} 1\n" for id_ in relevant]
    return "".join(lines)


def ragas(data: RunData) -> str:
    """One JSON object a line with the field names of a RAGAS SingleTurnSample."""
    items = {gold.item.id: gold for gold in data.items}
    lines = []
    for result in data.results:
        gold = items[result["id"]]
        sample = {
            "user_input": result["question"],
            "retrieved_contexts": [hit["text"] for hit in result["retrieved"]],
            "retrieved_context_ids": [hit["paragraph_id"] for hit in result["retrieved"]],
            "response": without_marks(result["answer"]),
            "reference": gold.item.answers[0] if gold.item.answers else "",
            "reference_contexts": [paragraph.text for paragraph in gold.paragraphs],
            "reference_context_ids": [paragraph.id for paragraph in gold.paragraphs],
        }
        lines.append(json.dumps(sample, ensure_ascii=False) + "\n")
    return "".join(lines)


FORMATS: Mapping[str, Callable[[RunData], str]] = {
    "html": html,
    "md": markdown,
    "json": as_json,
    "junit": junit,
    "trec": trec,
    "qrels": qrels,
    "ragas": ragas,
}


def _markdown(data: RunData) -> Iterator[str]:
    summary = summarise(data)
    yield f"# Evaluation of {_cell(_gold_name(data))}"
    yield ""
    yield f"{ends_line(summary)}. Model: {_cell(str(data.run.get('model')))}."
    yield ""
    yield "| figure | value | 95 % interval | n |"
    yield "|---|---|---|---|"
    for key, figure in summary["metrics"].items():
        if figure["n"]:
            yield f"| {key} | {_shown(figure['value'])} | {_interval(figure)} | {figure['n']} |"
    keys = [key for key in TAG_KEYS if summary["metrics"][key]["n"]]
    if summary["by_tag"]:
        yield ""
        yield f"| tag | items | {' | '.join(keys)} |"
        yield f"|---|---|{'---|' * len(keys)}"
        for tag, part in summary["by_tag"].items():
            figures = [part["metrics"][key] for key in keys]
            values = " | ".join(f"{_shown(f['value'])} {_interval(f)}".strip() for f in figures)
            yield f"| {_cell(tag)} | {part['items']} | {values} |"
    misses = find_misses(data.items, data.results)
    yield ""
    yield f"## Misses ({len(misses)})"
    yield ""
    if misses:
        yield from (f"- {count} × {reason}" for reason, count in count_reasons(misses))
        yield ""
    if len(misses) > _MOST_ROWS:
        yield f"The first {_MOST_ROWS}; all are in results.jsonl."
        yield ""
    if misses:
        yield "| id | question | answer | why |"
        yield "|---|---|---|---|"
    for miss in (short(each, _CELL_CHARACTERS) for each in misses[:_MOST_ROWS]):
        cells = (miss.id, miss.question, miss.answer, "; ".join(miss.reasons))
        yield f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    """Text that Markdown shows as it is, on one line of a table."""
    line = " ".join(text.split())
    return re.sub(r"([\\`*_{}\[\]<>()#|!~&])", r"\\\1", line)


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _interval(figure: Figure) -> str:
    if figure["low"] is None or figure["high"] is None:
        return "–"
    return f"{figure['low']:.3f} to {figure['high']:.3f}"


def _gold_name(data: RunData) -> str:
    gold = data.run.get("gold")
    return str(gold["name"]) if isinstance(gold, Mapping) else "gold"


def _token(id_: str) -> str:
    """An id without blanks, which part the columns; no two become the same."""
    return _NOT_IN_TOKENS.sub(lambda found: quote(found[0], safe=""), id_)


def _xml(text: str) -> str:
    """The text without the characters XML cannot hold."""
    return _NOT_XML.sub("�", text)
