"""`bassin administrator EMAIL`: the first account of an authority, or one that lost everything."""

import argparse

from django.utils import translation

from bassin.config.opening import house, today

HELP = "Let a person administer the authority, or set their second factor up again."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who, and what of their account is forgotten."""
    parser.add_argument("email", help="the address with which they sign in")
    parser.add_argument("--name", default="", help="their name, when the account is new")
    parser.add_argument(
        "--reset-second-factor",
        action="store_true",
        help="forget their application and recovery codes (telephone lost), end their sessions",
    )


def run(args: argparse.Namespace) -> int:
    """Do one of the two, and say what comes next."""
    from bassin.config.databases import migrate

    migrate()
    with translation.override("en"):  # like all that a command says
        return _do(args)


def _do(args: argparse.Namespace) -> int:
    from bassin.parties import actions

    if args.reset_second_factor:
        person = actions.forget_second_factor(args.email)
        print(f"{person} signs in with a code by e-mail, and sets a second factor up again.")
        return 0
    seat = actions.appoint_administrator(
        args.email, name=args.name, authority=house().installation.name or "authority",
        today=today(),
    )  # fmt: skip
    print(
        f"{seat.person} administers {seat.organisation}. They sign in at /compte/connexion/ "
        "with a code sent to that address, then set a second factor up."
    )
    return 0
