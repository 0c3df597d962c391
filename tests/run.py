"""Run pytest, or one of the project's commands, on throw-away services.

python -m tests.run tests/strands -q            hands its arguments to pytest
python -m tests.run --manage migrate --check    hands them to manage.py
"""

import os
import signal
import subprocess
import sys

from contest_portal.management.refusal import CannotStart
from contest_portal.management.services import throw_away_services


def main(arguments: list[str]) -> int:
    # A polite end goes the same way as Ctrl-C, so that nothing is left running or lying about.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with throw_away_services() as environment:
        command = [sys.executable, "-m", "pytest", *arguments]
        if arguments[:1] == ["--manage"]:
            command = [sys.executable, "manage.py", *arguments[1:]]
            environment["DATABASE_URL"] = environment["DATABASE_OWNER_URL"]
        process = subprocess.Popen(command, env={**os.environ, **environment}, stdin=subprocess.DEVNULL)
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.send_signal(signal.SIGINT)
            return process.wait()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except CannotStart as reason:
        sys.exit(f"Cannot run the tests: {reason}.")
