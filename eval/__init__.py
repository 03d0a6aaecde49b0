"""Runs gold questions through the answer chain, scores, reports and compares."""
