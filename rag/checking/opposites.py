"""Words that take the place of one another: a source that has one does not say the other."""

from index.words import stem

_OPPOSITES_TEXT = (
    "more:less more:fewer most:least all:none all:some always:never before:after above:below"
    " increase:decrease increase:decline rise:fall rose:fell higher:lower largest:smallest"
    " larger:smaller highest:lowest oldest:youngest older:younger first:last win:lose won:lost"
    " north:south east:west northern:southern eastern:western early:late earlier:later"
    " maximum:minimum majority:minority many:few include:exclude allow:forbid accept:reject"
    " support:oppose success:failure successful:unsuccessful legal:illegal possible:impossible"
    " male:female best:worst begin:end began:ended start:end started:ended"
)
_COUNTERPARTS_TEXT = (
    "primary:secondary upper:lower inner:outer internal:external interior:exterior public:private"
    " major:minor import:export importer:exporter buyer:seller buy:sell bought:sold purchase:sale"
    " lessor:lessee landlord:tenant licensor:licensee employer:employee debtor:creditor"
    " debit:credit lender:borrower lend:borrow plaintiff:defendant"
    " asset:liability profit:loss gain:loss revenue:expense income:expense"
    " sender:recipient send:receive sent:received give:receive"
    " gave:received born:died birth:death marriage:divorce husband:wife father:mother son:daughter"
    " brother:sister uncle:aunt king:queen teacher:student guilty:innocent"
    " former:current former:latter ancient:modern predecessor:successor previous:next"
    " succeeded:preceded follow:precede open:close opened:closed enable:disable enter:leave"
    " entered:left arrive:depart arrival:departure permit:prohibit require:prohibit approve:reject"
    " agree:disagree positive:negative active:inactive urban:rural civil:military summer:winter"
    " spring:autumn day:night morning:evening hot:cold wet:dry rich:poor strong:weak heavy:light"
    " long:short wide:narrow deep:shallow top:bottom"
)
_DENYING = ("un", "non")
_FEWEST_LETTERS = 4
"""Shorter ones are other words: "der" and "under", "ion" and "union"."""


def _pairs(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for pair in text.split():
        one, two = (stem(word) for word in pair.split(":"))
        found.setdefault(one, set()).add(two)
        found.setdefault(two, set()).add(one)
    return found


def contrary_forms(word: str) -> set[str]:
    """The stems that say a word's contrary by a syllable more or less: "paid" and "unpaid"."""
    longer = {f"{denial}{word}" for denial in _DENYING if len(word) >= _FEWEST_LETTERS}
    shorter = {word.removeprefix(d) for d in _DENYING if word.startswith(d)}
    return longer | {form for form in shorter if len(form) >= _FEWEST_LETTERS}


OPPOSITES = _pairs(_OPPOSITES_TEXT)
"""Stem -> the stems of what says the contrary."""

COUNTERPARTS = _pairs(f"{_OPPOSITES_TEXT} {_COUNTERPARTS_TEXT}")
"""As ``OPPOSITES``, with the two sides of one thing, and what a thing may be instead.

A text on one of these mostly tells of the other too, so they count in the same place only.
"""
