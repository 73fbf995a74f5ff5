"""`bassin mail`: read the reports that came by e-mail, and send the month's reminders."""

import argparse

HELP = "Read the reports that came by e-mail; with --remind, send the month's reminders."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Once, or again and again."""
    parser.add_argument("--remind", action="store_true", help="send the reminders not sent yet")
    parser.add_argument(
        "--every", type=int, metavar="SECONDS", help="go on reading, with this pause in between"
    )


def run(args: argparse.Namespace) -> int:
    """Read the mailbox and say what was done; with `--every`, until told to stop."""
    from django.utils import timezone

    from bassin.steer.programmes.mail import following, inbox, reminders

    if args.remind:
        sent = reminders.send(timezone.localdate(), timezone.now())
        print(f"Reminders sent: {sent}.")
    if args.every:
        following.follow(args.every, following.Stop().listen(), _tell)
    else:
        _tell(following.said(inbox.read(timezone.localdate(), timezone.now())))
    return 0


def _tell(words: str) -> None:
    print(words, flush=True)
