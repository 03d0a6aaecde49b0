"""What the browser asks for by name -> the step of the chat it means.

An action comes from the page's scripts, hence from anywhere: each value is read by its type, and
what it names is looked up among what belongs to the tab's owner.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import replace

from ui.chat import Chat, Screen
from ui.scope import scope_of
from ui.session import NOTHING_SEEN, Tab
from ui.sources import act as open_source
from ui.views import View

CHANGES = ("retry", "edit", "delete")
"""What takes turns out: only those that the page shows, so that nobody is surprised by it."""


def act(chat: Chat, tab: Tab, owner: str, action: Mapping[str, object]) -> Screen:
    """The screen an action leads to; an empty one when there is no such action."""
    name, turn, id_ = (_text(action, key) for key in ("name", "turn", "conversation"))
    if name == "open" or not tab.owner:
        # A tab that the server has forgotten (it was started anew) opens its conversation first.
        if not tab.owner:
            _take_filters(tab, action)
        opened = chat.open(tab, owner, id_)
        if name == "open":
            view = _named_in_address(chat, tab, action) or opened.view
            return replace(opened, box=_text(action, "ask") or opened.box, view=view)
    if name in CHANGES and not chat.shows_all(tab, _texts(action, "shown")):
        return chat.brought_up_to_date(tab)
    match name:
        case "send" | "ask":
            _take_filters(tab, action)
            begun = chat.begin(tab, _text(action, "question"))
            # One that is offered is asked without the box, whose words stay.
            return begun if name == "send" else replace(begun, box=None)
        case "retry":
            return chat.retry(tab)
        case "edit":
            return chat.edit(tab, turn, _text(action, "question"))
        case "delete":
            return chat.delete(tab, turn)
        case "earlier":
            return chat.earlier(tab)
        case "follow":
            # The page has heard nothing for a while: what was sent last may have been lost.
            tab.seen = NOTHING_SEEN
            return Screen()
        case "find":
            return chat.find(tab, _text(action, "words"))
        case "rename":
            return chat.rename(tab, id_, _text(action, "words"))
        case "remove":
            return chat.remove(tab, id_)
        case "scope":
            return chat.narrow(tab, scope_of(action))
        case _:
            return _look(chat, tab, action)


def _named_in_address(chat: Chat, tab: Tab, action: Mapping[str, object]) -> View | None:
    """The paragraph or document that the address of the page names; None where it names neither."""
    if paragraph := _text(action, "paragraph"):
        return open_source(chat.engine, tab, {"name": "paragraph", "paragraph": paragraph})
    if document := _text(action, "document"):
        return open_source(chat.engine, tab, {"name": "file", "document": document})
    return None


def _look(chat: Chat, tab: Tab, action: Mapping[str, object]) -> Screen:
    """What the panel shows next; nothing where something was pressed after it.

    Of two presses in quick succession either may be served first, and be done first.
    """
    pressed = action.get("pressed")
    number = pressed if isinstance(pressed, int) else tab.pressed
    if number < tab.pressed:
        return Screen()
    tab.pressed = number
    looking = copy(tab)
    view = open_source(chat.engine, looking, action)
    if tab.pressed != number or tab.conversation is not looking.conversation:
        return Screen()
    tab.viewing, tab.listing = looking.viewing, looking.listing
    tab.shows_pages = looking.shows_pages
    return Screen(view=view)


def _take_filters(tab: Tab, action: Mapping[str, object]) -> None:
    """The filters that the page shows: it keeps them, and changes of them may be on their way."""
    kept = action.get("filters")
    if isinstance(kept, Mapping):
        tab.scope = scope_of(kept)


def _text(action: Mapping[str, object], key: str) -> str:
    value = action.get(key)
    return value if isinstance(value, str) else ""


def _texts(action: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = action.get(key)
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()
