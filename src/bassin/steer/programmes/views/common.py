"""What every page of Piloter needs: who asks, which records they may open, where they stand."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from bassin import systems
from bassin.parties.access import User, signed_in
from bassin.parties.models import Person
from bassin.parties.privacy import audit
from bassin.steer.programmes import permissions
from bassin.steer.programmes.models import Action, Framework
from bassin.steer.programmes.standing import Standing
from bassin.ui.parts import Crumb
from bassin.ui.reader import language
from bassin.ui.reader import today as today

View = Callable[..., HttpResponse]


class PartRequest(HttpRequest):
    """A request that may ask for a part of a page alone, as htmx does."""

    htmx: HtmxDetails


author = signed_in
"""Who writes. Pages that write are never open to everyone: there is always someone."""


def viewer(request: HttpRequest) -> User:
    """Who asks."""
    user = request.user
    return user if isinstance(user, Person) else AnonymousUser()


def or_sign_in(view: View) -> View:
    """Ask a visitor to sign in where there is nothing for everyone, whether it exists or not."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (Http404, PermissionDenied):
            if request.user.is_authenticated:
                raise
            return redirect_to_login(request.get_full_path())

    return inner


def insider(request: HttpRequest) -> User:
    """Who asks, when they see what is shown to partners.

    Raises:
        PermissionDenied: they do not.
    """
    user = viewer(request)
    if not permissions.can_see_room(user):
        raise PermissionDenied
    return user


def framework_of(request: HttpRequest, slug: str) -> Framework:
    """A framework they may see; 404 for any other, so that nothing tells that it exists."""
    found = Framework.objects.select_related("owner", "adopted_by__body").filter(slug=slug).first()
    if found is None or not permissions.can_see_framework(viewer(request), found):
        raise Http404
    return found


def action_of(request: HttpRequest, pk: int) -> Action:
    """An action they may see; 404 for any other, so that nothing tells that it exists.

    Whoever opens a confidential one, by its page or by one of its forms, is written in the audit.
    """
    found = (
        Action.objects.select_related("holder", "operation", "changed_by", "archived_by")
        .prefetch_related("roles__organisation", "roles__person")
        .filter(pk=pk)
        .first()
    )
    if found is None or not permissions.can_see(viewer(request), found):
        raise Http404
    if found.confidential:
        audit.seen(found, by=request.user, now=timezone.now())
    return found


def seen_lines(request: HttpRequest, lines: Iterable[Standing], *, how: str = "list") -> None:
    """Write in the audit who read the confidential ones among the lines that a page shows."""
    kept = {each.pk: each.title.fr for each in lines if each.confidential}
    audit.listed(Action, kept, how=how, by=request.user, now=timezone.now())


def crumbs(*after: Crumb) -> list[Crumb]:
    """Home › Piloter › the page."""
    room = Crumb(_("Programmes"), reverse("programmes:home") if after else "")
    return [Crumb(_("Home"), reverse("observatory:home")), room, *after]


def others_cards(kind: str, key: str) -> list[systems.Card]:
    """What the other systems say of a record of Piloter, on its page."""
    made = systems.cards(kind, key, language())
    return [card for card in made if card.system != "programmes"]


def framework_url(framework: Framework, name: str = "framework") -> str:
    """Address of a page of a framework."""
    return reverse(f"programmes:{name}", kwargs={"slug": framework.slug})


def action_url(pk: int, name: str = "action") -> str:
    """Address of a page of an action."""
    return reverse(f"programmes:{name}", kwargs={"pk": pk})
