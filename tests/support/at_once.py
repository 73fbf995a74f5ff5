"""Two people, or two processes, at the same moment: a database that threads and processes share.

The SQLite of the other tests is in memory, where no two threads write: here it is a file, opened as
an installation opens it. Both databases are really written to, and emptied afterwards.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from tests.support.postgres import default_connection

TOGETHER_SECONDS = 30


@pytest.fixture
def sqlite_file(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """The tables of the tests' database in a file of their own, empty."""
    here, path = connections["default"], tmp_path / "bassin.sqlite3"
    here.ensure_connection()
    with closing(sqlite3.connect(path)) as file:
        here.connection.backup(file)
    with default_connection({**connections.settings["default"], "NAME": str(path)}):
        yield


ON_FILE = pytest.param("sqlite_file", id="sqlite", marks=pytest.mark.django_db(transaction=True))
ON_POSTGRES = pytest.param("postgres_transactional_db", id="postgres", marks=pytest.mark.postgres)


@pytest.fixture(params=[ON_FILE, ON_POSTGRES])
def shared_database(request: pytest.FixtureRequest) -> None:
    """Run the test twice, on SQLite and on PostgreSQL, each shared by threads and processes."""
    request.getfixturevalue(request.param)


def together(*works: Callable[[], Any]) -> list[Any]:
    """Do several things at the same moment; what each gave, or the error it met."""
    start, given = threading.Barrier(len(works)), [None] * len(works)

    def one(place: int, work: Callable[[], Any]) -> None:
        connections["default"].ensure_connection()
        start.wait(TOGETHER_SECONDS)
        try:
            given[place] = work()
        except Exception as error:
            given[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=each) for each in enumerate(works)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(TOGETHER_SECONDS)
        assert not each.is_alive(), "one of them waits for ever"
    return given


def killed(script: str) -> None:
    """Run a script on the same database in a process of its own, which kills itself midway."""
    used = connections["default"].settings_dict
    if "sqlite3" in used["ENGINE"]:
        address = f"sqlite:///{used['NAME']}"
    else:
        folder = used["HOST"].replace("/", "%2F")
        address = f"postgres://{used['USER']}@{folder}/{used['NAME']}"
    env = {
        **os.environ,
        "BASSIN_DATABASE": address,
        "DJANGO_SETTINGS_MODULE": "bassin.config.settings",
        "PYTHONPATH": os.pathsep.join([str(settings.CHECKOUT / "src"), str(settings.CHECKOUT)]),
    }
    words = [sys.executable, "-c", f"import django; django.setup()\n{script}"]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
