from dataclasses import dataclass

import pytest

from index.errors import PinciteError
from ui.calls import OUT_OF_STEP, UNEXPECTED, Calls


@dataclass(frozen=True)
class Place:
    name: str
    numbers: tuple[int, ...] = (1, 2)


def double(number: int) -> int:
    return 2 * number


def fail(words: str) -> None:
    raise PinciteError(words)


def crash() -> None:
    raise RuntimeError("secret")


actions = Calls(double=double, place=lambda: Place("here"), fail=fail, crash=crash)


def test_an_action_is_done_with_its_arguments() -> None:
    assert actions.call({"do": "double", "number": 21}) == {"ok": 42}
    assert actions.call({"do": "place"}) == {"ok": {"name": "here", "numbers": [1, 2]}}


@pytest.mark.parametrize(
    "request_",
    [
        None,
        "double",
        [],
        {},
        {"do": 1},
        {"do": "__init__"},
        {"do": "call"},
        {"do": "double"},
        {"do": "double", "number": "21"},
        {"do": "double", "number": 21, "more": 1},
        {"do": "place", "self": 1},
    ],
)
def test_what_the_page_would_not_send_is_refused(request_: object) -> None:
    assert actions.call(request_) == {"error": OUT_OF_STEP}


def test_the_log_tells_which_arguments_are_wrong_and_nothing_of_what_they_hold(
    caplog: pytest.LogCaptureFixture,
) -> None:
    actions.call({"do": "double", "number": "our secret", "a\nline": "our secret"})
    assert [record.getMessage() for record in caplog.records] == [
        "double was asked for with wrong arguments:"
        " [('number', 'int_type'), ('a\\nline', 'unexpected_keyword_argument')]"
    ]


def test_an_error_for_users_is_told_as_it_is() -> None:
    told = actions.call({"do": "fail", "words": "the folder \ud800 is gone"})
    assert told == {"error": "the folder \ufffd is gone"}


def test_any_other_error_tells_nothing_of_itself(caplog: pytest.LogCaptureFixture) -> None:
    assert actions.call({"do": "crash"}) == {"error": UNEXPECTED}
    assert "secret" in caplog.text
