"""Conversations on disk: one SQLite file in the state directory, readable by its user alone.

Each conversation belongs to an owner, the hash of a browser's cookie, and is given to no other.
"""

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from index.errors import PinciteError
from ui.conversation import Conversation, number
from ui.session import ChatTurn, Stage

FOLDER = "chat"
FILE = "conversations.sqlite3"
LISTED = 200
_TURN: TypeAdapter[ChatTurn] = TypeAdapter(ChatTurn)
Rows = list[tuple[Any, ...]]
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, asked INTEGER NOT NULL,
    updated REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS conversations_of_owner ON conversations (owner, updated);
CREATE TABLE IF NOT EXISTS turns (
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    place INTEGER NOT NULL, id TEXT NOT NULL, words TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (conversation, id)
);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A conversation in a list; ``updated`` is in seconds since 1970."""

    id: str
    name: str
    updated: float
    turns: int


class Archive:
    """Saves, lists, finds and deletes conversations. Safe to use from any thread.

    Raises ``PinciteError`` when its file cannot be used.
    """

    def __init__(self, state: Path) -> None:
        file = state / FOLDER / FILE
        self._lock = threading.Lock()
        try:
            self._connection = _opened(file)
        except (OSError, sqlite3.Error) as error:
            reason = getattr(error, "strerror", None) or error
            raise PinciteError(
                f"{file} cannot be used ({reason}): see to your rights to it and the disk's space,"
                " or move it away and start again without the conversations in it"
            ) from error

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def save(self, conversation: Conversation) -> None:
        """Write what changed of a conversation; turns that it had and has no more are deleted.

        Those that it never had, of another version or another program, stay. A question that is
        still being answered is written as stopped, which is what it will be if this program ends
        before the answer does. What it may yet give way to stays until then.
        """
        with self._writing() as sql:
            turns = conversation.kept
            if not turns and not conversation.name:
                return
            changed = [turn for turn in turns if turn.id in conversation.unsaved]
            sql.execute(
                "INSERT INTO conversations VALUES (?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET"
                " name = excluded.name, asked = excluded.asked, updated = excluded.updated",
                (
                    conversation.id,
                    conversation.owner,
                    conversation.name,
                    conversation.asked,
                    time.time(),
                ),
            )
            sql.execute(
                "DELETE FROM turns WHERE conversation = ? AND id IN"
                " (SELECT value FROM json_each(?))",
                (conversation.id, json.dumps(conversation.gone)),
            )
            sql.executemany(
                "INSERT OR REPLACE INTO turns VALUES (?,?,?,?,?)",
                [_row(conversation.id, turn) for turn in changed],
            )
        conversation.saved(changed)

    def load(self, owner: str, id_: str) -> Conversation | None:
        """The owner's conversation of that id; turns that cannot be read any more are left out."""
        heads = self._rows(
            "SELECT name, asked FROM conversations WHERE id = ? AND owner = ?", id_, owner
        )
        if not heads:
            return None
        rows = self._rows("SELECT value FROM turns WHERE conversation = ? ORDER BY place", id_)
        turns = [turn for (value,) in rows if (turn := _turn(value))]
        [(name, asked)] = heads
        return Conversation(id_, owner, name, turns, asked)

    def list(self, owner: str, words: str = "") -> tuple[Entry, ...]:
        """The owner's conversations, newest first; with ``words``, those that contain them."""
        rows = self._rows(
            "SELECT c.id, c.name, c.updated, (SELECT count(*) FROM turns t"
            " WHERE t.conversation = c.id) FROM conversations c WHERE c.owner = ?1"
            " AND (?2 = '' OR instr(folded(c.name), ?2) OR EXISTS (SELECT 1 FROM turns t"
            " WHERE t.conversation = c.id AND instr(folded(t.words), ?2)))"
            " ORDER BY c.updated DESC LIMIT ?3",
            owner,
            words.casefold(),
            LISTED,
        )
        return tuple(Entry(*row) for row in rows)

    def delete(self, owner: str, id_: str) -> None:
        """Delete the owner's conversation of that id, if there is one."""
        with self._writing() as sql:
            sql.execute("DELETE FROM conversations WHERE id = ? AND owner = ?", (id_, owner))

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _rows(self, statement: str, *values: object) -> Rows:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()


def _opened(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.parent.chmod(0o700)
    file.touch(mode=0o600)
    connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
    try:
        # SQLite's own lower() knows the letters of ASCII only.
        connection.create_function("folded", 1, str.casefold, deterministic=True)
        connection.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
            + _SCHEMA
        )
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _row(conversation_id: str, turn: ChatTurn) -> tuple[Any, ...]:
    kept = turn if turn.over else replace(turn, stage=Stage.STOPPED)
    value = _TURN.dump_json(kept).decode()
    return (conversation_id, number(kept), kept.id, _words(kept), value)


def _words(turn: ChatTurn) -> str:
    return f"{turn.question}\n{turn.answer.text if turn.answer else turn.draft}"


def _turn(value: object) -> ChatTurn | None:
    try:
        return _TURN.validate_json(str(value))
    except ValidationError:
        return None  # Written by another version of the program.
