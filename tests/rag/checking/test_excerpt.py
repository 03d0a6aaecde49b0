import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words import stems
from rag.checking.excerpt import as_quotation, beginning, excerpt, shortened
from rag.checking.source_words import MOST_WORDS
from rag.match import Span
from tests.rag.checks import PROPERTY
from tests.rag.fakes import paragraph

WAR = (
    "An uprising against the governor sparked the war in 2011, and the rebels and their allies held"
    " a large part of the city from 2012 until 2016, when the troops took it back with help from"
    " militias of two neighbours"
)
WHEN = "In which year was the city taken back?"
MOST = 30


def whole(text: str) -> Span:
    source = paragraph(text, start=50)
    return Span(source, source.start, source.end)


def cut(text: str, claim: str, question: str = WHEN, most: int = MOST) -> str | None:
    span = whole(text)
    part = excerpt(span, claim, question, most)
    return None if part is None else as_quotation(part, span)


def test_the_clauses_that_hold_what_was_taken_are_left_with_a_mark_where_others_were() -> None:
    assert cut(WAR, "The war began in 2011 with an uprising.", "What sparked the war?") == (
        "“An uprising against the governor sparked the war in 2011 …”"
    )
    assert cut(WAR, "The troops of two neighbours took it back.", "Who?", 34) == (
        "“… the rebels and their allies held a large part of the city from 2012 until 2016,"
        " when the troops took it back with help from militias of two neighbours”"
    )


def test_nothing_is_left_out_that_was_taken_and_not_in_the_question() -> None:
    both = "An uprising in 2011 led to troops of two neighbours taking it back."
    assert cut(WAR, both, "What happened?") is None
    assert cut(WAR, both, "What happened?", most=60) == f"“{WAR}”"


def test_a_claim_that_took_nothing_has_no_excerpt() -> None:
    assert cut(WAR, "Nobody knows.", "What happened?") is None


@pytest.mark.parametrize(
    "limit",
    [
        "unless the governor of the province decides otherwise by the end of the year",
        "but this was never confirmed by anybody who had been there at that time",
        "if the two neighbours and all of their allies agree to it in the end",
    ],
)
def test_what_limits_a_statement_stays_with_it(limit: str) -> None:
    statement = "The northern bridge will be opened to all traffic on 3 May"
    assert cut(f"{statement}, {limit}", "It opens on 3 May.", "When does it open?", 20) is None
    more = "as the people of the town have long hoped for in these years"
    told = cut(f"{statement}, {more}", "It opens on 3 May.", "When does it open?", 20)
    assert told == f"“{statement} …”"


@pytest.mark.parametrize(
    "head",
    [
        "Critics of the government and of its many friends abroad claim",
        "It was not shown by anybody in all of these long years",
        "The report wasn't able to tell after all of these long years",
        "If the people of the town and of the villages agree to it",
    ],
)
def test_whose_words_they_are_and_what_they_depend_on_stays_with_them(head: str) -> None:
    statement = "the northern bridge will be closed to all traffic on 3 May"
    assert cut(f"{head}, {statement}.", "It closes on 3 May.", "When does it close?", 16) is None


@pytest.mark.parametrize("link", ["which dealt", "dealing", "described as what dealt"])
def test_a_clause_that_leans_on_the_one_before_it_does_not_begin_an_excerpt(link: str) -> None:
    text = (
        f"Many people in the whole area were unprepared for the strike last Thursday, {link}"
        " the governor of the province his worst blow in years"
    )
    assert cut(text, "It dealt him his worst blow.", "What did it do?", 18) is None


@pytest.mark.parametrize(("words", "torn"), [(7, False), (8, True)])
def test_a_long_sentence_is_not_torn_for_a_few_words(words: int, torn: bool) -> None:
    needed = f"The northern bridge was closed {'and so were others ' * 6}on 3 May"
    span = whole(f"{needed}, {' '.join(['soon'] * words)}")
    part = shortened(span, "It closed on 3 May.", "When did it close?")
    assert part.text == (needed if torn else span.text)


def test_brackets_and_quotation_marks_stay_whole() -> None:
    text = (
        "The crew of the second block (the commander, the pilot of the command module, and the"
        " pilot of the lunar module) was named in the spring of 1966"
    )
    assert cut(text, "The pilot of the lunar module.", "Who?", 20) is None


clauses = st.lists(
    st.lists(
        st.sampled_from(["bridge", "town", "river", "opened", "1932", "mayor"]),
        min_size=1,
        max_size=9,
    ),
    min_size=1,
    max_size=6,
)


@PROPERTY
@given(clauses, st.lists(st.sampled_from(["bridge", "town", "1932", "mayor"]), max_size=3))
def test_an_excerpt_is_words_of_its_source_within_its_limit_that_hold_what_was_taken(
    text: list[list[str]], claim: list[str]
) -> None:
    span = whole(", ".join(" ".join(clause) for clause in text) + ".")
    part = excerpt(span, " ".join(claim), "When?", MOST)
    if part is not None:
        assert span.start <= part.start < part.end <= span.end
        assert part.text in span.text
        assert len(as_quotation(part, span).split()) <= MOST
        assert set(stems(" ".join(claim))) & set(stems(span.text)) <= set(stems(part.text))


CAMPAIGN = (
    "In 2000 the network began a campaign about its round logo, also called the dot, in which a"
    " figure of a comic asked all who came by to take the dot home, a program which made the logo"
    " fly around the screen"
)


def test_of_a_sentence_beyond_forty_words_the_most_clauses_from_its_beginning_are_left() -> None:
    span = whole(f"{CAMPAIGN} and settle in the corner.")
    asked = "What did the campaign of the network show?"
    part = beginning(span, asked)
    assert part is not None
    assert as_quotation(part, span).endswith("to take the dot home …”")
    assert shortened(span, CAMPAIGN, asked) == part


def test_a_beginning_without_all_that_was_asked_about_is_none() -> None:
    span = whole(f"{CAMPAIGN} and settle in the corner.")
    assert beginning(span, "What did the campaign make fly around the screen?") is None
    assert beginning(span, "Who was it?") is None


def test_a_beginning_keeps_the_few_words_that_a_draft_took_from_the_sentence() -> None:
    span = whole(f"{CAMPAIGN} and settle in the corner.")
    asked = "What did the campaign of the network show?"
    assert shortened(span, "In 2000 it showed a comic.", asked) == beginning(span, asked)
    assert shortened(span, "In 2000 it showed a corner.", asked) == span


@pytest.mark.parametrize("last", ["a law that", "what the towns did not", "read by all in"])
def test_no_clause_ends_with_what_only_begins_another(last: str) -> None:
    kept = "The act of the council on bridges was made in 1996"
    rest = "and so on " * 10
    span = whole(f"{kept}, and it was {last}, {rest}.")
    part = beginning(span, "What was the act on bridges?")
    assert part is not None
    assert part.text == kept


@PROPERTY
@given(st.lists(st.sampled_from([*CAMPAIGN.split(), ",", "unless", ";"]), max_size=70))
def test_a_beginning_is_shorter_than_its_sentence_and_within_the_limit(words: list[str]) -> None:
    span = whole(" ".join(["Logo", *words, "ends."]).replace(" ,", ","))
    part = beginning(span, "Which logo?")
    if part is not None:
        assert part.start == span.start
        assert part.end < span.end
        assert len(part.words.split()) <= MOST_WORDS


@pytest.mark.parametrize(
    "people",
    [
        "the following persons to the work and shall not replace any of them without the consent of"
        " the client, which is not to be unreasonably withheld or delayed by it: Dr Samuel Acht"
        " (programme director), Ms Lucy Thorn (head of validation) and Mr Deepak Rao (network"
        " engineer), each for as long as the work goes on",
        "these persons, as long as they are employed by it and are able to work: Dr Samuel Acht"
        " (programme director in Leeds), Ms Lucy Thorn (head of validation in York), Mr Deepak Rao"
        " (network engineer in Hull), Ms Ann Lee (clerk in Ripon) and Mr Tom Kruse (driver in"
        " Selby), whom the client may refuse",
    ],
)
def test_of_what_is_told_one_after_the_other_behind_a_colon_nothing_is_left_out(
    people: str,
) -> None:
    span = whole(f"The supplier shall assign {people}.")
    assert shortened(span, "", "List the persons that the supplier shall assign.") == span
