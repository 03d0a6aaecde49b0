"""Text from documents as a terminal shows it."""


def one_line(text: str) -> str:
    """Words of a document, whose own line breaks say nothing here."""
    return " ".join(text.split())
