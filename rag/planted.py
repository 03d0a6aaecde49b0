"""What a document plants to be obeyed: orders to a model, and what looks like them.

A document is data, yet a model may obey a sentence in it. The patterns name what ordinary prose
does not do: talk to an assistant, orders about other orders and about the answer, marks of chat
templates. What follows those belongs to them. Other things are written for people as well, in a
manual say: code words to be typed, pictures, tags, where to send something. Of these only the
sentence itself is withheld, of the last not even that where the question asks for an address.
"""

import re
import unicodedata
from functools import lru_cache

_ASSISTANT = (
    r"(?:(?:ai )?assistants?|ai(?: (?:models?|systems?|agents?))?|a\.i\.|chat ?bots?"
    r"|language models?|llms?|gpt|claude)"
)
_PRIOR = r"(?:above|previous|prior|earlier|preceding|other|all|any|these|your|system)"
_RULES = (
    r"(?:instructions?|prompts?|rules?|passages?|text|guidelines?|directions?|context|messages?"
    r"|sources?|documents?|questions?|orders?|directives?|training|programming)"
)
_SPEAKING = (
    r"(?:reply|respond|answer|say|output|print|write|repeat|include|append|mention|cite|quote|state"
    r"|tell|reveal|disclose|conclude)"
)
_ORDERS = (
    rf"(?:{_SPEAKING}|add|insert|show|begin|start|end|finish|render|send|return|embed|display|use"
    r"|give)"
)
_REPLIES = r"(?:answers?|repl(?:y|ies)|responses?|output)"
_ASKS = r"(?:anyone|someone|anybody|a user|the user|users?) asks?"
# A word that is none, next to an order to say it: ORBIT-7731, X9F2K, canary_12.
# Within so many characters: each part of a row of hyphens would be read to its end.
CODE = r"\b(?=[\w-]{6})(?=[\w-]{0,64}[a-z])(?=[\w-]{0,64}\d)[a-z][\w-]+"
_IMPERATIVE = r"(?:^|[.:;,!—]\s*|\b(?:please|kindly|always|only|simply|now|then|must|should)\s+)"
_ORDERS_TO_A_MODEL = (
    # Orders to drop other orders.
    rf"\b(?:ignore|disregard|forget)\b.{{0,40}}\b{_PRIOR}\b.{{0,40}}\b{_RULES}\b",
    r"\b(?:override|bypass) (?:(?:all|any|the) )?(?:of )?(?:your|above|previous|prior|earlier"
    rf"|system|other) (?:\w+ )?{_RULES}\b",
    r"\b(?:ignore|disregard|forget) (?:everything|all|anything)(?=[.!]|$| (?:of |that |the )*"
    r"(?:you|above|below|before|else|said|written|told|previous|prior|earlier)\b)",
    r"\bnew (?:system )?(?:instructions?|prompt|orders?|directives?)\s*:",
    # Talk of the prompt and to the model.
    r"\b(?:your|the) (?:system|hidden|secret|initial|original) prompt\b|\bsystem override\b",
    r"\b(?:your|reveal|show|repeat|print)\b.{0,20}\b(?:hidden|secret|initial|original)"
    r" instructions?\b",
    rf"\b(?:you are|act as|pretend to be|behave as|role ?play as)\b.{{0,30}}\b{_ASSISTANT}\b",
    r"\byou are now\b.{0,30}\b(?:without|free|unrestricted|mode)\b"
    r"|\bfrom now on,? (?:you|reply|respond|answer|say)\b",
    rf"^\W*(?:(?:dear|hey|to|attention|note (?:to|for)|message (?:to|for)|instructions? (?:to|for))"
    rf"[\s,]+)(?:the |all |any |every )?{_ASSISTANT}(?: reading this)?\s*[,:]",
    r"^\W*(?:ai assistants?|ai|chat ?bots?|language models?|llms?)(?: reading this)?\s*[,:]",
    rf"^\W*{_ASSISTANT}\s*,\s*(?:please|{_ORDERS})\b|\brepeat after me\b",
    rf"\b{_ASSISTANT} (?:that (?:is|are) )?(?:reading|summari[sz]ing|processing|answering)\b",
    rf"\b{_ASSISTANT} (?:must|should|shall|has to|have to|is to|are to|reading this)\b",
    # Orders about answering.
    rf"\b{_ORDERS}\b.{{0,30}}\b(?:in|to|with|of) (?:your|every|each|all) (?:\w+ )?{_REPLIES}\b",
    rf"\b(?:begin|start|end|finish) (?:your|every|each|all) (?:\w+ )?{_REPLIES}\b",
    r"\b(?:answer|reply|respond)s? (?:only |exactly |just |simply |always )+(?:with|by)\b",
    rf"\b(?:correct|right|only|official|true|approved) {_REPLIES} to\b.{{0,80}}\b(?:is|reads)\b",
    r"\bwhen (?:reading|answering|summari[sz]ing|processing) (?:this|the) (?:document|text|page"
    r"|file|passage|paragraph)\b",
    r"\b(?:answer|respond|reply)(?: to)? (?:all|any|each|every) (?:messages?|prompts?|quer(?:y|ies)"
    r"|questions?|requests?) (?:only )?(?:with|by|as)\b",
    rf"\b{_SPEAKING} your (?:\w+ )?(?:configuration|api keys?|instructions|training data|prompt)\b",
    r"\b(?:when|if|whenever) (?:you are|you're) (?:asked|answering|summari[sz]ing|replying)\b",
    rf"\b(?:when|if|whenever) (?:asked\b|{_ASKS}\b).{{0,80}},\s+(?:the reply|the answer|always"
    rf"|please|{_ORDERS})\b",
    r"\b(?:do not|don't|never) (?:answer|mention|cite|quote|reveal|disclose)\b.{0,60},",
    rf"\byour {_REPLIES}\b.{{0,40}}\b(?:must|should)\b",
    r"\bcite (?:only )?(?:this|the following)\b",
    rf"\b{_ORDERS}\b.{{1,40}}\b(?:to|into|in|at the end of) your (?:{_REPLIES}|summary)\b",
    rf"\b{_ORDERS}\b.{{1,40}}\b(?:to|into|in|at the end of) everything you\b",
    r"\bwhatever (?:you are asked|the question)\b"
    rf"|\byour (?:only |new |sole )?(?:{_REPLIES}|goal|task) (?:is|will be)\b",
    r"\btell (?:the|every|your|any) users? (?:that|to)\b"
    r"|\bthe user(?:'s request|s? has authori[sz]ed)\b",
    r"\bas an? (?:ai|language model)\b|^\W*(?:hello|hi|hey),? (?:chat ?bot|ai|assistant)\b",
    r"\b(?:language model|llm|chat ?bot|ai)s?,? (?:mention|say|write|output|include|answer)\b",
    r"\b(?:admin|developer|debug|system|root) (?:override|note|notice|command)s?\b.{0,20}:",
    r"\b(?:everything|all|the text|anything) (?:above|before|written above).{0,30}\b(?:void|wrong"
    r"|invalid|obsolete)\b|\babove (?:text )?is (?:wrong|void|obsolete)\b",
    # Marks of chat templates and of our own prompt.
    r"<\|\w[^>]{0,40}\|>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|</?\w*passages>",
    r"^\W*##\s*(?:instruction|system|assistant|user|response)\b\s*:",
)
_ALIKE = (
    rf"(?:^|[.:;,!—]\s*|\b(?:please|always|only|just|simply|instead|then|and|to)\s+){_SPEAKING}"
    r" (?:only |exactly |just )?(?:with |by )?(?:the |this |following )+"
    r"(?:words?|phrase|string|code|token|sentence|source|line|marker|canary|password)\b",
    rf"{_IMPERATIVE}(?:say|output|print|reply|respond|answer):?\s+(?:with\s+)?[\"“‘']?"
    r"(?-i:(?=\S*[A-Z0-9])(?!I\b))\w\S*$",
    rf"{_IMPERATIVE}(?:{_SPEAKING}|refer)\b.{{0,40}}{CODE}",
    rf"\b(?:any|every|each|the) (?:{_REPLIES}|summary)\b.{{0,40}}\b(?:must|should) (?:contain"
    r"|include|mention|say|begin|start|end)\b",
    rf"\b{_SPEAKING}\b.{{1,40}}\b(?:to|into|in|at the end of) (?:the|any|every) (?:answers?"
    r"|repl(?:y|ies)|responses?|summary)\b",
    r"^\W*(?:please )?stop reading\b|\bbefore (?:you answer|answering),",
    r"^\W*(?:system|assistant|developer)\s*[:\]](?:\s+\S+){5}",
    # What would be fetched at sight.
    r"!\[[^\]]*\]\(|<\s*(?:img|iframe|form|svg|object|meta|link|video|audio)\b[^<>]*="
    r"|<\s*(script|style|svg|iframe|object)\b.*<\s*/",
)
_LEADS_AWAY = (
    r"\b(?:visit|fetch|browse to|navigate to|send\b.{0,40}\bto) .{0,20}"
    r"(?:https?://|www\.|[\w.+-]+@[\w-]+\.\w)"
)
_ORDER = re.compile("|".join(f"(?:{p})" for p in _ORDERS_TO_A_MODEL), re.IGNORECASE)
_LOOKS_LIKE_ONE = re.compile("|".join(f"(?:{p})" for p in _ALIKE), re.IGNORECASE)
_ADDRESS_TO_GO_TO = re.compile(_LEADS_AWAY, re.IGNORECASE)
_ASKED_FOR = re.compile(
    r"\b(?:where|how) (?:can|could|do|should|may|must|to)\b"
    r"|\b(?:contact|e-?mail|mail|address|web ?site|web ?page|site|url|link|online)(?:e?s)?\b",
    re.IGNORECASE,
)

LONGEST = 20_000
"""Characters of a sentence that is searched: on more the patterns take seconds, in which nothing
else of the program runs. Nobody reads as much as one sentence, and no answer shows it whole."""


# An answer asks several times about the sentences of the same few paragraphs.
@lru_cache(maxsize=1024)
def gives_orders(text: str) -> bool:
    """Does a sentence of a document speak to a model instead of its readers?

    One that is too long to be searched for orders counts as if it did.
    """
    return len(text) > LONGEST or _ORDER.search(visible(text)) is not None


@lru_cache(maxsize=1024)
def is_planted(text: str, question: str = "") -> bool:
    """Is a sentence better kept from a model and from answers, to ``question`` at least?

    It gives orders, looks like it, or leads to an address that was not asked for.
    """
    if gives_orders(text):
        return True
    seen = visible(text)
    if _LOOKS_LIKE_ONE.search(seen):
        return True
    return bool(_ADDRESS_TO_GO_TO.search(seen)) and not _ASKED_FOR.search(question)


def visible(text: str) -> str:
    """``text`` as a reader sees it: compatible forms folded, invisible characters gone."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if unicodedata.category(c) != "Cf")
