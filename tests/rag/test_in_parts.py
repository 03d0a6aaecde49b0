"""The chain over a small corpus, asked several things in one message."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

from rag.in_parts import in_parts
from rag.part_answers import merged_hits, together
from rag.types import Event, Evidence, Finished, Status, Token, Turn
from tests.rag.checks import check_answer, draft_of, finished
from tests.rag.fakes import ScriptedLLM, hit, paragraph, reply
from tests.rag.small_corpus import TEXTS, MakeChain, chain_over, synced

BOTH = "When was the Alder bridge opened and what does a heron eat?"
OPENED = "The Alder bridge was opened in 1932."
OPENED_BY = "The Alder bridge was opened in 1932 by the mayor of Renfield."
EATS = "A heron eats fish, frogs and sometimes voles."


def test_each_part_is_answered_with_its_own_citation(make_chain: MakeChain) -> None:
    answer = finished(make_chain(ScriptedLLM([OPENED, EATS])).stream(BOTH))
    check_answer(answer, TEXTS.__getitem__)
    assert answer.text == f"{OPENED} [1] {EATS} [2]"
    assert [c.paragraph.path for c in answer.citations] == ["bridges.txt", "birds.txt"]
    assert answer.question == answer.standalone_question == BOTH
    assert answer.notice == ""


def test_without_a_model_each_part_is_quoted(make_chain: MakeChain) -> None:
    answer = finished(make_chain().stream(BOTH))
    check_answer(answer, TEXTS.__getitem__)
    assert "1932" in answer.sentences[0].text
    assert answer.sentences[1].text == EATS
    assert answer.extractive


def test_where_no_part_is_answered_all_are_refused_with_what_comes_nearest_to_each(
    make_chain: MakeChain,
) -> None:
    answer = finished(make_chain(refuse=True).stream(BOTH))
    check_answer(answer, TEXTS.__getitem__)
    assert answer.status is Status.REFUSED
    assert answer.question == BOTH
    assert answer.refusal == "No plain answer was found; what comes nearest is:"
    quotes = [sentence.text for sentence in answer.sentences]
    assert (quotes[0], quotes[-1]) == (f"“{OPENED_BY}”", f"“{EATS}”")


def test_of_parts_that_are_all_refused_each_is_told_why(make_chain: MakeChain) -> None:
    parts = ["Who is the king of Zamunda?", "When was the Alder bridge opened?", "and why?"]
    king, opened = (finished(make_chain(refuse=True).stream(part)) for part in parts[:2])
    failed = replace(king, status=Status.ERROR, text="gone", refusal="", error="gone")
    answer = together("all?", parts, [failed, king, opened])
    check_answer(answer, TEXTS.__getitem__)
    assert answer.status is Status.REFUSED
    assert answer.text == f"{king.text} {opened.text}"
    assert answer.notice == f"“{parts[0]}” could not be answered, because gone."


def test_the_part_that_is_left_open_is_named(make_chain: MakeChain) -> None:
    parts = ["What does a heron eat?", "who is the king of Zamunda?"]
    eats = finished(make_chain().stream(parts[0]))
    no_king = finished(make_chain(refuse=True).stream(parts[1]))
    answer = together("both?", parts, [eats, no_king])
    check_answer(answer, TEXTS.__getitem__)
    assert answer.status is Status.ANSWERED
    assert answer.text == f"{EATS} [1]"
    assert answer.notice == "The documents do not answer “who is the king of Zamunda?”."
    unsure = replace(
        no_king, refusal="The documents mention “king”; nothing found says plainly who."
    )
    said = together("both?", parts, [eats, unsure]).notice
    assert said == "Nothing found answers “who is the king of Zamunda?” plainly."
    turned = together("both?", parts[::-1], [no_king, eats])
    assert (turned.text, turned.notice) == (answer.text, answer.notice)


def test_what_comes_nearest_to_a_part_left_open_is_quoted_at_the_end(make_chain: MakeChain) -> None:
    parts = ["When was the Alder bridge opened?", "What does a heron eat?"]
    opened = finished(make_chain(refuse=True).stream(parts[0]))
    eats = finished(make_chain().stream(parts[1]))
    answer = together("both?", parts, [opened, eats])
    check_answer(answer, TEXTS.__getitem__)
    assert answer.text.startswith(f"{EATS} [1] “{OPENED_BY}” [2]")
    assert answer.said == EATS
    assert answer.notice == (
        f"No plain answer to “{parts[0]}” was found; what comes nearest is quoted."
    )
    said = finished(make_chain().stream("Who opened the Alder bridge?"))
    again = together("both?", ["Who opened it?", *parts[:1]], [said, opened])
    assert again.text.count("opened in 1932") == 1
    # A draft that is put in the source's words has them in quotation marks, too.
    own = replace(said, sentences=tuple(replace(s, text=f"“{s.text}”") for s in said.sentences))
    assert together("both?", ["Who opened it?", "and who?"], [said, own]).text == said.text


def test_a_part_whose_words_and_number_were_told_is_not_said_to_be_open(
    make_chain: MakeChain,
) -> None:
    lanes = finished(make_chain().stream("What does the bridge carry over the river Tam?"))
    refused = finished(make_chain(refuse=True).stream("how many lanes does it carry?"))
    answer = together("both?", ["What does it carry?", refused.question], [lanes, refused])
    assert (answer.text, answer.notice) == (lanes.text, lanes.notice)


def test_a_later_part_is_told_how_the_one_before_was_understood(make_chain: MakeChain) -> None:
    eats = finished(make_chain().stream("What does a heron eat?"))
    told: list[Sequence[Turn]] = []

    def answering(part: str, history: Sequence[Turn], later: bool) -> Generator[Event, None, None]:
        told.append(history)
        yield Finished(replace(eats, standalone_question=f"{part} (the heron)"))

    list(in_parts("both?", ["What does it eat?", "where does it nest?"], (), answering))
    assert told[1] == (Turn("user", "What does it eat? (the heron)"), Turn("assistant", EATS))


def test_where_nothing_is_found_for_any_part_the_whole_is_quoted_for(make_chain: MakeChain) -> None:
    king = finished(make_chain(refuse=True).stream("Who is the king of Zamunda?"))
    eats = finished(make_chain().stream("What does a heron eat?"))

    def refusing(part: str, told: Sequence[Turn], later: bool) -> Generator[Event, None, None]:
        yield Finished(replace(king, standalone_question=part))

    def quoting(whole: str, told: Sequence[Turn], later: bool) -> Generator[Event, None, None]:
        yield Finished(replace(eats, standalone_question=whole))

    parts = ["What does it hunt?", "what does it eat?"]
    *_, evidence, done = in_parts("both?", parts, (), refusing, quoting=quoting)
    assert isinstance(done, Finished)
    assert isinstance(evidence, Evidence)
    assert (done.answer.text, done.answer.notice) == (eats.text, eats.notice)
    assert done.answer.question == done.answer.standalone_question == "both?"
    assert evidence.hits == done.answer.retrieved
    assert done.answer.timings.total > eats.timings.total
    *_, done = in_parts("both?", parts, (), refusing, quoting=refusing)
    assert isinstance(done, Finished)
    assert done.answer.text == king.text


def test_the_part_that_failed_is_named_with_the_reason(make_chain: MakeChain) -> None:
    eats = finished(make_chain().stream("What does a heron eat?"))
    failed = replace(eats, status=Status.ERROR, text="", sentences=(), citations=(), error="gone")
    answer = together("both?", ["What does a heron eat?", "and why?"], [eats, failed])
    assert answer.text == f"{EATS} [1]"
    assert answer.notice == "“and why?” could not be answered, because gone."


def test_a_sentence_that_answers_both_parts_is_said_once(make_chain: MakeChain) -> None:
    said = "The Alder bridge was opened in 1932 by the mayor of Renfield."
    asked = "When was the Alder bridge opened? Who opened the Alder bridge?"
    answer = finished(make_chain(ScriptedLLM([said, said])).stream(asked))
    check_answer(answer, TEXTS.__getitem__)
    assert answer.text == f"{said} [1]"


def test_and_when_is_not_asked_again_where_the_answer_tells_it(make_chain: MakeChain) -> None:
    said = "The mayor of Renfield opened the Alder bridge in 1932."
    model = ScriptedLLM([said])
    answer = finished(make_chain(model).stream("Who opened the Alder bridge and when?"))
    assert answer.text == f"{said} [1]"
    assert [kind for kind, _ in model.calls].count("stream") == 1


def test_a_later_part_is_asked_of_what_the_first_is_about(make_chain: MakeChain) -> None:
    answer = finished(
        make_chain().stream("When was the Alder bridge opened and how many lanes does it carry?")
    )
    assert [s.text for s in answer.sentences] == [
        "The Alder bridge was opened in 1932 by the mayor of Renfield.",
        "It carries four lanes and a cycle path over the river Tam.",
    ]


def test_the_evidence_of_all_parts_is_shown_and_final_with_the_last(tmp_path: Path) -> None:
    with synced(tmp_path, TEXTS) as store:
        events = list(chain_over(store, ScriptedLLM([OPENED, EATS])).stream(BOTH))
    evidence = [event for event in events if isinstance(event, Evidence)]
    assert [event.final for event in evidence] == [False, True]
    assert {hit.paragraph.path for hit in evidence[1].hits} >= {"bridges.txt", "birds.txt"}
    ids = [hit.paragraph.id for hit in evidence[1].hits]
    assert len(ids) == len(set(ids))
    assert draft_of(events) == f"{OPENED} {EATS}"
    assert isinstance(events[-1], Finished)
    assert events[-1].answer.retrieved == evidence[1].hits


def test_closing_in_the_second_part_closes_the_models_stream(make_chain: MakeChain) -> None:
    model = ScriptedLLM([OPENED, EATS])
    events = make_chain(model).stream(BOTH)
    found = 0
    for event in events:
        found += isinstance(event, Evidence)
        if found == 2 and isinstance(event, Token):
            break
    events.close()  # type: ignore[attr-defined]
    assert model.closed_early == 1


def test_a_follow_up_in_parts_is_shown_as_it_was_understood(make_chain: MakeChain) -> None:
    history = (Turn("user", "Who owns the Alder bridge?"), Turn("assistant", "The town."))
    answer = finished(
        make_chain().stream("When was it opened and how many lanes does it carry?", history)
    )
    assert answer.standalone_question == (
        "When was it opened? (Alder bridge) how many lanes does it carry?"
    )
    assert "1932" in answer.sentences[0].text
    assert "four lanes" in answer.sentences[1].text


def test_what_the_parts_took_is_told_as_one_answer(make_chain: MakeChain) -> None:
    answer = finished(make_chain(ScriptedLLM([OPENED, EATS])).stream(BOTH))
    one = finished(make_chain(ScriptedLLM([OPENED])).stream("When was the Alder bridge opened?"))
    assert answer.tokens == one.tokens + one.tokens
    assert answer.timings.first_token is not None
    assert answer.timings.retrieve <= answer.timings.first_token <= answer.timings.total


def test_a_model_that_fails_in_one_part_leaves_it_to_be_quoted(make_chain: MakeChain) -> None:
    model = ScriptedLLM([OPENED, reply(EATS, fails_after=0)])
    answer = finished(make_chain(model).stream(BOTH))
    assert answer.text == f"{OPENED} [1] {EATS} [2]"
    assert "The documents are quoted, because scripted model did not answer" in answer.notice
    assert not answer.extractive


def test_no_more_is_shown_than_one_search_finds_the_best_of_each_part_first() -> None:
    one, other = (
        [hit(paragraph(f"{name} {n}.", path=name, ordinal=n), n) for n in (1, 2, 3)]
        for name in ("a.txt", "b.txt")
    )
    merged = merged_hits([one, other])
    assert [(h.paragraph.id, h.rank) for h in merged] == [
        ("a.txt#1", 1),
        ("b.txt#1", 2),
        ("a.txt#2", 3),
    ]
    assert merged_hits([[], []]) == ()
