"""What recruitment actions gave: from registered to still there, each person once."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from bassin.commons.hires import FEWEST
from bassin.match.jobs.models import Recruitment, Registration

Q3, Q6 = Q(present_3=True), Q(present_6=True)


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many people reached each step. A number is None where the public may not read it."""

    registered: int | None
    attended: int | None
    interviewed: int | None
    hired: int | None
    present_3: int | None
    present_6: int | None

    def steps(self) -> list[tuple[str, int | None]]:
        """The steps in words."""
        words = (
            _("people registered"), _("people who came"), _("people who had an interview"),
            _("people hired"), _("people there after 3 months"), _("people there after 6 months"),
        )  # fmt: skip
        return list(zip(words, astuple(self), strict=True))

    def public(self) -> "Funnel":
        """The same for everyone: no number under five, nor that a subtraction would give."""
        shown: list[int | None] = []
        last: int | None = None
        for number in astuple(self):
            small = 0 < number < FEWEST or (last is not None and 0 < last - number < FEWEST)
            shown.append(None if small else number)
            last = last if small else number
        return Funnel(*shown)


def funnel(registrations: "QuerySet[Registration]") -> Funnel:
    """The steps of some registrations: one person counts once, whatever the number of actions."""
    kept = registrations.filter(withdrawn_on=None)
    row = kept.aggregate(
        registered=_people(Q()),
        attended=_people(Q(attended=True)),
        interviewed=_people(Q(interviewed=True)),
    )
    return Funnel(
        **row,
        hired=_hired(kept),
        present_3=_hired(kept.filter(Q3)),
        present_6=_hired(kept.filter(Q6)),
    )


def _hired(registrations: "QuerySet[Registration]") -> int:
    """How many people were hired: one who was hired twice counts once, and so does one hire of
    somebody registered under two numbers.
    """
    groups: list[set[str]] = []
    pairs = registrations.filter(placement__isnull=False).values_list("token", "placement")
    for token, placement in pairs:
        same = {f"token {token}", f"hire {placement}"}
        for group in [each for each in groups if each & same]:
            same |= group
            groups.remove(group)
        groups.append(same)
    return len(groups)


def _people(which: Q) -> Count:
    return Count("token", distinct=True, filter=which)


def of_action(recruitment: Recruitment) -> Funnel:
    """The steps of one action."""
    return funnel(recruitment.registrations.all())


def overall() -> Funnel:
    """The steps of all the actions together."""
    return funnel(everyone())


def everyone() -> "QuerySet[Registration]":
    """The registrations of all the actions."""
    return Registration.objects.filter(recruitment__archived_at=None)


def to_come(now: datetime) -> Sequence[Recruitment]:
    """The actions on line that are still to come, the next first."""
    return list(
        Recruitment.objects.filter(
            archived_at=None,
            event__archived_at=None,
            event__cancelled_at=None,
            event__visibility="public",
            event__ends_at__gte=now,
        )
        .select_related("event__organiser", "employer")
        .order_by(F("event__starts_at").asc(), "pk")
    )


def past(now: datetime) -> "QuerySet[Recruitment]":
    """The actions on line that are over, the last first."""
    done = Recruitment.objects.filter(archived_at=None, event__archived_at=None)
    return done.filter(event__visibility="public", event__ends_at__lt=now).select_related("event")
