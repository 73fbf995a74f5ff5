"""What takes long to make is made once a run, by the first worker that needs it, then copied.

A migrated database is the same whoever migrates it: each worker, and each service that a test
starts, begins with a copy. What a first start makes of nothing, `tests/config/test_serve.py` and
`tests/test_any_territory.py` see for real.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from tests.support.postgres import default_connection
from tests.support.shared import alone

BUILT = ("build.stamp", "static", "static-build", "fonts")
"""What `bassin build` makes, in the checkout's own `var`."""


MEMORY = "file:memorydb_default?mode=memory&cache=shared"
"""Django's own name of a process's database in memory."""


@pytest.fixture(scope="session")
def migrated_file(shared_folder: Path, django_db_blocker: DjangoDbBlocker) -> Path:
    """A migrated, empty SQLite database; copy it, never write in it."""
    file = shared_folder / "migrated.sqlite3"
    with alone(shared_folder, "migrated"):
        if not file.exists():
            memory = {**connections.settings["default"], "NAME": ":memory:"}
            with django_db_blocker.unblock(), default_connection(memory):
                call_command("migrate", verbosity=0, interactive=False)
                made = connections["default"].connection.serialize()
            file.with_suffix(".new").write_bytes(made)
            file.with_suffix(".new").rename(file)
    return file


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, migrated_file: Path
) -> Iterator[None]:
    """Before Django makes its database in memory, the tables are already there: it has nothing
    left to migrate. After a test that really writes they are copied again, where Django would
    empty two hundred tables and write down again what each model allows."""

    def restore(_case: TransactionTestCase) -> None:
        here = connections["default"]
        here.ensure_connection()  # a server of the test may have closed it
        with closing(sqlite3.connect(migrated_file)) as file:
            file.backup(here.connection)

    with (
        closing(sqlite3.connect(MEMORY, uri=True)) as here,
        closing(sqlite3.connect(migrated_file)) as file,
        pytest.MonkeyPatch.context() as patch,
    ):
        file.backup(here)
        patch.setattr(TransactionTestCase, "_fixture_teardown", restore)
        yield


@pytest.fixture
def started(migrated_file: Path, tmp_path: Path) -> Path:
    """A folder in which a service was started and stopped, and nothing was written since."""
    return first_start(migrated_file, tmp_path / "started")


def first_start(migrated: Path, var: Path) -> Path:
    """Put in a folder what the first start of a service makes: files that are built, tables."""
    var.mkdir(parents=True, exist_ok=True)
    here = Path(settings.CHECKOUT) / "var"
    for name in BUILT:
        if (here / name).is_dir():
            shutil.copytree(here / name, var / name)
        elif (here / name).exists():
            shutil.copyfile(here / name, var / name)
    shutil.copyfile(migrated, var / "bassin.sqlite3")
    return var
