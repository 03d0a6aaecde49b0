"""``ask``: one question, one answer with its citations."""

import textwrap
from pathlib import Path

import typer
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from index.errors import UsageError
from rag.types import Answer, Finished, Role, Status, Turn
from ui.cli.filters import AFTER, BEFORE, PATH
from ui.cli.output import JSON, note, print_json, say, settings
from ui.cli.shown import name, one_line

REFUSED = 3


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid")
    role: Role
    content: str


def register(app: typer.Typer) -> None:
    app.command()(ask)


def ask(
    question: str,
    history: Path | None = typer.Option(
        None, "--history", help='Earlier messages: [{"role": "user", "content": "..."}, ...]'
    ),
    extractive: bool = typer.Option(False, "--extractive", help="Quote, ask no model."),
    path: list[str] = PATH,
    after: str = AFTER,
    before: str = BEFORE,
    as_json: bool = JSON,
) -> None:
    """Answer a question from the documents."""
    from index.filters import Filter
    from rag.build import build_engine
    from rag.build_readers import search_problems
    from rag.question import check_question
    from rag.serialise import answer_to_dict

    check_question(question)
    where = Filter(tuple(path), after, before)
    turns = read_history(history) if history else ()
    chosen = settings(llm="none") if extractive else settings()
    engine = build_engine(chosen, one_shot=True)
    try:
        # That there is no model is no news to who asks for none.
        if notice := search_problems(chosen) if extractive else engine.notice:
            note(notice)
        for event in engine.stream(question, turns, extractive=extractive, where=where):
            if isinstance(event, Finished):
                answer = event.answer
    finally:
        engine.close()
    if as_json:
        print_json(answer_to_dict(answer))
    else:
        say(as_text(answer))
    if answer.status is not Status.ANSWERED:
        raise typer.Exit(REFUSED if answer.status is Status.REFUSED else 1)


def read_history(file: Path) -> tuple[Turn, ...]:
    """The earlier messages; raises ``UsageError`` naming the file and what is wrong in it."""
    try:
        messages = TypeAdapter(list[_Message]).validate_json(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = "".join(f"[{part}]" for part in first["loc"])
        raise UsageError(f"{file}{place}: {first['msg']}") from None
    return tuple(Turn(message.role, message.content) for message in messages)


def as_text(answer: Answer) -> str:
    """The answer and under it each citation with its place and its quoted words."""
    lines = [textwrap.fill(answer.text, 90)]
    if answer.standalone_question != answer.question:
        lines.insert(0, f"(searched for: {answer.standalone_question})")
    for citation in answer.citations:
        where = f"{name(citation.paragraph.path)}, paragraph {citation.paragraph.ordinal}"
        lines.append(f"\n[{citation.number}] {where}\n    “{one_line(citation.quote)}”")
    if answer.status is Status.REFUSED and answer.retrieved and not answer.citations:
        lines.append("\nNearest:")
        lines += [
            f"  {name(h.paragraph.path)}, paragraph {h.paragraph.ordinal}: "
            f"{one_line(h.paragraph.sentences[h.best_sentence].text)}"
            for h in answer.retrieved[:3]
        ]
    if answer.notice:
        lines.append(f"\n{answer.notice}")
    return "\n".join(lines)
