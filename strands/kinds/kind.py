from dataclasses import dataclass

from contest_portal.core.markings import Marking
from strands.kinds.particular import ALWAYS, InUse, Particular


@dataclass(frozen=True)
class Kind:
    """A kind of activity, with its own questions. `has_sessions`: other activities can be its sessions."""

    key: str
    name: str
    strand: str
    hint: str = ""
    asks: tuple[Particular, ...] = ()
    has_sessions: bool = False
    marking: Marking = Marking.OFFICIAL
    in_use: InUse = ALWAYS

    def asked(self, key: str) -> Particular | None:
        return next((particular for particular in self.asks if particular.key == key), None)
