"""Reading the mailbox again and again, until told to stop."""

import signal
from collections import Counter
from collections.abc import Callable
from threading import Event
from types import FrameType

from django.db import OperationalError, close_old_connections
from django.utils import timezone

from bassin.errors import Refused
from bassin.steer.programmes.mail import inbox


class Stop(Event):
    """Set by the first SIGTERM: the message in hand is ended first. A second one does not wait."""

    def listen(self) -> "Stop":
        """Take the signals of this process."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told)
        return self

    def _told(self, number: int, frame: FrameType | None) -> None:
        if self.is_set():
            raise SystemExit(0)
        self.set()


def follow(every: float, stop: Event, tell: Callable[[str], None]) -> None:
    """Read what came, say what was done, pause, and again; what goes wrong is said and tried again.

    Args:
        every: seconds between two readings.
        stop: what ends it, between two messages.
        tell: where it is said.
    """
    while not stop.is_set():
        close_old_connections()
        try:
            counts = inbox.read(timezone.localdate(), timezone.now(), until=stop.is_set)
        except Refused as refusal:
            tell(str(refusal))
        except OperationalError as error:
            tell(f"The database did not answer ({error}); trying again in {every:.0f} s.")
        else:
            if counts:
                tell(said(counts))
        stop.wait(every)


def said(counts: Counter[str]) -> str:
    """« E-mails read: 3 (1 foreign, 2 recorded). »"""
    each = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
    return f"E-mails read: {counts.total()}{f' ({each})' if each else ''}."
