"""Trades presented: what one sees, hears and may visit of a trade; proposed, then reviewed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bassin.commons import edition
from bassin.commons.edition import number
from bassin.errors import Refused
from bassin.match.jobs import actions_trades, presented
from bassin.match.jobs import permissions_recruiting as permissions
from bassin.match.jobs.forms_trades import TradeForm
from bassin.match.jobs.knowledge import knowledge
from bassin.match.jobs.models import Offer, TradeShown
from bassin.match.jobs.views.common import crumbs, house, require, signed_in, today
from bassin.parties.access import roles, writes_for
from bassin.parties.models import Organisation, Person
from bassin.ui import editing


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The trades that are presented."""
    label = knowledge(house()).rome.labels.get
    found = presented.trades(today())
    context = {
        "items": sorted((label(code) or code, code, number) for code, number in found.items()),
        "presents": permissions.can_present(request.user),
        "reviews": permissions.can_review(request.user),
        "crumbs": crumbs((_("Trades seen up close"), "")),
    }
    return render(request, "jobs/trades.html", context)


@require_safe
def page(request: HttpRequest, rome_code: str) -> HttpResponse:
    """One trade: visits, pictures, testimonies, and the offers open for it."""
    found = list(presented.shown(today(), rome_code))
    known = knowledge(house()).rome
    if not found and rome_code not in known.labels:
        raise Http404
    title = known.labels.get(rome_code, rome_code)
    context = {
        "title": title,
        "rome_code": rome_code,
        "items": [(each, permissions.can_present(request.user, each)) for each in found],
        "offers": Offer.objects.open(today()).for_rome(rome_code).count(),
        "crumbs": crumbs((_("Trades seen up close"), "jobs:trades"), (title, "")),
    }
    return render(request, "jobs/trade.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Present a trade."""
    person = signed_in(request)
    require(permissions.can_present(person))
    officer = permissions.can_review(person)
    form = TradeForm(
        request.POST or None, request.FILES or None, bodies=_bodies(person), pictures=officer
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions_trades.propose(by=person, today=today(), **form.written())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("On line.") if officer else _("Sent: an officer reads it before it is shown.")
            messages.success(request, said)
            return (
                redirect("jobs:trade_seen", made.rome_code) if officer else redirect("jobs:trades")
            )
    steps = ((_("Trades seen up close"), "jobs:trades"), (_("Present a trade"), ""))
    return render(request, "jobs/trade_new.html", {"form": form, "crumbs": crumbs(*steps)})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a presentation, replace its picture, or take it off at once."""
    person = signed_in(request)
    made = get_object_or_404(TradeShown, pk=pk, archived_at=None)
    if not permissions.can_present(person, made):
        raise Http404
    if request.POST.get("do") == "off":
        return _taken_off(request, made, person)
    form = TradeForm(
        request.POST or None, request.FILES or None, instance=made, bodies=_bodies(person),
        pictures=permissions.can_review(person),
    )  # fmt: skip
    edited = editing.edit(
        request, form, record=made,
        reads=lambda: edition.values(TradeShown.objects.get(pk=pk), form.COMPARED),
        save=lambda _given: actions_trades.change(made, by=person, today=today(), **form.written()),
    )  # fmt: skip
    if edited.saved:
        messages.success(request, _("It is kept."))
        return redirect("jobs:trade_change", pk)
    steps = ((_("Trades seen up close"), "jobs:trades"), (made.title, ""))
    context = {"form": form, "made": made, "edited": edited, "crumbs": crumbs(*steps)}
    return render(request, "jobs/trade_new.html", context, status=edited.status)


def _taken_off(request: HttpRequest, made: TradeShown, person: Person) -> HttpResponse:
    why = request.POST.get("why", "")
    try:
        actions_trades.take_off(made, by=person, why=why, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("jobs:trade_change", made.pk)
    messages.success(request, _("It is off line, and its picture is deleted."))
    return redirect("jobs:trades")


def _bodies(person: Person) -> list[int]:
    if permissions.can_review(person):
        return list(Organisation.objects.values_list("pk", flat=True))
    mine = [each.organisation_id for each in roles(person)]
    return [pk for pk in mine if writes_for(person, pk)]


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for an officer's eyes; and what is on line, to take off."""
    person = signed_in(request)
    require(permissions.can_review(person))
    refusal = ""
    if request.method == "POST":
        which = number(request.POST.get("which", ""))
        made = get_object_or_404(TradeShown, pk=which, archived_at=None)
        why = request.POST.get("why", "") if request.POST.get("do") == "refuse" else ""
        try:
            if request.POST.get("do") == "refuse" and not why.strip():
                raise Refused(_("Say why it is refused, and what to change: its author will read "
                                "it."))  # fmt: skip
            actions_trades.review(made, by=person, today=today(), why=why)
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("jobs:trade_queue")
    waiting = TradeShown.objects.filter(state=TradeShown.State.PROPOSED, archived_at=None)
    steps = ((_("Trades seen up close"), "jobs:trades"), (_("To review"), ""))
    context = {
        "items": waiting.select_related("organisation"), "refusal": refusal,
        "crumbs": crumbs(*steps),
    }  # fmt: skip
    return render(request, "jobs/trade_queue.html", context)
