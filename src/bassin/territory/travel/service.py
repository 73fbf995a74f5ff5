"""At what hour one must arrive, on what kind of day, and which lines have run long enough then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bassin.errors import Refused
from bassin.types import Text

DAY_MINUTES = 24 * 60
HORIZON = 180
"""A line that has run for three hours has run long enough for any trip."""


class Day(StrEnum):
    """Kinds of days that timetables tell apart."""

    WEEKDAY = "weekday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def eve(self) -> "Day":
        """The day whose service may still run after midnight."""
        return {Day.SUNDAY: Day.SATURDAY}.get(self, Day.WEEKDAY)

    @classmethod
    def of(cls, moment: datetime) -> "Day":
        """The kind of a calendar day (public holidays are not known)."""
        return {5: cls.SATURDAY, 6: cls.SUNDAY}.get(moment.weekday(), cls.WEEKDAY)


@dataclass(frozen=True, slots=True)
class At:
    """The minute of the day at which one must have arrived, and the kind of day."""

    minute: int
    day: Day = Day.WEEKDAY

    @classmethod
    def of(cls, hour: "str | time | datetime | At", day: Day | str = Day.WEEKDAY) -> "At":
        """An hour as people write it ("5:30", "05:30", "5h30"), or as Python holds it.

        Raises:
            Refused: it is no hour of the day.
        """
        if isinstance(hour, At):
            return hour
        if isinstance(hour, datetime):
            return cls(hour.hour * 60 + hour.minute, Day.of(hour))
        if isinstance(hour, time):
            return cls(hour.hour * 60 + hour.minute, Day(day))
        hours, _, minutes = hour.strip().lower().replace("h", ":").partition(":")
        if not (hours.strip().isdigit() and (minutes.strip() or "0").isdigit()):
            raise Refused(_no_hour(hour))
        found = int(hours) * 60 + int(minutes or 0)
        if int(hours) > 23 or int(minutes or 0) > 59:
            raise Refused(_no_hour(hour))
        return cls(found, Day(day))

    def __str__(self) -> str:
        return f"{self.minute // 60:02d}:{self.minute % 60:02d}"


def _no_hour(hour: str) -> Text:
    return Text(
        f"« {hour} » n'est pas une heure du jour. Écrivez-la comme 05:30.",
        f"“{hour}” is no hour of a day. Write it as 05:30.",
    )


USUAL = At(9 * 60)
"""What no hour means: arriving at nine on a weekday."""


@dataclass(frozen=True, slots=True)
class Window:
    """A service from its first departure to its last arrival, past midnight when it is lower."""

    first: int
    last: int

    @classmethod
    def of(cls, first: str, last: str) -> "Window":
        """From two hours as people write them."""
        return cls(At.of(first).minute, At.of(last).minute)

    @property
    def end(self) -> int:
        """The last arrival, counted from the midnight before the first departure."""
        return self.last if self.last > self.first else self.last + DAY_MINUTES

    def running_for(self, minute: int) -> int:
        """For how many minutes it has run at a minute of its day; -1 when it does not run."""
        if self.first == self.last:
            return HORIZON  # around the clock
        return minute - self.first if self.first <= minute <= self.end else -1


@dataclass(frozen=True, slots=True)
class Hours:
    """The windows of a line by kind of day; a day without any means that it does not run."""

    days: tuple[tuple[Day, Window], ...]

    def running_for(self, at: At) -> int:
        """For how many minutes it has run when one must arrive; -1 when it does not run."""
        today = (w.running_for(at.minute) for day, w in self.days if day == at.day)
        late = (w.running_for(at.minute + DAY_MINUTES) for day, w in self.days if day == at.day.eve)
        return min(max((*today, *late), default=-1), HORIZON)


def in_peak(at: At, peaks: dict[str, Iterable[tuple[str, str]]]) -> bool:
    """Whether cars go at the speeds of the peak."""
    return any(
        At.of(first).minute <= at.minute <= At.of(last).minute for first, last in peaks[at.day]
    )
