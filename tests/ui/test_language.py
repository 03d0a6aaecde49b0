import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from ui.language import COOKIE, Speaking, language_of
from ui.words import language


@pytest.mark.parametrize(
    ("accepted", "spoken"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-CH, de;q=0.9, en;q=0.8", "de"),
        ("en;q=0.4, FR-ca;q=0.9", "fr"),
        ("pt, es;q=0.5", "es"),
        ("ja, *;q=0.1", "en"),
        ("de;q=0, en", "en"),
        ("de;q=often, es;q=0.1", "es"),
        ("de, fr", "de"),
    ],
)
def test_the_browsers_languages_are_taken_in_their_order(accepted: str, spoken: str) -> None:
    assert language_of({"accept-language": accepted}) == spoken


def test_the_language_of_the_page_comes_first() -> None:
    asked = {"accept-language": "fr", "cookie": f"a=b; {COOKIE}=es"}
    assert language_of(asked) == "es"
    assert language_of({**asked, "cookie": f"{COOKIE}=../../etc"}) == "fr"


def test_each_request_is_answered_in_its_own_language() -> None:
    app = FastAPI()
    app.get("/sync")(language)
    app.add_middleware(Speaking)

    @app.get("/async")
    async def spoken() -> str:
        return language()

    with TestClient(app) as client:
        for path in ("/sync", "/async"):
            answers = [client.get(path, headers={"accept-language": c}).json() for c in ("de", "x")]
            assert answers == ["de", "en"]
    assert language() == "en"
