"""What holds for the characters of rich text where they stand: group by group, word by word."""

from dataclasses import dataclass, replace

SHOWN, NOTE, COMMENT, HEADER, FOOTER, MARK = "text", "notes", "comments", "header", "footer", "mark"
SKIPPED, FONTS, STYLES, INFO, AUTHOR = "skipped", "fonts", "styles", "info", "author"

_PLACES = {
    "footnote": NOTE,
    "annotation": COMMENT,
    "atnauthor": AUTHOR,
    "listtext": MARK,
    "pntext": MARK,
    "fonttbl": FONTS,
    "stylesheet": STYLES,
    "info": INFO,
    "shptxt": SHOWN,
    **{f"header{which}": HEADER for which in ("", "l", "r", "f")},
    **{f"footer{which}": FOOTER for which in ("", "l", "r", "f")},
}
_SKIPPED_TEXT = (
    "colortbl fldinst pict object objdata shprslt sp xe tc txe rxe nonesttables do bkmkstart"
    " bkmkend filetbl private template ftnsep ftnsepc aftnsep aftnsepc"
)
_SKIPPED = frozenset(_SKIPPED_TEXT.split())
# Known ones that old readers are to skip, and others not.
_WALKED = frozenset(["shpinst", "shppict"])


@dataclass(frozen=True, slots=True)
class State:
    """``place`` is what the characters are part of; ``unicode_skip`` how many stand for each that
    is told by its code point, for readers that know none.
    """

    place: str = SHOWN
    starred: bool = False
    hidden: bool = False
    deleted: bool = False
    unicode_skip: int = 1
    font: int = -1

    def after(self, word: str, number: int | None) -> "State":
        """What holds behind a control word."""
        on = number != 0
        match word:
            case "v":
                return replace(self, hidden=on)
            case "deleted":
                return replace(self, deleted=on)
            case "plain":
                return replace(self, hidden=False, deleted=False)
            case "uc":
                return replace(self, unicode_skip=min(max(number or 0, 0), 10))
            case "f":
                return replace(self, font=number or 0)
        return self._at(word)

    def _at(self, word: str) -> "State":
        """Inside what it begins, if it begins something."""
        if self.place == SKIPPED:
            return self
        if word in _PLACES:
            return replace(self, place=_PLACES[word], starred=False)
        if word in _SKIPPED or (self.starred and word not in _WALKED):
            return replace(self, place=SKIPPED, starred=False)
        return replace(self, starred=False) if self.starred else self
