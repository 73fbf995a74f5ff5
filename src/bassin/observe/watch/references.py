"""What other systems may be told of a signal: its number and its kind, never the firm."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from bassin.observe.watch import permissions
from bassin.observe.watch.models import Signal
from bassin.parties.models import Person
from bassin.systems import Found, numbers
from bassin.types import Text

_SIGNAL = "watch:signal"
KIND = Text("signal de veille", "signal of the watch")


def resolve(references: Collection[str], language: str) -> dict[str, Found]:
    """The signals behind references; whoever reads this may be anybody, so no firm is named."""
    found = Signal.objects.filter(pk__in=numbers(references, _SIGNAL))
    with override(language):
        return {
            each.reference: Found(
                _("Signal no. {number}").format(number=each.pk),
                reverse("watch:signal", kwargs={"pk": each.pk}),
                KIND,
            )
            for each in found
        }


def firm_of(reference: str, person: Person) -> str:
    """The SIRET of a signal, for who may see it: the first of its establishments here."""
    signal = Signal.objects.filter(pk__in=numbers([reference], _SIGNAL)).first()
    if signal is None or not permissions.can_see(person, signal) or not signal.sites:
        return ""
    return str(signal.sites[0])
