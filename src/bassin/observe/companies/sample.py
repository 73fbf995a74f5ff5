"""The sample of the firms: two reported errors, invented as the firms that they are about."""

from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser

from bassin.observe.companies import actions, card, neighbours
from bassin.observe.companies.models import Correction
from bassin.observe.companies.rows import TABLE
from bassin.taxonomies.headcounts import bands
from bassin.types import Origin
from bassin.ui.opened import house

_INVENTED = Origin.INVENTED.value
_WHY_STAFF = "Exemple inventé : le registre du personnel dit davantage depuis l'été."
_WHY_NAME = "Exemple inventé : l'enseigne a changé en septembre."


def build(today: date) -> None:
    """One correction that is shown on a card, one that waits for an officer."""
    opened = house()
    if Correction.objects.filter(origin=_INVENTED).exists() or not opened.reader.has(TABLE):
        return
    found = card.example(opened)
    if found is None or opened.reader.release.tables[TABLE].version.origin != Origin.INVENTED:
        return
    codes = list(bands())
    larger = codes[min(codes.index(found.headcount_band or "NN") + 1, len(codes) - 1)]
    shown = actions.report(
        opened, found, column="headcount_band", typed=larger, by=AnonymousUser(),
        today=today - timedelta(days=40), why=_WHY_STAFF, says_firm=True,
    )  # fmt: skip
    shown.state, shown.decided_on = Correction.State.ACCEPTED, today - timedelta(days=33)
    shown.save()
    for near in neighbours.alike(opened, found)[:1]:
        actions.report(
            opened, near.found, column="name", typed=f"{near.found.name} ET COMPAGNIE",
            by=AnonymousUser(), today=today - timedelta(days=3), why=_WHY_NAME,
        )  # fmt: skip
