"""Turns files into searchable paragraphs. Knows nothing of answers or LLMs."""
