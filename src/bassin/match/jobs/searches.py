"""What people look for and do not find: counted by trade, commune and week, never by person.

Nothing here can be turned back into somebody: no words, no address, no hour. Numbers under five
are never told, and are deleted after a year.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Sum

from bassin.commons.hires import FEWEST
from bassin.match.jobs.models import SearchCount
from bassin.types import Origin

WEEKS = 12
"""Weeks that the figures look back on."""


def count(rome_code: str, commune_code: str, *, found: bool, today: date) -> None:
    """One more search for a trade from a commune ("" when it was not said), found or in vain."""
    week = today - timedelta(days=today.weekday())
    with transaction.atomic():
        kept, _new = SearchCount.objects.get_or_create(
            rome_code=rome_code, commune_code=commune_code, week=week
        )
        more = {"searched": F("searched") + 1}
        if not found:
            more["in_vain"] = F("in_vain") + 1
        SearchCount.objects.filter(pk=kept.pk).update(**more)


@dataclass(frozen=True, slots=True)
class Sought:
    """A trade looked for from a commune over the last weeks; `in_vain` None when it is hidden."""

    rome_code: str
    commune_code: str
    searched: int
    in_vain: int | None
    invented: bool


def sought(today: date) -> list[Sought]:
    """What was looked for at least five times, the least found first."""
    since = today - timedelta(weeks=WEEKS)
    rows = (
        SearchCount.objects.filter(week__gt=since)
        .values("rome_code", "commune_code", "origin")
        .annotate(times=Sum("searched"), vain=Sum("in_vain"))
        .filter(times__gte=FEWEST)
    )
    found = [
        Sought(
            row["rome_code"], row["commune_code"], row["times"],
            None if _small(row["vain"], row["times"]) else row["vain"],
            row["origin"] == Origin.INVENTED,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-(each.in_vain or 0), -each.searched, each.rome_code))


def _small(part: int, whole: int) -> bool:
    """Whether a part, or what is left of the whole, is under five without being none."""
    return 0 < part < FEWEST or 0 < whole - part < FEWEST


def forget(today: date) -> int:
    """Delete the numbers of more than a year ago that may never be told."""
    old = SearchCount.objects.filter(week__lt=today - timedelta(days=365), searched__lt=FEWEST)
    return old.delete()[0]
