"""Subscriptions: what one is told of, by e-mail or in a reader of feeds."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bassin import systems
from bassin.errors import Refused
from bassin.observe.watch import actions_following, feed, permissions, said
from bassin.observe.watch.forms_following import SubscribeForm
from bassin.observe.watch.models import Signal, Subscription
from bassin.observe.watch.views.common import crumbs, entering
from bassin.ui.mailing import link
from bassin.ui.opened import communes
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Their subscriptions, and a form for another."""
    person = entering(request)
    names = systems.selections(person)
    form = SubscribeForm(request.POST or None, communes=communes(), selections=names)
    if request.method == "POST" and form.is_valid():
        try:
            actions_following.subscribe(by=person, today=today(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.text.say(language()))
        else:
            messages.success(request, _("Noted. You will be told."))
            return redirect("watch:subscriptions")
    mine = Subscription.objects.filter(person=person)
    context = {
        "items": [(each, _said(each, names), link(reverse("watch:feed", args=[each.token])))
                  for each in mine],
        "form": form, "crumbs": crumbs(Crumb(_("What I follow"))),
    }  # fmt: skip
    status = 400 if form.is_bound else 200
    return render(request, "watch/subscriptions.html", context, status=status)


def _said(one: Subscription, names: dict[str, str]) -> str:
    """What is followed, in words."""
    places, kinds = communes(), dict(Signal.Kind.choices)
    parts = [
        ", ".join(str(kinds.get(each, each)) for each in one.kinds.split()) or _("all kinds"),
        ", ".join(places.get(each, each) for each in one.communes.split()) or _("all communes"),
        ", ".join(said.activity(each, language()) for each in one.naf.split()),
        names.get(one.selection, _("a selection that is no longer yours to see"))
        if one.selection else "",
    ]  # fmt: skip
    return " · ".join(each for each in parts if each)


def _theirs(request: HttpRequest, pk: int) -> Subscription:
    person, one = entering(request), get_object_or_404(Subscription, pk=pk)
    if not permissions.can_change(person, one):
        raise Http404
    return one


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one off."""
    one = _theirs(request, pk)
    actions_following.remove(one, by=one.person)
    messages.success(request, _("Taken off."))
    return redirect("watch:subscriptions")


@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Give its feed another address."""
    one = _theirs(request, pk)
    actions_following.renew(one, by=one.person)
    messages.success(request, _("The feed has a new address; the old one answers no more."))
    return redirect("watch:subscriptions")


@require_safe
def atom(request: HttpRequest, token: str) -> HttpResponse:
    """The feed of a secret address; it stops when its person may no longer enter."""
    one = Subscription.objects.filter(token=token).select_related("person").first()
    if one is None or not permissions.can_subscribe(one.person):
        raise Http404
    raw = feed.atom(one, request.build_absolute_uri, today(), one.person.language)
    answer = HttpResponse(raw, content_type="application/atom+xml; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
