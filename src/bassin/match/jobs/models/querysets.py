"""The questions asked of offers."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models

from bassin.parties.models import Organisation

if TYPE_CHECKING:
    from bassin.match.jobs.models.offers import Offer  # noqa: F401  named in hints


class OfferQuerySet(models.QuerySet["Offer"]):
    """Reads of offers. What is shown to the public is `open(today)`, and nothing else."""

    def open(self, today: date) -> "OfferQuerySet":
        """Those that the public sees on a day: published, not over, not put away.

        The end is hard: an offer disappears on its day even if no task has run.
        """
        return self.filter(
            state="published", archived_at=None, published_on__lte=today, expires_on__gte=today
        )

    def for_rome(self, *codes: str) -> "OfferQuerySet":
        """Those of these occupations."""
        return self.filter(rome_code__in=codes)

    def in_communes(self, *codes: str) -> "OfferQuerySet":
        """Those whose place of work is in these communes."""
        return self.filter(commune_code__in=codes)

    def without_diploma(self) -> "OfferQuerySet":
        """Those that say that no diploma is asked; what is not said is not counted as none."""
        return self.filter(level=0)

    def of(self, *organisations: Organisation | int) -> "OfferQuerySet":
        """Those of these employers, or posted by these partners."""
        keys = [each.pk if isinstance(each, Organisation) else each for each in organisations]
        return self.filter(models.Q(employer__in=keys) | models.Q(posted_through__in=keys))

    def waiting(self) -> "OfferQuerySet":
        """Those that a moderator has to read, the oldest first."""
        return self.filter(state="submitted", archived_at=None).order_by("submitted_on", "pk")

    def over(self, today: date) -> "OfferQuerySet":
        """Those still marked as published whose last day has passed."""
        return self.filter(state="published", expires_on__lt=today)

    def unconfirmed(self, today: date, days: int) -> "OfferQuerySet":
        """Published ones that nobody has confirmed for more than so many days."""
        return self.open(today).filter(confirmed_on__lt=today - timedelta(days=days))
