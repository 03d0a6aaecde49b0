"""The times that a text tells: dates, days, clocks, and words like "since"."""

import re

from index.words import MONTHS, numbers, stem, stems

_TIME_WORDS = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may"
    " june july august september october november december today yesterday tomorrow minute hour"
    " day week month year decade century night morning evening summer winter spring autumn early"
    " late before after during since until ago last next first"
)
# Without those that are names or other words in English: "mars", "Julio", "Sommer".
_TIME_WORDS_ABROAD = (
    "montag montags dienstag dienstags mittwoch mittwochs donnerstag donnerstags freitag freitags"
    " samstag samstags sonntag sonntags januar februar märz juni juli oktober dezember uhr stunde"
    " stunden minuten tage tagen woche wochen monat monate monaten jahr jahre jahren jahrhundert"
    " frühjahr frühling morgens abends nachts täglich heute gestern seit bis zuerst zuletzt"
    " mardi mercredi jeudi vendredi samedi dimanche janvier février avril mai juin juillet"
    " août septembre octobre novembre décembre heure heures jour jours semaine semaines mois année"
    " années siècle printemps été automne hiver soir nuit hier depuis"
    " lunes martes miércoles jueves viernes sábado sábados enero febrero marzo abril junio"
    " agosto septiembre octubre noviembre diciembre hora horas minutos día días semanas mes meses"
    " año años siglo primavera otoño invierno mañana noche hoy desde hasta"
)
TIMES = frozenset(stem(word) for word in f"{_TIME_WORDS} {_TIME_WORDS_ABROAD}".split())
_MONTH = "|".join(MONTHS)
_MONTH_ABROAD = (
    "Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|janvier|février|mars|avril|juin|juillet"
    "|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto"
    "|septiembre|octubre|noviembre|diciembre"
)
DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th|\.)? (?:of )?(?:{_MONTH})\b(?:,? \d{{4}})?"
    rf"|\b(?:{_MONTH}) (?:\d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?|\d{{4}}\b)"
    rf"|\b\d{{1,2}}(?:er|º|\.)? (?:de )?(?:{_MONTH_ABROAD})\b(?: (?:de )?\d{{4}})?"
    r"|\b\d{1,2}\.\d{1,2}\.\d{4}\b|\b(?:im Jahre?|seit|depuis|desde) (?:1\d{3}|20\d\d)\b"
    r"|\b\d{4}-\d{2}-\d{2}\b|\b(?:in|since|until) (?:1\d{3}|20\d\d)\b",
    re.IGNORECASE,
)
"""None is an amount, except where an age or a number of years is asked for."""
REFERENCE = re.compile(
    r"\b(?:[Cc]hapter|[Ss]ection|[Ff]igure|[Tt]able|[Aa]ppendix|[Pp]age|[Ff]ig\.|pp?\.|Example|Part)"
    r"\s+\d+(?:[.–-]\d+)*|^\s*\(?\d{1,2}[.)]\s"
)
"""Where something stands: no amount and no time."""
_ONE = re.compile(r"(?<!\bat )\bone\b(?! o['’])", re.IGNORECASE)
"""Somebody, as in "if one shares the values"."""
_NO_MONTH = re.compile(r"\b(?:may|march)\b")
"""As these are written where they are no months."""
CLOCK = re.compile(r"\b\d{1,2}:\d\d\b|\b\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b", re.IGNORECASE)
_MADE = re.compile(
    r"^when\b.*\b(?:built|founded|established|constructed|invented|created|gegründet|(?:er|ge)baut"
    r"|errichtet|erfunden|fondée?|créée?|construite?|inventée?|fund|cread|construid|inventad)",
    re.IGNORECASE,
)
"""What takes years has no time of the day, and how long it took is not when it was."""
_LASTED = re.compile(
    r"(?<!\bvor )(?<!\bhace )(?<!il y a )\b(?:[\w.-]+[ -](?:minutes|hours|days|weeks|months|years"
    r"|decades|jours|semaines|ans|années|tagen?|wochen|monaten?|jahren?|días|semanas|meses|años)"
    r"|(?:an?|one)[ -](?:minute|hour|day|week|month|year|decade)|(?:[2-9]|plusieurs|quelques) mois)"
    r"\b(?! (?:ago|later|after|before|earlier|plus tard|après|später|nach|después|antes)\b)",
    re.IGNORECASE,
)


def tells_when(question: str, text: str) -> bool:
    """Does the text tell a time, or a number, beyond those of a question that asks for one?"""
    told = REFERENCE.sub(" ", _ONE.sub("", text))
    if _MADE.match(question.strip()):
        told = _LASTED.sub(" ", CLOCK.sub(" ", told))
    times = set(stems(_NO_MONTH.sub("", told))) & TIMES
    return bool((numbers(told) | times) - set(stems(question)))
