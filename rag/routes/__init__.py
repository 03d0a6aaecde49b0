"""Questions that the best few paragraphs cannot answer: counts, lists, topics, whole documents."""
