"""Databases to measure in: each a copy of one that has the reference data and the people of the tests."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import copy_template

ROOT = Path(__file__).resolve().parent.parent


def with_database(name: str, *command: str) -> None:
    """Make it anew and run one of the project's commands in it, as its owner."""
    copy_template(name)
    owner = os.environ["DATABASE_OWNER_URL"].replace("/portal?", f"/{name}?")
    subprocess.run(
        [sys.executable, "manage.py", *command],
        check=True,
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": owner},
        stdout=sys.stderr,
    )
