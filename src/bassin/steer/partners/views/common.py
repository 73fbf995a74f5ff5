"""What the pages of partners share: language, day, permission refused, places' names."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from bassin.parties.models import Person
from bassin.ui.opened import house

__all__ = ["communes", "demand", "house", "language", "signed_in", "today"]


def language() -> str:
    """The language of this answer, "fr" or "en"."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def today() -> date:
    """The day it is for the authority."""
    return timezone.localdate()


def demand(allowed: bool) -> None:
    """Stop here unless allowed.

    Raises:
        PermissionDenied: not allowed.
    """
    if not allowed:
        raise PermissionDenied


def signed_in(request: HttpRequest) -> Person:
    """The person who asks.

    Raises:
        PermissionDenied: nobody signed in.
    """
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def communes() -> dict[str, str]:
    """The names of the territory's communes by their codes."""
    opened = house()
    return {place.code: place.name for place in opened.territory.communes(opened.home)}
