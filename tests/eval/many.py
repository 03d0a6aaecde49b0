"""A larger corpus with its gold set, for what only shows on enough items."""

from collections.abc import Callable
from pathlib import Path

from eval.gold.items import GoldSet
from eval.gold.load import load_gold
from rag.types import Answer
from tests.eval.fakes import (
    ScriptedEngine,
    answered,
    corpus_of,
    refused,
    split,
    write_lines,
)

FILE = "towns.txt"


def text_of(count: int) -> dict[str, str]:
    """One document of ``count`` paragraphs, each about another town."""
    paragraphs = [
        f"The town of Alder{n} was founded in {1100 + n} beside the river Tam{n}, and its market"
        f" is held on the square named after mayor Renfield{n}."
        for n in range(count)
    ]
    return {FILE: "\n\n".join(paragraphs)}


def many_gold(folder: Path, answerable: int, unanswerable: int) -> GoldSet:
    """Items with the ids t0, t1, ... and u0, u1, ..."""
    lines: list[dict[str, object]] = [
        {
            "id": f"t{n}",
            "question": f"When was Alder{n} founded?",
            "answers": [str(1100 + n)],
            "evidence": [{"path": FILE, "quote": f"Alder{n} was founded in {1100 + n}"}],
            "answerable": True,
            "tags": ["even" if n % 2 == 0 else "odd"],
        }
        for n in range(answerable)
    ]
    lines += [
        {
            "id": f"u{n}",
            "question": f"Who sank ship {n}?",
            "answers": [],
            "evidence": [],
            "answerable": False,
        }
        for n in range(unanswerable)
    ]
    path = write_lines(folder / "many.jsonl", lines)
    return load_gold(path, corpus_of(text_of(answerable)))


def many_engine(count: int, script: Callable[[str], Answer] | None = None) -> ScriptedEngine:
    """An engine over ``text_of(count)``, which mostly answers rightly unless a script says else."""
    return ScriptedEngine(script or mostly_right(count), text_of(count))


def mostly_right(count: int) -> Callable[[str], Answer]:
    """Right, but for every ninth item: wrong answers, wrong refusals, wrong citations."""
    parts = split(FILE, text_of(count)[FILE])

    def script(question: str) -> Answer:
        number = int("".join(filter(str.isdigit, question)))
        if "sank" in question:
            if number % 9 == 4:
                return answered(question, "A storm.", [(parts[0], "market")], confidence=0.6)
            return refused(question, retrieved=parts[:3], confidence=0.2)
        around = [parts[(number + step) % count] for step in range(5)]
        if number % 9 == 4:
            return refused(question, retrieved=around, confidence=0.4)
        if number % 9 == 7:
            return answered(question, "Long ago.", [(parts[number], "square")], retrieved=around)
        return answered(
            question,
            f"In {1100 + number}.",
            [(parts[number], f"founded in {1100 + number}")],
            retrieved=around,
        )

    return script
