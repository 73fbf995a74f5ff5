"""`bassin restore FILE`: an installation as it was when `bassin backup` wrote that file."""

import argparse
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from bassin.config import archive, databases, serve
from bassin.errors import Refused

HELP = "Put back an installation written by `bassin backup`."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file; `--force` replaces what is there."""
    parser.add_argument("file", type=Path, metavar="FILE", help="file made by `bassin backup`")
    parser.add_argument(
        "--force", action="store_true", help="replace the installation that is here"
    )


def run(args: argparse.Namespace) -> int:
    """Check the file whole, then put everything in place."""
    running = serve.running_parts()
    if running:
        raise Refused(
            f"This installation is being served ({', '.join(running)}). Stop `bassin serve`, then "
            "restore."
        )
    connections.close_all()
    made = archive.restore(
        args.file, Path(settings.VAR), database=databases.sqlite_file(), force=args.force
    )
    if made.database == "sqlite" and databases.sqlite_file() is None:
        print("The file holds an SQLite database; this installation uses PostgreSQL: not restored.")
    if made.database == "elsewhere":
        print("What people wrote was in PostgreSQL: restore it with pg_restore.")
    call_command("migrate", interactive=False, verbosity=0)
    print(
        f"Restored as of {made.created_at[:16]}: {made.territory or 'no territory'}, "
        f"release {made.release or 'none'}."
    )
    return 0
