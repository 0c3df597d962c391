"""Propose a matrix: python -m tests.access.write_matrix

Nothing is right because it is written there: somebody reads every line against the roles before it is kept.
"""

import sys
from pathlib import Path

from tests import run

if __name__ == "__main__":
    sys.exit(run.main(["-q", "-s", "-n", "0", str(Path(__file__).parent / "asked" / "proposal.py")]))
