import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from contest_portal import environment
from contest_portal.management import conditions, keys
from contest_portal.management.portal import Portal
from contest_portal.management.readiness import Readiness
from contest_portal.management.refusal import CannotStart
from contest_portal.management.running import recorded
from contest_portal.management.services import services
from contest_portal.management.supervisor import Output, supervised

TICK = 0.2


class Ending:
    """The first Ctrl-C, SIGTERM or hang-up ends what we are doing; any further one makes us hurry."""

    def __init__(self) -> None:
        self.asked = 0
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self)

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.asked += 1
        if self.asked == 1:
            raise KeyboardInterrupt

    def hurried(self) -> bool:
        return self.asked > 1


class Command(BaseCommand):
    help = "Start everything: PostgreSQL, Valkey, web, worker, sweeper and beat, until Ctrl-C."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        ending = Ending()
        try:
            run(settings.PORTAL_VAR.resolve(), ending)
        except CannotStart as reason:
            sys.exit(f"Cannot start Contest Portal: {reason}.")
        except KeyboardInterrupt:
            print("Stopped.", flush=True)


def run(var: Path, ending: Ending) -> None:
    address, port = environment.text("PORTAL_BIND", "127.0.0.1"), environment.integer("PORT", 8000)
    conditions.require_writable(var)
    with ExitStack() as stack:
        stack.enter_context(conditions.only_copy(var))
        conditions.require_free_port(address, port)
        output = Output()
        found = stack.enter_context(services(var, output, ending.hurried))
        portal = Portal(var, found, keys.secret_key(var), keys.demo_password(var))
        stack.enter_context(recorded(var, portal.environment))
        portal.prepare()
        programs = stack.enter_context(supervised(output, ending.hurried))
        programs.start(*portal.programs(address, port))
        portal.call_worker()
        readiness = Readiness(address, port, portal.demo_password if portal.has_demo_people else "")
        while True:
            found.supervisor.tend()
            programs.tend()
            readiness.look()
            time.sleep(TICK)
