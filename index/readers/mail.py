"""E-mail: one message (.eml) or a mailbox of them (.mbox), read with the standard library."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parseaddr

from index.blocks import Kind, plain_blocks, untitled_blocks
from index.dates import parse_date
from index.lines import lines_of
from index.readers.builder import TextBuilder, clean_line
from index.readers.extracted import Extracted, UnreadableError
from index.readers.mail_quotes import said
from index.readers.web import parse_page
from index.readers.web_blocks import add_element
from index.types import Metadata

_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_NEXT_MESSAGE = re.compile(rb"(?:\A|\r?\n\r?\n)(?=From [^\r\n]+\d\d:\d\d[^\r\n]*\r?\n)")
_MAX_PARTS = 1_000


def extract(content: bytes) -> Extracted:
    messages = list(_messages(content))
    builder = TextBuilder()
    left_out = 0
    for number, raw in enumerate(messages, start=1):
        message = _parsed(raw)
        builder.heading(1, _header(message, "Subject"))
        headers = [f"{name}: {value}" for name in _HEADERS if (value := _header(message, name))]
        with builder.placed(f"message {number}" if len(messages) > 1 else "", levels=1):
            builder.lines(headers)
            left_out += _add_parts(builder, message)
    note = f"{left_out} attachments are not read: save them as files" if left_out else ""
    first = _parsed(messages[0])
    return builder.extracted(note, _metadata(first) if len(messages) == 1 else Metadata())


def _messages(content: bytes) -> Iterator[bytes]:
    """The messages of a mailbox; a file that does not begin as one is a single message."""
    if not content.startswith(b"From "):
        yield content
        return
    starts = [match.end() for match in _NEXT_MESSAGE.finditer(content)]
    for start, end in zip(starts or [0], [*starts[1:], len(content)], strict=False):
        yield content[start:end].partition(b"\n")[2]


def _parsed(raw: bytes) -> EmailMessage:
    try:
        message = message_from_bytes(raw, policy=default)
    except (MessageError, ValueError, IndexError, AttributeError) as error:
        raise UnreadableError(f"not an e-mail: {error}") from error
    if not message.keys():
        raise UnreadableError("not an e-mail: it has no headers")
    return message


def _add_parts(builder: TextBuilder, message: EmailMessage) -> int:
    """Add the body; returns how many attachments there are."""
    attachments = 0
    body = message.get_body(preferencelist=("plain", "html"))
    if body is not None:
        _add_text(builder, body)
    for count, part in enumerate(message.walk()):
        if count > _MAX_PARTS:
            raise UnreadableError(f"the message has more than {_MAX_PARTS:,} parts")
        attachments += part.is_attachment()
    return attachments


def _add_text(builder: TextBuilder, body: MIMEPart) -> None:
    text = _content(body)
    if body.get_content_subtype() == "html":
        root = parse_page(text)
        if root is not None:
            add_element(builder, root)
        return
    parts = list(said(text))
    for one in parts:
        with builder.headed(one.by):
            _add_plain(builder, one.text, titled=len(parts) == 1)


def _add_plain(builder: TextBuilder, text: str, *, titled: bool) -> None:
    """Where several wrote, no short line of one ("Jane") is a heading of what another wrote."""
    for block in plain_blocks(text) if titled else untitled_blocks(lines_of(text)):
        part = text[block.start : block.end]
        if block.kind is Kind.LINES:
            builder.lines(part.splitlines())
        elif block.kind is Kind.HEADING:
            builder.heading(block.level, block.title)
        else:
            builder.prose(part)


def _content(body: MIMEPart) -> str:
    payload = body.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    try:
        return raw.decode(body.get_content_charset("utf-8"))
    except (LookupError, UnicodeDecodeError):
        return raw.decode("cp1252", "replace")


def _header(message: EmailMessage, name: str) -> str:
    try:
        return clean_line(str(message.get(name, "")))
    except (MessageError, ValueError, IndexError, AttributeError, TypeError):
        return ""  # the standard library trips over some broken headers; the rest can be read


def _metadata(message: EmailMessage) -> Metadata:
    name, address = parseaddr(_header(message, "From"))
    date = parse_date(_header(message, "Date"))
    return Metadata(
        title=_header(message, "Subject"),
        author=name or address,
        language="",
        date=date,
        date_source="metadata" if date else "",
    )
