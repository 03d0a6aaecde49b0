"""Stands in for ``ui.work``: tells what its first argument says, a line at a time."""

import json
import sys
import time


def main() -> None:
    request = json.loads(sys.stdin.readline())
    for line in request["tell"]:
        print(json.dumps(line), flush=True)  # noqa: T201 - what a job does
        time.sleep(request.get("pause", 0.0))
    if request.get("wait"):
        sys.stdin.read()
    if request.get("last"):
        print(json.dumps(request["last"]), flush=True)  # noqa: T201 - what a job does
    sys.exit(request.get("code", 0))


if __name__ == "__main__":
    main()
