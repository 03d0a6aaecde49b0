"""Gold questions: what they are, how they are read and checked, and the set about ``seeds/``."""
