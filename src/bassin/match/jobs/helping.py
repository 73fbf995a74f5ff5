"""The directory as it is asked: who serves a commune, for what; referrals late, and who is told."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from bassin.errors import Refused
from bassin.match.jobs.actions_helping import DAYS_TO_ANSWER
from bassin.match.jobs.models import Referral, Structure
from bassin.parties.mail import sending
from bassin.parties.models import Membership, Organisation, Person
from bassin.types import Origin
from bassin.ui.mailing import letter

logger = logging.getLogger(__name__)

NEAR = 45
"""Minutes that are drawn around one's home."""

STALE = 90
"""Days after which a waiting time is too old to be told as it is."""


def structures(commune_code: str = "", need: str = "") -> list[Structure]:
    """Those that serve a commune, for a need: by waiting time, the unknown ones last.

    Whom a structure is for is shown, and orders nothing: the person knows who they are.
    """
    found = [
        each
        for each in Structure.objects.filter(archived_at=None)
        if (not commune_code or each.serves(commune_code))
        and (not need or not each.needs or need in each.needs)
    ]
    return sorted(found, key=_soonest)


def _soonest(structure: Structure) -> tuple[bool, int, str, int]:
    days = structure.wait_days
    return (days is None, days or 0, structure.name, structure.pk)


def is_stale(structure: Structure, today: date) -> bool:
    """Whether its waiting time was known too long ago."""
    return structure.wait_on is not None and (today - structure.wait_on).days > STALE


def late(today: date) -> QuerySet[Referral]:
    """The open referrals whose day has passed, the oldest first."""
    return Referral.objects.filter(closed_on=None, due_on__lt=today).order_by("due_on", "pk")


def of(organisations: Iterable[Organisation]) -> QuerySet[Referral]:
    """The referrals that these organisations sent or received, the open ones first."""
    mine = list(organisations)
    found = Referral.objects.filter(Q(through__in=mine) | Q(structure__organisation__in=mine))
    kept = found.select_related("structure", "through")
    return kept.order_by(F("closed_on").desc(nulls_first=True), "due_on", "pk")


@dataclass(frozen=True, slots=True)
class Answered:
    """Of the referrals old enough to tell, how many were acknowledged in time."""

    sent: int
    in_time: int
    late_open: int


def answered(today: date) -> Answered:
    """The referrals of the territory, told as numbers: nobody is named."""
    told = Referral.objects.exclude(outcome=Referral.Outcome.WITHDRAWN)
    row = told.filter(Q(due_on__lt=today) | Q(acknowledged_on__isnull=False)).aggregate(
        sent=Count("pk"),
        in_time=Count("pk", filter=Q(acknowledged_on__lte=F("due_on"))),
        late_open=Count("pk", filter=Q(closed_on=None, due_on__lt=today)),
    )
    return Answered(row["sent"], row["in_time"], row["late_open"])


# The night


def alert(today: date) -> int:
    """Tell, once, who referred and who should have answered; how many e-mails left."""
    count = 0
    told: set[int] = set()
    for person, referrals in _to_tell(today).items():
        try:
            with sending():
                letter(
                    "jobs/mail/late.txt", person.email or "", language=person.language,
                    page="jobs:referrals", person=person, referrals=referrals, days=DAYS_TO_ANSWER,
                ).send()  # fmt: skip
        except Refused as refusal:
            # Who could not be told today is told tomorrow.
            logger.warning("%s", refusal)
            continue
        told |= {each.pk for each in referrals}
        count += 1
    Referral.objects.filter(pk__in=told).update(alerted_on=today)
    return count


def _to_tell(today: date) -> dict[Person, list[Referral]]:
    found: dict[Person, list[Referral]] = defaultdict(list)
    due = late(today).filter(alerted_on=None).exclude(origin=Origin.INVENTED.value)
    for referral in due.select_related("structure", "owner"):
        people = set(_readers(referral.structure.organisation_id, today))
        if referral.owner is not None and referral.owner.email and referral.owner.is_active:
            people.add(referral.owner)
        for person in people:
            found[person].append(referral)
    return dict(found)


def _readers(organisation: int | None, today: date) -> Iterable[Person]:
    writers = (Membership.Role.ADMINISTRATOR, Membership.Role.OFFICER)
    held = Membership.objects.on(today).filter(organisation=organisation, role__in=writers)
    people = Person.objects.filter(pk__in=held.values("person"), is_active=True)
    return people.exclude(email=None)
