"""A run of 600 items, every one of them missed, with long paragraphs and hostile text."""

from pathlib import Path

from eval.gold.load import load_gold
from eval.plan import plan_run
from eval.run import run
from rag.types import Answer
from tests.eval.fakes import ScriptedEngine, answered, corpus_of, split, write_lines

COUNT = 600
NASTY = "<script>document.title='owned'</script><img src=//host.invalid/x onerror=alert(1)>"
# As long as paragraphs get, and three bytes a character, so that the page must show less of them.
PADDING = "Wörter über Brücken, 橋について。" * 60
TEXTS = {"long.txt": "\n\n".join(f"Fact {n} is told. {NASTY} {PADDING}" for n in range(COUNT))}
PARTS = split("long.txt", TEXTS["long.txt"])


def all_wrong(question: str) -> Answer:
    number = int("".join(filter(str.isdigit, question.split("<")[0])))
    cited = [(PARTS[(number + step) % COUNT], PADDING[:300]) for step in range(1, 5)]
    return answered(question, f"{NASTY} {PADDING}", cited)


def long_run(folder: Path) -> Path:
    """The run's folder."""
    lines = [
        {
            "id": f"i{n}",
            "question": f"What is fact {n}? {NASTY}",
            "answers": [f"answer {n}"],
            "evidence": [{"path": "long.txt", "quote": f"Fact {n} is told."}],
            "answerable": True,
            "tags": [f"tag {n % 12}"],
        }
        for n in range(COUNT)
    ]
    gold = load_gold(write_lines(folder / "gold.jsonl", lines), corpus_of(TEXTS))
    run(plan_run(gold, {}), ScriptedEngine(all_wrong, TEXTS), folder / "out")
    return folder / "out"
