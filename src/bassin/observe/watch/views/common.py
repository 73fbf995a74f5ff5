"""What the pages of the watch share: who asks, for which signal, and where they stand."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.observe.watch import permissions
from bassin.observe.watch.models import Signal
from bassin.parties.access import require, signed_in
from bassin.parties.models import Person
from bassin.ui.parts import Crumb


def entering(request: HttpRequest) -> Person:
    """Who asks, when the watch is for them."""
    person = signed_in(request)
    require(permissions.can_enter(person))
    return person


def theirs(request: HttpRequest, pk: int) -> tuple[Person, Signal]:
    """A signal that they may see; for anyone else there is no such page."""
    person = entering(request)
    signal = get_object_or_404(Signal.objects.select_related("assigned_to", "noted_by"), pk=pk)
    if not permissions.can_see(person, signal):
        raise Http404
    return person, signal


def crumbs(*steps: Crumb) -> list[Crumb]:
    """Where a page stands."""
    return [Crumb(_("Watch"), reverse("watch:home") if steps else ""), *steps]
