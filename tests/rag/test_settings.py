import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from index.errors import UsageError
from rag.settings import FILE, Settings, load_settings, masked


def load(
    folder: Path,
    file: str = "",
    environment: Mapping[str, str] | None = None,
    **flags: object,
) -> Settings:
    if file:
        (folder / FILE).write_text(file, encoding="utf-8")
    return load_settings(environment or {}, flags, folder)


def test_with_nothing_set_the_defaults_are_in_force(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings()


def test_a_flag_beats_the_environment_which_beats_the_file(tmp_path: Path) -> None:
    file = "port = 1001\nthreads = 1\ncontext_tokens = 101\n"
    environment = {"PINCITE_PORT": "1002", "PINCITE_THREADS": "2"}
    found = load(tmp_path, file, environment, port=1003)
    assert (found.port, found.threads, found.context_tokens) == (1003, 2, 101)


def test_the_state_is_pincite_home_or_else_what_the_file_says(tmp_path: Path) -> None:
    assert load(tmp_path).state == Path(".pincite")
    assert load(tmp_path, 'state = "here"').state == Path("here")
    assert load(tmp_path, environment={"PINCITE_HOME": "there"}).state == Path("there")


@pytest.mark.parametrize("order", [1, -1])
def test_pincite_home_decides_over_pincite_state(tmp_path: Path, order: int) -> None:
    both = [("PINCITE_HOME", "there"), ("PINCITE_STATE", "elsewhere")]
    assert load(tmp_path, environment=dict(both[::order])).state == Path("there")
    assert load(tmp_path, environment={"PINCITE_HOME": "", "PINCITE_STATE": "a"}).state == Path("a")


def test_gradios_own_variables_name_the_address_unless_pincites_do(tmp_path: Path) -> None:
    gradio = {"GRADIO_SERVER_NAME": "::1", "GRADIO_SERVER_PORT": "9000"}
    found = load(tmp_path, "port = 1001", gradio)
    assert (found.host, found.port) == ("::1", 9000)
    assert load(tmp_path, environment={**gradio, "PINCITE_PORT": "9001"}).port == 9001
    assert load(tmp_path, environment={"GRADIO_SERVER_PORT": ""}).port == 1001


@pytest.mark.parametrize("order", [1, -1])
def test_pincites_variable_wins_in_whatever_order_they_are_set(tmp_path: Path, order: int) -> None:
    both = [("GRADIO_SERVER_PORT", "9000"), ("PINCITE_PORT", "9001")]
    assert load(tmp_path, environment=dict(both[::order])).port == 9001


@pytest.mark.parametrize(
    "name", ["HOME", "STATE", "REFUSE_BELOW", "PORT", "LLM", "EXCLUDE", "EXAMPLES", "PRECISION"]
)
def test_an_empty_variable_counts_as_not_set(tmp_path: Path, name: str) -> None:
    file = 'state = "here"\nrefuse_below = 0.5\nport = 1001\nllm = "none"\nexclude = ["a"]\n'
    assert load(tmp_path, file, {f"PINCITE_{name}": ""}) == load(tmp_path)


@pytest.mark.parametrize("name", ["reranker", "llm_base_url", "llm_api_key", "password"])
def test_an_empty_variable_takes_back_what_may_be_none(tmp_path: Path, name: str) -> None:
    variable = {f"PINCITE_{name.upper()}": ""}
    assert load(tmp_path, f'{name} = "something"', variable) == Settings()


@pytest.mark.parametrize(
    ("value", "patterns"),
    [
        ("drafts/", ("drafts/",)),
        ("drafts/, *.tmp,\n!keep.tmp\n", ("drafts/", "*.tmp", "!keep.tmp")),
        ('["drafts/", "a,b"]', ("drafts/", "a,b")),
        ("[ 'drafts/', ]", ("drafts/",)),
        ('["\\ud83d\\ude00"]', ("\U0001f600",)),
        ("[]", ()),
        ("[ab]*.txt", ("[ab]*.txt",)),
    ],
)
def test_a_variable_may_hold_a_list(tmp_path: Path, value: str, patterns: tuple[str, ...]) -> None:
    found = load(tmp_path, 'exclude = ["of the file"]', {"PINCITE_EXCLUDE": value})
    assert found.exclude == patterns


def test_a_question_in_a_variable_may_hold_a_comma(tmp_path: Path) -> None:
    questions = "Who came, and why?\nWho left?"
    found = load(tmp_path, environment={"PINCITE_EXAMPLES": questions})
    assert found.examples == ("Who came, and why?", "Who left?")


@pytest.mark.parametrize("value", ['["a"', "['a' 'b']", '["a"] b', "[]a]"])
def test_a_list_in_a_variable_that_cannot_be_read_is_an_error_that_names_it(
    tmp_path: Path, value: str
) -> None:
    with pytest.raises(UsageError, match=r"environment: PINCITE_EXCLUDE.*list"):
        load(tmp_path, environment={"PINCITE_EXCLUDE": value})


def test_the_default_of_any_setting_can_be_written_into_a_variable(tmp_path: Path) -> None:
    for name, value in Settings():
        if isinstance(value, str | int | float | Path | tuple):
            text = json.dumps(value) if isinstance(value, tuple) else str(value)
            assert load(tmp_path, environment={f"PINCITE_{name.upper()}": text}) == Settings()


@pytest.mark.parametrize(
    ("source", "file", "environment", "flags"),
    [
        ("pincite.toml", "prot = 1", {}, {}),
        ("environment", "", {"PINCITE_PROT": "1"}, {}),
        ("environment", "", {"PINCITE_PROT": ""}, {}),
        ("command line", "", {}, {"prot": 1}),
    ],
)
def test_an_unknown_setting_is_an_error_that_names_where_and_the_nearest(
    tmp_path: Path,
    source: str,
    file: str,
    environment: dict[str, str],
    flags: dict[str, object],
) -> None:
    with pytest.raises(UsageError) as error:
        load(tmp_path, file, environment, **flags)
    assert source in str(error.value)
    assert "'prot'" in str(error.value)
    assert "'port'" in str(error.value)


def test_an_unknown_setting_like_no_other_lists_them_all(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        load(tmp_path, "xyzzy = 1")
    assert all(name in str(error.value) for name in Settings.model_fields)


@pytest.mark.parametrize(
    ("source", "file", "environment"),
    [
        ("pincite.toml", "port = 70000", {}),
        ("pincite.toml", 'port = "high"', {}),
        ("environment", "port = 80", {"PINCITE_PORT": "0"}),
    ],
)
def test_a_value_out_of_bounds_is_an_error_that_names_where_it_came_from(
    tmp_path: Path, source: str, file: str, environment: dict[str, str]
) -> None:
    with pytest.raises(UsageError) as error:
        load(tmp_path, file, environment)
    assert source in str(error.value)
    assert "port" in str(error.value)


@pytest.mark.parametrize("url", ["http://[::1", "127.0.0.1:11434/v1", "http://", "ftp://a/v1"])
def test_a_server_without_a_usable_address_is_an_error_that_shows_one(
    tmp_path: Path, url: str
) -> None:
    with pytest.raises(UsageError, match=r"environment.*llm_base_url: .*http://127.0.0.1:11434/v1"):
        load(tmp_path, environment={"PINCITE_LLM_BASE_URL": url})


def test_blanks_around_an_address_and_a_key_do_not_count(tmp_path: Path) -> None:
    found = load(tmp_path, 'llm_base_url = " http://a/v1 "', {"PINCITE_LLM_API_KEY": "sk-1\n"})
    assert found.llm_base_url == "http://a/v1"
    assert found.llm_api_key.get_secret_value() == "sk-1"


@pytest.mark.parametrize("name", ["PINCITE_PORT", "GRADIO_SERVER_PORT"])
def test_a_wrong_value_of_a_variable_is_told_with_the_variables_name(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(UsageError, match=rf"environment: {name}: port"):
        load(tmp_path, environment={name: "high"})


def test_one_pattern_where_a_list_belongs_is_an_error_that_shows_a_list(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r'exclude: not a list: write \["one", "two"\]'):
        load(tmp_path, 'exclude = "drafts/"')


@pytest.mark.parametrize("name", ["llm_timeout_s", "llm_first_token_s"])
def test_a_time_without_end_is_an_error_since_no_record_could_hold_it(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(UsageError, match=f"{name}: .*finite"):
        load(tmp_path, f"{name} = inf")


def test_all_wrong_values_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        load(tmp_path, "port = 0\nthreads = -1")
    assert "port" in str(error.value)
    assert "threads" in str(error.value)


@pytest.mark.parametrize("content", [b"port = = 1", b"\xff\xfe", b"port = 1\nport = 2"])
def test_a_file_that_is_not_toml_is_an_error_that_names_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(UsageError, match=FILE):
        load(tmp_path)


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xef\xbb\xbfport = 1001")
    assert load(tmp_path).port == 1001


def test_a_folder_in_place_of_the_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(UsageError, match=FILE):
        load(tmp_path)


@pytest.mark.parametrize(
    "name", ["OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE", "LLM_API_KEY", "HF_TOKEN"]
)
def test_other_programs_variables_change_nothing(tmp_path: Path, name: str) -> None:
    assert load(tmp_path, environment={name: "http://elsewhere"}) == Settings()


def test_secrets_are_masked_wherever_settings_are_shown(tmp_path: Path) -> None:
    found = load(tmp_path, 'llm_api_key = "sk-1234"', {"PINCITE_PASSWORD": "open sesame"})
    shown = f"{masked(found)} {json.dumps(masked(found))} {found!r} {found}"
    assert "sk-1234" not in shown
    assert "sesame" not in shown
    assert masked(found)["llm_api_key"] == masked(found)["password"] == "***"
    assert found.llm_api_key.get_secret_value() == "sk-1234"


def test_a_password_inside_the_servers_address_is_masked(tmp_path: Path) -> None:
    found = load(tmp_path, 'llm_base_url = "https://me:secret@example.test:8080/v1?a=b@c"')
    assert masked(found)["llm_base_url"] == "https://***@example.test:8080/v1?a=b@c"
    plain = load(tmp_path, 'llm_base_url = "http://127.0.0.1:11434/v1"')
    assert masked(plain)["llm_base_url"] == "http://127.0.0.1:11434/v1"


def test_a_secret_that_is_not_set_is_shown_as_empty() -> None:
    assert masked(Settings())["password"] == ""


def test_a_secret_of_the_wrong_kind_is_not_repeated_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        load(tmp_path, 'password = ["open sesame"]')
    assert "password" in str(error.value)
    assert "sesame" not in str(error.value)


def test_the_settings_shown_are_all_there_are() -> None:
    assert set(masked(Settings())) == set(Settings.model_fields)
