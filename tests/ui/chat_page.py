"""The page as a test sees it: what a user can do and read, and what must never happen."""

import re
from typing import Any
from urllib.parse import urlsplit

# Only a failure takes so long: a busy machine must not be one.
PATIENCE_MS = 30_000


class Complaints:
    """Notes everything that must not happen on a page, from now on."""

    def __init__(self, page: Any, address: str) -> None:
        self._page = page
        self._host = urlsplit(address).netloc
        self._noted: list[str] = []
        self._listening = {
            "request": self._on_request,
            "pageerror": self._on_error,
            "console": self._on_console,
            "dialog": self._on_dialog,
        }
        for event, heard in self._listening.items():
            page.on(event, heard)

    def _on_request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self._host:
            self._noted.append(f"asked another host: {request.url}")

    def _on_error(self, error: Any) -> None:
        self._noted.append(f"raised: {error}")

    def _on_console(self, message: Any) -> None:
        # Gradio logs the connection that a page cuts by being left.
        left = "AbortError" in message.text or "errored out" in message.text
        if message.type == "error" and not left:
            self._noted.append(f"console: {message.text}")

    def _on_dialog(self, dialog: Any) -> None:
        self._noted.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def all(self) -> list[str]:
        """Everything noted, and whether an attack ran."""
        pwned = self._page.evaluate("window.pwned")
        return [*self._noted, *([f"attack {pwned} ran"] if pwned is not None else [])]

    def end(self) -> None:
        """Note nothing more."""
        for event, heard in self._listening.items():
            self._page.remove_listener(event, heard)

    def forgive(self, words: str) -> None:
        """Drop what contains ``words``: it was the point of the test."""
        self._noted = [c for c in self._noted if words not in c]


class ChatPage:
    """The Chat page, open."""

    def __init__(self, page: Any, address: str, path: str = "") -> None:
        self.page = page
        self.address = address
        self._complaints = Complaints(page, address)
        page.set_default_timeout(PATIENCE_MS)
        page.goto(address + path)
        self.wait_until_open()

    def wait_until_open(self) -> None:
        """Wait until the page shows its conversation."""
        self.box.wait_for()
        self.page.locator(".pc-transcript > *").first.wait_for()
        self.page.locator(".pc-panel > *").first.wait_for(state="attached")

    def complaints(self) -> list[str]:
        """Everything that must not have happened."""
        return self._complaints.all()

    def end(self) -> None:
        """Note no complaint any more: the tab is left."""
        self._complaints.end()

    def forgive(self, words: str) -> None:
        """Drop the complaints that contain ``words``; they were the point of the test."""
        self._complaints.forgive(words)

    def forgive_lost_connections(self) -> None:
        """Drop what the browser and Gradio log of a server that cannot be reached."""
        for words in ("net::ERR_", "Failed to fetch", "network error"):
            self._complaints.forgive(words)

    @property
    def box(self) -> Any:
        """The question's text box."""
        return self.page.locator("#pc-box textarea")

    @property
    def answers(self) -> Any:
        """The answers, oldest first."""
        return self.page.locator("[data-testid=bot]")

    @property
    def room(self) -> Any:
        """What the conversation is scrolled in."""
        return self.page.locator("#pc-chat")

    @property
    def cards(self) -> Any:
        """The cards of the sources panel."""
        return self.page.locator(".pc-panel .pc-card")

    @property
    def source(self) -> Any:
        """The source paragraph in the open document."""
        return self.page.locator(".pc-panel .pc-source-passage")

    def button(self, name: str) -> Any:
        """A button by its id without the prefix: send, stop, retry."""
        return self.page.locator(f"#pc-{name}")

    def send(self, question: str) -> None:
        """Type a question and press Enter."""
        self.box.fill(question)
        self.box.press("Enter")

    def ask(self, question: str) -> Any:
        """Send a question and wait until it is over; returns its answer."""
        count = self.answers.count()
        self.send(question)
        self.page.wait_for_function(
            "n => document.querySelectorAll('[data-testid=bot]').length > n", arg=count
        )
        self.wait_until_idle()
        return self.answers.nth(count)

    def record(self) -> None:
        """From now on note each state the page goes through, however short, for ``recorded``."""
        self.page.evaluate(
            """() => {
                const shown = (query) => document.querySelector(query);
                window.recorded = [];
                new MutationObserver(() => window.recorded.push({
                    cards: document.querySelectorAll(".pc-panel .pc-card").length,
                    progress: shown(".pc-progress")?.textContent ?? "",
                    draft: shown(".pc-draft")?.textContent ?? "",
                    final: Boolean(shown(".pc-meta")),
                    top: shown("[data-testid=bot]")?.getBoundingClientRect().top,
                    composer: shown("#pc-composer").getBoundingClientRect().top,
                })).observe(document.body, { subtree: true, childList: true });
            }"""
        )

    def recorded(self) -> list[dict[str, Any]]:
        """The states since ``record``, in order."""
        states: list[dict[str, Any]] = self.page.evaluate("window.recorded")
        return states

    def wait_until_idle(self) -> None:
        """Wait until no answer is being written."""
        self.button("send").wait_for()

    def begin_anew(self) -> None:
        """Leave the conversation for a new one."""
        self.page.get_by_role("button", name="New conversation").click()
        self.page.locator(".pc-welcome").wait_for()

    def reload(self) -> None:
        """Load the page again."""
        self.go(self.page.url)

    def go(self, url: str) -> None:
        """Open another address of the Chat in this tab."""
        self.page.goto(url)
        self.wait_until_open()

    def tool(self, name: str, turn: int = -1) -> Any:
        """A button or link below an answer, the last one's by default."""
        tools = self.page.locator(".pc-turn").nth(turn)
        return tools.locator(".pc-tool", has_text=re.compile(f"^{name}$"))

    def in_viewport(self, element: Any) -> bool:
        """Whether the whole element can be seen without scrolling."""
        box = element.bounding_box()
        size = self.page.viewport_size
        return (
            box is not None
            and box["y"] >= 0
            and box["x"] >= 0
            and box["y"] + box["height"] <= size["height"]
            and box["x"] + box["width"] <= size["width"]
        )
