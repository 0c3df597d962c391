"""What is committed can be carried anywhere: it names no machine, no registry, and has its place."""

import re
import subprocess
from functools import cache

import pytest

from tests.architecture.source import ROOT

# Folders and files at the top, beside those whose name begins with a dot.
TOP = {
    *("manage.py", "contest_portal", "strands", "boards", "boroughs", "reports", "templates", "static", "tests"),
    *("docker-compose.yml", "Dockerfile", "Makefile", "README.md", "pyproject.toml", "requirements"),
    *("package.json", "package-lock.json", "docs", "bench", "deploy"),
}

# In pieces, or this file would be a breach of its own rule.
HOSTS = [
    ".".join(parts)
    for parts in [
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("npm", "pkg", "github", "com"),
        ("pypi", "org"),
        ("files", "python" + "hosted", "org"),
        ("proxy", "golang", "org"),
        ("crates", "io"),
        ("deb", "debian", "org"),
        ("docker", "io"),
        ("ghcr", "io"),
        ("quay", "io"),
    ]
]
_HOST = re.compile(
    r"\b(?:" + "|".join(map(re.escape, HOSTS)) + r")\b|^\s*(?:registry|--?(?:extra-)?index-url)[ =]\S+", re.M
)

MOST_WORDS = 300  # of a decision

# Somebody's home, or the place of somebody's checkout. The portal's own /var/lib and /run are named on purpose.
_MACHINE = re.compile(
    r"(?<![\w.~-])/(?:home|Users|work|root|mnt|media|builds|workspace)/\w|[A-Z]:\\\\?Users\\|\.\./shared\b"
)


@cache
def committed() -> tuple[str, ...]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(name for name in listed.split("\0") if name and (ROOT / name).is_file())


@cache
def texts() -> dict[str, str]:
    """Every committed file that is text."""
    found = {}
    for name in committed():
        content = (ROOT / name).read_bytes()
        if b"\0" not in content[:8000]:
            found[name] = content.decode("utf-8")
    return found


def hosts_in(files: dict[str, str]) -> list[str]:
    return [f"{name} names {match.group().strip()}" for name, text in files.items() for match in _HOST.finditer(text)]


def machines_in(files: dict[str, str]) -> list[str]:
    return [f"{name} names {match.group()}" for name, text in files.items() for match in _MACHINE.finditer(text)]


def strangers_in(names: tuple[str, ...]) -> set[str]:
    """Names at the top that nobody expects there."""
    top = {name.split("/")[0] for name in names}
    return {name for name in top - TOP if not name.startswith(".")}


def test_no_file_names_a_registry() -> None:
    assert hosts_in(texts()) == []


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    assert machines_in(texts()) == []


def test_the_top_holds_what_it_should() -> None:
    assert strangers_in(committed()) == set()


def long_decisions(files: dict[str, str]) -> list[str]:
    """One that is not read in a minute is not read."""
    decisions = {name: text for name, text in files.items() if name.startswith("docs/adr/")}
    return [name for name, text in decisions.items() if len(text.split()) > MOST_WORDS]


def test_decisions_are_short() -> None:
    assert long_decisions(texts()) == []
    assert long_decisions({"docs/adr/0000-long.md": "word " * 301}) == ["docs/adr/0000-long.md"]


def test_links_stay_inside() -> None:
    """A symbolic link would lead to another place in every clone."""
    assert [name for name in committed() if (ROOT / name).is_symlink()] == []


@pytest.mark.parametrize("host", HOSTS)
def test_a_registry_is_noticed(host: str) -> None:
    assert len(hosts_in({"package-lock.json": f'"resolved": "https://{host}/x/-/x-1.tgz"'})) == 1


@pytest.mark.parametrize("line", ["registry=https://mirror.example/npm", "--index-url https://mirror.example/simple"])
def test_a_line_that_chooses_a_registry_is_noticed(line: str) -> None:
    assert len(hosts_in({".npmrc": f"audit=false\n{line}\n"})) == 1


@pytest.mark.parametrize("folder", ["home", "Users", "work", "root", "workspace"])
def test_a_place_on_a_machine_is_noticed(folder: str) -> None:
    assert len(machines_in({"Makefile": f"cd /{folder}/me/portal"})) == 1
    assert machines_in({"README.md": f"see https://example.org/{folder}/me"}) == []


def test_a_stranger_at_the_top_is_noticed() -> None:
    assert strangers_in(("notes.txt", "scratch/a.py", ".gitignore", "strands/urls.py")) == {"notes.txt", "scratch"}
