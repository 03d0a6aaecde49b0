"""Snowball's stemmers, safe to share between threads."""

import threading

import snowballstemmer


class Stemmer:
    """The stems of one algorithm.

    Snowball's object keeps the word it works on: two threads at once give each other's stems.
    """

    def __init__(self, algorithm: str) -> None:
        self._stemmer = snowballstemmer.stemmer(algorithm)
        self._one_at_a_time = threading.Lock()

    def __call__(self, word: str) -> str:
        with self._one_at_a_time:
            return str(self._stemmer.stemWord(word))
