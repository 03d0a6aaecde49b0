"""Damaged files, the same ones for the same seed: cut short, bytes changed, parts doubled, swapped.

Archives are damaged inside too: one part is changed and the archive made whole again, so that
damage reaches the libraries behind the unpacking.
"""

import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.index.documents import DOCUMENTS, with_part

ARCHIVES = (".docx", ".pptx", ".xlsx", ".epub")
_NASTY = (b"\0" * 40, b"<" * 200, b"[" * 500, b"\xff\xfe", b"&a;" * 50, b"9" * 400, b"\r\n\r\n\n")


def damaged(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """``count`` names with their content, going round the formats."""
    chance = random.Random(seed)
    names = sorted(DOCUMENTS)
    for i in range(count):
        name = names[i % len(names)]
        content = DOCUMENTS[name]
        if Path(name).suffix in ARCHIVES and chance.random() < 0.7:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                part = chance.choice(archive.namelist())
            content = with_part(content, part, lambda inner: _changed(inner, chance))
        else:
            content = _changed(content, chance)
        yield f"{i:04}{Path(name).suffix}", content


def _changed(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        a, b = sorted((chance.randint(0, len(content)), chance.randint(0, len(content))))
        match chance.randint(0, 5):
            case 0:
                content = content[:a]
            case 1:
                content = content[:a] + bytes([chance.randrange(256)]) + content[a + 1 :]
            case 2:
                content = content[:a] + content[b:]
            case 3:
                content = content[:b] + content[a:]
            case 4:
                content = content[:a] + chance.choice(_NASTY) + content[a:]
            case 5:
                middle = bytearray(content[a:b])
                for _ in range(min(len(middle), 20)):
                    middle[chance.randrange(len(middle))] = chance.randrange(256)
                content = content[:a] + bytes(middle) + content[b:]
    return content
