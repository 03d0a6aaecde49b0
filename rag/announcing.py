"""Sentences that announce or point: they say where a thing is told, and do not tell it.

"In this section we will explain why it fell" fits "Why did it fall?" better than the reason does.
"""

import re

from index.words import stems
from rag.announcing_abroad import ABOUT_TEXTS, ABROAD

_PLACE = r"(?:section|chapter|part|appendix|appendices|page|paragraph|sidebar|unit|lecture)s?"
_TEXT = r"(?:section|chapter|part|appendix|guide|tutorial|handbook|FAQ|sidebar|article|essay)s?"
_HERE = rf"(?:this|the (?:next|following|present)|the rest of (?:this|the)) {_TEXT}"
_TELL = (
    r"(?:discuss|describ|explain|examin|explor|outlin|address|analy[sz]|consider|introduc|review"
    r"|summari[sz]|sketch|indicat|return(?= to)|look(?= at)|turn(?= to)|deal(?= with)|go(?= into))"
    r"(?:e?s|e|ed)?\b(?! that\b)"
)
_WILL = (
    r"(?:(?:will|shall|now|then|next|first|here|below|briefly|also|have|necessarily|attempt|try|want"
    r"|wish|intend|going|can|instead|quickly|already|to) )*"
)
_ANNOUNCES = re.compile(
    r"(?:(?:but|so|and|thus|therefore|hence|instead|finally|however),? )?(?:"
    rf"(?:in|throughout) {_HERE}\b.*?\b(?:we|I|you)(?:['’]ll)? {_WILL}{_TELL}"
    # What a firm "will consider" it may well tell, so only where a place is named, too.
    rf"|(?:(?:elsewhere|above|earlier)\b.*?)?\b(?:we|I)(?:['’](?:ll|ve)| will| shall| have)\b"
    rf"(?=.*\b(?:above|below|here|in turn|in (?:{_HERE}|{_PLACE}))\b) {_WILL}{_TELL}"
    rf"|{_HERE} {_WILL}{_TELL}"
    r"|let(?:['’]s| us) (?:(?:now|first|next|then|briefly) )?"
    r"(?:look|turn|consider|examine|see|discuss|begin|start|return|explore|review)\b(?!.* that\b)"
    r")",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\W*(?:for (?:more(?! than\b)|further|additional|fuller|details|an? (?:\w+ ){0,2}"
    r"(?:discussion|description|introduction|account|overview|analysis|list|reference))\b"
    r"[^;]{0,160}?\b(?:see|refer to|consult|visit|read)\b"
    rf"|(?:please )?(?:see|refer to|consult|visit|cf\.) (?:also )?(?:the )?"
    rf"(?:{_PLACE}|above|below)\b)",
    re.IGNORECASE,
)
_IS_TOLD = re.compile(
    r"(?!.*\b(?:who|which|that|and)\b.*\b(?:be|is|are))(?:[\w'’/-]+ ){1,8}?"
    r"(?:is|are|will be|has been|have been) (?:\w+ ){0,2}"
    r"(?:discussed|described|explained|addressed|examined|explored|detailed|outlined|documented)\b"
    rf"[^,;:]*? (?:in|on) (?:\w+ ){{0,3}}{_PLACE}\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\W*(?:\[[^\]]*|\([^)]*)(?:\bpp?[.,] ?[\divxl]|\b(?:op|loc)\. ?cit|\bibid"
    r"|\b(?:citation|verification) needed)[^\])]*[\])]\W*|\W*",
    re.IGNORECASE,
)
_TELLS = re.compile(r": +\S+(?: \S+){4}|, but\b|https?:|www\.|@", re.IGNORECASE)
"""What follows is more than where to look, or an address to go to."""
_REQUEST = re.compile(r"^(?:please )?(?:(?:can|could) you )?(?:explain|describe|discuss)\b", re.I)
_LOOKED_AT = 400
"""Characters: the patterns would take long over pages of brackets."""
_ABOUT_TEXTS = frozenset(
    stems(
        "section chapter part appendix page guide tutorial handbook article essay discuss describe"
        f" explain examine explore outline address document refer information {ABOUT_TEXTS}"
    )
)


def only_announces(question: str, text: str) -> bool:
    """Does a sentence only say where or that something will be told, or name a source?

    Not where the question is about just that: what a chapter describes, where something is told.
    """
    # The question last: many sentences are looked at, and few are such.
    return _is_such(text) and not _ABOUT_TEXTS & set(stems(_REQUEST.sub("", question.strip())))


def _is_such(text: str) -> bool:
    begins = text[:_LOOKED_AT]
    if begins == text and _REFERENCE.fullmatch(text):
        return True
    told = any(form.match(begins) for form in (_ANNOUNCES, _POINTS, _IS_TOLD, ABROAD))
    return told and _TELLS.search(text) is None
