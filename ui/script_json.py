"""JSON as it may stand inside a script element of a page."""


def inside_script(value: str) -> str:
    """JSON that means the same, and that no text in it can end the element of.

    A "<" inside a JSON string may as well be written as an escape, and stands nowhere else.
    """
    return value.replace("<", "\\u003c")
