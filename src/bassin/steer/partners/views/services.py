"""Who does what: the map of services, its overlaps and holes, and the forms to keep it true."""

from collections import defaultdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bassin.errors import Refused
from bassin.parties import access
from bassin.parties.models import Organisation
from bassin.steer.partners import actions, permissions
from bassin.steer.partners.coverage import Service, StepCover, cover
from bassin.steer.partners.forms import OfferForm
from bassin.steer.partners.models import Offer
from bassin.steer.partners.pathways import Pathway, pathways
from bassin.steer.partners.views.common import communes, language, require, signed_in, today
from bassin.ui.parts import Cell, Column, Crumb, Row, Tab


def _ways() -> list[tuple[Pathway, list[tuple[str, str, list[Offer]]]]]:
    """Each pathway with its steps (code, title, offers of today)."""
    by_step = defaultdict(list)
    for offer in Offer.objects.on(today()).select_related("organisation"):
        by_step[offer.step].append(offer)
    return [
        (way, [(step.code, step.title.say(language()), by_step[step.code]) for step in way.steps])
        for way in pathways()
    ]


@require_safe
def service_map(request: HttpRequest) -> HttpResponse:
    """Step by step, who helps: for a creator, for a growing firm, in one commune or all."""
    names = communes()
    asked = request.GET.get("commune", "")
    chosen = asked if asked in names else ""
    ways = _ways()
    wanted = request.GET.get("parcours", ways[0][0].code)
    shown = next(((way, steps) for way, steps in ways if way.code == wanted), ways[0])
    steps = [
        (code, title, [each for each in offers if _serves(each, chosen)])
        for code, title, offers in shown[1]
    ]
    more = f"&commune={chosen}" if chosen else ""
    tabs = [
        Tab(way.title.say(language()), f"?parcours={way.code}{more}", way.code == shown[0].code)
        for way, _steps in ways
    ]
    mine = Organisation.objects.filter(
        pk__in=[each.organisation_id for each in access.roles(request.user)]
    )
    context = {
        "tabs": tabs, "way": shown[0], "steps": steps, "communes": sorted(names.items(), key=_name),
        "chosen": chosen, "unknown_commune": asked if asked and not chosen else "",
        "sees_agency": permissions.can_see_agency(request.user),
        "can_write": any(permissions.can_write_offer(request.user, body) for body in mine),
    }  # fmt: skip
    return render(request, "partners/services.html", context)


def _name(item: tuple[str, str]) -> str:
    return item[1]


def _serves(offer: Offer, commune: str) -> bool:
    return not commune or not offer.commune_codes or commune in offer.commune_codes


@require_safe
def data(request: HttpRequest, extension: str) -> HttpResponse:
    """The map as data."""
    if extension != "json":
        raise Http404(_("This page is given as .json."))
    rows = [
        {
            "pathway": way.code, "step": code, "need": title,
            "organisation": each.organisation.name, "part": each.part,
            "service": each.title, "communes": each.commune_codes,
            "url": each.url, "checked_on": each.checked_on, "source": each.source,
            "origin": each.origin,
        }
        for way, steps in _ways() for code, title, offers in steps for each in offers
    ]  # fmt: skip
    return JsonResponse(rows, safe=False, json_dumps_params={"ensure_ascii": False})


@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """Where two bodies are in charge of the same step, and where nobody is."""
    require(permissions.can_see_gaps(request.user))
    names = communes()
    tables = [
        (way.title.say(language()), [_row(found, title, names) for found, title in found_in])
        for way, found_in in _covers(names)
    ]
    columns = [
        Column(_("Need")),
        Column(_("Several bodies in charge")),
        Column(_("Nobody in charge")),
        Column(_("No service known")),
    ]
    crumbs = [Crumb(_("Who does what"), reverse("partners:services")), Crumb(_("Gaps"))]
    context = {"tables": tables, "columns": columns, "crumbs": crumbs, "count": len(names)}
    return render(request, "partners/gaps.html", context)


def _covers(names: dict[str, str]) -> list[tuple[Pathway, list[tuple[StepCover, str]]]]:
    found = []
    for way, steps in _ways():
        services = [
            Service(
                code, each.organisation.name, each.part == Offer.Part.LEAD,
                frozenset(each.commune_codes),
            )
            for code, _title, offers in steps for each in offers
        ]  # fmt: skip
        covers = cover([code for code, *_ in steps], services, list(names))
        found.append((way, list(zip(covers, (title for _c, title, _o in steps), strict=True))))
    return found


def _row(found: StepCover, title: str, names: dict[str, str]) -> Row:
    bodies = sorted({name for leads in found.overlaps.values() for name in leads})
    overlap = f"{_where(list(found.overlaps), names)} : {', '.join(bodies)}" if bodies else ""
    return Row(
        Cell(title),
        [
            Cell(overlap or _("none")),
            Cell(_where(found.holes, names) or _("none")),
            Cell(_where(found.unknown, names) or _("none")),
        ],
    )


def _where(codes: Any, names: dict[str, str]) -> str:
    if not codes:
        return ""
    if len(codes) == len(names):
        return _("all {count} communes").format(count=len(names))
    return ", ".join(sorted(names[code] for code in codes))


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Write a service, or change one."""
    offer = get_object_or_404(Offer.objects.on(today()), pk=pk) if pk else None
    body = offer.organisation if offer else _body(request)
    require(permissions.can_write_offer(request.user, offer or body))
    form = OfferForm(request.POST or None, instance=offer, language=language())
    if request.method == "POST" and form.is_valid():
        made = form.save(commit=False)
        made.organisation = body
        actions.write_offer(made, by=signed_in(request), today=today())
        return HttpResponseRedirect(reverse("partners:services"))
    crumbs = [Crumb(_("Who does what"), reverse("partners:services")), Crumb(_("Service"))]
    context = {"form": form, "body": body, "offer": offer, "crumbs": crumbs}
    return render(request, "partners/offer.html", context, status=400 if form.errors else 200)


def _body(request: HttpRequest) -> Organisation:
    """The organisation in whose name they write: the one asked for, else their own."""
    asked = request.GET.get("organisation", "")
    if asked:
        found = get_object_or_404(Organisation, slug=asked)
        if not permissions.can_write_offer(request.user, found):
            raise Http404  # nobody learns here which organisations are known
        return found
    held = [each.organisation_id for each in access.roles(request.user)]
    for own in Organisation.objects.filter(pk__in=held):
        if permissions.can_write_offer(request.user, own):
            return own
    raise Http404(_("You belong to no organisation in whose name to write a service."))


@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a service away, with the reason."""
    offer = get_object_or_404(Offer.objects.on(today()), pk=pk)
    require(permissions.can_write_offer(request.user, offer))
    try:
        actions.archive(
            offer, by=signed_in(request), why=request.POST.get("why", ""), now=timezone.now()
        )
    except Refused as refusal:
        form = OfferForm(instance=offer, language=language())
        context = {"form": form, "body": offer.organisation, "offer": offer, "refusal": refusal}
        return render(request, "partners/offer.html", context, status=400)
    return HttpResponseRedirect(reverse("partners:services"))
