"""`bassin aids`: the guide to aids on the terminal: one firm, what is wrong with the sheets."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from bassin.config.opening import house, today
from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.match.aids.rules import catalogue, firms, told
from bassin.match.aids.rules.decide import decide
from bassin.match.aids.rules.given import given
from bassin.match.aids.rules.links import answers, broken
from bassin.match.aids.rules.places import Places
from bassin.match.aids.rules.profile import Profile, values
from bassin.match.aids.rules.wording import Wording
from bassin.taxonomies.siret import siret

HELP = "Which aids a firm may get, why, why not, and what is still to ask."


class Sub(NamedTuple):
    """One sub-command: its line of help, its arguments and what it does."""

    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-parser per thing to do."""
    below = parser.add_subparsers(dest="doing", metavar="WHAT", required=True)
    for name, one in SUBS.items():
        sub = below.add_parser(name, help=one.help, description=one.help)
        sub.add_argument(
            "--at", type=_day, metavar="DATE", help="as on this day (today unless said)"
        )
        sub.add_argument("--format", choices=("text", "json"), default="text")
        one.add_arguments(sub)
        sub.set_defaults(done=one.run)


def run(args: argparse.Namespace) -> int:
    """Run the sub-command asked for."""
    return int(args.done(args))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a day: write 2026-11-26") from error


def _none(parser: argparse.ArgumentParser) -> None:
    """No argument of its own."""


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--siret", metavar="X", help="what the register tells of this establishment"
    )
    parser.add_argument(
        "--facts", type=Path, metavar="FILE.json", help="what is known; over what --siret tells"
    )
    parser.add_argument("--aid", metavar="NAME", help="this aid only")
    parser.add_argument("--language", choices=("fr", "en"), default="fr")


def _check(args: argparse.Namespace) -> int:
    """Print every aid with its answer; 1 when none is open to the firm."""
    opened = house()
    profile, day = _asked(opened, args), args.at or today()
    aids = list(catalogue.read(opened).aids)
    if args.aid:
        aids = [each for each in aids if each.slug == args.aid]
        if not aids:
            raise Refused(f"No aid is called {args.aid}. `bassin aids list` gives their names.")
    known = values(profile, day, Places(opened.territory))
    wording = Wording(opened.territory, args.language)
    lines = [told.answer(each, known, wording, day) for each in decide(aids, known, day)]
    _write(args.format, lines, _text)
    return 0 if any(each["answer"] != "no" for each in lines) else 1


def _asked(opened: House, args: argparse.Namespace) -> Profile:
    if not args.siret and args.facts is None:
        raise Refused("Say which firm: --siret X, --facts FILE.json, or both.")
    base = None
    if args.siret:
        number = siret(args.siret)
        base = firms.known(opened, number)
        if base is None:
            raise Refused(
                f"{number} is not among the establishments loaded here. Give what is known with "
                "--facts FILE.json."
            )
    return given(_facts(args.facts), base) if args.facts is not None else base or Profile()


def _facts(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Refused(f"{path} is not JSON in UTF-8: {error}.") from error


def _text(line: dict[str, Any]) -> Iterator[str]:
    mark = {"yes": "+", "no": "-", "unknown": "?"}[line["answer"]]
    yield f"{mark} {line['title']} ({line['aid']})"
    shown = {"yes": ("yes",), "no": ("no",), "unknown": ("unknown",)}[line["answer"]]
    for reason in line["reasons"]:
        if reason["state"] in shown:
            yield f"    {reason['sentence']}"
    for fact in line["missing"]:
        yield f"    ? {fact['question']}"


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", choices=("fr", "en"), default="fr")


def _list(args: argparse.Namespace) -> int:
    """Print every sheet with its state; 1 when one cannot be read."""
    found, day = catalogue.read(house()), args.at or today()
    lines = [told.sheet(each, args.language, day) for each in found.aids]
    _write(
        args.format, lines, lambda line: iter([f"{line['aid']}\t{line['state']}\t{line['title']}"])
    )
    for each in found.problems:
        sys.stderr.write(f"{each.where}: {each.why.say('en')}\n")
    return 1 if found.problems else 0


def _control(args: argparse.Namespace) -> int:
    """Print what is to be mended: expired, to be read again, without an address, twins, odd."""
    found, day = catalogue.read(house()), args.at or today()
    lines = told.control(found, args.language, day)
    _write(
        args.format, lines, lambda line: iter([f"{line['what']}\t{line['aid']}\t{line['said']}"])
    )
    return 1 if lines else 0


def _links(args: argparse.Namespace) -> int:
    """Ask every address of the open sheets, keep what it says; print those that do not answer."""
    from django.utils import timezone

    from bassin.config.databases import migrate
    from bassin.match.aids import linking

    migrate()
    found, day = catalogue.read(house()), args.at or today()
    opened = [each for each in found.aids if not each.shut(day)]
    told: dict[str, str] = {}
    asked, wrong = linking.ask(
        opened, timezone.now(), lambda one: told.setdefault(one, answers(one))
    )
    if asked and asked == wrong:
        sys.stderr.write("No address answers: the network is away, and nothing was kept.\n")
    lines = [
        {"aid": slug, "address": address, "said": why}
        for slug, address, why in broken(opened, lambda one: told[one])
    ]
    _write(
        args.format, lines, lambda line: iter([f"{line['aid']}\t{line['address']}\t{line['said']}"])
    )
    return 1 if lines else 0


def _write(
    form: str, lines: list[dict[str, Any]], text: Callable[[dict[str, Any]], Iterator[str]]
) -> None:
    if form == "json":
        sys.stdout.write(json.dumps(lines, ensure_ascii=False, indent=1) + "\n")
        return
    for line in lines:
        sys.stdout.write("\n".join(text(line)) + "\n")


SUBS = {
    "check": Sub("All aids for one firm, with reasons.", _check_arguments, _check),
    "list": Sub("Every sheet and its state.", _list_arguments, _list),
    "links": Sub("Ask every address of the open sheets (needs the network).", _none, _links),
    "control": Sub("What is to be mended in the sheets.", _list_arguments, _control),
}
