"""How fast and how steady a page is, measured in the page itself."""

from typing import Any

_SHIFTS = """() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts.push({
            value: entry.value,
            moved: entry.sources.map(({ node }) => node?.id || node?.className || node?.nodeName),
        });
    }).observe({ type: "layout-shift" });
}"""

# From the key to the frame that shows the first card that was not there before.
_FIRST_CARD = """() => new Promise((done, fail) => {
    setTimeout(() => fail(new Error("nothing was drawn")), 20000);
    const panel = document.querySelector(".pc-panel");
    const before = panel.querySelector(".pc-card");
    const box = document.querySelector("#pc-box textarea");
    const seen = new MutationObserver(() => {
        const card = panel.querySelector(".pc-card");
        if (!card || card === before) return;
        seen.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    });
    seen.observe(panel, { subtree: true, childList: true });
    const start = performance.now();
    for (const kind of ["keydown", "keypress"]) {
        box.dispatchEvent(new KeyboardEvent(kind, { key: "Enter", bubbles: true }));
    }
})"""

# From the click to the frame that shows the part drawn anew.
_CLICK = """(pressed, part) => new Promise((done, fail) => {
    setTimeout(() => fail(new Error("nothing was drawn")), 20000);
    const seen = new MutationObserver(() => {
        seen.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    });
    seen.observe(document.querySelector(part), { childList: true });
    const start = performance.now();
    pressed.click();
})"""


def watch_shifts(page: Any) -> None:
    """From now on note what moves without a reader's doing, for ``shifts``."""
    page.evaluate(_SHIFTS)


def shifts(page: Any) -> list[dict[str, Any]]:
    """What moved: ``value`` as in Cumulative Layout Shift, ``moved`` names the elements."""
    noted: list[dict[str, Any]] = page.evaluate("window.shifts")
    return noted


def first_card_ms(page: Any) -> float:
    """Press Enter in the question's box; milliseconds until the first new card can be seen."""
    return float(page.evaluate(_FIRST_CARD))


def click_ms(pressed: Any, part: str) -> float:
    """Click; milliseconds until the element ``part`` (a selector) has its new content."""
    return float(pressed.evaluate(_CLICK, part))
