"""Offers that end: on their last day, when nobody confirms them, when they leave their feed.

A ghost offer is one that nobody answers for. It ends by itself, after a reminder.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet

from bassin.errors import Refused
from bassin.match.jobs import actions
from bassin.match.jobs.models import Offer
from bassin.parties.mail import sending
from bassin.parties.models import Person
from bassin.types import Origin
from bassin.ui.mailing import letter

logger = logging.getLogger(__name__)

CONFIRMED_EVERY = 30
"""Days after which an offer that its employer wrote and did not confirm is over."""

REMIND = 7
"""Days before the end at which its author is told."""


@dataclass(frozen=True, slots=True)
class Night:
    """What a night did: offers over on their day, unconfirmed, and reminders sent."""

    over: int
    unconfirmed: int
    reminded: int


def night(today: date) -> Night:
    """End what is over, then remind those whose offers soon will be. Twice a night is once."""
    over = _end(Offer.objects.over(today), Offer.Closing.DATE, today)
    alone = Offer.objects.unconfirmed(today, CONFIRMED_EVERY).filter(sources=None)
    unconfirmed = _end(alone, Offer.Closing.UNCONFIRMED, today)
    return Night(over, unconfirmed, remind(today))


def _end(offers: QuerySet[Offer], why: Offer.Closing, today: date) -> int:
    count = 0
    for offer in offers:
        with transaction.atomic():
            kept = actions.held(offer)
            if kept.state != Offer.State.PUBLISHED:
                continue  # someone closed it meanwhile
            actions.end(kept, Offer.State.EXPIRED, why, today)
            kept.save()
            count += 1
    return count


def ends_on(offer: Offer, *, from_feed: bool) -> date | None:
    """The day on which it is over unless someone does something."""
    if offer.expires_on is None or offer.confirmed_on is None or from_feed:
        return offer.expires_on
    return min(offer.expires_on, offer.confirmed_on + timedelta(days=CONFIRMED_EVERY))


def due(today: date) -> dict[Person, list[tuple[Offer, date]]]:
    """The offers about which their author is to be told, with the day on which each ends."""
    found: dict[Person, list[tuple[Offer, date]]] = defaultdict(list)
    mine = (
        Offer.objects.open(today)
        .exclude(origin=Origin.INVENTED.value)
        .filter(
            sources=None,
            reminded_on=None,
            posted_by__is_active=True,
            posted_by__email__isnull=False,
        )
    )
    for offer in mine.select_related("posted_by", "employer").order_by("expires_on", "pk"):
        day = ends_on(offer, from_feed=False)
        if day is not None and day <= today + timedelta(days=REMIND) and offer.posted_by:
            found[offer.posted_by].append((offer, day))
    return dict(found)


def remind(today: date) -> int:
    """Tell each author, once, in one e-mail for all their offers; how many e-mails left."""
    count = 0
    for person, offers in due(today).items():
        try:
            with sending():
                letter(
                    "jobs/mail/ending.txt", person.email or "", language=person.language,
                    page="jobs:mine", person=person, offers=offers,
                ).send()  # fmt: skip
        except Refused as refusal:
            # Who could not be told today is told tomorrow.
            logger.warning("%s", refusal)
            continue
        keys = [offer.pk for offer, _day in offers]
        Offer.objects.filter(pk__in=keys).update(reminded_on=today)
        count += 1
    return count
