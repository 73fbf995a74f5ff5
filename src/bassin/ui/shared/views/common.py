"""What the pages of shared records have in common: communes by code, breadcrumbs, who asks."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.parties.models import Person
from bassin.ui.opened import house
from bassin.ui.parts import Crumb


def language() -> str:
    """The language of this answer, "fr" or "en"."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """Home, then these steps."""
    return [Crumb(_("Home"), "/"), *(Crumb(label, url) for label, url in steps)]


def person(request: HttpRequest) -> Person:
    """The person who is signed in.

    Raises:
        PermissionDenied: nobody is.
    """
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def communes() -> dict[str, str]:
    """The communes of the territory: code to name."""
    opened = house()
    return {each.code: each.name for each in opened.territory.communes(opened.home)}


def commune(code: str) -> dict[str, str] | None:
    """The name of a commune and the address of its portrait; None for an unknown code."""
    try:
        place = house().territory.place(f"commune:{code}")
    except Refused:
        return None
    return {"code": code, "name": place.name, "url": _portrait(code)}


def _portrait(code: str) -> str:
    try:
        return reverse("observatory:place", kwargs={"scale": "commune", "code": code})
    except NoReverseMatch:
        return ""
