"""Resolve requirements/*.in into locks with hashes, and package.json into package-lock.json.

Run by `make lock`. The locks name no host and no path, so they install from whatever index the machine uses.
"""

import subprocess
import sys

from contest_portal.management.assets import npm
from contest_portal.management.programs import ROOT

OPTIONS = ["--python-version=3.11", "--generate-hashes", "--no-emit-index-url", "--no-header", "--upgrade", "--quiet"]
# Each lock agrees with those it is installed beside.
LOCKS = {"bootstrap": [], "node": [], "base": [], "embedded": ["base"], "test": ["base", "embedded"]}


def lock() -> None:
    uv = [sys.executable, "-m", "uv", "pip", "compile", *OPTIONS]
    for name, beside in LOCKS.items():
        constraints = [part for other in beside for part in ("-c", f"{other}.txt")]
        command = [*uv, *constraints, f"{name}.in", "-o", f"{name}.txt"]
        subprocess.run(command, cwd=ROOT / "requirements", check=True)
    subprocess.run([*npm(), "install", "--package-lock-only", "--omit=optional"], cwd=ROOT, check=True)


if __name__ == "__main__":
    lock()
