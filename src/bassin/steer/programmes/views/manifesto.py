"""The signatories of a framework on a chosen day, and what is noted of them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.steer.programmes import actions_signatories, permissions, signatories, words
from bassin.steer.programmes.forms_governance import EndForm
from bassin.steer.programmes.models import Commitment, Framework
from bassin.steer.programmes.views.common import (
    author,
    framework_of,
    framework_url,
    or_sign_in,
    today,
    viewer,
)
from bassin.steer.programmes.views.editing import Editing, page
from bassin.steer.programmes.views.frameworks import head
from bassin.ui.parts import Crumb


@require_safe
@or_sign_in
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has signed on a day (`?le=2019-11-30`, today by default)."""
    framework = framework_of(request, slug)
    day = _day(request.GET.get("le", ""))
    user = viewer(request)
    writes = permissions.can_edit_framework(user, framework)
    context = {
        **head(request, framework, "signatories"),
        "day": day,
        "shown": words.day(day),
        "signed": signatories.on(framework, day),
        "stated": words.stated(framework),
        "insider": permissions.is_insider(user),
        "proposed": _at(framework, Commitment.State.PROPOSED) if writes else [],
        "writes": writes,
        "held": _at(framework, Commitment.State.SIGNED) if writes else [],
    }
    return render(request, "programmes/signatories.html", context)


def _at(framework: Framework, state: Commitment.State) -> list[Commitment]:
    """The commitments of signatories that are at a state."""
    held = framework.commitments.filter(role=Commitment.Role.SIGNATORY, state=state)
    return list(held.select_related("organisation"))


def _day(asked: str) -> date:
    """The day asked for; today when it is no day."""
    try:
        return date.fromisoformat(asked)
    except ValueError:
        return today()


def sign(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Note a signature."""
    return _noted(request, slug, pk, _("Note a signature"), actions_signatories.sign)


def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Note a withdrawal."""
    return _noted(request, slug, pk, _("Note a withdrawal"), actions_signatories.withdraw)


def _noted(
    request: HttpRequest, slug: str, pk: int, title: str, verb: Callable[..., Commitment]
) -> HttpResponse:
    framework, user = framework_of(request, slug), author(request)
    found = framework.commitments.select_related("organisation").filter(pk=pk).first()
    if found is None or not permissions.can_edit_framework(user, framework):
        raise Http404
    home = framework_url(framework, "signatories")

    def save(typed: dict[str, Any], base: Mapping[str, Any]) -> None:
        verb(found, by=user, today=today(), **typed)

    return page(
        request,
        Editing(
            title=title, submit=_("Note it"), form=EndForm, save=save, done=home, back=home,
            said=_("It is noted."), lede=str(found.organisation),
            trail=(Crumb(framework.title, framework_url(framework)),),
        ),
    )  # fmt: skip
