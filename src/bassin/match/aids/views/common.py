"""What the pages of aids share: the way back, the guide, the reader."""

from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.match.aids.guide import Guide, guide
from bassin.parties.access import require
from bassin.ui.opened import house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today

__all__ = ["crumbs", "here", "house", "language", "require", "today"]


def here() -> Guide:
    """The guide in service."""
    return guide(house(), today())


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """From the guide to here; each step is its words and its address, "" for the last."""
    return [Crumb(_("Guide to aids"), reverse("aids:home")),
            *(Crumb(label, address) for label, address in steps)]  # fmt: skip
