"""`bassin mail`: read the reports that came by e-mail, and send the month's reminders."""

import argparse
import time

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

    from bassin.errors import Refused
    from bassin.steer.programmes.mail import inbox, reminders

    if args.remind:
        sent = reminders.send(timezone.localdate(), timezone.now())
        print(f"Reminders sent: {sent}.")
    while True:
        try:
            counts = inbox.read(timezone.localdate(), timezone.now())
        except Refused as refusal:
            if not args.every:
                raise
            print(f"bassin mail: {refusal}", flush=True)
        else:
            if counts or not args.every:
                said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
                print(f"E-mails read: {counts.total()}{f' ({said})' if said else ''}.", flush=True)
        if not args.every:
            return 0
        time.sleep(args.every)
