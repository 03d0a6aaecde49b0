import pytest

from rag.asked import (
    answers_nothing,
    asks_for_amount,
    asks_for_time,
    gives_what_was_asked,
    holds_the_kind,
    is_yes_or_no,
    lacks_the_reason,
    names_what_was_asked,
)


@pytest.mark.parametrize(
    ("question", "text", "gives"),
    [
        ("How many boats sank?", "Two boats sank.", True),
        ("When was the pier built?", "It took several months and two years to build.", False),
        ("When was the pier built?", "It was built two years after the war.", True),
        ("When was the pier built?", "It was built last year.", True),
        ("when was die Mole gebaut?", "Der Bau dauerte mehrere Monate.", False),
        ("when was die Mole gebaut?", "Sie wurde vor drei Jahren gebaut.", True),
        ("How many boats sank?", "Dozens of boats sank.", True),
        ("How many boats sank?", "They lay under half a metre of water.", False),
        ("How many boats sank?", "The damage came to 4.2 million pounds.", False),
        ("How many boats sank?", "Nine sank in two days.", True),
        ("How many boats sank?", "Half a million sank.", True),
        ("How many tons sank?", "It came to 4.2 million.", True),
        ("How many metres did it rise?", "It rose by half a metre.", True),
        ("How many boats sank?", "Both harbours lost all boats.", False),
        ("How many of the 12 boats sank?", "The 12 boats were caught in a storm.", False),
        ("What percentage of boats sank?", "Half of them sank.", True),
        ("How much did the pier cost?", "It was opened on 12 May 1987 by the mayor.", False),
        ("How much did the pier cost?", "It was opened in 1987, on May 12th.", False),
        ("How much did the pier cost?", "In 1987 it cost 14.2 million crowns.", True),
        ("What did the pier cost?", "It cost 500 to build.", True),
        ("What did the pier cost?", "The work was stopped four weeks early.", False),
        ("What does the rent include?", "It includes heating.", True),
        ("What is the reason for the price increase?", "Steel became dearer.", True),
        ("Which fee is waived?", "That of joining is waived.", True),
        ("What is the slope of turnover?", "It is 0.4 among renters.", True),
        ("What share of boats sank?", "The town has 2,048 boats.", False),
        ("What share of boats sank?", "One in five did.", True),
        ("What share of boats sank?", "It was 12 of 31 boats.", True),
        ("What percentage of boats sank?", "The share rose to 4.2 in May.", True),
        ("how much kostet the Brücke?", "Sie wurde am 3. März 2023 eröffnet.", False),
        ("how much coûte the pont?", "Il a été ouvert le 1er mai 2023.", False),
        ("how much cuesta the puente?", "Se abrió el 3 de mayo de 2023.", False),
        ("when opened the Bad?", "Das Bad öffnet täglich.", True),
        ("when opened the Bad?", "Das Bad ist beliebt.", False),
        ("How many guests came?", "A dinner was attended by 2000 guests.", True),
        ("How old is the mayor?", "She was born in 1961.", True),
        ("How many years did the siege last?", "It went on from 2012 until 2016.", True),
        ("When did the boats sink?", "They sank on Monday.", True),
        ("When did the boats sink?", "They sank in 1931.", True),
        ("When did the boats sink?", "They sank off the reef.", False),
        ("When did the boats sink?", "Some may sink from time to time.", False),
        ("When did the boats sink?", "In May they sank.", True),
        ("When boats sink, what is lost?", "Their cargo is.", True),
        ("When boats sink, is the cargo lost?", "Most of it can be saved.", True),
        ("When, in that year, did the boats sink?", "Most of it can be saved.", False),
        ("What sank?", "What sank?", False),
        ("What sank?", "The ferry sank.", True),
    ],
)
def test_an_answer_holds_the_kind_of_thing_that_was_asked_for(
    question: str, text: str, gives: bool
) -> None:
    assert gives_what_was_asked(question, text) is gives


@pytest.mark.parametrize(
    ("question", "text", "names"),
    [
        ("Who built the pier?", "It was built by Ada Holt.", True),
        ("Who built the pier?", "Holt built it.", True),
        ("Who built the pier?", "Workers built the pier.", False),
        ("Who built the pier?", "Pier office, room B214.", False),
        ("Who runs Holt?", "The network of Holt SA.", False),
        ("And who replaced Holt?", "On Sunday the town dismissed Holt.", False),
        ("In which city did they meet?", "They met in Bergen.", True),
        ("In which city did they meet?", "During their talks they met twice.", False),
        ("In which Norwegian city did they meet?", "During their talks they met twice.", False),
        ("What is the name of Holt's firm?", "Holt owned a firm.", False),
        ("Why did Holt leave?", "The pier was done.", True),
        ("Who bears the cost?", "The buyer bears the cost of carriage.", True),
        ("Who pays for the audit?", "It is to be paid by the supplier.", True),
        ("Who must insure the house?", "The landlord must insure it.", True),
        ("Who bears the cost?", "The cost is high for a buyer.", False),
        ("Who built the pier?", "The pier was built by hand.", False),
    ],
)
def test_a_quotation_holds_a_name_where_one_was_asked_for(
    question: str, text: str, names: bool
) -> None:
    around = f"{text} The engineer Holt was the first to come to Bergen."
    assert names_what_was_asked(question, text, around) is names


@pytest.mark.parametrize(
    ("question", "whether"),
    [
        ("Does the ferry call there?", True),
        (" and may I go?", True),
        ("Am I allowed to go?", True),
        ("If it rains, may I go?", True),
        ("If it rains, where may I go?", False),
        ("What does the ferry do?", False),
        ("Isle of Wight ferries?", False),
    ],
)
def test_a_question_whether_something_is_so_begins_with_its_verb(
    question: str, whether: bool
) -> None:
    assert is_yes_or_no(question) is whether


@pytest.mark.parametrize(
    ("question", "text", "nothing"),
    [
        ("When does the ship sail?", "Ann: When does the ship sail in May?", True),
        ("When does the ship sail?", "“When?” (laughs)", False),
        ("When does the ship sail?", "Bob: In May.", False),
        ("What did Ann ask Bob about the ship?", "Ann: When does it sail?", False),
    ],
)
def test_a_question_of_a_source_answers_nothing_unless_it_was_asked_for(
    question: str, text: str, nothing: bool
) -> None:
    assert answers_nothing(question, text) is nothing


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        ("How old is Captain Penn?", "Captain Penn is 54 and lives in Hull.", True),
        ("How old is Captain Penn?", "Captain Penn, 54, lives in Hull.", True),
        ("How old is Captain Penn?", "Penn was born in 1961.", True),
        ("How old is Captain Penn?", "Penn has sailed for 30 years.", False),
        ("How old is Captain Penn?", "Penn is aged beyond telling.", False),
        ("How much did the repairs cost?", "The repairs took 12 days.", False),
        ("How much did the repairs cost?", "The repairs came to £3,000.", True),
        ("How much did the repairs cost?", "The repairs were paid in pounds.", False),
        ("How much notice must they give?", "They must give 30 days.", True),
        ("What was the price?", "It was sold for 40 crowns.", True),
        ("What was the price?", "It was sold at once.", False),
        ("What did wheat cost?", "It was sold at 9s. 8d. the quarter.", True),
        ("What was the odds ratio?", "The odds ratio was read out.", False),
        ("What was the odds ratio?", "It was 0.91 (95% CI 0.61 to 1.36).", True),
        ("How many boats came?", "Boats came at 07:21 and 9 pm.", False),
        ("How many boats came?", "At 07:21 a dozen boats came.", True),
        ("What dose was given?", "The dose was written down by Penn.", False),
        ("What dose was given?", "The dose was 75 millilitres.", True),
        ("What is the weight of it?", "It is 4.25 tons.", True),
        ("How heavy is the wheel?", "The wheel is 4.1 metres across.", False),
        ("How heavy is the wheel?", "The wheel is of 3 tons.", True),
        ("How much did the wheel weigh?", "It was 900kg.", True),
        ("How wide is the wheel?", "The wheel in ‘Hull’ has 40 blades.", False),
        ("How wide is the wheel?", "The wheel is 4.1 metres across.", True),
        ("How high was the profit?", "Its profit was 412 million euros.", True),
        ("How high was the profit?", "Its profit was read out by 12 members.", False),
        ("How high were Penn Pumps' yearly profits?", "They were 412 million euros.", True),
        ("How high is unemployment?", "It is at 4 percent.", True),
        ("How high is the tower at the rent office?", "It cost 412 euros.", False),
        ("How high is the tower that cost a fortune?", "It is 80 metres high.", True),
        ("How large is the fee-paying school?", "It has 80 rooms.", True),
        ("What does she earn?", "She has 11 members of staff.", False),
        ("What does she earn?", "She is paid 11 pounds.", True),
        ("What were their names?", "They were women.", False),
        ("When did it leave?", "It left for Hull.", False),
        ("Who took it?", "The crew took it.", False),
        ("Who took it?", "It was taken by Ann Penn.", True),
        ("Why was it taken?", "It was wet.", True),
    ],
)
def test_the_kind_asked_for_is_an_age_a_sum_a_measure_a_time_or_a_name(
    question: str, text: str, holds: bool
) -> None:
    assert holds_the_kind(question, text, f"{text} The ship of Ann Penn came to Hull.") is holds


def test_no_time_of_the_day_tells_when_something_was_made() -> None:
    built = "When was the reservoir built?"
    assert not gives_what_was_asked(built, "The works were shut down at 04:15.")
    assert gives_what_was_asked(built, "It was finished at 04:15 on 3 May.")
    assert gives_what_was_asked("When were the works shut down?", "They were shut at 04:15.")


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("So does my mother, who is 81 and telephones me.", True),
        ("She was 34.", True),
        ("She was 3.4 m above the ground.", False),
        ("There are 81 steps.", False),
    ],
)
def test_an_age_may_be_a_number_alone(text: str, tells: bool) -> None:
    assert holds_the_kind("How old is Dr Nair's mother?", text, text) is tells


def test_what_a_follow_up_is_asked_of_does_not_change_what_it_asks_for() -> None:
    follow_up = "And when did he say that? (Who is the minister and what did he urge?)"
    assert asks_for_time(follow_up)
    assert not asks_for_time("When many are arrested, what do the others do?")


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("Why is it kept warm?", "It keeps for six months at room temperature.", True),
        ("Why is it kept warm?", "Do not cool it, as it sets below 15 °C.", False),
        ("Why is it kept warm?", "Cold causes it, and it sets.", False),
        ("Why is it kept warm?", "Anderson has it warm to gain time.", False),
        ("Why is it kept warm?", "According to two chemists it goes to the shelf.", True),
        ("How is it kept warm?", "It keeps for six months at room temperature.", False),
    ],
)
def test_a_reason_is_told_by_the_words_that_give_one(question: str, text: str, lacks: bool) -> None:
    assert lacks_the_reason(question, text) is lacks


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("What is the mean age of the sample?", True),
        ("What median age did they have?", True),
        ("What was the pooled odds ratio?", True),
        ("What does sandbox mean?", False),
        ("What does the word mean?", False),
        ("What causes high concentration of ozone?", False),
    ],
)
def test_a_mean_is_an_amount_and_what_something_means_is_none(question: str, asks: bool) -> None:
    assert asks_for_amount(question) is asks


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        ("When was it founded?", "It is told in Chapter 1, The Founding", False),
        ("When was it founded?", "One has to share the values of those who founded it.", False),
        ("When does it open?", "It opens at one.", True),
        ("When does it open?", "1. Village hall.", False),
        ("When was it founded?", "As Section 5.4.3 tells, it was founded in 1993.", True),
        ("How many disks are needed?", "Figure 12-3 shows the disks.", False),
        ("How many disks are needed?", "As Figure 12-3 shows, four are.", True),
        ("How many boats came?", "There are more, for example 5 boats of ours.", True),
    ],
)
def test_where_something_stands_is_no_amount_and_no_time(
    question: str, text: str, holds: bool
) -> None:
    assert holds_the_kind(question, text, text) is holds


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The Harbour Board leader's (HBL) role is not laid down.", False),
        ("It is led by Ann Lee of the HBL.", True),
        ("It is led by the BBC.", True),
    ],
)
def test_the_short_form_of_what_is_asked_about_names_nobody(text: str, named: bool) -> None:
    assert names_what_was_asked("Who is the harbour board leader?", text, text) is named
