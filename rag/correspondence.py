"""The lines around a letter or a mail that say who writes to whom, and nothing of what is written.

And the first words of a manual, which thank for the choice of what all of it is about.

"Dear Ms Furness," and "Date: Mon, 13 Mar 2023 10:05" have the names and dates that are asked for,
and answer only what is asked of the letter itself.
"""

import re

from index.readers.mail_quotes import WROTE

_NAMES = "From|To|Cc|Bcc|Date|Sent|Subject|Reply-To|Message-ID|Von|An|Gesendet|Betreff|De|Objet"
_HEADER = re.compile(rf"[^\w\n]{{0,8}}(?:{_NAMES}):\s*\S")
_SENDER = re.compile(r"^[^\w\n]{0,8}(?:From|Von|De):\s*\S", re.MULTILINE)
_WHEN = re.compile(r"^[^\w\n]{0,8}(?:Date|Sent|Subject|Gesendet|Betreff|Objet):\s*\S", re.MULTILINE)
_ADDRESS = re.compile(r"\w@\w")
_MAIL_DATE = re.compile(r"\W*Date:\s*\w{3}, \d{1,2} \w{3,9} \d{4},? \d{1,2}:\d\d")
_SALUTATION = re.compile(
    r"(?:Dear|Hello|Hi)(?: (?:[A-Z][\w.'’-]{0,30}|and|or|all|both|sir|madam|team|colleagues|friends"
    r"|everyone)){1,6}[,:!]?"
)
_CLOSING = re.compile(
    r"(?:(?:with )?(?:kind|best|warm|many)(?: regards| wishes| thanks)|regards|sincerely"
    r"|yours (?:sincerely|faithfully|truly|ever)|cheers)\b[,.!]?",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"(?:thank you|thanks|congratulations)(?: very much)? (?:for|on) (?:choosing|buying|purchasing"
    r"|selecting|using|reading|downloading|your (?:purchase|interest|trust))\b.*",
    re.IGNORECASE | re.DOTALL,
)
_OF_THE_LETTER = re.compile(
    r"\b(?:wr(?:ite|ites|ote|itten)|sen(?:t|d|ds|der)|receiv\w+|e-?mail\w*|mail(?:s|ed)?|letters?"
    r"|message|copied|cc|subject|addressed|recipient|repl(?:y|ied)|forward\w*|sign\w*|address"
    r"|contact\w*|reach)\b",
    re.IGNORECASE,
)
_WHAT_IT_SAYS = re.compile(r"\bwhat\b(?!.*\b(?:date|subject|address|name))", re.IGNORECASE)
_ADDRESSED = re.compile(r"\bwhom\b|\bwho\b.*\b(?:addressed|recipient)\b|\bto\W*$", re.IGNORECASE)


def is_header(text: str, around: str) -> bool:
    """Is it a line of a mail's head? ``around`` is its paragraph.

    Minutes have a "Date:" too, and "From: Leeds" stands in a timetable.
    """
    whole = _SENDER.search(around) and _WHEN.search(around)
    alone = _MAIL_DATE.match(text) or _ADDRESS.search(text)
    return _HEADER.match(text) is not None and bool(whole or alone)


def only_frames(question: str, text: str, around: str) -> bool:
    """Is it a line of a letter's frame that is not asked for?"""
    of_the_letter = _OF_THE_LETTER.search(question) and not _WHAT_IT_SAYS.search(question)
    if is_header(text, around) or WROTE.fullmatch(text.strip()):
        return not of_the_letter
    if _COURTESY.fullmatch(text.strip()):
        return True
    if _SALUTATION.fullmatch(text.strip()):
        return _ADDRESSED.search(question) is None
    return _CLOSING.fullmatch(text.strip()) is not None and not of_the_letter
