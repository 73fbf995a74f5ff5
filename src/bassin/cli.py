"""The command `bassin`: finds its sub-commands by looking in `bassin.config.commands`.

A command is a module with `HELP` (one line), `add_arguments(parser)` and `run(args) -> int`, the
exit code. A module name `load_dir` is the command `load-dir`. Django is set up before `run`.
What a person can mend is said in one sentence, exit code 2; anything else is a bug and shows where.
"""

import argparse
import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

import bassin
from bassin.config import commands
from bassin.errors import Refused, SourceError

REFUSED = 2
"""Exit code when a person can mend what went wrong; 1 is for "it ran and the answer is no"."""

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells expect."""


def known_commands() -> tuple[str, ...]:
    """The names of all commands, in alphabetical order."""
    names = (found.name.replace("_", "-") for found in pkgutil.iter_modules(commands.__path__))
    return tuple(sorted(names))


def command(name: str) -> ModuleType:
    """The module of a command."""
    return import_module(f"{commands.__name__}.{name.replace('-', '_')}")


def parser(names: Sequence[str]) -> argparse.ArgumentParser:
    """The parser with one sub-parser for each of these commands."""
    top = argparse.ArgumentParser(prog="bassin", description=bassin.__doc__)
    top.add_argument("--version", action="version", version=f"bassin {bassin.__version__}")
    below = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name in names:
        module = command(name)
        one = below.add_parser(name, help=module.HELP, description=module.HELP)
        module.add_arguments(one)
        one.set_defaults(run=module.run)
    return top


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; without a command, print what there is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bassin.config.settings")
    words = sys.argv[1:] if words is None else words
    # The command asked for is imported alone: others may read tables, which takes a second.
    known = known_commands()
    top = parser(words[:1] if words and words[0] in known else known)
    args = top.parse_args(words)
    if args.command is None:
        top.print_help()
        return 0
    try:
        _set_up_django()
        return int(args.run(args))
    except (Refused, SourceError) as refusal:
        print(f"bassin {args.command}: {refusal}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print(f"bassin {args.command}: stopped.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (`head`, `less`) has seen enough; Python would complain again while closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _set_up_django() -> None:
    # Here and not above: `bassin --help` answers at once.
    import django

    django.setup()


if __name__ == "__main__":
    raise SystemExit(main())
