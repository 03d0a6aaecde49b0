import pytest

from rag.correspondence import is_header, only_frames

HEAD = "From: Ann Lee <a.lee@bwt.example>\nTo: Kim Fox\nDate: Tue, 7 Mar 2023 09:12"
MINUTES = "Minutes of the board\nDate: 20 March 2023"
OTHERWISE = "When did the valve go in?"


@pytest.mark.parametrize(
    ("text", "around"),
    [
        *((line, HEAD) for line in HEAD.splitlines()),
        ("Date: Mon, 13 Mar 2023 10:05:00 +0000", "Date: Mon, 13 Mar 2023 10:05:00 +0000"),
    ],
)
def test_a_line_of_a_mails_head_answers_only_what_is_asked_of_the_mail(
    text: str, around: str
) -> None:
    assert is_header(text, around)
    assert only_frames(OTHERWISE, text, around)
    assert only_frames("What did Ann Lee write to Kim Fox?", text, around)
    assert not only_frames("When was the mail to Kim Fox sent?", text, around)
    assert not only_frames("What is the subject of the mail?", text, around)


@pytest.mark.parametrize("text", ["Dear Ms Furness,", "Hi Ann", "Dear Sir or Madam:"])
def test_a_salutation_answers_only_to_whom_it_is(text: str) -> None:
    assert only_frames("Who wrote the letter to Ms Furness?", text, text)
    assert only_frames("What did Ms Furness reply?", text, text)
    assert not only_frames("To whom is the letter addressed?", text, text)


@pytest.mark.parametrize(
    ("text", "frames"),
    [
        ("Thank you for choosing the Drymaster 120.", True),
        ("Congratulations on your purchase of a pump!", True),
        ("Thank you for the five pumps that came on Monday.", False),
    ],
)
def test_thanks_for_a_choice_answer_nothing(text: str, frames: bool) -> None:
    assert only_frames("What does the pump cost?", text, text) is frames


@pytest.mark.parametrize("text", ["Kind regards,", "Yours sincerely,", "Regards"])
def test_a_closing_answers_only_what_is_asked_of_the_letter(text: str) -> None:
    assert only_frames(OTHERWISE, text, text)
    assert not only_frames("Who signed the letter?", text, text)


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("Date: 20 March 2023", MINUTES),
        ("Date: 20 March 2023, 18:00\nPlace: Guildhall", "Date: 20 March 2023, 18:00"),
        ("To: the left of the door stands a chair.", "To: the left of the door stands a chair."),
        ("Dear friends left the town. They had seen enough.", ""),
        ("Date: 20 March 2023", "Date: 20 March 2023\nSecretary: Ann Lee (a.lee@bwt.example)"),
        ("From: Leeds 08:30", "From: Leeds 08:30\nTo: York 09:30"),
        ("Hi all, the summer fair is on Saturday 3 June", ""),
        ("Hello to the 300 visitors who came on Saturday!", ""),
        ("Dear and roe live in the park", ""),
        ("Regards were sent to the mayor.", ""),
        ("The valve went in yesterday.", HEAD),
    ],
)
def test_other_lines_are_left(text: str, around: str) -> None:
    assert not only_frames(OTHERWISE, text, around)


def test_who_wrote_what_is_quoted_in_a_mail_answers_only_that() -> None:
    wrote = "On 12 Mar 2023, Margaret Oyelaran wrote:"
    assert only_frames("What did Margaret Oyelaran ask?", wrote, wrote)
    assert not only_frames("When was the mail by Margaret Oyelaran sent?", wrote, wrote)
