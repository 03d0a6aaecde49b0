"""Subtitles: what is said, put together to paragraphs that tell when it begins."""

import pytest

from index.readers import UnreadableError, read
from tests.index.cutting import shown
from tests.index.documents import SHIPS, SUBTITLES, VOICES


def cues(*lines: str, apart: float = 1.0, lasts: float = 1.0) -> bytes:
    """A .srt file with these lines, each shown ``lasts`` seconds, ``apart`` one after the other."""
    blocks = []
    for number, line in enumerate(lines):
        start = number * apart
        times = " --> ".join(f"00:{t // 60:02.0f}:{t % 60:06.3f}" for t in (start, start + lasts))
        blocks.append(f"{number + 1}\n{times}\n{line}\n")
    return "\n".join(blocks).encode()


def test_a_sentence_that_goes_over_cues_is_one_paragraph_at_the_time_of_its_first() -> None:
    assert shown("a.srt", SUBTITLES.encode()) == [
        ((), "00:00:01", SHIPS),
        ((), "01:02:09", "JANE DOE: Fish & rope."),
    ]


def test_who_speaks_stands_before_what_is_said() -> None:
    assert shown("a.vtt", VOICES.encode()) == [
        ((), "00:00:01", "Jane Doe: Ships carry timber."),
        ((), "00:00:03", "Bob: They sail in May."),
    ]


def test_a_change_of_speakers_and_a_long_silence_begin_a_paragraph() -> None:
    said = cues("Ships sail.", ">> When?", "- In May.\n- Or June.", "MR. LEE: No.")
    assert [words for _, _, words in shown("a.srt", said)] == [
        "Ships sail.",
        "When? – In May. – Or June.",
        "MR. LEE: No.",
    ]
    assert len(shown("a.srt", cues("Ships sail.", "They do.", apart=10))) == 2


def test_a_question_and_the_reply_of_another_are_one_paragraph() -> None:
    said = cues("CHAIR: When do ships sail?", "MR. LEE: In May.", "MR. LEE: And in June.")
    assert shown("a.srt", said) == [
        ((), "00:00:00", "CHAIR: When do ships sail?\n\nMR. LEE: In May."),
        ((), "00:00:02", "MR. LEE: And in June."),
    ]


def test_long_talk_is_parted_where_sentences_end_or_at_last_between_cues() -> None:
    sentences = [
        f"Ship {n} carries a great deal of timber in May, and fish." for n in range(10, 30)
    ]
    paragraphs = [words for _, _, words in shown("a.srt", cues(*sentences))]
    assert [words.count("Ship") for words in paragraphs] == [8, 8, 4]
    endless = shown("a.srt", cues(*(sentence[:-1] for sentence in sentences)))
    assert [words.count("Ship") for _, _, words in endless] == [17, 3]


def test_captions_that_roll_up_say_each_line_once() -> None:
    lines = [f"line {n} of the talk" for n in range(6)]
    rolling = [f"{above}\n{line}" for above, line in zip([" ", *lines], lines, strict=False)]
    [(_, _, words)] = shown("a.srt", cues(*rolling))
    assert words == " ".join(lines)
    web = cues(*rolling, *rolling[-1:]).decode().replace(",", ".")
    [(_, place, words)] = shown("a.vtt", f"WEBVTT\n\n{web}".encode())
    assert (place, words) == ("00:00:00", " ".join(lines))


def test_who_says_a_thing_twice_has_said_it_twice() -> None:
    [(_, _, words)] = shown("a.srt", cues("Were you there?", "No.", "No.", "I was not.", "Ever."))
    assert words == "Were you there? No. No. I was not. Ever."


def test_cues_without_blank_lines_and_texts_with_some_are_read() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nShips\n\nsail.\n2\n00:00:02,000 --> 00:00:03,000\nYes.\n"
    )
    assert shown("a.srt", text.encode()) == [((), "00:00:01", "Ships sail. Yes.")]
    windows = text.replace("\n", "\r\n").encode("utf-16")
    assert shown("a.srt", windows) == [((), "00:00:01", "Ships sail. Yes.")]


def test_a_file_without_a_cue_is_refused() -> None:
    with pytest.raises(UnreadableError, match="it holds no subtitles"):
        read("a.srt", b"Ships sail.")
