"""A conversation as Markdown, as HTML and as JSON, each with the quoted sources of every answer."""

import json
import re
from collections.abc import Callable, Sequence

from rag.serialise import answer_to_dict
from ui.conversation import Conversation
from ui.render import inert
from ui.session import ChatTurn
from ui.transcript import turn_view
from ui.views import TurnView
from ui.words import language, t

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|!~$&])")
# What a line may begin with that is no text: the number or the sign of a list, a rule.
_LINE_START = re.compile(r"^(?:(\d{1,9})([.)])(?=\s|$)|([-+=]))")
_STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;margin:2rem auto;max-width:46rem;padding:0 1rem;"
    "overflow-wrap:anywhere}h2{font-size:1.1rem;margin-top:2.5rem}li{margin-bottom:.6rem}"
    "small{color:#5a626e}p{white-space:pre-wrap}"
)


def as_json(conversation: Conversation) -> str:
    """All there is of each turn; answers as ``ask --json`` prints them."""
    turns = [_turn_value(turn) for turn in conversation.turns]
    value = {"name": conversation.name, "turns": turns}
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def as_markdown(conversation: Conversation) -> str:
    """Questions as headings, then the answer, its numbered quotations and what is told of it."""
    parts = [f"# {_escaped(conversation.name)}\n"]
    for turn in _views(conversation):
        parts.append(f"## {_escaped(turn.question)}\n")
        parts += [f"{_escaped(line)}\n" for line in _asked(turn)]
        parts += [f"{mark}{_escaped(line)}\n" for mark, line in _said(turn)]
        for source in turn.sources:
            where = f"{source.name}, {source.place}"
            parts.append(f"{source.number}. {_escaped(where)}: “{_escaped(source.quote)}”\n")
        parts += [f"\n{_escaped(note)}\n" for note in turn.notes]
        if turn.meta:
            parts.append(f"\n_{_escaped(turn.meta)}_\n")
    return "\n".join(parts)


def as_html(conversation: Conversation) -> str:
    """One page that needs nothing else."""
    body = "".join(_html(turn) for turn in _views(conversation))
    return (
        f'<!doctype html><html lang="{language()}"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src 'unsafe-inline'\"><title>{inert(conversation.name)}</title>"
        f"<style>{_STYLE}</style></head><body><h1>{inert(conversation.name)}</h1>{body}"
        "</body></html>\n"
    )


EXPORTS: dict[str, Callable[[Conversation], str]] = {
    "md": as_markdown,
    "html": as_html,
    "json": as_json,
}


def _said(turn: TurnView) -> list[tuple[str, str]]:
    """The lines of the answer with its marks and verdicts, each item of a list on one of its own.

    Before each what marks it as an item, where it has no number.
    """
    lines: list[tuple[str, str]] = []
    run_on = False
    for s in turn.sentences:
        marks = "".join(f"[{m.number}]" for m in s.marks)
        text = s.text + marks + (f" ({s.label})" if s.label else "")
        if run_on and not s.item:
            lines[-1] = ("", f"{lines[-1][1]} {text}")
        else:
            lines.append(("- " if s.item and not s.numbered else "", text))
        run_on = not s.item
    return lines or [("", turn.text)]


def _asked(turn: TurnView) -> list[str]:
    """Where a question was asked and as what it was understood, where there is more than itself."""
    scope = [t("Only in: {scope}", scope=", ".join(turn.scope))] if turn.scope else []
    searched = [f"{t('Searched for:')} {turn.searched}"] if turn.searched else []
    return [*scope, *searched]


def _views(conversation: Conversation) -> list[TurnView]:
    return [turn_view(turn, conversation.id) for turn in conversation.turns]


def _html(turn: TurnView) -> str:
    sources = "".join(
        f'<li value="{s.number}">{inert(f"{s.name}, {s.place}")}: <q>{inert(s.quote)}</q></li>'
        for s in turn.sources
    )
    listed = f"<ol>{sources}</ol>" if sources else ""
    said = "\n".join(f"{mark}{line}" for mark, line in _said(turn))
    return (
        f"<h2>{inert(turn.question)}</h2>{_lines(_asked(turn))}<p>{inert(said)}</p>{listed}"
        f"{_lines(turn.notes)}<small>{inert(turn.meta)}</small>"
    )


def _lines(lines: Sequence[str]) -> str:
    return "".join(f"<p><small>{inert(line)}</small></p>" for line in lines)


def _turn_value(turn: ChatTurn) -> dict[str, object]:
    return {
        "question": turn.question,
        "only_in": list(turn.scope.labels()),
        "stage": turn.stage.value,
        "draft": turn.draft if turn.answer is None else "",
        "answer": answer_to_dict(turn.answer) if turn.answer else None,
        "notice": turn.answer.notice if turn.answer else "",
        "error": turn.failure or None,
    }


def _escaped(text: str) -> str:
    """``text`` as Markdown that shows exactly it, on one line."""
    line = _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
    return _LINE_START.sub(r"\1\\\2\3", line)
