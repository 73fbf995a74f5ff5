"""`bassin workshop recount FILE` and `bassin workshop rehearse CODE`.

The first makes every figure of a published workshop again from its ballots; the second plays a copy
of a workshop with simulated participants, through the running service.
"""

import argparse
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bassin.debate.workshops.recount import Recounted, read, recount
from bassin.errors import Refused

if TYPE_CHECKING:
    from bassin.parties.models import Person

HELP = "Count the published ballots of a workshop again; rehearse one with simulated people."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is done, with which file."""
    below = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    again = below.add_parser("recount", help="make every figure again from the ballots of a file")
    again.add_argument("file", type=Path, metavar="FILE", help="the file of ballots, as published")
    again.add_argument("--each", action="store_true", help="print every figure made again")
    play = below.add_parser("rehearse", help="play a copy with simulated participants")
    play.add_argument("code", metavar="CODE", help="the six digits of the workshop")
    play.add_argument("--participants", type=int, default=60, metavar="N", help="how many people")
    play.add_argument("--seed", type=int, default=1, help="another number gives another room")
    play.add_argument("--url", default="", help="address of the service, when it is elsewhere")


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    return rehearse_one(args) if args.what == "rehearse" else recount_one(args)


def rehearse_one(args: argparse.Namespace) -> int:
    """Play a copy, and say that every answer acknowledged was counted (0), or not (1).

    Raises:
        Refused: there is no such workshop, nobody to run it, or the service does not answer.
    """
    from django.utils import timezone, translation

    from bassin.debate.workshops import actions_copying, rehearsing
    from bassin.debate.workshops.models import Workshop

    workshop = Workshop.objects.filter(code=args.code, rehearsal=False).first()
    if workshop is None:
        raise Refused(f"No workshop has the code {args.code}.")
    with translation.override("en"):
        rehearsing.check(workshop, args.participants)
        address = args.url or rehearsing.address_of_service()
    by = _officer()
    made = actions_copying.rehearsal(workshop, by=by, now=timezone.now())
    print(f"Rehearsal {made.code}: {args.participants} simulated participants.", flush=True)
    with translation.override("en"):
        done = rehearsing.rehearse(
            made, participants=args.participants, by=by, address=address, seed=args.seed,
            told=lambda said: print(said, flush=True),
        )  # fmt: skip
    print(f"{done.acknowledged} answers were acknowledged to {done.inside} people.")
    for title, told, kept in done.questions:
        if told != kept:
            print(f"    {title}: {told} acknowledged, {kept} counted")
    print("Every one was counted, once." if done.exact else "They do not match what was counted.")
    return 0 if done.exact else 1


def _officer() -> "Person":
    """Somebody who may run workshops: the rehearsal is written in their name."""
    from bassin.debate.workshops import permissions
    from bassin.parties.models import Person

    people = Person.objects.filter(is_active=True).order_by("pk")
    found = next((each for each in people if permissions.can_prepare(each)), None)
    if found is None:
        raise Refused("Nobody may run a workshop yet. Make an administrator first.")
    return found


def recount_one(args: argparse.Namespace) -> int:
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
        for path, value in each.made if args.each else ():
            print(f"    {path} = {value:g}")
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
    for told in _not_from_ballots(counted):
        print(told)
    return 0


def _not_from_ballots(counted: Sequence[Recounted]) -> Iterator[str]:
    """The figures of a synthesis that its ballots cannot give, and why."""
    yield "What the ballots cannot give:"
    if by_group := sum(each.by_group for each in counted):
        yield (
            f"    {by_group} figures by group: by secrecy, no ballot says its group. Their shares "
            "and their totals were made again, and are the same."
        )
    if quoted := sum(each.quoted for each in counted):
        yield (
            f"    {quoted} figures that make an answer of a quiz right or wrong: they come from "
            "the source named beside each."
        )
    hidden = [each for each in counted if each.ballots is None]
    for each in hidden:
        yield f"    {each.title}, round {each.number}: too few took a stand, by secrecy no ballot."
    yield "    How many people took part in all: tickets are beside no ballot."


def _line(each: Recounted) -> str:
    if each.ballots is None:
        told = "too few took a stand: no ballot, no result"
    else:
        told = f"{each.ballots} ballots, {each.figures} figures"
    verdict = "DIFFERS" if each.differs else "same"
    return f"{each.title}, round {each.number}: {told}: {verdict}"
