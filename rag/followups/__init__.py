"""Making a follow-up, or a correction, stand alone; what was told is not told again."""
