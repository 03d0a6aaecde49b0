"""E-mail: one message (.eml) or a mailbox of them (.mbox), read with the standard library."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parseaddr
from itertools import pairwise

from index.blocks import Kind, plain_blocks, untitled_blocks
from index.dates import parse_date
from index.lines import has_word, lines_of
from index.readers.builder import TextBuilder, clean_line
from index.readers.encoding import decode
from index.readers.extracted import Extracted, UnreadableError
from index.readers.mail_quotes import forwarded, said, writer_before
from index.readers.web import parse_page
from index.readers.web_blocks import add_element
from index.types import Metadata

_HEADERS = ("From", "To", "Cc", "Date", "Subject")
# With a header under it: "From 10:30 to 11:00 we meet." begins no message.
_NEXT_MESSAGE = re.compile(
    rb"\r?\n\r?\n(?=From [^\r\n]{1,300}\d\d:\d\d[^\r\n]{0,100}\r?\n"
    rb"(?:>From [^\n]*\n)?[!-9;-~]+[ \t]*:)"
)
_MARKED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
# Dashes and quotation marks of Windows, in what names another encoding.
_WINDOWS = re.compile("[\x80-\x9f]")
_UNKNOWN = "\ufffd"
_MAX_PARTS = 1_000
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-1": "cp1252",
}


def extract(content: bytes) -> Extracted:
    raw = list(_messages(content))
    messages = [message for message in map(_parsed, raw) if message.keys()]
    if not messages:
        raise UnreadableError("not an e-mail: it has no headers")
    builder = TextBuilder()
    left_out = 0
    for number, message in enumerate(messages, start=1):
        place = f"message {number}" if len(messages) > 1 else ""
        left_out += _add_message(builder, message, place)
    headless = len(raw) - len(messages)
    notes = (
        f"{headless} parts of it have no headers and are not read." if headless else "",
        f"{left_out} attachments are not read: save them as files" if left_out else "",
    )
    metadata = _metadata(messages[0]) if len(messages) == 1 else Metadata()
    return builder.extracted(" ".join(filter(None, notes)), metadata)


def _messages(content: bytes) -> Iterator[bytes]:
    """The messages of a mailbox; a file that does not begin as one is a single message."""
    if not content.startswith(b"From "):
        yield content
        return
    starts = [0, *(match.end() for match in _NEXT_MESSAGE.finditer(content))]
    for start, end in pairwise([*starts, len(content)]):
        # A mailbox marks such lines of a text, so that they begin no message.
        yield _MARKED_FROM.sub(rb"\1", content[start:end].partition(b"\n")[2])


def _parsed(raw: bytes) -> EmailMessage:
    try:
        return message_from_bytes(raw, policy=default)
    except (MessageError, ValueError, IndexError, AttributeError) as error:
        raise UnreadableError(f"not an e-mail: {error}") from error


def _add_message(
    builder: TextBuilder, message: EmailMessage, place: str = "", level: int = 0
) -> int:
    """Add headers and texts, and the messages in it below them; returns how many parts are not."""
    with builder.placed(place, levels=level):
        builder.heading(1, _header(message, "Subject"))
    headers = [f"{name}: {value}" for name in _HEADERS if (value := _header(message, name))]
    read = {id(message)}
    left_out = 0
    with builder.placed(place, levels=level + 1):
        builder.lines(headers)
        for part in _shown(message):
            read.add(id(part))
            inner = _passed_on(part)
            if inner is not None:
                read.update(map(id, inner.walk()))
                left_out += _add_message(builder, inner, place, level + 1)
            else:
                _add_text(builder, part)
    for count, part in enumerate(message.walk()):
        if count > _MAX_PARTS:
            raise UnreadableError(f"the message has more than {_MAX_PARTS:,} parts")
        left_out += _is_file(part) and id(part) not in read
    return left_out


def _shown(part: MIMEPart) -> Iterator[MIMEPart]:
    """The texts that a reader of mail sees one below the other, and the messages between them."""
    kind, subtype = part.get_content_maintype(), part.get_content_subtype()
    if _passed_on(part) is not None:
        yield part
    elif part.is_attachment():
        return
    elif kind == "text" and subtype in ("plain", "html"):
        yield part
    elif kind == "multipart":
        inner = list(part.iter_parts())
        if subtype == "alternative":
            yield from _best([list(_shown(one)) for one in inner])
        else:
            # The others of these are the pictures of a page and the signature.
            for one in inner[:1] if subtype in ("related", "signed") else inner:
                yield from _shown(one)


def _is_file(part: MIMEPart) -> bool:
    """An attachment, also where a mail program shows it between the texts or tells just its name.

    Pictures so shown are part of the text, or of a signature.
    """
    if part.is_attachment():
        return True
    named = bool(part.get_filename()) and part.get_content_maintype() != "image"
    return named and not part.is_multipart()


def _passed_on(part: MIMEPart) -> EmailMessage | None:
    """The message that stands in a part, as one that was passed on does."""
    if part.get_content_type() != "message/rfc822":
        return None
    inner = next(part.iter_parts(), None)
    # What was written in another way than messages are has no headers.
    return inner if isinstance(inner, EmailMessage) and inner.keys() else None


def _best(alternatives: list[list[MIMEPart]]) -> list[MIMEPart]:
    """The same in several forms: plain text before others, and none that says nothing."""

    def is_plain(texts: list[MIMEPart]) -> bool:
        return any(text.get_content_subtype() == "plain" for text in texts)

    def says(texts: list[MIMEPart]) -> bool:
        return any(has_word(_content(text)) for text in texts)

    ordered = sorted(alternatives, key=is_plain, reverse=True)
    return next(filter(says, ordered), [])


def _add_text(builder: TextBuilder, body: MIMEPart) -> None:
    text = _content(body)
    if body.get_content_subtype() == "html":
        root = parse_page(text)
        if root is not None:
            first = len(builder.blocks)
            add_element(builder, root, writer_before)
            _name_writers(builder, first)
        return
    parts = list(said(text))
    for one in parts:
        with builder.headed(one.by):
            _add_plain(builder, one.text, titled=len(parts) == 1)


def _name_writers(builder: TextBuilder, first: int) -> None:
    """What stands under the fields of a message in a page ("From: Jane") is what she wrote."""
    by = ""
    for i, text in enumerate(builder.texts_from(first), start=first):
        by = forwarded(text.splitlines(), 0) or by
        block = builder.blocks[i]
        if by and block.kind is not Kind.HEADING and not block.header:
            builder.blocks[i] = replace(block, header=by)


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
        return raw.decode(_charset(body.get_content_charset("utf-8")))
    except (LookupError, ValueError):
        pass  # it names another encoding than it has, or none there is
    try:
        return decode(raw)[0]
    except UnreadableError:
        return raw.decode("cp1252", "replace")


def _charset(name: str) -> str:
    """The encoding of that name or, as mail programs mean it, Windows' superset of it."""
    name = codecs.lookup(name).name
    return _SUPERSETS.get(name, name)


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = message.get(name, "")
        broken = getattr(value, "defects", ()) or _UNKNOWN in str(value)
        text = _as_written(message, name) if broken else str(value)
        return clean_line(_WINDOWS.sub(_windows, text))
    except (MessageError, ValueError, IndexError, AttributeError, TypeError):
        return ""  # the standard library trips over some broken headers; the rest can be read


def _as_written(message: EmailMessage, name: str) -> str:
    """What is not written by the rules, as by Outlook or without naming its encoding.

    The standard library drops addresses behind a semicolon, and letters that are not UTF-8.
    """
    raw = next(value for key, value in message.raw_items() if key.lower() == name.lower())
    content = raw.encode("utf-8", "surrogateescape")
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return str(make_header(decode_header(text)))


def _windows(control: re.Match[str]) -> str:
    return control[0].encode("latin-1").decode("cp1252", "ignore")


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
