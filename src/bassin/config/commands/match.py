"""`bassin match`: the engine of proposals on the terminal, one sub-command per thing compared."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bassin.config.opening import house
from bassin.errors import Refused
from bassin.taxonomies.rome import Rome, loaded

HELP = "Compare occupations, read job titles, propose jobs: with what ROME says of them."


class Matching(NamedTuple):
    """One sub-command: its line of help, its arguments and what it does."""

    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-parser per thing compared."""
    below = parser.add_subparsers(dest="matching", metavar="WHAT", required=True)
    for name, one in MATCHINGS.items():
        sub = below.add_parser(name, help=one.help, description=one.help)
        sub.add_argument(
            "--data",
            type=Path,
            metavar="DIR",
            help="read ROME in this folder, not in what is loaded",
        )
        one.add_arguments(sub)
        sub.set_defaults(matched=one.run)


def run(args: argparse.Namespace) -> int:
    """Run the sub-command asked for."""
    return int(args.matched(args))


def rome(args: argparse.Namespace) -> Rome:
    """ROME as the folder named by `--data` has it, else as loaded.

    Raises:
        Refused: neither has it; the sentence says what to do.
    """
    if args.data is not None:
        return Rome.read(args.data)
    found = loaded(house().reader)
    if not found.codes:
        raise Refused(
            "ROME is not loaded. Run `bassin load DIR` on a folder that holds its files, or name "
            "that folder with --data DIR."
        )
    return found


def at_least_one(text: str) -> int:
    """A number of answers."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of answers, 1 or more")
    return int(text)


def _occupations_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--top", type=at_least_one, default=10, metavar="K", help="10 unless said")
    parser.add_argument(
        "--signals",
        default="",
        metavar="A,B",
        help="compare by these signals only (all unless said)",
    )
    parser.add_argument("--format", choices=("tsv",), default="tsv")


def _occupations(args: argparse.Namespace) -> int:
    """Print `source_rome<TAB>target_rome<TAB>score`, the nearest first, without a header."""
    from bassin.pairing import occupations

    wanted = [name for name in args.signals.split(",") if name]
    if wanted or args.data is not None:
        found = occupations.proximity(rome(args), wanted)
    else:
        found = occupations.loaded(house().reader)
    for source, target, score in occupations.nearest(found, args.top):
        sys.stdout.write(f"{source}\t{target}\t{score:.6f}\n")
    return 0


def _titles_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="lines `query_id<TAB>text`, UTF-8")


def _titles(args: argparse.Namespace) -> int:
    """Print `query_id<TAB>rank<TAB>rome`, five at most; 1 when a line could not be read."""
    from bassin.pairing.titles import Titles

    try:
        lines = args.file.read_bytes().decode("utf-8-sig", "replace").split("\n")
    except OSError as error:
        raise Refused(f"{args.file} cannot be read: {error.strerror}.") from error
    titles = Titles(rome(args))
    bad = 0
    for number, line in enumerate(lines, 1):
        query, tab, text = line.rstrip("\r").partition("\t")
        if not line.strip():
            continue
        if not (tab and query.strip()):
            bad += 1
            sys.stderr.write(f"line {number}: {line[:80]!r} is not `query_id<TAB>text`\n")
            continue
        for rank, guess in enumerate(titles.find(text), 1):
            sys.stdout.write(f"{query}\t{rank}\t{guess.rome_code}\n")
    return 1 if bad else 0


def _jobs_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--profile", type=Path, required=True, metavar="FILE", help="a JSON file")
    parser.add_argument("--top", type=at_least_one, default=10, metavar="K", help="10 unless said")
    parser.add_argument("--format", choices=("json",), default="json")
    parser.add_argument("--language", choices=("fr", "en"), default="fr")


def _jobs(args: argparse.Namespace) -> int:
    """Print the open offers ranked for a profile, with every reason, and what blocks others."""
    from django.utils.translation import override

    from bassin.config.opening import today
    from bassin.match.jobs import profiles, searching
    from bassin.match.jobs.knowledge import Knowledge
    from bassin.match.jobs.models import Offer
    from bassin.match.jobs.searching import Listed
    from bassin.match.jobs.supply import supply

    try:
        text = args.profile.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{args.profile} cannot be read: {error}.") from error
    opened = house()
    known = Knowledge(opened, None if args.data is None else rome(args))
    with override(args.language):
        wishes = profiles.read(text, opened, known)
        ranking = searching.ranked(wishes, supply(today()), known, today(), Listed(args.top))
        shown = [each.key for each in ranking.proposals]
        shown += [each.key for each in ranking.blocked]
        lines = Offer.objects.select_related("employer").in_bulk(shown)
        found = profiles.answer(
            ranking, args.language, lambda key: profiles.offer_line(lines[key])
        )  # fmt: skip
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
    return 0


MATCHINGS = {
    "occupations": Matching(
        "The nearest occupations of every occupation.", _occupations_arguments, _occupations
    ),
    "titles": Matching(
        "The occupations that job titles or sentences may mean.", _titles_arguments, _titles
    ),
    "jobs": Matching("The open offers for a profile, with the reasons.", _jobs_arguments, _jobs),
}
