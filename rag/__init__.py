"""Turns a question and its history into an answer whose every sentence names its source."""
