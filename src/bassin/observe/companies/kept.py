"""Kept selections, for systems that follow what one holds: the registry asks here."""

from django.http import QueryDict

from bassin.observe.companies import actions_saved, asking, news
from bassin.observe.companies import permissions_saved as permissions
from bassin.observe.companies.models import SavedSelection
from bassin.observe.companies.permissions import can_list_procedures
from bassin.parties.models import Person
from bassin.systems import numbers
from bassin.ui.opened import house
from bassin.ui.reader import today

_KIND = "companies:selection"


def kept(person: Person) -> dict[str, str]:
    """The names of the selections that they may see, by reference."""
    return {f"{_KIND}:{each.pk}": each.name for each in actions_saved.visible(person)}


def sirets(reference: str, person: Person) -> frozenset[str] | None:
    """What a selection holds today; None when it is not theirs to see, or too large to follow."""
    saved = SavedSelection.objects.filter(pk__in=numbers([reference], _KIND)).first()
    if saved is None or not permissions.can_see(person, saved):
        return None
    may = can_list_procedures(person)
    opened = house()
    asked = asking.ask(QueryDict(saved.query), opened, today(), officer=may)
    return news.sirets(opened, asked.selection)
