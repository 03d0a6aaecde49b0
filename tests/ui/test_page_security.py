"""Hostile text is shown, not run; other pages and hosts are kept out; headers are there."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message
from typing import Any

import pytest

from tests.ui.chat_page import Complaints
from tests.ui.corpus import ASK_HOSTILE, ASK_UNKNOWN, ATTACK

pytestmark = pytest.mark.browser


def fetch(url: str, *, data: bytes | None = None, **headers: str) -> tuple[int, Message, bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, data=data, headers=named)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def test_hostile_text_is_inert_in_question_draft_answer_panel_and_header(chat: Any) -> None:
    assert "${1+1} {{1+1}}" in chat.page.locator(".pc-corpus").inner_text()
    assert "<b>model</b> ${1+1}" in chat.page.locator(".pc-model").inner_text()
    assert "<img src=x" in chat.page.locator(".pc-banner").last.inner_text()
    chat.send(ASK_HOSTILE)
    chat.page.locator(".pc-draft").wait_for()
    assert ATTACK in chat.page.locator(".pc-draft").inner_text()
    chat.wait_until_idle()
    answer = chat.answers.last
    assert answer.inner_text().count(ATTACK) == 5
    assert ASK_HOSTILE in chat.page.locator("[data-testid=user]").inner_text()
    assert chat.cards.count() == 2
    assert chat.cards.first.locator("mark").inner_text() == ATTACK
    for number in (0, 1):
        answer.locator(".pc-cite").nth(number).click()
        chat.source.wait_for()
        assert chat.source.locator("mark").inner_text() == ATTACK
    assert ATTACK in chat.page.locator(".pc-panel .pc-heading").first.inner_text()
    panel, messages = chat.page.locator("#pc-side"), chat.page.locator("#pc-chat")
    for spot in (panel, messages, chat.page.locator("#pc-header")):
        assert spot.locator("img, script, form, iframe, code, strong, [onerror]").count() == 0
    links = chat.page.locator("#pc-chat a").evaluate_all("all => all.map(a => a.pathname)")
    assert all(link in ("/", "/documents") or link.startswith("/receipts/") for link in links)


def test_a_hostile_example_is_inert(chat: Any) -> None:
    assert ATTACK in chat.page.locator(".pc-examples").inner_text()


def test_an_image_of_another_host_is_blocked_even_if_it_got_into_the_page(
    open_page: Callable[..., Any],
) -> None:
    chat = open_page()
    blocked = chat.page.evaluate(
        """() => new Promise(done => {
            document.addEventListener("securitypolicyviolation", e => done(e.blockedURI));
            document.body.append(Object.assign(new Image(), { src: "http://evil.test/x.png" }));
        })"""
    )
    assert blocked == "http://evil.test/x.png"
    # The browser reports the refusal in its console, which here is what we want to see.
    chat.forgive("evil.test")


def test_whatever_a_page_must_not_do_fails_its_test(browser: Any, server: str) -> None:
    page = browser.new_page()
    noted = Complaints(page, server)
    assert noted.all() == []
    page.evaluate(
        """async () => {
            console.error("an error");
            setTimeout(() => { throw new Error("a fault"); });
            await fetch("http://127.0.0.1:9/", { mode: "no-cors" }).catch(() => {});
            window.pwned = 7;
            alert("a dialog");
        }"""
    )
    kinds = ("console: an error", "raised: a fault", "asked another host", "dialog: a dialog")
    for kind in (*kinds, "attack 7 ran"):
        assert any(complaint.startswith(kind) for complaint in noted.all()), kind
    page.close()


@pytest.mark.parametrize("path", ["", "health", "config", "theme.css", "nowhere"])
def test_security_headers_are_on_every_answer(server: str, path: str) -> None:
    _, headers, _ = fetch(server + path)
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    assert policy["connect-src"] == policy["form-action"] == policy["base-uri"] == "'self'"
    # Nothing from another host, by whatever kind of element.
    named = {source for sources in policy.values() for source in sources.split()}
    assert named == {"'none'", "'self'", "'unsafe-inline'", "'unsafe-eval'", "data:"}
    assert "data:" not in policy["script-src"] + policy["connect-src"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "private, no-cache"


def test_health_is_ok(server: str) -> None:
    status, _, body = fetch(server + "health")
    assert (status, json.loads(body)) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    "path",
    [
        "gradio_api/upload",
        "gradio_api/file=/etc/passwd",
        "gradio_api/file/etc/passwd",
        "gradio_api/proxy=http://evil.test/",
        "gradio_api/runs",
        "gradio_api/openapi.json",
        "gradio_api/call/answer",
        "gradio_api/deep_link",
        "monitoring",
        "docs",
        "openapi.json",
    ],
)
def test_routes_the_chat_does_not_need_are_closed(server: str, path: str) -> None:
    assert fetch(server + path)[0] == 404


def test_other_hosts_and_other_pages_are_refused(server: str) -> None:
    assert fetch(server, Host="evil.test")[0] == 400
    join = server + "gradio_api/queue/join"
    body = b'{"data": [], "session_hash": "x", "fn_index": 0}'
    assert fetch(join, data=body, Origin="http://evil.test")[0] == 403
    assert fetch(join, data=body, Origin="null")[0] == 403
    assert fetch(join, data=body, Sec_Fetch_Site="cross-site")[0] == 403
    # Told by its announced length: nothing of it is sent.
    assert fetch(join, data=b"", Content_Length="5000000")[0] == 413


def test_with_a_password_nothing_but_health_and_the_login_is_told(
    browser: Any, locked_server: str
) -> None:
    assert fetch(locked_server + "config")[0] == 401
    assert fetch(locked_server + "health")[0] == 200
    page = browser.new_page()
    page.goto(locked_server)
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("alert").wait_for()
    page.get_by_label("Password").fill("open sesame")
    page.keyboard.press("Enter")
    page.locator("#pc-box textarea").fill(ASK_UNKNOWN)
    page.locator("#pc-box textarea").press("Enter")
    page.locator(".pc-is-refusal").wait_for()
    page.close()
