"""`bassin status`: what is loaded, how old it is, what failed."""

import argparse
import json
import sys

from rich.console import Console
from rich.table import Table

from bassin.config.opening import house, today

HELP = "Show what is loaded, how old it is and what failed."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The format."""
    parser.add_argument("--format", choices=("table", "json"), default="table")


def run(args: argparse.Namespace) -> int:
    """Print one line per source."""
    from bassin.sources.health import health

    rows = health(house().store, today())
    if args.format == "json":
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1, default=str)
        sys.stdout.write("\n")
        return 0
    table = Table(
        "key", "title", "rows", "refused", "vintage", "age (days)", "last run", "error",
        box=None, pad_edge=False,
    )  # fmt: skip
    for row in rows:
        table.add_row(
            row["key"], row["title"], _shown(row["rows"]), _shown(row["refused"]),
            row["vintage"] or "", _shown(row["age_days"]), row["last_run"] or "never",
            row["error"] or "",
        )  # fmt: skip
    (Console() if sys.stdout.isatty() else Console(width=240)).print(table)
    return 0


def _shown(number: int | None) -> str:
    return "" if number is None else f"{number:,}"
