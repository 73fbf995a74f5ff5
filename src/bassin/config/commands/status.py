"""`bassin status`: whose installation it is, what runs, what is loaded, how old, what failed."""

import argparse
import json
import sys

from django.conf import settings
from rich.console import Console
from rich.table import Table

from bassin.config import parts, serve
from bassin.config.opening import house, today
from bassin.indicators import checks
from bassin.indicators.findings import Finding
from bassin.indicators.house import House

HELP = "Show what runs, what is loaded, how old it is and what failed."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The format."""
    parser.add_argument("--format", choices=("table", "json"), default="table")


def run(args: argparse.Namespace) -> int:
    """Print the installation, what its checks found, then one line per source."""
    from bassin.sources.health import health, notice_interrupted

    opened = house()
    notice_interrupted(opened.store)
    rows = health(opened.store, today())
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
    console = Console() if sys.stdout.isatty() else Console(width=240)
    for name, value in installation(opened).items():
        console.print(f"{name:<10} {value}", highlight=False, soft_wrap=True)
    for line in checked(opened):
        console.print(f"{'':<10} {line}", highlight=False, soft_wrap=True, markup=False)
    console.print()
    console.print(table)
    return 0


def installation(opened: House) -> dict[str, str]:
    """Whose installation it is, which release is in service, and which parts run."""
    facts, running = opened.installation, serve.running_parts()
    fallen = [name for name in parts.present() if running and name not in running]
    shown = ", ".join(running) + (f"; fallen: {', '.join(fallen)}" if fallen else "")
    return {
        "territory": f"{facts.name} ({facts.territory})" if facts.territory else "none was chosen",
        "sample": "yes, what is invented says so" if facts.sample else "no",
        "release": opened.reader.name or "nothing is loaded",
        "checks": _counted(checks.findings(opened)),
        "folder": str(opened.var),
        "mail": _mail(),
        "running": shown or "nothing; `bassin serve` starts it",
    }


def _mail() -> str:
    """Where the codes with which people sign in go."""
    if settings.EMAIL_BACKEND.endswith(".smtp.EmailBackend"):
        return f"sent by {settings.EMAIL_HOST} from {settings.DEFAULT_FROM_EMAIL}"
    if settings.EMAIL_BACKEND == "bassin.parties.mail.Kept":
        return f"no server (BASSIN_MAIL): codes are kept in {settings.MAIL_KEPT}"
    return "no server: codes are shown in the terminal"


def checked(opened: House) -> list[str]:
    """One line per check that failed in the release in service, suspended indicators first."""
    return [
        f"{'suspended' if each.blocks else 'warning'}: {each.indicator}: {each.why.en}"
        for each in checks.findings(opened)
    ]


def _counted(found: list[Finding]) -> str:
    suspended = len({each.indicator for each in found if each.blocks})
    warnings = sum(not each.blocks for each in found)
    return f"{suspended} suspended, {warnings} warning{'' if warnings == 1 else 's'}"


def _shown(number: int | None) -> str:
    return "" if number is None else f"{number:,}"
