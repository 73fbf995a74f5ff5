"""Where what people write is kept, for the commands that must know."""

import gc
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate() -> None:
    """Bring the database to the shape this version expects; half a second when it has it."""
    Path(settings.VAR).mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        gc.disable()  # thousands of models are made: a quarter of the time goes in counting them
        try:
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            gc.enable()


def sqlite_file() -> Path | None:
    """The database's file; None when it is a PostgreSQL server's."""
    default = settings.DATABASES["default"]
    return Path(default["NAME"]) if default["ENGINE"].endswith("sqlite3") else None


def dump_words() -> str:
    """The command that saves a PostgreSQL database, without its password."""
    default = settings.DATABASES["default"]
    options = {"host": default["HOST"], "port": default["PORT"], "username": default["USER"]}
    words = [f"--{name}={value}" for name, value in options.items() if value]
    return " ".join(["pg_dump --format=custom --file=bassin.dump", *words, str(default["NAME"])])
