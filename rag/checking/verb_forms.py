"""Verbs whose past is another word: "wrote" and "written" say what "write" does."""

from index.words import stem

_FORMS_TEXT = """
bear bore borne born; beat beaten; become became; begin began begun; bend bent; bind bound; bite bit
bitten; blow blew blown; break broke broken; bring brought; build built; burn burnt; buy bought;
catch caught; choose chose chosen; come came; deal dealt; dig dug; draw drew drawn; drink drank
drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought; find
found; flee fled; fly flew flown; forbid forbade forbidden; forget forgot forgotten; freeze froze
frozen; get got gotten; give gave given; go went gone; grow grew grown; hang hung; hear heard; hide
hid hidden; hold held; keep kept; know knew known; lay laid; lead led; learn learnt; leave left;
lend lent; lie lay lain; lose lost; make made; mean meant; meet met; pay paid; ride rode ridden;
ring rang rung; rise rose risen; run ran; say said; see saw seen; seek sought; sell sold; send sent;
shake shook shaken; shoot shot; show shown; sing sang sung; sink sank sunk; sit sat; sleep
slept; speak spoke spoken; spend spent; stand stood; steal stole stolen; stick stuck; strike struck;
swear swore sworn; swim swam swum; take took taken; teach taught; tear tore torn; tell told; think
thought; throw threw thrown; understand understood; wake woke woken; wear wore worn; win won; write
wrote written
"""
_BASE = {
    stem(form): stem(forms.split()[0])
    for forms in _FORMS_TEXT.replace("\n", " ").split(";")
    for form in forms.split()
}


def base_of(stemmed: str) -> str:
    """The stem of its present, of a stem in any form; other stems are their own."""
    return _BASE.get(stemmed, stemmed)
