"""`bassin backup FILE`: the whole installation in one file, while it serves."""

import argparse
from pathlib import Path

from django.conf import settings

import bassin
from bassin.config import archive, databases
from bassin.config.opening import now

HELP = "Write the whole installation into one file, even while it serves."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file."""
    parser.add_argument("file", type=Path, metavar="FILE", help="file to write (.tar)")


def run(args: argparse.Namespace) -> int:
    """Write it, and say what is not in it."""
    made = archive.save(
        Path(settings.VAR), args.file, database=databases.sqlite_file(),
        now=now().isoformat(), version=bassin.__version__,
    )  # fmt: skip
    size = args.file.stat().st_size / 1e6
    print(f"{args.file}: {len(made.files)} files, {size:.0f} MB, release {made.release or 'none'}.")
    if made.database == "elsewhere":
        print(
            "What people wrote is in PostgreSQL and is not in this file. Save it at the same time: "
            + databases.dump_words()
        )
    return 0
