"""The portal's own programs: what prepares the database for them, and the four that run for good."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from celery import Celery
from django.conf import settings

from contest_portal.management.programs import ROOT, Program
from contest_portal.management.refusal import CannotStart
from contest_portal.management.services import Services
from contest_portal.management.stamps import Stamp, files_under

CODE = ("contest_portal", "boroughs", "strands", "boards", "reports")
LOCK = ROOT / "requirements" / "base.txt"


@dataclass(frozen=True)
class Portal:
    var: Path
    services: Services
    secret_key: str
    demo_password: str

    @property
    def environment(self) -> dict[str, str]:
        """What every program of the portal is told; the owner's address is not among it."""
        return {
            "DATABASE_URL": self.services.database,
            "REDIS_URL": self.services.broker,
            "PORTAL_VAR": str(self.var),
            "PORTAL_SECRET_KEY": self.secret_key,
            "PORTAL_DEMO_PASSWORD": self.demo_password,
            "PYTHONUNBUFFERED": "1",
        }

    @property
    def has_demo_people(self) -> bool:
        """A database that is not ours may hold anything, and gets no people with a known password."""
        return self.services.notes is not None and not settings.PRODUCTION

    def prepare(self) -> None:
        """Bring the database, the reference data and the static files up to date, and fill an empty portal."""
        self._prepare_database()
        self._collect_static_files()
        self._load_demo_data()

    def programs(self, address: str, port: int) -> list[Program]:
        python = sys.executable
        celery = [python, "-m", "celery", "--quiet", "-A", "contest_portal"]
        # Never --preload: the renderer of charts must not be loaded in a process that forks afterwards.
        web = [python, "-m", "gunicorn", "contest_portal.wsgi", "--bind", f"{address}:{port}", "--no-control-socket"]
        web += ["--workers=2", "--worker-class=gthread", "--threads=4", "--graceful-timeout=5", "--log-level=warning"]
        worker = [*celery, "worker", "--concurrency=2", "--without-gossip", "--without-mingle", "--loglevel=WARNING"]
        beat = [*celery, "beat", "--pidfile=", f"--schedule={self.var / 'beat-schedule'}", "--loglevel=WARNING"]
        sweeper = [python, str(ROOT / "manage.py"), "sweep"]
        # Started by root from a private folder, Python itself cannot be reached by anybody else; services.py
        # says what steps down all the same. Celery's page of warning about it would come at every start.
        quiet = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}
        commands = {"web": web, "worker": worker, "sweeper": sweeper, "beat": beat}
        return [Program(name, command, self.environment | quiet) for name, command in commands.items()]

    def call_worker(self) -> None:
        """Ask for a sign of life at once; the clock would ask for the first one only after its first round."""
        broker = self.services.broker.replace("unix://", "redis+socket://")
        with Celery(broker=broker, set_as_current=False) as caller:
            caller.send_task("contest_portal.home.tasks.heartbeat", expires=120)

    def _prepare_database(self) -> None:
        stamp = self._stamp("prepared", *(ROOT / name for name in CODE))
        if stamp and stamp.is_current():
            return
        if self.services.owner is None:
            self._require_migrated()
            return
        print("Bringing the database up to date ...", flush=True)
        self._require("migrate", "--no-input", as_owner=True)
        self._require("load_reference", as_owner=True)
        if stamp:
            stamp.set()

    def _require_migrated(self) -> None:
        done = self._manage("migrate", "--check")
        if done.returncode != 0:
            print(done.stdout, end="", flush=True)
            raise CannotStart(
                "the database is not up to date; run `manage.py migrate` as its owner, or give DATABASE_OWNER_URL"
            )

    def _collect_static_files(self) -> None:
        sources = files_under(settings.PORTAL_ASSETS, ROOT / "static")
        stamp = Stamp(Path(settings.STATIC_ROOT).with_suffix(".stamp"), (*sources, LOCK), settings.PORTAL_ENV)
        if not stamp.is_current():
            self._require("collectstatic", "--no-input", "--clear")
            stamp.set()

    def _load_demo_data(self) -> None:
        """Once, on the first start; what people have entered since is never touched."""
        loaded = self._stamp("demo-loaded")
        if loaded is None or loaded.file.exists() or not self.has_demo_people:
            return
        print("Loading a London to look at ...", flush=True)
        self._require("demo")
        loaded.set()

    def _stamp(self, name: str, *folders: Path) -> Stamp | None:
        notes = self.services.notes
        return Stamp(notes / name, (*files_under(*folders), LOCK)) if notes else None

    def _require(self, *arguments: str, as_owner: bool = False) -> None:
        done = self._manage(*arguments, as_owner=as_owner)
        if done.returncode != 0:
            print(done.stdout, flush=True)
            raise CannotStart(f"`manage.py {arguments[0]}` failed; the reason stands above")

    def _manage(self, *arguments: str, as_owner: bool = False) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, **self.environment}
        if as_owner and self.services.owner:
            environment["DATABASE_URL"] = self.services.owner
        return subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # Ctrl-C reaches only us; subprocess.run then ends it
        )
