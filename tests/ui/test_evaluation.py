import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.gold.drafts import add_drafts, drafts_file, new_draft
from eval.gold.items import Evidence, GoldItem
from eval.gold.jsonl import item_to_dict
from eval.gold.load import load_gold
from eval.plan import Mode, plan_run
from eval.relevance import read_corpus
from eval.run import RunStoppedError, run
from rag.settings import Settings
from rag.types import Verdict
from tests.ui.fakes import FakeEngine, Script, answered, citation, hit, paragraphs_of
from ui.context import Context
from ui.evaluation import Evaluation
from ui.gold_files import OWN, gold_files, own_file
from ui.job import Job
from ui.preferences import Preferences, save
from ui.shell import EXTRACTIVE

SCRIPT = (sys.executable, str(Path(__file__).with_name("job_script.py")))
STORM = "The storm came in March. It tore eleven boats loose."
PIER = "Repairs cost 2.4 million euros. The fund paid."
BOATS = GoldItem(
    "boats", "How many boats?", ("eleven",), (Evidence("a.txt", "eleven boats"),), True
)
CHESS = GoldItem("chess", "Who won the chess final?", (), (), False)


def engine() -> FakeEngine:
    storm, pier = paragraphs_of("a.txt", [STORM, PIER])
    right = answered(
        BOATS.question,
        [("It tore eleven boats loose.", [1], Verdict.SUPPORTED)],
        [citation(1, storm, "eleven boats")],
        [hit(storm, 1), hit(pier, 2)],
    )
    return FakeEngine(
        {"a.txt": [storm, pier]}, {BOATS.question: Script(right.retrieved, (), right)}
    )


class Page:
    """The page's actions as its script uses them, in a current folder of its own."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(home)
        self.requests: list[dict[str, Any]] = []
        self.state = home / "state"
        self.engine = engine()
        settings = Settings(state=self.state, llm="/models/own.gguf")
        self._page = Evaluation(Context(self.engine, settings, "corpus"), self._start)

    def _start(self, request: str) -> Job:
        self.requests.append(json.loads(request))
        script = {"tell": [], "last": {"finished": {"run": "somewhere"}}}
        return Job(json.dumps(script) + "\n", command=SCRIPT)

    def wait(self) -> None:
        job = self._page._slot._job
        assert job is not None
        job.join(20)

    def do(self, action: str, /, **values: Any) -> Any:
        answer = self._page.actions.call({"do": action, **values})
        assert "error" not in answer, answer
        return answer["ok"]

    def refused(self, action: str, /, **values: Any) -> str:
        return str(self._page.actions.call({"do": action, **values})["error"])

    def gold(self, *items: GoldItem) -> Path:
        file = own_file(self.state)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(f"{json.dumps(item_to_dict(item))}\n" for item in items))
        return file

    def draft(self, item: GoldItem) -> None:
        add_drafts(
            drafts_file(own_file(self.state)), [new_draft(item, "feedback", "a <b>note</b>")]
        )

    def run(self, name: str, scripts: Mapping[str, Script] | None = None, stop_at: int = 9) -> str:
        """A run made by eval itself; returns the key the page knows it by."""
        asked = self.engine if scripts is None else FakeEngine(self.engine.corpus, dict(scripts))
        items = load_gold(own_file(self.state), read_corpus(asked))
        plan = plan_run(items, {}, mode=Mode.ANSWERS)
        answered_so_far = [0]

        def stop() -> bool:
            return answered_so_far[0] >= stop_at

        def count(done: int, total: int, status: str) -> None:
            answered_so_far[0] = done

        folder = self.state / "runs" / name
        with suppress(RunStoppedError):
            run(plan, asked, folder, progress=count, stop=stop)
        return str(folder)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    return Page(tmp_path, monkeypatch)


def test_the_gold_files_are_offered_by_label_with_their_counts(page: Page) -> None:
    page.gold(BOATS, CHESS)
    page.draft(BOATS)
    offered = {file["label"]: file for file in page.do("offer")["gold"]}
    assert (offered[OWN]["items"], offered[OWN]["drafts"]) == (2, 1)
    assert page.do("offer")["folder"] == str(page.state / "gold")
    assert offered["seeds"]["items"] > 50
    assert [offered[label]["elsewhere"] for label in (OWN, "seeds")] == [False, True]


def test_a_run_without_a_model_says_so_in_words_that_readers_know(page: Page) -> None:
    page.gold(BOATS)
    page.engine.model_name = EXTRACTIVE
    key = page.run("quoting")
    assert [row["model"] for row in page.do("runs")] == ["No language model"]
    assert page.do("show", run=key, first=0, every=False)["row"]["model"] == "No language model"
    assert page.do("offer")["model"] == ""


def test_files_of_one_name_in_two_folders_are_told_apart(page: Page, tmp_path: Path) -> None:
    (tmp_path / "eval" / "gold").mkdir(parents=True)
    (tmp_path / "eval" / "gold" / "seeds.jsonl").write_text("")
    labels = [found.label for found in gold_files(page.state)]
    assert len(labels) == len(set(labels)) == 3


def test_folders_among_the_gold_files_do_not_keep_the_others_from_being_offered(
    page: Page, tmp_path: Path
) -> None:
    for folder in ("theirs.jsonl", "ours.drafts.jsonl"):
        (tmp_path / "eval" / "gold" / folder).mkdir(parents=True)
    (tmp_path / "eval" / "gold" / "ours.jsonl").write_text("")
    labels = [file["label"] for file in page.do("offer")["gold"]]
    assert "ours" in labels
    assert "theirs" not in labels
    assert "cannot be read: Is a directory" in page.refused("drafts")


def test_a_run_is_asked_for_with_the_model_people_ask(page: Page) -> None:
    file = page.gold(BOATS)
    save(page.state, Preferences("none"))
    page.do("start", gold=OWN, mode="answers", sample=5)
    page.wait()
    request = page.requests[0]
    assert (request["kind"], request["gold"], request["mode"]) == ("eval", str(file), "answers")
    assert (request["sample"], request["seed"]) == (5, 0)
    assert Path(request["out"]).parent == page.state / "runs"
    assert request["settings"]["llm"] == "none"
    assert page.do("follow")["result"] == {"run": "somewhere"}


def test_only_known_files_modes_and_runs_are_used(page: Page) -> None:
    assert "there is no gold file" in page.refused("start", gold="/etc/passwd", mode="answers")
    assert "no question in it yet" in page.refused("start", gold=OWN, mode="answers")
    for action in ("show", "report", "resume"):
        assert "not there any more" in page.refused(action, run="/etc")
    assert page.requests == []


def test_a_finished_run_is_listed_and_shown_with_its_misses(page: Page) -> None:
    page.gold(BOATS, CHESS)
    key = page.run("first", {})
    row = page.do("runs")[0]
    assert (row["run"], row["items"], row["done"], row["finished"]) == (key, 2, 2, True)
    shown = page.do("show", run=key)
    figures = {figure["name"]: figure for figure in shown["figures"]}
    assert figures["Correct answers"]["value"] == "0.000"
    assert figures["Refused, though in the documents"]["better"] == "lower"
    assert [miss["question"] for miss in shown["shown"]] == ["How many boats?"]
    assert shown["shown"][0]["expected"] == ["eleven"]
    every = page.do("show", run=key, every=True)
    assert (shown["total"], every["total"]) == (1, 2)
    assert [item["reasons"] for item in every["shown"]][1] == []
    right = page.do("show", run=page.run("right"), every=True)["shown"][0]
    paragraph = page.engine.corpus["a.txt"][0].id
    place = {"paragraph": paragraph, "name": "a.txt, paragraph 1", "found": "found at place 1"}
    assert right["places"] == [place]


def test_the_report_of_a_run_that_came_from_elsewhere_is_not_what_its_folder_says(
    page: Page,
) -> None:
    page.gold(BOATS, CHESS)
    key = page.run("first", {})
    Path(key, "report.html").write_text("<script>alert(1)</script>")
    report = page.do("report", run=key)
    assert report.startswith("<!doctype html>")
    assert "How many boats?" in report
    assert "<script" not in report


def test_a_run_is_listed_once_where_the_state_directory_is_the_current_folder(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.gold(BOATS, CHESS)
    key = page.run("first", {})
    monkeypatch.chdir(page.state)
    assert [row["run"] for row in page.do("runs")] == [key]
    assert page.do("show", run=key)["row"]["items"] == 2


def test_an_interrupted_run_goes_on_with_what_it_was_made_with(page: Page) -> None:
    page.gold(BOATS, CHESS)
    key = page.run("first", stop_at=1)
    row = page.do("runs")[0]
    assert (row["done"], row["finished"], row["correct"]) == (1, False, "")
    assert page.do("show", run=key)["row"]["done"] == 1
    page.do("resume", run=key)
    request = page.requests[0]
    assert (request["out"], request["mode"], request["sample"]) == (key, "answers", None)


def test_what_changed_between_two_runs_is_told(page: Page) -> None:
    page.gold(BOATS, CHESS)
    before, after = page.run("before", {}), page.run("after")
    found = page.do("flips", before=before, after=after)
    assert found["items"] == 2
    assert ("How many boats?", "Correct answers", True) in [
        (flip["question"], flip["figure"], flip["better"]) for flip in found["flips"]
    ]
    changes = {change["name"]: change for change in found["changes"]}
    assert changes["Correct answers"]["change"] == "+1.000"
    assert page.do("flips", before=before, after=before)["changes"] == []


def test_a_draft_is_edited_and_accepted_into_the_gold_file(page: Page) -> None:
    page.draft(GoldItem("boats", "How many?", (), (), True))
    row = page.do("drafts")[0]
    assert (row["gold"], row["id"], row["note"]) == (OWN, "boats", "a <b>note</b>")
    assert "answerable, but answers is empty" in page.refused("accept", gold=OWN, id="boats")
    page.do(
        "edit",
        gold=OWN,
        id="boats",
        question=" How many boats? ",
        answers=["eleven", " "],
        evidence=[{"document": "a.txt", "quote": "eleven boats"}, {"document": "", "quote": ""}],
        answerable=True,
    )
    assert page.do("accept", gold=OWN, id="boats") == "How many boats?"
    assert page.do("drafts") == []
    items = load_gold(own_file(page.state), read_corpus(page.engine)).items
    assert [gold.item for gold in items] == [BOATS]


def test_what_the_reviewer_of_a_draft_did_not_touch_stays_as_it_was(page: Page) -> None:
    page.engine.corpus = {"a.txt": paragraphs_of("a.txt", ["It tore\x0celeven\x00 boats loose."])}
    evidence = Evidence("a.txt", "tore\x0celeven\x00 boats")
    drafted = GoldItem("b", "How many?", ("- eleven\r\n- boats",), (evidence,), True)
    page.draft(drafted)
    [row] = page.do("drafts")
    shown = {
        "answers": "\n".join(row["answers"]).replace("\r\n", "\n").split("\n"),
        "evidence": [*row["evidence"], {"document": "", "quote": ""}],
    }
    page.do("edit", gold=OWN, id="b", question="How many boats?", answerable=True, **shown)
    page.do("accept", gold=OWN, id="b")
    [kept] = load_gold(own_file(page.state), read_corpus(page.engine)).items
    assert kept.item == replace(drafted, question="How many boats?")


def test_a_draft_that_cites_a_copy_is_accepted(page: Page) -> None:
    page.engine.copies = {"a.txt"}
    page.draft(BOATS)
    assert page.do("accept", gold=OWN, id="boats") == "How many boats?"


def test_a_draft_whose_words_stand_nowhere_is_not_accepted(page: Page) -> None:
    page.draft(GoldItem("a", "Q?", ("x",), (Evidence("a.txt", "words of nowhere"),), True))
    page.draft(GoldItem("b", "Q?", ("x",), (Evidence("../../etc/passwd", "root"),), True))
    assert "is not in a.txt" in page.refused("accept", gold=OWN, id="a")
    assert "stay inside it" in page.refused("accept", gold=OWN, id="b")
    assert not own_file(page.state).exists()


def test_a_draft_that_is_not_answerable_keeps_no_answers(page: Page) -> None:
    page.draft(BOATS)
    page.do(
        "edit", gold=OWN, id="boats", question="Q?", answers=["x"], evidence=[], answerable=False
    )
    page.do("accept", gold=OWN, id="boats")
    assert json.loads(own_file(page.state).read_text())["answers"] == []


def test_a_draft_is_dropped(page: Page) -> None:
    page.draft(BOATS)
    page.do("drop", gold=OWN, id="boats")
    assert page.do("drafts") == []
    assert "there is no draft" in page.refused("drop", gold=OWN, id="boats")
