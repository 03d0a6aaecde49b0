"""One measure a file: its formula, its source, and who is eligible for it."""
