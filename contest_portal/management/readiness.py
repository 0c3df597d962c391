"""Say when the portal can be used, where, and as whom."""

import time
from dataclasses import dataclass, field

from contest_portal.management.demo.people import PEOPLE
from contest_portal.management.probe import answers

PAUSE = 1.0
SLOW = 60.0


@dataclass
class Readiness:
    address: str
    port: int
    password: str  # of the demo people; empty where there are none
    since: float = field(default_factory=time.monotonic)
    next_look: float = 0.0
    announced: bool = False
    warned: bool = False

    def look(self) -> None:
        """Ask /health/ready until it says yes, and then no more."""
        if self.announced or time.monotonic() < self.next_look:
            return
        self.next_look = time.monotonic() + PAUSE
        if answers(self._host(), self.port, "/health/ready"):
            self.announced = True
            print(self._announcement(), flush=True)
        elif not self.warned and time.monotonic() - self.since > SLOW:
            self.warned = True
            print(f"Not ready after {SLOW:.0f} seconds; what the programs say above tells why.", flush=True)

    def _host(self) -> str:
        """Where to reach ourselves: an address that means "every one" is not one to connect to."""
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
        return everywhere.get(self.address, self.address)

    def _announcement(self) -> str:
        lines = ["", f"Ready: http://{self._host()}:{self.port}/", ""]
        if self.password:
            lines += [f"Sign in as one of these, with the password {self.password}"]
            lines += [f"  {person.email:<27} {person.post}" for person in PEOPLE] + [""]
        return "\n".join(lines)
