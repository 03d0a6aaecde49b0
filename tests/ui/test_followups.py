"""Questions to ask next: from the documents, not asked before, and answered by them."""

from collections.abc import Sequence
from dataclasses import replace

from index.errors import PinciteError
from index.types import Paragraph
from rag.types import Answer, Status
from tests.ui.corpus import ASK_COST, HARBOUR, corpus_engine
from tests.ui.fakes import FakeEngine, Script, paragraphs_of
from ui.followups import OFFERED, follow_ups, question, topics
from ui.session import ChatTurn, Stage


class Willing(FakeEngine):
    """Answers every question but those with one of the words in ``unknown``."""

    unknown: Sequence[str] = ()

    def _refusal(self, asked: str) -> Script:
        known = not any(word in asked for word in self.unknown)
        status = Status.ANSWERED if known else Status.REFUSED
        return Script(answer=Answer(asked, asked, status, "text"))


def turn_over(engine: FakeEngine) -> ChatTurn:
    script = corpus_engine().scripts[ASK_COST]
    return ChatTurn("t1", ASK_COST, Stage.FINISHED, "", script.hits, "", script.answer)


def always() -> bool:
    return True


def willing(*unknown: str) -> Willing:
    engine = Willing(corpus_engine().corpus)
    engine.unknown = unknown
    return engine


def test_headings_nearby_become_questions_unless_they_are_questions_themselves() -> None:
    engine = willing()
    turn = turn_over(engine)
    found = follow_ups(engine, turn, [turn], always)
    assert found == (question("“Storm damage”"), question("Elin Aas"))
    assert len(found) <= OFFERED


def test_what_the_documents_do_not_answer_is_not_offered() -> None:
    engine = willing("Storm damage")
    turn = turn_over(engine)
    assert question("“Storm damage”") not in follow_ups(engine, turn, [turn], always)


def test_what_was_asked_before_is_not_offered() -> None:
    engine = willing()
    turn = turn_over(engine)
    asked = replace(turn, id="t0", question="How much storm damage was there?")
    assert question("“Storm damage”") not in follow_ups(engine, turn, [asked, turn], always)


def test_no_more_is_tried_once_there_is_no_time_to_spare() -> None:
    engine = willing()
    turn = turn_over(engine)
    spare = iter([True, False])
    found = follow_ups(engine, turn, [turn], lambda: next(spare))
    assert found == (question("“Storm damage”"),)
    assert [asked for asked, _ in engine.asked] == [question("“Storm damage”")]
    assert follow_ups(engine, turn, [turn], lambda: False) == ()


def test_topics_are_headings_from_the_nearest_and_then_names() -> None:
    made = paragraphs_of("a", ["# Harbour", "The mayor, Elin Aas, spoke with Jon Berg of it."])
    assert list(topics(made)) == ["“Harbour”", "Elin Aas", "Jon Berg"]


def test_topics_are_told_without_numbers_and_not_made_of_headings_that_any_text_has() -> None:
    headings = ["4.2 Deposit", "Summary", "General information", "§ 3 Rent", "30 days"]
    blocks = [block for heading in headings for block in (f"# {heading}", "It is due in May.")]
    assert list(topics(paragraphs_of("a", blocks))) == ["“Deposit”", "“Rent”", "“30 days”"]


def test_hostile_and_endless_headings_make_no_questions() -> None:
    headings = ["<img src=x onerror=alert(1)>", "${1+1}", "word " * 30, "[a](b)", "", "?"]
    blocks = [b for heading in headings for b in ("# " + heading, f"Text of it, {heading}.")]
    engine = Willing({HARBOUR: paragraphs_of(HARBOUR, blocks)})
    turn = replace(turn_over(engine), hits=())
    assert follow_ups(engine, turn, [turn], always) == ()


class Failing(Willing):
    """Has lost its index."""

    def paragraphs(self, path: str, first: int = 1, last: int = 0) -> list[Paragraph]:
        raise PinciteError("no index")


def test_an_engine_that_fails_offers_nothing() -> None:
    engine = Failing({})
    turn = turn_over(engine)
    assert follow_ups(engine, turn, [turn], always) == ()
