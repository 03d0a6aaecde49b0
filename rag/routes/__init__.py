"""Questions answered without a model: counts, lists, topics, abbreviations, whole documents."""
