"""What an answer's sentence must agree on with its sources, and how it is put in their words."""
