from pathlib import Path

import pytest

from rag.followups.pronouns import named_instead
from rag.types import Turn
from tests.rag.checks import finished
from tests.rag.fakes import ScriptedLLM
from tests.rag.small_corpus import MakeChain, chain_over, synced

LED = "Who led the inquiry into the fire?"
LED_BY = "The inquiry was led by Ann Lee, a judge."


@pytest.mark.parametrize(
    ("question", "earlier", "answer", "named"),
    [
        ("how old was she?", LED, LED_BY, "how old was Ann Lee?"),
        ("And what did her report say?", LED, LED_BY, "And what did Ann Lee's report say?"),
        ("who saw her?", LED, LED_BY, "who saw Ann Lee?"),
        ("who saw her?", LED, "Dame Ann Lee.", "who saw Dame Ann Lee?"),
        ("who saw her?", LED, "Ann Lee of Elm did, in Renfield.", "who saw Ann Lee?"),
        ("Was it hers?", "Who is Tom?", "", ""),
        ("what was his own view of his wife?", "Did Tom Holt resign?", "Yes.",
         "what was Tom Holt's own view of Tom Holt's wife?"),
        ("where did he live?", "In which year did Tom Holt resign?", "In 1950, said Ann Lee.",
         "where did Tom Holt live?"),
        ("how long is it?", "Who commanded the Petrel?", "", "how long is the Petrel?"),
        ("how long is it?", "What was the price of Weir Bridge?", "", ""),
        ("how long is it?", "Did Ann Lee design Weir Bridge?", "", ""),
        ("how long is it?", "Who designed Weir Bridge?", "Ann Lee.", "how long is Weir Bridge?"),
    ],
)  # fmt: skip
def test_a_pronoun_gives_way_to_the_one_name_that_it_may_stand_for(
    question: str, earlier: str, answer: str, named: str
) -> None:
    assert named_instead(question, earlier, answer) == named


@pytest.mark.parametrize(
    ("question", "earlier", "answer"),
    [
        pytest.param("how old was she?", LED, "Ann Lee led it with Tom Holt.", id="two answered"),
        pytest.param("how old was she?", LED, "A judge did.", id="none answered"),
        pytest.param("how old was she?", LED, "The judge in Elm did.", id="a place answered"),
        pytest.param("how old was she?", LED, "Experts led it.", id="a first word"),
        pytest.param("how old was she?", "Who was the judge?", "Ann Lee was.", id="a role"),
        pytest.param("how old was she?", LED, "Sir Tom Holt led it.", id="a man"),
        pytest.param("how old was he?", "Did Mrs Holt resign?", "", id="a woman"),
        pytest.param("how old was she?", "Did Ann Lee marry Tom Holt?", "", id="two asked about"),
        pytest.param("how old was he?", "When did the mayor of Elm resign?", "", id="a place"),
        pytest.param("how old was he?", "What was Ann Lee's son called?", "", id="an owner"),
        pytest.param("how old is it?", "When did Ann Lee buy the ship?", "", id="no thing's name"),
        pytest.param("how old is it?", "When was the Alder bridge built?", "", id="half a name"),
        pytest.param("how old is she?", "Ann Lee", "", id="no question"),
        pytest.param("how old is she?", "How old is Weir Bridge?", "", id="nobody's name"),
        pytest.param("why did he sell it?", "When did Tom Holt resign?", "", id="two pronouns"),
        pytest.param("did he say that?", "When did Tom Holt resign?", "", id="another one"),
        pytest.param("did he meet Ann Lee?", "When did Tom Holt resign?", "", id="a name"),
        pytest.param("and she?", "When did Tom Holt resign?", "", id="nothing else"),
        pytest.param("who resigned?", "When did Tom Holt resign?", "", id="no pronoun"),
        pytest.param("was he there in 1950?", "When did Tom Holt resign?", "", id="a number"),
    ],
)
def test_what_more_than_one_may_be_meant_by_is_left_to_a_model(
    question: str, earlier: str, answer: str
) -> None:
    assert named_instead(question, earlier, answer) == ""


def test_no_model_rewrites_what_a_name_was_put_in(make_chain: MakeChain) -> None:
    history = (Turn("user", "Who opened the Alder bridge?"), Turn("assistant", "Ann Lee [1] did."))
    model = ScriptedLLM(["Ann Lee was the mayor of Renfield."])
    answer = finished(make_chain(model).stream("How old was she?", history))
    assert answer.standalone_question == "How old was Ann Lee?"
    assert len(model.calls) == 2


def test_a_pronoun_gets_no_name_that_a_refusal_only_quotes(tmp_path: Path) -> None:
    texts = {"a.txt": "The Alder bridge was opened by Ann Lee, of Renfield.\n"}
    asked = "By whom was it opened?"
    with synced(tmp_path, texts) as store:
        chain = chain_over(store, refuse=True)
        refused = finished(chain.stream(asked))
        history = (Turn("user", asked), Turn("assistant", refused.said))
        answer = finished(chain.stream("How old was she?", history))
    assert "Ann Lee" in refused.said
    assert "Ann Lee" not in answer.standalone_question
