"""What a model is asked through: HTTP, a server of our own, the line of waiting, the limits."""
