"""What announces or points in German, French and Spanish, as in ``announcing.py``."""

import re

_TOLD_DE = r"(?:beschrieben|erläutert|erklärt|behandelt|dargestellt|besprochen|vorgestellt|gezeigt)"
_PLACE_DE = r"(?:Abschnitt|Kapitel|Anhang|Seite|Teil)s?\b"
_TOLD_FR = r"(?:décri|expliqu|trait|abord|présent|détaill|examin|évoqu)\w{1,3}"
_PLACE_FR = r"(?:sections?|chapitres?|annexes?|parties?|encadrés?|pages?)\b"
_TOLD_ES = r"(?:descri|explica|trata|aborda|presenta|detalla|examina|discut)\w{0,4}"
_PLACE_ES = r"(?:secci(?:ón|ones)|capítulos?|apéndices?|anexos?|partes?|páginas?)\b"

ABROAD = re.compile(
    r"\W*(?:"
    # "Die Verwendung ist in Abschnitt 12 ausführlicher beschrieben"
    r"(?:[\w-]+ ){1,8}?(?:wird|werden|ist|sind) (?:[\w-]+ ){0,3}?(?:in|im) (?:\w+ )?"
    rf"{_PLACE_DE}[^;:]*\b{_TOLD_DE}\b"
    rf"|(?:siehe|vgl\.|vergleiche)(?: auch| dazu| hierzu)? (?:(?:den|das|die) )?{_PLACE_DE}"
    r"|(?:weitere|nähere|mehr) (?:informationen|einzelheiten|details|angaben)\b.*"
    r"\b(?:finde[nt]|siehe|stehen|steht|enthält|enthalten)\b"
    rf"|in (?:diesem|dem folgenden|den folgenden|dem nächsten) {_PLACE_DE}n? .*"
    rf"\b(?:wir|{_TOLD_DE})\b"
    rf"|(?:dieser|dieses|der folgende|das folgende|das nächste) {_PLACE_DE} (?:beschreibt|behandelt"
    r"|erläutert|erklärt|stellt|zeigt|gibt)\b"
    r"|(?:voir|cf\.|consultez|reportez-vous à|se reporter à)(?: aussi)? (?:la |le |l['’])?"
    rf"{_PLACE_FR}"
    r"|pour (?:plus|davantage) (?:d['’]|de )(?:informations?|détails|précisions)\b.*"
    r"\b(?:voir|consulte[rz]|reportez|se reporter|référer)\b"
    rf"|(?:[\w'’-]+ ){{1,10}}?(?:est|sont|sera|seront) (?:\w+ ){{0,2}}?{_TOLD_FR} "
    rf"(?:[\w'’]+ ){{0,4}}?(?:dans|à|en) (?:la |le |l['’])?(?:\w+ )?{_PLACE_FR}"
    rf"|(?:cette|ce|la prochaine|le prochain) {_PLACE_FR}(?: \w+)? (?:décrit|explique|présente"
    r"|traite|aborde|détaille|passe)\b"
    rf"|dans (?:cette|ce) {_PLACE_FR},? (?:nous|on)\b"
    rf"|(?:véase|vea|ver|consulte|cf\.)(?: también)? (?:la |el )?{_PLACE_ES}"
    r"|para (?:más|mayor|obtener más) (?:información|detalles?)\b.*\b(?:véase|vea|ver|consulte)\b"
    rf"|(?:[\w-]+ ){{1,10}}?se {_TOLD_ES} (?:\w+ ){{0,4}}?en (?:la |el )?(?:\w+ )?{_PLACE_ES}"
    rf"|(?:esta|este|la siguiente|el siguiente) {_PLACE_ES} (?:describe|explica|presenta|trata"
    r"|aborda|detalla)\b"
    rf"|en (?:esta|este) {_PLACE_ES},? .*\b(?:veremos|explicamos|describimos|se {_TOLD_ES})\b"
    r")",
    re.IGNORECASE,
)
ABOUT_TEXTS = (
    "abschnitt kapitel anhang seite beschrieben beschreibt siehe informationen chapitre annexe"
    " décrit décrite informations sección capítulo apéndice página describe información"
)
"""Of these a question is about where something is told."""
