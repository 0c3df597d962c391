"""Secrets of one installation: made on its first start, kept in PORTAL_VAR, readable by nobody else."""

import os
import secrets
from pathlib import Path

from contest_portal import environment


def secret_key(var: Path) -> str:
    return environment.text("PORTAL_SECRET_KEY", "") or kept(var / "secret-key", secrets.token_urlsafe(48))


def demo_password(var: Path) -> str:
    """The environment's word counts on the first start; from then on the people have the one they got."""
    given = environment.text("PORTAL_DEMO_PASSWORD", "")
    return kept(var / "demo-password", given or secrets.token_urlsafe(12))


def kept(file: Path, new: str) -> str:
    """The secret in the file, which begins with the new one."""
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(new)
    return file.read_text().strip()
