"""Making a follow-up, or a correction, a question that stands alone."""
