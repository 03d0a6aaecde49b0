import json
import sys
from pathlib import Path
from typing import Any

import pytest

from index.errors import PinciteError
from index.model_specs import DEFAULT_LLM, MODELS, TINY_LLM
from index.store import Store
from rag.settings import Settings
from tests.ui.fakes import FakeEngine
from ui.about import about
from ui.configuration import Configuration
from ui.context import Context
from ui.job import Job
from ui.shell import EXTRACTIVE

SCRIPT = (sys.executable, str(Path(__file__).with_name("job_script.py")))


class Page:
    """The page's actions as its script uses them."""

    def __init__(
        self,
        home: Path,
        environment: dict[str, str] | None = None,
        fails: bool = False,
        **settings: Any,
    ) -> None:
        self.changed: list[Settings] = []
        self.requests: list[dict[str, Any]] = []
        self._fails = fails
        self.engine = FakeEngine({})
        chosen = Settings(state=home / "state", **settings)
        context = Context(self.engine, chosen, "corpus", change_model=self._change)
        self._page = Configuration(context, environment or {}, self._start)

    def _change(self, settings: Settings) -> None:
        if self._fails:
            raise PinciteError("the model could not be loaded")
        self.changed.append(settings)

    def _start(self, request: str) -> Job:
        self.requests.append(json.loads(request))
        script = {"tell": [], "last": {"finished": {"findings": []}}}
        return Job(json.dumps(script) + "\n", command=SCRIPT)

    def do(self, action: str, /, **values: Any) -> Any:
        answer = self._page.actions.call({"do": action, **values})
        assert "error" not in answer, answer
        return answer["ok"]

    def refused(self, action: str, /, **values: Any) -> str:
        return str(self._page.actions.call({"do": action, **values})["error"])

    def offered(self) -> dict[str, dict[str, Any]]:
        return {choice["llm"]: choice for choice in self.do("models")["choices"]}


def test_the_models_that_are_here_and_quoting_are_offered(tmp_path: Path) -> None:
    page = Page(tmp_path)
    assert list(page.offered()) == [DEFAULT_LLM, "none"]
    assert TINY_LLM not in page.offered()
    assert page.do("models")["in_use"] == page.engine.model_name


def test_a_file_named_in_the_settings_is_offered_first(tmp_path: Path) -> None:
    page = Page(tmp_path, llm="/models/own.gguf")
    assert list(page.offered()) == ["", DEFAULT_LLM, "none"]
    assert page.offered()[""]["name"] == "/models/own.gguf"


def test_a_choice_takes_effect_at_once_and_is_kept(tmp_path: Path) -> None:
    page = Page(tmp_path)
    assert page.do("choose", llm="none")["chosen"] == "none"
    assert [settings.llm for settings in page.changed] == ["none"]
    assert [s["value"] for s in page.do("settings") if s["name"] == "llm"] == ["none"]
    assert Page(tmp_path).do("models")["chosen"] == "none"


def test_a_model_that_cannot_be_loaded_is_not_kept(tmp_path: Path) -> None:
    page = Page(tmp_path, fails=True)
    assert page.refused("choose", llm="none") == "the model could not be loaded"
    assert page.do("models")["chosen"] == ""


@pytest.mark.parametrize("llm", ["/etc/passwd", "all-MiniLM-L6-v2", TINY_LLM, "", "../x"])
def test_only_what_is_offered_can_be_chosen(tmp_path: Path, llm: str) -> None:
    page = Page(tmp_path)
    assert "not among the models" in page.refused("choose", llm=llm)
    assert page.changed == []


def test_the_environment_decides_over_the_page(tmp_path: Path) -> None:
    page = Page(tmp_path, {"PINCITE_LLM": DEFAULT_LLM})
    assert "PINCITE_LLM is set" in page.do("models")["fixed"]
    assert "cannot be changed on this page" in page.refused("choose", llm="none")


def test_with_a_server_the_choice_is_between_it_and_quoting(tmp_path: Path) -> None:
    server = "https://me:secret@example.test/v1"
    page = Page(tmp_path, llm="theirs", llm_base_url=server)
    assert list(page.offered()) == ["", "none"]
    assert "https://***@example.test/v1" in page.offered()[""]["detail"]
    assert "secret" not in json.dumps(page.do("models"))
    page.do("choose", llm="none")
    page.do("choose", llm="")
    assert [settings.llm for settings in page.changed] == ["none", "theirs"]


def test_the_settings_in_force_are_shown_with_secrets_masked(tmp_path: Path) -> None:
    page = Page(tmp_path, llm_api_key="sk-1234", password="open sesame", examples=("a?", "b?"))
    shown = {setting["name"]: setting["value"] for setting in page.do("settings")}
    assert set(shown) == set(Settings.model_fields)
    assert shown["llm_api_key"] == shown["password"] == "***"
    assert shown["examples"] == "a?\nb?"
    assert shown["refuse_below"] == ""


def test_health_says_what_is_missing_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    page = Page(tmp_path)
    told = {thing["name"]: thing for thing in page.do("health")}
    assert not told["Index"]["well"]
    assert "Documents page" in told["Index"]["words"]
    assert not told["Embedder"]["well"]
    assert "pincite models pull" in told["Embedder"]["words"]
    assert told["Model"]["well"]


def test_an_index_that_was_cut_off_is_not_well(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "state")
    page = Page(tmp_path)
    assert "cut off" in page.do("health")[0]["words"]
    store.catalog.put("synced", "yes")
    store.close()
    assert page.do("health")[0] == {
        "name": "Index",
        "well": True,
        "words": "0 files, 0 paragraphs.",
    }


def test_a_model_that_does_not_answer_is_not_well(tmp_path: Path) -> None:
    page = Page(tmp_path)
    page.engine.model_problem = lambda: "theirs did not answer"  # type: ignore[method-assign]
    model = page.do("health")[2]
    assert (model["well"], model["words"]) == (False, "theirs did not answer")


def test_answers_without_a_model_are_well_and_called_what_they_are(tmp_path: Path) -> None:
    page = Page(tmp_path)
    page.engine.model_name, page.engine.notice = EXTRACTIVE, ""
    model = page.do("health")[2]
    assert (model["well"], model["words"]) == (True, "No model: the best sentences, word for word.")


def test_the_index_is_checked_apart_from_the_page(tmp_path: Path) -> None:
    page = Page(tmp_path)
    page.do("check")
    assert page.requests[0]["kind"] == "check"
    assert page.do("follow")["stage"] in ("running", "finished")


def test_about_names_every_model_with_its_hash_and_says_that_nothing_leaves() -> None:
    told = about(Settings(), "extractive")
    assert {model.name: model.sha256 for model in told.models} == {
        name: spec.weights.sha256 for name, spec in MODELS.items()
    }
    assert told.leaves.startswith("Nothing.")
    assert told.model == "No language model"
    assert told.version


def test_about_names_the_server_documents_go_to() -> None:
    told = about(Settings(llm_base_url="https://me:secret@example.test/v1"), "theirs")
    assert "go to https://***@example.test/v1" in told.leaves
    assert "secret" not in told.leaves


def test_about_says_that_nothing_leaves_while_the_documents_are_quoted() -> None:
    told = about(Settings(llm_base_url="https://example.test/v1"), EXTRACTIVE)
    assert told.leaves.startswith("Nothing.")
