"""Lists of firms to call: kept under a name, and given to whoever follows selections of firms."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.match.aids import permissions
from bassin.match.aids.guide import guide
from bassin.match.aids.models import CallList
from bassin.match.aids.prospects import search
from bassin.parties.access import require
from bassin.parties.models import Person
from bassin.systems import numbers
from bassin.ui.opened import house
from bassin.ui.reader import today

KIND = "aids:list"
MOST = 100
"""Lists that one person may keep."""


def keep(
    aid: str, *, name: str, commune: str, sure_only: bool, by: Person, today: date
) -> CallList:
    """Keep a list under a name; one of that name that they had is replaced.

    Raises:
        Refused: it has no name, or they keep too many.
    """
    require(permissions.can_prospect(by))
    told = " ".join(name.split())[:80]
    if not told:
        raise Refused(_("Give it a name, by which you will find it again."))
    mine = CallList.objects.filter(owner=by)
    if not mine.filter(name=told).exists() and mine.count() >= MOST:
        raise Refused(_("You keep a hundred lists already: take one off first."))
    chosen = {"aid": aid, "commune_code": commune, "sure_only": sure_only, "saved_on": today}
    kept_one, _new = CallList.objects.update_or_create(owner=by, name=told, defaults=chosen)
    return kept_one


def remove(kept_one: CallList, *, by: Person) -> None:
    """Take it off."""
    require(permissions.can_see_list(by, kept_one))
    kept_one.delete()


def mine(person: Person) -> QuerySet[CallList]:
    """The lists that a person keeps."""
    return CallList.objects.filter(owner=person)


def kept(person: Person) -> dict[str, str]:
    """The names of the lists that a person may see, by reference."""
    if not permissions.can_prospect(person):
        return {}
    return {f"{KIND}:{each.pk}": each.name for each in mine(person)}


def sirets(reference: str, person: Person) -> Collection[str] | None:
    """What such a list holds today; None when it is not theirs to see, or the aid is gone."""
    found = next(iter(CallList.objects.filter(pk__in=numbers([reference], KIND))), None)
    if found is None or not permissions.can_see_list(person, found):
        return None
    aid = guide(house(), today()).catalogue.get(found.aid)
    if aid is None:
        return None
    return search(house(), aid, today(), found.commune_code, found.sure_only).sirets
