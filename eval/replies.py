"""What a model replied, kept across runs: after a change of anything else it is not asked again.

A rule that checks, quotes or refuses is then measured with the model in the time that quoting
takes. A model without a prompt cache replies to the same prompt alike each time, so the key is a
hash of the prompt and of what the model is (``eval.settings_record.model_record``).

An answer that was made with a kept reply has no times: ``taken`` tells which are.
"""

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from eval.kept_texts import KeptTexts
from rag.models.chat_model import ChatModel, Choice, Message, Piece

FILE = "replies.sqlite3"
MOST_KEPT = 100_000

_PIECES = TypeAdapter(list[Piece])
_CHOICE = TypeAdapter(Choice)
_Reply = TypeVar("_Reply")


class ReplyCache:
    """One file of replies. Safe to share between threads and processes."""

    def __init__(self, file: Path) -> None:
        self._kept = KeptTexts(file, "replies", MOST_KEPT)
        self._here = threading.local()

    def taken(self) -> int:
        """How many replies this thread has been given from the file."""
        return int(getattr(self._here, "taken", 0))

    def get(self, key: str, of: TypeAdapter[_Reply]) -> _Reply | None:
        """The reply kept under a key; None when there is none."""
        text = self._kept.get(key)
        if text is None:
            return None
        try:
            reply = of.validate_json(text)
        except ValueError as error:
            self._kept.give_up(error)
            return None
        self._here.taken = self.taken() + 1
        return reply

    def put(self, key: str, reply: object) -> None:
        """Keep a reply, given as what JSON is made of."""
        self._kept.put(key, json.dumps(reply, ensure_ascii=False))

    def close(self) -> None:
        """Close the file."""
        self._kept.close()


class KeepingModel:
    """A model whose whole replies are kept; implements ``rag.models.chat_model.ChatModel``.

    ``record`` is everything but the prompt that a reply depends on.
    """

    def __init__(self, model: ChatModel, record: Mapping[str, object], replies: ReplyCache) -> None:
        self._model = model
        self._record = dict(record)
        self._replies = replies

    @property
    def name(self) -> str:
        return self._model.name

    def stream(self, messages: Sequence[Message], *, max_tokens: int) -> Iterator[Piece]:
        key = self._key(messages, max_tokens)
        kept = self._replies.get(key, _PIECES)
        if kept is not None:
            yield from kept
            return
        pieces = []
        for piece in self._model.stream(messages, max_tokens=max_tokens):
            pieces.append(piece)
            yield piece
        # Not one that was closed before its end, nor one that broke off.
        self._replies.put(key, [asdict(piece) for piece in pieces])

    def choose(self, messages: Sequence[Message], *, continues: bool = False) -> Choice:
        key = self._key(messages, "choose")
        kept = self._replies.get(key, _CHOICE)
        if kept is None:
            kept = self._model.choose(messages, continues=continues)
            if kept.yes is not None:
                self._replies.put(key, asdict(kept))
        return kept

    def _key(self, messages: Sequence[Message], wanted: int | str) -> str:
        parts = [self._record, wanted, *messages]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
