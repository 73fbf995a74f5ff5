"""What other systems may be told of a signal: its number and its kind, never the firm."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from bassin.observe.watch.models import Signal
from bassin.systems import Found, numbers
from bassin.types import Text

KIND = Text("signal de veille", "signal of the watch")


def resolve(references: Collection[str], language: str) -> dict[str, Found]:
    """The signals behind references; whoever reads this may be anybody, so no firm is named."""
    found = Signal.objects.filter(pk__in=numbers(references, "watch:signal"))
    with override(language):
        return {
            each.reference: Found(
                _("Signal no. {number}").format(number=each.pk),
                reverse("watch:signal", kwargs={"pk": each.pk}),
                KIND,
            )
            for each in found
        }
