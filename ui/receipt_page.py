"""A receipt as one HTML file that needs nothing else, with its JSON inside for ``verify``."""

from index.errors import UsageError
from rag.receipt import Quotation, Receipt, ReceiptSentence, from_json, to_json
from rag.types import Status
from ui.render import inert
from ui.script_json import inside_script
from ui.words import language, phrase, t

_OPENED = '<script type="application/json" id="pincite-receipt">'
_CLOSED = "</script>"
SAID = (
    phrase("answered"),
    phrase("refused"),
    phrase("supported"),
    phrase("partly"),
    phrase("unsupported"),
)
"""What a receipt says of an answer and its sentences; translated where it is shown."""

_STYLE = """
body { color: #1d2229; font: 16px/1.6 system-ui, sans-serif; margin: 2rem auto; max-width: 46rem;
  overflow-wrap: anywhere; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; margin-top: 2rem; }
blockquote { border-left: 3px solid #24509e; margin: .3rem 0 0; padding-left: .8rem;
  white-space: pre-wrap; }
li { margin-bottom: 1rem; } small, dt { color: #5a626e; } dd { margin: 0 0 .5rem; }
code { font-size: .85em; }
"""


def receipt_page(receipt: Receipt) -> str:
    """The receipt for people; nothing in it is loaded, run, or taken from a document as markup."""
    embedded = inside_script(to_json(receipt))
    # Of a refusal the sentences are what it quotes alone.
    said = receipt.sentences if receipt.status == Status.ANSWERED else ()
    sentences = "".join(_sentence(s) for s in said) or f"<p>{inert(receipt.answer)}</p>"
    quotations = "".join(_quotation(q, receipt.documents) for q in receipt.quotations)
    named = t("Receipt: {question}", question=receipt.question)
    check = t('Run "pincite verify" on this file to see whether the quotations still stand.')
    settings = "".join(
        f"<dt>{inert(name)}</dt><dd>{inert(str(value))}</dd>"
        for name, value in receipt.settings.items()
    )
    return (
        f'<!doctype html><html lang="{language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{inert(named)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{inert(receipt.question)}</h1><p><small>{inert(_made(receipt))}</small></p>"
        f"{sentences}<h2>{inert(t('Quoted words'))}</h2><ol>{quotations}</ol>"
        f"<h2>{inert(t('Settings'))}</h2><dl>{settings}</dl>"
        f"<p><small>{inert(check)}</small></p>"
        f"{_OPENED}{embedded}{_CLOSED}</body></html>\n"
    )


def read_receipt(text: str) -> Receipt:
    """A receipt from its JSON or its HTML; raises ``UsageError`` when it is neither."""
    if not text.lstrip().startswith("<"):
        return from_json(text)
    # The page may come from anywhere: it is gone through once, whatever it repeats.
    _, _, after = text.partition(_OPENED)
    embedded, closed, _ = after.partition(_CLOSED)
    if not closed:
        raise UsageError("this page holds no receipt of Pincite")
    return from_json(embedded)


def _made(receipt: Receipt) -> str:
    by = t("quoted, no language model") if receipt.extractive else receipt.model
    return f"{t(receipt.status)} · {by} · {receipt.made_at}"


def _sentence(sentence: ReceiptSentence) -> str:
    # Each on a line of its own: they are checked one by one, and may be items of a list.
    marks = "".join(f"[{n}]" for n in sentence.citations)
    verdict = inert(t(sentence.verdict))
    return f"<p>{inert(sentence.text)}{inert(marks)} <small>({verdict})</small></p>"


def _quotation(quotation: Quotation, documents: object) -> str:
    page = [t("page {number}", number=str(quotation.page))] if quotation.page is not None else []
    paragraph = t("paragraph {number}", number=str(quotation.paragraph))
    where = ", ".join([quotation.path, *page, paragraph])
    sha256 = documents.get(quotation.path, "") if isinstance(documents, dict) else ""
    return (
        f'<li value="{quotation.number}">{inert(where)}'
        f"<blockquote>{inert(quotation.quote)}</blockquote>"
        f"<small>SHA-256 <code>{inert(sha256)}</code></small></li>"
    )
