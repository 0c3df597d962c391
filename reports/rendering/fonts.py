"""The portal's own letters: Inter, from the staged assets, and the gate that no character slips through them.

The renderer says nothing when a font lacks a character: it takes another machine-dependent font or prints a box.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont, woff2

# Two families, asked for in this order, since one file of Inter holds the common letters and another the rest. The
# names are ours, so that an Inter that happens to be installed on the machine is never mistaken for them.
FAMILIES = {"Portal Inter": "latin", "Portal Inter Ext": "latin-ext"}
STYLES = [("400", "normal"), ("400", "italic"), ("600", "normal"), ("600", "italic"), ("700", "normal")]
FOLDER = "portal-fonts-"
# Characters that are never drawn: white space, and marks that only say where a line or word may break.
UNDRAWN = frozenset(map(ord, "\t\n\r\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff"))


class Unprintable(Exception):
    """The text has characters that our fonts lack. The message is a sentence for a person."""


def unprintable(text: str) -> list[str]:
    """Characters of the text that the fonts cannot print, in order, each once."""
    return [character for character in dict.fromkeys(text) if ord(character) not in printable()]


def require_printable(text: str) -> None:
    lacking = unprintable(text)
    if lacking:
        named = ", ".join(f"“{character}” (U+{ord(character):04X})" for character in lacking[:5])
        raise Unprintable(f"The paper has characters that the portal cannot print: {named}.")


@cache
def printable() -> frozenset[int]:
    """Code points that every style of the two families together can print."""
    styles = [covered_by(weight, style) for weight, style in STYLES]
    return frozenset.intersection(*styles) | UNDRAWN


def covered_by(weight: str, style: str) -> frozenset[int]:
    names = [asset_name(subset, weight, style) for subset in FAMILIES.values()]
    return frozenset().union(*(TTFont(BytesIO(files()[name]), lazy=True).getBestCmap() for name in names))


@cache
def files() -> dict[str, bytes]:
    """Every font by the name of its asset, unpacked once for each process."""
    return {name: unpacked(path) for name, path in _staged()}


def unpacked(path: Path) -> bytes:
    plain = BytesIO()
    woff2.decompress(BytesIO(path.read_bytes()), plain)
    return plain.getvalue()


def asset_name(subset: str, weight: str, style: str) -> str:
    return f"inter-{subset}-{weight}-{style}"


def style_sheet() -> str:
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
        f"src: url(app-asset:{asset_name(subset, weight, style)}) }}\n"
        for family, subset in FAMILIES.items()
        for weight, style in STYLES
    )


@cache
def folder_of_fonts() -> Path:
    """Every font as a file, for programs that read nothing else. It is removed when this process is gone."""
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-"))
    for name, content in files().items():
        (folder / f"{name}.ttf").write_bytes(content)
    return folder


@contextmanager
def folder_of_this_process() -> Iterator[None]:
    """Let the renderer unpack fonts into a folder that bears our number, and remove those of processes that are gone.

    It removes its folder itself when its process ends in good order, which a killed or recycled worker does not.
    """
    usual = tempfile.gettempdir()
    for left in Path(usual).glob(f"{FOLDER}*-*"):
        if not Path("/proc", left.name.removeprefix(FOLDER).split("-")[0]).exists():
            shutil.rmtree(left, ignore_errors=True)
    tempfile.tempdir = tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-")
    try:
        yield
    finally:
        tempfile.tempdir = usual


def _staged() -> Iterator[tuple[str, Path]]:
    for subset in FAMILIES.values():
        for weight, style in STYLES:
            name = asset_name(subset, weight, style)
            yield name, settings.PORTAL_ASSETS / "fonts" / f"{name}.woff2"
