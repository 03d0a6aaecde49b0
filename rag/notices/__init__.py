"""What is said beside an answer, or in place of one: what is missing, contradicted or otherwise."""
