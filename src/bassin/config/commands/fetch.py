"""`bassin fetch [SOURCE…]`: take sources from their publishers. The only command with network."""

import argparse

from bassin.config.commands.load import tell
from bassin.config.opening import house, running
from bassin.sources import source, sources

HELP = "Take sources from their publishers (needs the network)."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which sources; all those with an address by default."""
    parser.add_argument("source", nargs="*", help="keys of sources (see `bassin status`)")


def run(args: argparse.Namespace) -> int:
    """Fetch each, publish once at the end; a failure leaves the others and the last version."""
    chosen = [source(key) for key in args.source] or [s for s in sources().values() if s.url]
    opened = house()
    with running(opened) as runner:
        runs = [runner.fetch(each) for each in chosen]
        runner.finish()
    tell(runs, [])
    return 1 if any(run.status == "failed" for run in runs) else 0
