"""Which optional keys of the OpenAI API a server takes: learned from what it refuses.

Every server speaks a little differently: some know no ``seed``, no ``stream_options`` or no
log-probabilities, and newer hosted models want ``max_completion_tokens``. A refused request is sent
again without what was refused, and what then worked is remembered.
"""

from collections.abc import Mapping
from typing import Any

REFUSALS = frozenset([400, 422, 501])
LOGPROBS = ("logprobs", "top_logprobs")
_EXTRAS = ("stream_options", "seed", "temperature")
_LENGTH, _NEW_LENGTH = "max_tokens", "max_completion_tokens"

Keys = dict[str, Any]


class Dialect:
    """What one server was found to refuse. Threads may share it: it only ever grows."""

    def __init__(self) -> None:
        self._refused: set[str] = set()

    def spoken(self, keys: Mapping[str, Any]) -> Keys:
        """``keys`` without those known to be refused."""
        asked = _renamed(keys) if _LENGTH in self._refused else keys
        return {key: value for key, value in asked.items() if key not in self._refused}

    def refuses(self, key: str) -> bool:
        """Is it known that the server does not take ``key``?"""
        return key in self._refused

    def worked(self, wanted: Mapping[str, Any], sent: Mapping[str, Any]) -> None:
        """Remember that the server took ``sent`` where ``wanted`` was refused."""
        self._refused |= set(wanted) - set(sent)

    def refuse(self, *keys: str) -> None:
        """Remember keys that are taken but do nothing."""
        self._refused |= set(keys)


def fewer(sent: Mapping[str, Any], status: int, said: str) -> Keys | None:
    """What to send after a refusal: without what it names, else without log-probabilities, else
    without every optional key. None when nothing is left that could be left out."""
    if status not in REFUSALS:
        return None
    if _LENGTH in sent and _NEW_LENGTH in said:
        return _renamed(sent)
    named = {key for key in (*LOGPROBS, *_EXTRAS) if key in sent and key in said}
    if named & set(LOGPROBS):
        named |= set(LOGPROBS)
    for group in (named, LOGPROBS, _EXTRAS):
        if left_out := set(group) & set(sent):
            return {key: value for key, value in sent.items() if key not in left_out}
    return None


def _renamed(keys: Mapping[str, Any]) -> Keys:
    others = {key: value for key, value in keys.items() if key != _LENGTH}
    return others | {_NEW_LENGTH: keys[_LENGTH]} if _LENGTH in keys else others
