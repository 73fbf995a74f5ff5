"""An adviser's Monday: what is due today, what is late, whom nobody has seen for a year."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from bassin.match.support import hours
from bassin.match.support.actions import advisers
from bassin.match.support.models import Case, Channel, Referral, Share, Task
from bassin.match.support.models.querysets import CaseQuerySet
from bassin.parties.access import bodies_of
from bassin.parties.models import Person

YEAR = timedelta(days=365)
MOST = 60


@dataclass(frozen=True, slots=True)
class Due:
    """A request without a first answer, and when the 48 hours end."""

    case: Case
    due_at: datetime
    late: bool


def left_behind(cases: CaseQuerySet, today: date) -> list[Case]:
    """The open cases whose adviser no longer works for their organisation: somebody takes them."""
    here: dict[int, set[int]] = {}
    found = []
    for case in cases.open().select_related("organisation", "adviser").order_by("pk"):
        body = case.organisation_id
        if body not in here:
            here[body] = {each.pk for each in advisers(case.organisation, today)}
        if case.adviser_id not in here[body]:
            found.append(case)
    return found


@dataclass(frozen=True, slots=True)
class Silent:
    """A firm that nobody has met for a year: its last case and last contact."""

    case: Case
    last_on: date


@dataclass(frozen=True, slots=True)
class Monday:
    """What waits for an adviser, the most pressing first."""

    unanswered: list[Due]
    late: list[Task]
    today: list[Task]
    week: list[Task]
    idle: list[Case]

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (self.unanswered or self.late or self.today or self.week or self.idle)


def monday(cases: CaseQuerySet, adviser: Person | None, now: datetime) -> Monday:
    """What waits in some cases: of one adviser, or of all."""
    day = now.date()
    mine = cases.open() if adviser is None else cases.open().filter(adviser=adviser)
    tasks = Task.objects.filter(case__in=cases.open(), done_on=None, due_on__lte=_sunday(day))
    if adviser is not None:
        tasks = tasks.filter(assignee=adviser)
    listed = list(tasks.select_related("case", "assignee")[: MOST * 3])
    return Monday(
        unanswered=unanswered(mine, now),
        late=[each for each in listed if each.due_on < day],
        today=[each for each in listed if each.due_on == day],
        week=[each for each in listed if each.due_on > day],
        idle=_idle(mine),
    )


def _sunday(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())


def unanswered(cases: CaseQuerySet, now: datetime) -> list[Due]:
    """The requests without a first answer, the first due first."""
    asked = cases.open().filter(answered_at=None).exclude(channel=Channel.IMPORT)
    waiting = asked.select_related("adviser")[:MOST]
    found = [(each, hours.due(timezone.localtime(each.asked_at))) for each in waiting]
    return sorted((Due(each, at, now > at) for each, at in found), key=lambda due: due.due_at)


def _idle(cases: CaseQuerySet) -> list[Case]:
    """The open cases, answered once, in which nothing is to be done: somebody must say what."""
    busy = Task.objects.filter(done_on=None).values("case")
    sent = Share.objects.filter(referrals__state__in=Referral.LIVING).values("case")
    known = Q(answered_at__isnull=False) | Q(channel=Channel.IMPORT)
    left = cases.filter(known).exclude(pk__in=busy).exclude(pk__in=sent)
    return list(left.select_related("adviser").order_by("last_contact_on", "pk")[:MOST])


def silent(cases: CaseQuerySet, today: date) -> list[Silent]:
    """The firms not met for a year, the longest silent first."""
    firms = cases.exclude(siren="").values("siren").annotate(last=Max("last_contact_on"))
    rows = dict(firms.filter(last__lt=today - YEAR).order_by().values_list("siren", "last"))
    found: dict[str, Case] = {}
    for case in cases.filter(siren__in=rows).order_by("-last_contact_on", "-pk"):
        found.setdefault(case.siren, case)
    ordered = sorted(found.values(), key=lambda case: (rows[case.siren], case.pk))
    return [Silent(case, rows[case.siren]) for case in ordered[:MOST]]


@dataclass(frozen=True, slots=True)
class Answered:
    """Of the requests old enough to tell, how many had their first answer in 48 working hours."""

    asked: int
    in_time: int

    @property
    def percent(self) -> float | None:
        """The share in time; None without any request."""
        return 100 * self.in_time / self.asked if self.asked else None


def answered(cases: CaseQuerySet, now: datetime) -> Answered:
    """The first answers of a year; those of a table brought in are not known."""
    asked = cases.filter(asked_at__gte=now - YEAR).exclude(channel=Channel.IMPORT)
    rows = asked.values_list("asked_at", "answered_at")
    told = Counter(
        hours.in_time(timezone.localtime(asked), first, now) for asked, first in rows
    )  # fmt: skip
    return Answered(told[True] + told[False], told[True])


def inbox(person: Person) -> QuerySet[Referral]:
    """What other organisations ask of theirs, while the firm agrees: waiting first."""
    mine = bodies_of(person)
    found = Referral.objects.filter(share__organisation__in=mine, share__withdrawn_on=None)
    return found.select_related("share__case__organisation", "share__organisation", "taken_by")


def sent(person: Person) -> QuerySet[Referral]:
    """What their organisations ask of others."""
    mine = bodies_of(person)
    found = Referral.objects.filter(share__case__organisation__in=mine)
    return found.select_related("share__case", "share__organisation", "taken_by")


def by_commune(cases: Iterable[Case]) -> dict[str, int]:
    """How many cases in each commune."""
    return dict(Counter(each.commune_code for each in cases if each.commune_code))
