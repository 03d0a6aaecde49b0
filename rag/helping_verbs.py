"""The verbs that stand before others, as a pattern."""

HELPING_VERB = (
    r"(?:do|does|did|am|is|are|was|were|has|have|had|can|could|may|must|shall|should|will|would)\b"
)
"""What a question begins with, or has behind the words that it asks for."""
