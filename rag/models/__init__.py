"""Language models behind the OpenAI API: the client, a server of our own, and their limits."""
