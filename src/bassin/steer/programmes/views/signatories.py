"""Who promised what to whom, by when, and whether it was kept."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.parties.access import User
from bassin.parties.models import Organisation
from bassin.steer.programmes import actions_frameworks, permissions, rules, words
from bassin.steer.programmes.forms import KeepForm
from bassin.steer.programmes.models import Action, Commitment, Funding
from bassin.steer.programmes.rules import Kept
from bassin.steer.programmes.shown import line
from bassin.steer.programmes.standing import standings
from bassin.steer.programmes.views.common import (
    author,
    crumbs,
    framework_of,
    framework_url,
    or_sign_in,
    seen_lines,
    today,
    viewer,
)
from bassin.steer.programmes.views.editing import Editing, page
from bassin.steer.programmes.views.frameworks import head
from bassin.types import Origin, Text
from bassin.ui.parts import Crumb

TAGS = {Kept.KEPT: "done", Kept.KEPT_LATE: "done", Kept.LATE: "late", Kept.RUNNING: "check"}


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise as a page shows it."""

    pk: int
    who: str
    who_url: str
    to: str
    role: str
    text: str
    where: str
    where_url: str
    signed: str
    due: str
    kept: str
    tag: str
    evidence: str
    source: str
    invented: bool
    keep_url: str


def promised(found: QuerySet[Commitment], user: User) -> list[Promised]:
    """Promises in words, those within frameworks that one may see."""
    listed = found.select_related("organisation", "to_organisation", "framework", "node")
    return [_one(e, user) for e in listed if permissions.can_see_framework(user, e.framework)]


def _one(each: Commitment, user: User) -> Promised:
    language, on = words.language(), today()
    kept = rules.promise(
        due_on=each.due_on, kept_on=each.kept_on, withdrawn_on=each.withdrawn_on, today=on
    )
    framework = Text(each.framework.title, each.framework.title_en).say(language)
    node = f" › {each.node.number} {each.node.title}" if each.node else ""
    linked = permissions.can_see_signatory(user, each.organisation)
    open_still = kept not in (Kept.KEPT, Kept.KEPT_LATE, Kept.WITHDRAWN)
    may_keep = open_still and permissions.can_keep_promise(user, each)
    return Promised(
        pk=each.pk,
        who=each.organisation.name,
        who_url=signatory_url(each.organisation) if linked else "",
        to=str(each.to_organisation or ""),
        role=str(each.get_role_display()),
        text=each.said,
        where=f"{framework}{node}",
        where_url=framework_url(each.framework, "promises"),
        signed=words.day(each.signed_on) or str(each.get_state_display()),
        due=words.day(each.due_on),
        kept=words.kept(kept),
        tag=TAGS.get(kept, "plain"),
        evidence=each.evidence,
        source=each.source,
        invented=each.origin == Origin.INVENTED,
        keep_url=reverse("programmes:keep", kwargs={"pk": each.pk}) if may_keep else "",
    )


def signatory_url(organisation: Organisation) -> str:
    """Address of an organisation's page in Piloter."""
    return reverse("programmes:signatory", kwargs={"slug": organisation.slug})


@require_safe
@or_sign_in
def promises(request: HttpRequest, slug: str) -> HttpResponse:
    """Every commitment of a framework, signatory by signatory."""
    framework = framework_of(request, slug)
    found = framework.commitments.order_by("organisation__name", "pk")
    context = head(request, framework, "promises") | {
        "promises": promised(found, viewer(request)),
        "stated": words.stated(framework),
        "add_url": framework_url(framework, "add_promise"),
    }
    return render(request, "programmes/promises.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: what it promised, what was promised to it, what it holds and funds.

    Whoever may not see it is not told that it is known.
    """
    organisation = get_object_or_404(Organisation, slug=slug)
    user = author(request)
    if not permissions.can_see_signatory(user, organisation):
        raise Http404
    held = standings(
        Action.objects.visible_to(user).kept().filter(holder=organisation),
        today(),
        money=False,
        whole=False,
    )
    seen_lines(request, held)
    given = Funding.objects.filter(
        organisation=organisation, action__in=Action.objects.visible_to(user).kept()
    )
    context: dict[str, Any] = {
        "organisation": organisation,
        "crumbs": crumbs(Crumb(organisation.name)),
        "promised": promised(organisation.commitments.all(), user),
        "received": promised(organisation.promises_received.all(), user),
        "held": [line(each, internal=True) for each in held],
        "money": words.three(rules.money(given)) if given else [],
        "funded": given.values("action").distinct().count(),
        "seats": organisation.seats.filter(
            Q(body__public=True) if not permissions.is_insider(user) else Q()
        ).select_related("body"),
    }
    return render(request, "programmes/signatory.html", context)


def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a promise was kept, and what shows it."""
    user = author(request)
    found = get_object_or_404(Commitment.objects.select_related("framework", "organisation"), pk=pk)
    if not permissions.can_keep_promise(user, found):
        raise PermissionDenied
    back = signatory_url(found.organisation)

    def save(typed: dict[str, Any], base: Any) -> None:
        actions_frameworks.keep(found, by=user, today=today(), **typed)

    return page(
        request,
        Editing(
            title=_("Say that it was kept"), submit=_("Save"),
            form=lambda data=None: KeepForm(data, initial={"on": today()}), save=save, done=back,
            back=back, said=_("Saved."), lede=found.said,
            trail=(Crumb(found.organisation.name, back),),
        ),
    )  # fmt: skip
