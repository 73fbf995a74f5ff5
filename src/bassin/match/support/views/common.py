"""What the pages of the follow-up share: the way back, a case that one reads, who sees what."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.match.support import permissions
from bassin.match.support.models import Case
from bassin.parties.access import require, signed_in
from bassin.parties.models import Person
from bassin.parties.privacy import audit
from bassin.parties.privacy.actions import months_before
from bassin.ui.opened import communes, house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today

__all__ = ["communes", "house", "language", "require", "signed_in", "today"]


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """From the portfolio to here; each step is its words and its address, "" for the last."""
    return [Crumb(_("Follow-up"), reverse("support:home")), *(Crumb(*each) for each in steps)]


def adviser(request: HttpRequest) -> Person:
    """Who asks, if they follow firms for some organisation."""
    person = signed_in(request)
    require(permissions.can_open(person))
    return person


def read_or_404(request: HttpRequest, pk: int) -> tuple[Person, Case]:
    """A case that they read, and the audit says so; for anyone else there is no such page."""
    person = signed_in(request)
    found = get_object_or_404(Case.objects.select_related("organisation", "adviser"), pk=pk)
    if not permissions.can_read(person, found):
        raise Http404
    audit.seen(found, by=person, now=timezone.now())
    return person, found


def mine_or_404(request: HttpRequest, pk: int) -> tuple[Person, Case]:
    """A case that they may change; for anyone else there is no such page."""
    person = signed_in(request)
    found = get_object_or_404(Case.objects.select_related("organisation", "adviser"), pk=pk)
    if not permissions.can_write(person, found):
        raise Http404
    return person, found


def attempt(form: Form, act: Callable[[dict[str, Any]], object]) -> Refused | str | None:
    """Do what a form asks; what went wrong is given back, None when nothing did."""
    if not form.is_valid():
        return told(form)
    try:
        act(form.cleaned_data)
    except Refused as refusal:
        return refusal
    return None


def told(form: Any) -> str:
    """The faults of a form on one line, for a message."""
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def say(request: HttpRequest, done: str, refused: Refused | str | None = None) -> None:
    """Say on the next page that it was done, or why it was not."""
    if refused is None:
        messages.success(request, done)
    else:
        said = refused.text.say(language()) if isinstance(refused, Refused) else refused
        messages.error(request, said)


def readers(case: Case) -> list[dict[str, Any]]:
    """Who sees what of a case, in words: from the permission itself."""
    words = {
        permissions.Sees.ALL: _("all of it"),
        permissions.Sees.HISTORY: _("the need, how to reach the firm, and what was said and done, "
                                    "except what is marked for another organisation alone"),
        permissions.Sees.SUMMARY: _("the need, and how to reach the firm"),
    }  # fmt: skip
    return [
        {"organisation": each.organisation, "sees": words[each.sees], "share": each.share}
        for each in permissions.readers(case)
    ]


def forgotten_on(case: Case) -> Any:
    """The day on which a case is deleted if nobody speaks to the firm again."""
    hold = Case.personal.holds[0]
    return months_before(case.last_contact_on, -hold.months)
