"""What may be asked."""

from index.errors import UsageError

MAX_QUESTION = 2000


def check_question(question: str) -> str:
    """The question without blanks around it; raises ``UsageError`` when it cannot be asked."""
    stripped = question.strip()
    try:
        stripped.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"the question is no valid text at character {error.start}") from error
    if not any(character.isalnum() for character in stripped):
        raise UsageError("the question is empty: write what you want to know")
    if len(stripped) > MAX_QUESTION:
        raise UsageError(
            f"the question has {len(stripped)} characters, {MAX_QUESTION} are allowed: shorten it"
        )
    return stripped
