"""`bassin workshop recount FILE`: every figure of a published workshop, from its ballots."""

import argparse
import hashlib
from pathlib import Path

from bassin.debate.workshops.recount import Recounted, read, recount
from bassin.errors import Refused

HELP = "Count the published ballots of a workshop again."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is done, with which file."""
    below = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    again = below.add_parser("recount", help="make every figure again from the ballots of a file")
    again.add_argument("file", type=Path, metavar="FILE", help="the file of ballots, as published")


def run(args: argparse.Namespace) -> int:
    """Say that every figure is the same (0), or name those that differ (1).

    Raises:
        Refused: the file is not there, or is something else.
    """
    try:
        text = args.file.read_bytes()
        published = read(text.decode())
    except OSError as error:
        raise Refused(f"{args.file} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise Refused(f"{args.file} is not a file of ballots: it is not text.") from error
    counted = recount(published)
    for each in counted:
        print(_line(each))
        for difference in each.differs:
            print(f"    {difference}")
    figures = sum(each.figures for each in counted)
    wrong = sum(len(each.differs) for each in counted)
    print(f"File: {len(text)} bytes, SHA-256 {hashlib.sha256(text).hexdigest()}")
    print("Compare this digest with the one in the synthesis.")
    if wrong:
        print(f"{wrong} differences: this file does not give the results it states.")
        return 1
    print(f"All {figures} figures were made again from the ballots, and are the same.")
    return 0


def _line(each: Recounted) -> str:
    if each.ballots is None:
        told = "too few took a stand: no ballot, no result"
    else:
        told = f"{each.ballots} ballots, {each.figures} figures"
    verdict = "DIFFERS" if each.differs else "same"
    return f"{each.title}, round {each.number}: {told}: {verdict}"
