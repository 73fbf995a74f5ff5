"""`bassin manage …`: the commands of Django itself (migrate, shell, check…)."""

import argparse

HELP = "Run a command of Django: `bassin manage shell`."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything after `manage` belongs to Django."""
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="…")


def run(args: argparse.Namespace) -> int:
    """Hand the words over; Django exits by itself when it refuses them."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["bassin manage", *args.words])
    return 0
