"""Remember that a step has been done with certain files, so as not to do it again with the same."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Stamp:
    """A file that holds the fingerprint of what a step was last done with."""

    file: Path
    sources: tuple[Path, ...]
    also: str = ""

    def is_current(self) -> bool:
        return self.file.is_file() and self.file.read_text() == self._fingerprint()

    def set(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(self._fingerprint())

    def _fingerprint(self) -> str:
        text = hashlib.sha256(self.also.encode())
        for path in self.sources:
            text.update(f"{path}\0".encode() + path.read_bytes())
        return text.hexdigest()


def files_under(*folders: Path) -> tuple[Path, ...]:
    """Every file below the folders, in a steady order, without what Python compiles beside them."""
    return tuple(sorted(path for folder in folders for path in kept(folder.rglob("*"))))


def kept(paths: Iterable[Path]) -> Iterable[Path]:
    return (path for path in paths if path.is_file() and path.suffix != ".pyc")
