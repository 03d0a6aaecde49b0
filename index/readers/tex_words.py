"""Words of LaTeX -> the words that are printed, signs of formulas as far as there are letters."""

import re
import unicodedata

_GREEK_TEXT = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi o pi rho final sigma"
    " tau upsilon phi chi psi omega"
)
_GREEK = {name: chr(0x3B1 + i) for i, name in enumerate(_GREEK_TEXT.split())}
_SIGNS_TEXT = (
    "varepsilon:ε vartheta:ϑ varphi:φ times:× pm:± mp:∓ le:≤ leq:≤ ge:≥ geq:≥ ne:≠ neq:≠ approx:≈"
    " sim:~ cdot:· circ:° degree:° to:→ rightarrow:→ infty:∞ sum:∑ sqrt:√ ldots:… dots:… div:÷"
    " textendash:– textemdash:— textdegree:° textmu:µ textpm:± texttimes:× ss:ß ae:æ AE:Æ oe:œ"
    " OE:Œ o:ø O:Ø aa:å AA:Å l:ł L:Ł i:ı S:§ pounds:£ euro:€ texteuro:€ copyright:©"
    " textbackslash:\\"
)
_NAMED_TEXT = "log ln exp sin cos tan max min lim det Pr LaTeX TeX"
_SIGNS = (
    _GREEK
    | {name.capitalize(): sign.upper() for name, sign in _GREEK.items()}
    | {name: sign for name, sign in (one.split(":") for one in _SIGNS_TEXT.split())}
    | {name: name for name in _NAMED_TEXT.split()}
    | dict.fromkeys(["quad", "qquad", "par", "linebreak", "newline", "item"], " ")
)
_UNPRINTED_TEXT = (
    "label index bibliographystyle bibliography input include includegraphics vspace hspace color"
    " setlength addtolength pagestyle thispagestyle usepackage newcommand renewcommand hypersetup"
    " setcounter addcontentsline pagenumbering cmidrule cline nocite begin end"
)
_UNPRINTED = frozenset(_UNPRINTED_TEXT.split())
_BEFORE_WORDS = {"multicolumn": 2, "multirow": 2, "textcolor": 1, "href": 1, "hypertarget": 1}
"""How many arguments stand before the one that is printed."""
_REFERS = re.compile(r"\w*cite\w*|c?ref|Cref|autoref|eqref|pageref")
_NOTES = frozenset(["footnote", "thanks", "todo"])
_MARKS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    '"': "\u0308", "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "r": "\u030a",
    "k": "\u0328",
}  # fmt: skip
_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_POWER = re.compile(r"[-+−]?\d{1,3}|n")
_COMMAND = re.compile(r"\\(?:([A-Za-z]+)\*?|(.))", re.DOTALL)
_OPTION = re.compile(r"\s*(?:\[([^\]]*)\]|\([\d-]+\))")
_ALONE = {"~": " ", "{": "", "}": "", "$": ""}
_SPECIAL = re.compile(r"[\\^~{}$]")
_BRACE = re.compile(r"\\.|[{}\[\]]", re.DOTALL)
_MOST_DEEP = 30
_LONGEST = 3_000
"""What is in braces; where they do not end, no more is looked through."""


def shown(text: str, deep: int = 0) -> str:
    """What is printed; notes stand in brackets behind what they are on, keys for what is cited."""
    printed: list[str] = []
    at = 0
    while at < len(text):
        character = text[at]
        if character == "\\" and (command := _COMMAND.match(text, at)):
            words, at = _printed(command, text, deep)
            printed.append(words)
        elif character == "^":
            words, at = group(text, at + 1)
            raised = shown(words, deep + 1) if deep < _MOST_DEEP else words
            power = _POWER.fullmatch(raised) is not None
            printed.append(raised.translate(_RAISED) if power or raised == "°" else f"^{raised}")
        elif character in _ALONE:
            printed.append(_ALONE[character])
            at += 1
        else:
            special = _SPECIAL.search(text, at + 1)
            end = special.start() if special else len(text)
            printed.append(text[at:end])
            at = end
    return _typeset("".join(printed)) if not deep else "".join(printed)


def _printed(command: re.Match[str], text: str, deep: int) -> tuple[str, int]:
    """What a command prints, and where what it takes ends."""
    name, sign, at = command[1] or "", command[2] or "", command.end()
    if sign in _MARKS or (name in _MARKS and text[at : at + 1] in ("{", " ")):
        letter, at = group(text, at)
        letter = {"\\i": "i", "\\j": "j"}.get(letter, letter)
        return unicodedata.normalize("NFC", letter[:1] + _MARKS[sign or name] + letter[1:]), at
    if sign:
        printed = {"\\": "\n", **dict.fromkeys("()[]!/", ""), **dict.fromkeys(",;: \n", " ")}
        return printed.get(sign, sign), at
    options: list[str] = []
    while option := _OPTION.match(text, at):
        options += filter(None, [(option[1] or "").replace("~", " ")])
        at = option.end()
    if name in _UNPRINTED:
        while text[at : at + 1] in ("{", "["):
            _, at = group(text, at)
        return "", at
    if _REFERS.fullmatch(name):
        keys, at = group(text, at)
        return f"[{', '.join([keys, *options])}]", at
    if name in _NOTES and deep < _MOST_DEEP:
        note, at = group(text, at)
        return f" ({shown(note, deep + 1)})", at
    for _ in range(_BEFORE_WORDS.get(name, 0)):
        _, at = group(text, at)
    return _SIGNS.get(name, ""), at + (text[at : at + 2] == "{}") * 2


def group(text: str, at: int, longest: int = _LONGEST) -> tuple[str, int]:
    """What is in the braces that begin here, or one command or character; and where it ends."""
    while text[at : at + 1] == " ":
        at += 1
    pair = {"{": "}", "[": "]"}.get(text[at : at + 1])
    if pair is None:
        command = _COMMAND.match(text, at)
        end = command.end() if command else min(at + 1, len(text))
        return text[at:end], end
    depth, last = 0, min(at + longest, len(text))
    for brace in _BRACE.finditer(text, at, last):
        depth += (brace[0] == text[at]) - (brace[0] == pair)
        if not depth:
            return text[at + 1 : brace.start()], brace.end()
    return text[at + 1 : last], last


def _typeset(text: str) -> str:
    text = re.sub(r"(?<![\w−-])-(?=\d)", "−", text)
    for typed, printed in (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”")):
        text = text.replace(typed, printed)
    return text
