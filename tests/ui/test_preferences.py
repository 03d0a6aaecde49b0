from pathlib import Path

import pytest

from index.errors import PinciteError
from index.model_specs import DEFAULT_LLM
from rag.settings import Settings
from ui.preferences import FILE, Preferences, applied, load, save


def test_a_choice_is_found_again(tmp_path: Path) -> None:
    save(tmp_path / "state", Preferences("none"))
    assert load(tmp_path / "state") == Preferences("none")
    save(tmp_path / "state", Preferences(DEFAULT_LLM))
    assert load(tmp_path / "state") == Preferences(DEFAULT_LLM)


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"llm": 3}', '{"llm": "/etc/passwd"}', '{"llm": "all-MiniLM-L6-v2"}', "\xff"],
)
def test_what_is_not_a_choice_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_bytes(content.encode("latin-1"))
    assert load(tmp_path) == Preferences()


def test_a_state_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(PinciteError, match="lasts until the next start"):
        save(tmp_path / "state", Preferences("none"))


def test_a_choice_overrides_the_file_and_the_environment_overrides_it() -> None:
    settings = Settings(llm="/models/own.gguf")
    assert applied(settings, Preferences(), {}) == settings
    assert applied(settings, Preferences("none"), {}).llm == "none"
    assert applied(settings, Preferences("none"), {"PINCITE_LLM": "x"}) == settings
    assert applied(settings, Preferences("none"), {"PINCITE_LLM": ""}).llm == "none"


def test_a_server_is_never_asked_for_a_model_chosen_on_the_page() -> None:
    settings = Settings(llm="theirs", llm_base_url="http://example.test/v1")
    assert applied(settings, Preferences(DEFAULT_LLM), {}) == settings
    assert applied(settings, Preferences("none"), {}).llm == "none"
