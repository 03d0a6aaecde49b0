"""The password: guessing is slow, by address and over all, and takes no memory."""

import asyncio
from collections.abc import AsyncIterator

import httpx
from fastapi import FastAPI
from starlette.testclient import TestClient

from ui.language import Speaking
from ui.login import (
    ADDRESSES,
    FREE_TRIES,
    LONGEST_WAIT_S,
    OVERALL_TRIES,
    Sessions,
    Tries,
    add_login,
    cookie_of,
)
from ui.security import secure


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_after_five_wrong_passwords_each_try_waits_twice_as_long() -> None:
    clock = Clock()
    tries = Tries(clock)
    waits = []
    for _ in range(FREE_TRIES + 3):
        clock.now += tries.wait_s("a")
        tries.failed("a")
        waits.append(tries.wait_s("a"))
    assert waits == [0.0] * (FREE_TRIES - 1) + [1.0, 2.0, 4.0, 8.0]
    assert tries.wait_s("b") == 0.0
    tries.succeeded("a")
    assert tries.wait_s("a") == 0.0


def test_no_wait_is_longer_than_a_quarter_of_an_hour() -> None:
    clock = Clock()
    tries = Tries(clock)
    for _ in range(30):
        tries.failed("a")
        clock.now += 100
    assert 0 < tries.wait_s("a") <= LONGEST_WAIT_S


def test_many_addresses_together_are_slowed_too_and_few_are_remembered() -> None:
    clock = Clock()
    tries = Tries(clock)
    for n in range(OVERALL_TRIES):
        assert tries.wait_s(f"10.0.0.{n}") == 0.0
        tries.failed(f"10.0.0.{n}")
    assert tries.wait_s("another") == 60.0
    clock.now = 61.0
    assert tries.wait_s("another") == 0.0
    for n in range(ADDRESSES * 2):
        tries.failed(str(n))
    assert len(tries._failed) == ADDRESSES


def test_sessions_are_known_by_their_cookie_alone_and_only_hashes_are_kept() -> None:
    sessions = Sessions()
    token = sessions.new()
    assert sessions.knows(token)
    assert not sessions.knows("")
    assert not sessions.knows(token + "x")
    assert token not in repr(vars(sessions))


PORT = 7860


def client_of(password: str, port: int = PORT) -> TestClient:
    app = FastAPI()
    add_login(app, password, port)

    @app.get("/secret")
    def secret() -> str:
        return "told"

    return TestClient(app, follow_redirects=False)


def logged_in(client: TestClient, **data: str) -> int:
    return client.post("/login", data=data).status_code


def test_nothing_is_told_before_the_password_is_given() -> None:
    client = client_of("open sesame")
    assert client.get("/secret").status_code == 401
    asked = client.get("/secret", headers={"accept": "text/html"})
    assert (asked.status_code, asked.headers["location"]) == (303, "/login")
    assert logged_in(client, password="wrong") == 401
    assert logged_in(client) == 401
    assert logged_in(client, password="x" * 10_000) == 401
    assert logged_in(client, password="open sesame") == 303
    assert client.get("/secret").json() == "told"
    other = client_of("open sesame")
    other.cookies.set(cookie_of(PORT), client.cookies[cookie_of(PORT)])
    assert other.get("/secret").status_code == 401


def test_two_servers_of_one_host_do_not_log_each_other_out() -> None:
    both = [client_of("p", 7860), client_of("p", 7861)]
    assert [logged_in(client, password="p") for client in both] == [303, 303]
    # A browser keeps the cookies of a host together, whatever the port.
    kept = {**both[0].cookies, **both[1].cookies}
    for client in both:
        client.cookies.clear()
        client.cookies.update(kept)
        assert client.get("/secret").json() == "told"


def test_the_sixth_try_in_a_row_has_to_wait_even_with_the_right_password() -> None:
    client = client_of("p")
    assert [logged_in(client, password="no") for _ in range(FREE_TRIES)] == [401] * FREE_TRIES
    refused = client.post("/login", data={"password": "p"})
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1


def test_tries_whose_passwords_come_late_and_all_at_once_have_to_wait_too() -> None:
    app = FastAPI()
    add_login(app, "p", PORT)

    async def all_at_once(count: int) -> list[int]:
        waiting = asyncio.Semaphore(0)
        complete = asyncio.Event()

        async def late() -> AsyncIterator[bytes]:
            yield b"password="
            waiting.release()
            await complete.wait()
            yield b"no"

        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            posts = [
                asyncio.create_task(client.post("/login", content=late())) for _ in range(count)
            ]
            for _ in range(count):
                await waiting.acquire()
            complete.set()
            return [answer.status_code for answer in await asyncio.gather(*posts)]

    statuses = asyncio.run(all_at_once(3 * FREE_TRIES))
    assert sorted(statuses) == [401] * FREE_TRIES + [429] * 2 * FREE_TRIES


def test_the_cookie_cannot_be_read_by_scripts_nor_sent_by_other_sites() -> None:
    client = client_of("p")
    for address, encrypted in (("/login", False), ("https://testserver/login", True)):
        answer = client.post(address, data={"password": "p"})
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert ("secure" in cookie) is encrypted


def test_a_browser_behind_https_gets_a_name_that_it_never_sends_without() -> None:
    app = FastAPI()
    secure(app, "127.0.0.1")
    for scheme in ("http", "https"):
        cookie = TestClient(app, base_url=f"{scheme}://127.0.0.1").get("/").headers["set-cookie"]
        assert ("secure" in cookie.lower()) is (scheme == "https")


def test_the_form_of_another_machine_shows_its_origin_over_plain_http_and_is_let_in() -> None:
    app = FastAPI()
    add_login(app, "p", PORT)
    secure(app, "0.0.0.0")
    address = "http://192.168.1.5:7860"
    client = TestClient(app, base_url=address, follow_redirects=False)
    # A browser sends "Origin: null" with a form whose page may send no referrer at all, and over
    # plain HTTP nothing else that tells where the form stands.
    policy = client.get("/login").headers["referrer-policy"]
    origin = "null" if policy == "no-referrer" else address
    answer = client.post("/login", data={"password": "p"}, headers={"origin": origin})
    assert answer.status_code == 303
    assert policy == "same-origin"


def test_the_login_page_speaks_the_browsers_language() -> None:
    app = FastAPI()
    add_login(app, "open sesame", PORT)
    app.add_middleware(Speaking)
    client = TestClient(app, headers={"accept-language": "es-MX,es;q=0.9"})
    page = client.get("/login").text
    assert '<html lang="es">' in page
    assert ">Contraseña</label>" in page
    assert "Esa no es la contraseña." in client.post("/login", data={"password": "x"}).text
