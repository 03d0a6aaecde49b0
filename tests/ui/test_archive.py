"""Conversations on disk: whole, owned, searchable, and readable by their user alone."""

import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.errors import PinciteError
from tests.ui.corpus import ASK_COST, ASK_LONG, ASK_TWO, corpus_engine
from ui.archive import FILE, FOLDER, Archive
from ui.conversation import Conversation
from ui.conversations import Conversations
from ui.scope import EVERYTHING, Scope
from ui.session import ChatTurn, Stage


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def talk(id_: str, owner: str, *questions: str, scope: Scope = EVERYTHING) -> Conversation:
    """A conversation of finished turns, with everything a turn can hold."""
    found, engine = Conversation(id_, owner), corpus_engine()
    for question in questions:
        turn, script = found.add(question, Stage.SEARCHING, scope), engine.scripts[question]
        made = replace(turn, stage=Stage.FINISHED, hits=script.hits, answer=script.answer)
        found.update(replace(made, draft="".join(script.draft), standalone_question="alone"))
        found.amend(turn.id, ("And then?",))
    return found


def test_a_conversation_comes_back_as_it_was(archive: Archive) -> None:
    kept = talk("c1", "me", ASK_COST, ASK_LONG, scope=Scope("harbour/*", "2024", ""))
    archive.save(kept)
    found = archive.load("me", "c1")
    assert found is not None
    assert found.turns == kept.turns
    assert (found.name, found.id, found.owner) == (kept.name, "c1", "me")


def test_a_question_without_its_answer_comes_back_as_stopped_until_the_answer_is_saved(
    archive: Archive,
) -> None:
    kept = talk("c1", "me", ASK_COST)
    asked = kept.add(ASK_LONG, Stage.WAITING, EVERYTHING)
    archive.save(kept)
    found = archive.load("me", "c1")
    assert found is not None
    assert [turn.stage for turn in found.turns] == [Stage.FINISHED, Stage.STOPPED]
    assert found.turns[1].question == ASK_LONG
    kept.update(replace(asked, stage=Stage.FINISHED, draft="Deferred."))
    archive.save(kept)
    found = archive.load("me", "c1")
    assert found is not None
    assert found.turns == kept.turns


def test_what_a_question_may_yet_give_way_to_stays_on_disk_until_its_first_word(
    archive: Archive,
) -> None:
    def saved(*questions: str) -> bool:
        archive.save(kept)
        found = archive.load("me", "c1")
        return found is not None and tuple(turn.question for turn in found.turns) == questions

    kept = talk("c1", "me", ASK_COST, ASK_LONG)
    archive.save(kept)
    kept.add("Stopped at once", Stage.WAITING, EVERYTHING, "t1")
    assert saved(ASK_COST, ASK_LONG, "Stopped at once")
    kept.end_pending()
    assert saved(ASK_COST, ASK_LONG)
    asked = kept.add("Begun", Stage.WAITING, EVERYTHING, "t1")
    kept.update(replace(asked, stage=Stage.WRITING, draft="Half"))
    assert saved("Begun")


def test_deleted_turns_leave_the_disk_and_their_numbers_are_not_used_again(
    archive: Archive, tmp_path: Path
) -> None:
    kept = talk("c1", "me", ASK_COST, ASK_LONG)
    archive.save(kept)
    kept.delete("t2")
    archive.save(kept)
    found = archive.load("me", "c1")
    assert found is not None
    assert [turn.id for turn in found.turns] == ["t1"]
    assert found.add("q", Stage.WAITING, EVERYTHING).id == "t3"
    archive.close()
    content = b"".join(f.read_bytes() for f in (tmp_path / FOLDER).iterdir())
    assert ASK_COST.encode() in content
    assert ASK_LONG.encode() not in content


def test_nobody_reads_lists_or_deletes_what_another_owns(archive: Archive) -> None:
    archive.save(talk("c1", "me", ASK_COST))
    assert archive.load("you", "c1") is None
    assert archive.list("you") == ()
    archive.delete("you", "c1")
    assert archive.load("me", "c1") is not None
    shared = Conversations(archive)
    mine = shared.get("me", "c1")
    assert mine is not None
    assert shared.get("me", "c1") is mine
    assert shared.get("you", "c1") is None
    shared.delete("you", "c1")
    assert shared.get("me", "c1") is mine


def test_conversations_are_found_by_words_of_questions_answers_and_names(archive: Archive) -> None:
    archive.save(talk("c1", "me", ASK_COST))
    archive.save(talk("c2", "me", ASK_LONG))
    assert [entry.id for entry in archive.list("me")] == ["c2", "c1"]
    assert [entry.id for entry in archive.list("me", "EUROS")] == ["c1"]
    assert [entry.id for entry in archive.list("me", "deferred until")] == ["c2"]
    assert archive.list("me", "100%_nothing'") == ()
    renamed = archive.load("me", "c1")
    assert renamed is not None
    renamed.rename("Harbour")
    archive.save(renamed)
    assert archive.list("me", "harbour")[0].name == "Harbour"


@pytest.fixture
def nine_hours_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as clock:
        clock.setenv("TZ", "East-9")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("nine_hours_east")
def test_conversations_are_listed_with_the_day_they_had_here(
    archive: Archive, tmp_path: Path
) -> None:
    archive.save(talk("c1", "me", ASK_COST))
    late = datetime(2024, 3, 14, 20, tzinfo=UTC).timestamp()
    with closing(sqlite3.connect(tmp_path / FOLDER / FILE, isolation_level=None)) as other:
        other.execute("UPDATE conversations SET updated = ?", [late])
    [row] = Conversations(archive).shelf("me", "", "").rows
    assert row.when == "2024-03-15"


def test_words_are_found_in_capitals_of_any_alphabet(archive: Archive) -> None:
    kept = Conversation("c1", "me", "Ärzte und Straßen")
    kept.add("WAS KOSTET DAS ÖL? И ЧАЙ?", Stage.STOPPED, EVERYTHING)
    archive.save(kept)
    for words in ("ärzte", "ÄRZTE", "STRASSEN", "öl", "чай"):
        assert [entry.id for entry in archive.list("me", words)] == ["c1"], words
    assert archive.list("me", "arzte") == ()


class AnsweredMeanwhile(Conversation):
    """One whose question gets its answer just when it is being written to disk."""

    @property
    def kept(self) -> tuple[ChatTurn, ...]:
        turns = super().kept
        self.update(replace(turns[-1], stage=Stage.FINISHED, draft="The answer."))
        return turns


def test_what_changes_while_a_conversation_is_written_is_written_the_next_time(
    archive: Archive,
) -> None:
    kept = AnsweredMeanwhile("c1", "me")
    kept.add(ASK_COST, Stage.SEARCHING, EVERYTHING)
    archive.save(kept)
    archive.save(kept)
    found = archive.load("me", "c1")
    assert found is not None
    assert [turn.draft for turn in found.turns] == ["The answer."]
    assert kept.unsaved == set()


def test_a_deleted_conversation_is_not_saved_again_by_an_answer_that_ends_later(
    archive: Archive,
) -> None:
    shared = Conversations(archive)
    kept = shared.new("me")
    turn = kept.add(ASK_COST, Stage.SEARCHING, EVERYTHING)
    shared.delete("me", kept.id)
    kept.end(turn.id)
    archive.save(kept)
    assert archive.list("me") == ()


def test_what_a_tab_asks_in_a_conversation_deleted_in_another_is_in_no_second_one(
    archive: Archive,
) -> None:
    shared = Conversations(archive)
    kept = shared.new("me")
    kept.add(ASK_COST, Stage.FINISHED, EVERYTHING)
    archive.save(kept)
    shared.delete("me", kept.id)
    assert archive.list("me") == ()
    assert shared.get("me", kept.id) is None
    kept.add(ASK_LONG, Stage.FINISHED, EVERYTHING)
    archive.save(kept)
    again = shared.get("me", kept.id)
    assert again is kept
    assert [turn.question for turn in again.turns] == [ASK_LONG]


def test_only_the_user_can_read_the_files(archive: Archive, tmp_path: Path) -> None:
    archive.save(talk("c1", "me", ASK_COST))
    folder = tmp_path / FOLDER
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600


def test_a_file_that_is_damaged_or_no_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / FOLDER / FILE
    file.mkdir(parents=True)
    with pytest.raises(PinciteError, match=r"sqlite3 cannot be used \(.*\): see to your rights"):
        Archive(tmp_path)
    file.rmdir()
    file.write_bytes(b"no database " * 1000)
    with pytest.raises(PinciteError, match=r"file is not a database.*move it away"):
        Archive(tmp_path)
    assert file.read_bytes() == b"no database " * 1000


def test_a_turn_of_another_version_is_left_out_and_the_rest_kept(
    archive: Archive, tmp_path: Path
) -> None:
    archive.save(talk("c1", "me", ASK_COST, ASK_LONG))
    make_unreadable(tmp_path, "t1")
    found = archive.load("me", "c1")
    assert found is not None
    assert [turn.id for turn in found.turns] == ["t2"]


def test_a_turn_of_another_version_stays_on_disk_until_its_conversation_is_deleted(
    archive: Archive, tmp_path: Path
) -> None:
    archive.save(talk("c1", "me", ASK_COST, ASK_LONG, ASK_TWO))
    make_unreadable(tmp_path, "t1")
    found = archive.load("me", "c1")
    assert found is not None
    found.delete("t2")
    found.add("And then?", Stage.STOPPED, EVERYTHING)
    archive.save(found)
    assert turns_on_disk(tmp_path) == ["t1", "t3", "t4"]
    archive.delete("me", "c1")
    assert turns_on_disk(tmp_path) == []


def make_unreadable(state: Path, turn_id: str) -> None:
    """Write a turn as another version of the program would have."""
    with closing(sqlite3.connect(state / FOLDER / FILE, isolation_level=None)) as other:
        other.execute("UPDATE turns SET value = '{}' WHERE id = ?", [turn_id])


def turns_on_disk(state: Path) -> list[str]:
    with closing(sqlite3.connect(state / FOLDER / FILE)) as other:
        return [id_ for (id_,) in other.execute("SELECT id FROM turns ORDER BY place")]
