"""The marks of lists: a bullet, and numbers under the names that Word has for their forms."""

BULLET = "-"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"))
_LETTERS = 26
_MAX_LETTERS = 10


def formed(number: int, form: str) -> str:
    """The number in this form, in digits where it is none that is known."""
    match form:
        case "none":
            return ""
        case "decimalZero":
            return f"{number:02}"
        case "lowerLetter" | "upperLetter":
            # After z come aa and bb.
            letters = chr(ord("a") + (number - 1) % _LETTERS)
            letters *= min((number - 1) // _LETTERS + 1, _MAX_LETTERS)
            return letters.upper() if form == "upperLetter" else letters
        case "lowerRoman" | "upperRoman":
            roman = _roman(number)
            return roman.upper() if form == "upperRoman" else roman
    return str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4 * _ROMAN[0][0]:
        return str(number)
    text = ""
    for worth, letters in (*_ROMAN, (1, "i")):
        text += letters * (number // worth)
        number %= worth
    return text
