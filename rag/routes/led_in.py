"""What a sentence that is quoted says only together with others: a lead-in, or an item under one.

"(b) arising from the use of a motor vehicle" is insured or excluded by the words that lead in to
it, and "We will not pay for damage caused by:" says nothing without what follows.
"""

from collections.abc import Sequence

from index.lines import begins_item
from index.store import Store
from rag.match import Span, verbatim
from rag.mentions import Checked
from rag.routes.followed import what_follows
from rag.routes.lists import Listing
from rag.routes.sublists import leads_in
from rag.routes.whole_lists import MOST_ITEMS, Completed, lists_around
from rag.sanitise import may_be_shown


def lists_with(store: Store, spans: Sequence[Span]) -> list[Listing]:
    """The lists that these are parts of and say nothing without; none where they say it all."""
    parts = [span.paragraph for span in spans if _is_a_part(span)]
    return [one for one in lists_around(store, parts) if one.goes_on] if parts else []


def with_the_rest(store: Store, spans: Sequence[Span], question: str) -> list[Span]:
    """``spans``, each behind what leads in to it and before all that it leads in to."""
    return _with(store, spans, lists_with(store, spans), question)


def _with(
    store: Store, spans: Sequence[Span], lists: Sequence[Listing], question: str
) -> list[Span]:
    found: list[Span] = []
    for span in spans:
        whole = [*_leading_to(span, lists), *_led_in_by(span, lists)]
        if len(whole) == 1 and (following := what_follows(store, span)):
            whole.append(following)
        shown = all(may_be_shown(one.words, [one], question) for one in whole)
        found += whole if shown else [span]
    return list(dict.fromkeys(found))


def quoted_with_the_rest(checked: Sequence[Checked], store: Store, question: str) -> Completed:
    """Quotations with the rest of the lists that they say nothing without."""
    lists = lists_with(store, [span for _, match in checked for span in match.spans])
    told: list[Checked] = []
    for text, match in checked:
        spans = _with(store, match.spans, lists, question)
        if spans == [*match.spans]:
            told.append((text, match))
        else:
            told += [(f"“{span.words}”", verbatim(span)) for span in spans]
    given = {span for _, match in told for span in match.spans}
    return Completed(tuple(told), tuple(one for one in lists if {*one.spans[:3]} <= given))


def _is_a_part(span: Span) -> bool:
    return begins_item(span.text) or leads_in(span.text)


def _leading_to(span: Span, lists: Sequence[Listing]) -> list[Span]:
    """What leads in to it, the outermost first."""
    over = [one.intro for one in lists if one.intro and any(map(span.meets, one.items))]
    return sorted(over, key=lambda one: one.start)


def _led_in_by(span: Span, lists: Sequence[Listing]) -> list[Span]:
    """It, and where nothing but what it leads in to is a sentence with it, that."""
    below = next((one for one in lists if one.intro == span), None)
    return [span, *below.items[:MOST_ITEMS]] if below else [span]
