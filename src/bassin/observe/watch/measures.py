"""What the watch is worth: contacts in time, outcomes, opinions."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from bassin.observe.watch import workdays
from bassin.observe.watch.models import Rating, Signal
from bassin.observe.watch.models.signals import SignalQuerySet


@dataclass(frozen=True, slots=True)
class Measures:
    """Of the signals of firms whose five working days are over, how many were contacted in time.

    A signal that was closed as already known, or taken back, asked for no contact.
    """

    asked: int
    in_time: int
    late: int
    never: int
    useful: int
    opinions: int
    reasons: tuple[tuple[str, int], ...]


def measures(found: SignalQuerySet, today: date) -> Measures:
    """Those of some signals."""
    counted: Counter[str] = Counter()
    rows = found.of_firms().filter(withdrawn_on=None).exclude(outcome=Signal.Outcome.KNOWN)
    for found_on, contacted in rows.values_list("found_on", "contacted_on"):
        limit = workdays.due(found_on)
        if contacted is not None:
            counted["in_time" if contacted <= limit else "late"] += 1
        elif limit < today:
            counted["never"] += 1
    ratings = Counter(
        Rating.objects.filter(signal__in=found.values("pk")).values_list("useful", "reason")
    )
    reasons: Counter[str] = Counter()
    for (_useful, reason), count in ratings.items():
        reasons[str(Rating.Reason(reason).label)] += count
    useful = sum(count for (useful, _reason), count in ratings.items() if useful)
    return Measures(
        counted.total(), counted["in_time"], counted["late"], counted["never"],
        useful, ratings.total(), tuple(reasons.most_common()),
    )  # fmt: skip


def overdue(signal: Signal, today: date) -> bool:
    """Whether a firm should have been contacted by now."""
    return (
        signal.is_firm
        and signal.contacted_on is None
        and signal.closed_on is None
        and signal.withdrawn_on is None
        and workdays.due(signal.found_on) < today
    )
