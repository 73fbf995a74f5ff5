"""What the shared records say of a place: the operations there, and what is to come."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from bassin.commons.models import Event, Operation, Visibility
from bassin.errors import Refused
from bassin.systems import Card
from bassin.types import Text
from bassin.ui.opened import house
from bassin.ui.shared.views.agenda import when

MOST = 3


def place(key: str, language: str) -> Card | None:
    """The public operations and the next events of a place; None when there are none."""
    try:
        codes = set(house().territory.place(key).communes)
    except Refused:
        return None
    shown = Q(visibility=Visibility.PUBLIC, archived_at=None)
    operations = [
        each for each in Operation.objects.filter(shown) if codes & set(each.commune_codes)
    ]
    events = Event.objects.filter(shown, cancelled_at=None, ends_at__gte=timezone.now())
    coming = [each for each in events if each.commune_code in codes][: MOST + 1]
    if not operations and not coming:
        return None
    return Card(
        system="commons",
        title=Text("Opérations et agenda", "Operations and agenda"),
        template="commons/_place_card.html",
        context={
            "operations": operations[:MOST],
            "more_operations": max(len(operations) - MOST, 0),
            "events": [(each, when(each)) for each in coming[:MOST]],
            "agenda_url": reverse("shared:agenda"),
        },
        order=60,
    )
