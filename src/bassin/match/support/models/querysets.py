"""Reads of cases: whose they are, which are open, late, silent."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from bassin.match.support.models.cases import Case  # noqa: F401  named in hints


class CaseQuerySet(models.QuerySet["Case"]):
    """Reads of cases; none of them says who asks: see `permissions.readable`."""

    def kept_by(self, organisations: Collection[int]) -> "CaseQuerySet":
        """Those of some organisations."""
        return self.filter(organisation__in=organisations)

    def open(self) -> "CaseQuerySet":
        """Those in which something is still to be done."""
        return self.filter(state="open")

    def last_seen(self, sirens: Collection[str]) -> dict[str, date]:
        """The last contact with each firm."""
        rows = self.filter(siren__in=sirens).values_list("siren")
        return dict(rows.annotate(last=models.Max("last_contact_on")).order_by())
