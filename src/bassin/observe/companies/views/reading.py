"""The selection of an address, as whoever asks may read it."""

from django.http import HttpRequest

from bassin.indicators.house import House
from bassin.observe.companies import permissions
from bassin.observe.companies.selection import Selection
from bassin.ui.reader import today


def officer(request: HttpRequest) -> bool:
    """Whether they may choose by collective procedure, and take that away."""
    return permissions.can_list_procedures(request.user)


def selection(request: HttpRequest, opened: House) -> Selection:
    """What an address asks for.

    Raises:
        Refused: a value is unknown, makes no sense, or is not for them; the sentence says why.
    """
    return Selection.read(request.GET, opened, today(), officer=officer(request))
