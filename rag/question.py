"""What may be asked."""

from index.errors import UsageError

MAX_QUESTION = 2000


def check_question(question: str) -> str:
    """The question on one line, its words one blank apart; ``UsageError`` when it cannot be asked.

    Patterns that look for words between blanks would try hundreds of them in every way.
    """
    try:
        question.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"the question is no valid text at character {error.start}") from error
    stripped = " ".join(question.split())
    if not any(character.isalnum() for character in stripped):
        raise UsageError("the question is empty: write what you want to know")
    if len(stripped) > MAX_QUESTION:
        raise UsageError(
            f"the question has {len(stripped)} characters, {MAX_QUESTION} are allowed: shorten it"
        )
    return stripped
