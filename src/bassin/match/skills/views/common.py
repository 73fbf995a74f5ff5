"""What the pages of skills share: the way back, the reader, the installation."""

from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.parties.access import require, signed_in
from bassin.ui.opened import house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today

__all__ = ["communes", "crumbs", "house", "language", "require", "signed_in", "today"]


def communes() -> dict[str, str]:
    """The names of the territory's communes by their codes."""
    opened = house()
    return {place.code: place.name for place in opened.territory.communes(opened.home)}


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """From skills to here; each step is its words and the name of its page, "" for the last."""
    found = [Crumb(_("Skills and campuses"), reverse("skills:home"))]
    return found + [Crumb(label, reverse(name) if name else "") for label, name in steps]
