"""Ids for items that come without one."""

import hashlib
import re


def item_id(question: str) -> str:
    """An id like the question's first words, and a hash that tells it from questions like it."""
    words = re.findall(r"[a-z0-9]+", question.lower())[:5]
    digest = hashlib.sha256(question.encode(errors="surrogatepass")).hexdigest()[:6]
    return "-".join([*words, digest])
