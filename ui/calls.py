"""What a page's script may ask of the server: named actions with checked arguments.

The script calls one function of the server and gets ``{"ok": ...}`` or ``{"error": "message"}``:
nothing it sends can raise, and nothing but the named actions can be reached.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ConfigDict, ValidationError, validate_call
from pydantic_core import to_jsonable_python

from index.errors import PinciteError
from ui.messages import told
from ui.render import printable
from ui.words import phrase, t

log = logging.getLogger(__name__)

OUT_OF_STEP = phrase("This page is not the one the server expects: load it again.")
UNEXPECTED = phrase("Something went wrong. The details are in the log of the server.")


class Calls:
    """The actions of one page; arguments are checked against their type hints."""

    def __init__(self, **actions: Callable[..., Any]) -> None:
        strict = validate_call(config=ConfigDict(strict=True))
        self._actions: dict[str, Callable[..., Any]] = {n: strict(a) for n, a in actions.items()}

    def call(self, request: object) -> dict[str, Any]:
        """Do what ``{"do": name, argument: value, ...}`` asks for."""
        match request:
            case {"do": str(name), **arguments} if name in self._actions:
                return self._done(name, {str(key): value for key, value in arguments.items()})
            case _:
                return {"error": t(OUT_OF_STEP)}

    def _done(self, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        try:
            result = self._actions[name](**arguments)
        except PinciteError as error:
            return {"error": printable(told(str(error)))}
        except ValidationError as error:
            # Their names and what is wrong with them; not what was asked or written.
            wrong = [(*fault["loc"], fault["type"]) for fault in error.errors()]
            log.warning("%s was asked for with wrong arguments: %s", name, wrong)
            return {"error": t(OUT_OF_STEP)}
        except Exception:  # whatever goes wrong, the page stays usable
            log.exception("%s failed", name)
            return {"error": t(UNEXPECTED)}
        return {"ok": to_jsonable_python(result)}
