"""A llama.cpp server in a process of its own: prints its base URL and key, ends with its input."""

import sys
from pathlib import Path

from rag.models.local_server import LocalServer

if __name__ == "__main__":
    with LocalServer(Path(sys.argv[1]), threads=1, context_tokens=2048) as server:
        sys.stdout.write(f"{server.base_url} {server.api_key}\n")
        sys.stdout.flush()
        sys.stdin.read()
