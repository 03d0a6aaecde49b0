"""Plain text: the decoded file as it stands."""

from index.blocks import plain_blocks
from index.readers.encoding import decode_text
from index.readers.extracted import Extracted


def extract(content: bytes) -> Extracted:
    text, note = decode_text(content)
    return Extracted(text, plain_blocks(text), note)
