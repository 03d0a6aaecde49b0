"""Every way in: the chat page and the command line. Holds no logic of its own."""
