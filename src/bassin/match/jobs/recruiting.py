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
            _("registered"), _("came"), _("had an interview"), _("hired"),
            _("there after 3 months"), _("there after 6 months"),
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
        hired=Count("placement", distinct=True),
        present_3=Count("placement", distinct=True, filter=Q3),
        present_6=Count("placement", distinct=True, filter=Q6),
    )
    return Funnel(**row)


def _people(which: Q) -> Count:
    return Count("token", distinct=True, filter=which)


def of_action(recruitment: Recruitment) -> Funnel:
    """The steps of one action."""
    return funnel(recruitment.registrations.all())


def overall() -> Funnel:
    """The steps of all the actions together."""
    return funnel(Registration.objects.filter(recruitment__archived_at=None))


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
