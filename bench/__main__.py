"""Run the benchmarks on throw-away services: python -m bench, or some of them by name: python -m bench importing"""

import os
import subprocess
import sys

from contest_portal.management.refusal import CannotStart
from contest_portal.management.services import throw_away_services

BENCHES = ("importing", "activity_list", "dashboard_scale", "page_floor", "rollup_write", "as_at", "papers")
_TEMPLATE = "import django; django.setup(); from tests.conftest import make_template; make_template()"
_RUN = """
import sys
from importlib import import_module
import django
django.setup()
import_module(f"bench.{sys.argv[1]}").main()
"""


def main(names: list[str]) -> int:
    with throw_away_services(tended=True) as services:
        named = {"DJANGO_SETTINGS_MODULE": "contest_portal.settings", "PORTAL_LOG_LEVEL": "ERROR"}
        environment = os.environ | services | named
        subprocess.run([sys.executable, "-c", _TEMPLATE], check=True, env=environment, stdout=sys.stderr)
        for name in names or BENCHES:
            run = subprocess.run([sys.executable, "-c", _RUN, name], env=environment)
            if run.returncode:
                return run.returncode
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except CannotStart as reason:
        sys.exit(f"Cannot run the benchmarks: {reason}.")
