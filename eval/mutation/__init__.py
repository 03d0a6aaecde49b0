"""True answers made false in one respect, to measure whether the verdict on them falls."""
