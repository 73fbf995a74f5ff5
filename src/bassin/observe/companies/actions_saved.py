"""What people do with selections: keep one, say that it was seen, take it back."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.observe.companies import news
from bassin.observe.companies import permissions_saved as permissions
from bassin.observe.companies.models import SavedSelection, SelectionSeen
from bassin.observe.companies.selection import Selection
from bassin.parties.access import require, roles
from bassin.parties.models import Organisation, Person

MOST = 100
"""Selections that one person may keep."""

_AUDIENCE = SavedSelection.Audience


@transaction.atomic
def save(
    house: House, selection: Selection, *, name: str, by: Person, today: date,
    audience: str = _AUDIENCE.OWNER, organisation: Organisation | None = None,
) -> SavedSelection:  # fmt: skip
    """Keep a selection under a name; one of that name that they had is replaced.

    Raises:
        Refused: it has no name, or they keep too many.
    """
    require(permissions.can_save(by))
    shared = audience == _AUDIENCE.ORGANISATION
    if shared:
        require(organisation is not None and permissions.can_share_with(by, organisation))
    if audience == _AUDIENCE.OFFICERS:
        require(permissions.can_share_with_officers(by))
    told = " ".join(name.split())
    if not told:
        raise Refused(_("Give it a name, by which you will find it again."))
    mine = SavedSelection.objects.filter(owner=by)
    if not mine.filter(name=told).exists() and mine.count() >= MOST:
        raise Refused(_("You keep a hundred selections already: take one off first."))
    facts = {
        "query": selection.query(), "audience": audience, "saved_on": today,
        "organisation": organisation if shared else None,
    }  # fmt: skip
    kept, _new = SavedSelection.objects.update_or_create(owner=by, name=told, defaults=facts)
    SelectionSeen.objects.filter(selection=kept).delete()
    see(house, kept, selection, by=by, today=today)
    return kept


def see(
    house: House, kept: SavedSelection, selection: Selection, *, by: Person, today: date
) -> None:
    """Remember what it holds today: what comes and goes is told from here on."""
    require(permissions.can_see(by, kept))
    sirets = news.sirets(house, selection)
    if sirets is None:  # too many to be followed one by one
        SelectionSeen.objects.filter(selection=kept, person=by).delete()
        return
    SelectionSeen.objects.update_or_create(
        selection=kept, person=by,
        defaults={"seen_on": today, "sirets": news.packed(sirets)},
    )  # fmt: skip


def remove(kept: SavedSelection, *, by: Person) -> None:
    """Take it off, for everyone who saw it."""
    require(permissions.can_change(by, kept))
    kept.delete()


def visible(by: Person) -> list[SavedSelection]:
    """The selections that they may see, their own first."""
    bodies = [each.organisation_id for each in roles(by)]
    asked = Q(owner=by) | Q(audience=_AUDIENCE.ORGANISATION, organisation__in=bodies)
    if permissions.can_share_with_officers(by):
        asked |= Q(audience=_AUDIENCE.OFFICERS)
    found = SavedSelection.objects.filter(asked).select_related("owner", "organisation")
    kept = [each for each in found if permissions.can_see(by, each)]
    return sorted(kept, key=lambda each: (each.owner_id != by.pk, each.name.casefold()))
