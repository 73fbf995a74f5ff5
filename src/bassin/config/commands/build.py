"""`bassin build`: compiles translations and gathers styles, scripts and fonts."""

import argparse

HELP = "Compile translations and gather styles, scripts and fonts."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--force` builds even when no source has changed."""
    parser.add_argument("--force", action="store_true", help="build again even when up to date")


def run(args: argparse.Namespace) -> int:
    """Build, and say whether anything had to be."""
    from bassin.config import build

    built = build.prepare(force=args.force)
    print("Built." if built else "Already up to date.")
    return 0
