"""`bassin load DIR`: read a folder of publishers' files, with no network."""

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bassin.config.opening import compare_trades, house, running
from bassin.sources import Run
from bassin.sources.health import notice_interrupted

HELP = "Read a folder of publishers' files (a data pack), with no network."
_SHOWN = 12


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder."""
    parser.add_argument("folder", type=_folder, metavar="DIR", help="folder of publishers' files")
    parser.add_argument("--quiet", action="store_true", help="say only what failed")


def _folder(text: str) -> Path:
    if not text.strip():  # a variable that was never set would load whatever stands here
        raise argparse.ArgumentTypeError(
            "the name of the folder is empty. Give the path of a data pack."
        )
    return Path(text)


def run(args: argparse.Namespace) -> int:
    """Load, then say what was published, refused, failed and not recognised."""
    opened = house()
    if cut := notice_interrupted(opened.store):
        print(f"bassin load: {cut.error}", file=sys.stderr)
    with running(opened) as runner:
        if not opened.reader.has("communes"):
            runner.load_installed()
        runs, unknown = runner.load_folder(args.folder)
    tell(runs, unknown, quiet=args.quiet)
    opened.refresh()
    compare_trades(opened)
    return 1 if any(run.status == "failed" for run in runs) else 0


def tell(runs: list[Run], unknown: list[str], *, quiet: bool = False) -> None:
    """What a load did, as people read it."""
    console = Console(stderr=True)
    for run in runs:
        if run.status == "failed":
            console.print(
                f"[bold]{run.source}[/bold]: {run.error}", highlight=False, soft_wrap=True
            )
    if quiet:
        return
    table = Table("source", "status", "rows", "refused", box=None, pad_edge=False)
    for run in runs:
        if run.status != "waiting":
            table.add_row(run.source, run.status, f"{run.rows:,}", f"{run.refused:,}")
    console.print(table)
    waiting = [run for run in runs if run.status == "waiting"]
    for run in waiting:
        console.print(f"{run.source} waits for {run.error}.", highlight=False)
    if unknown:
        names = ", ".join(unknown[:_SHOWN]) + (", …" if len(unknown) > _SHOWN else "")
        console.print(
            f"{len(unknown)} files that no source recognises: {names}", highlight=False,
            soft_wrap=True,
        )  # fmt: skip
