"""The common network: what one lost link would cut, which links are full, when it pays back."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bassin.errors import Refused
from bassin.indicators.numbers import number
from bassin.steer.partners import permissions
from bassin.steer.partners.drawing import drawn
from bassin.steer.partners.models import Link, Network, Site
from bassin.steer.partners.resilience import (
    FULL_FROM_PCT,
    Edge,
    Payback,
    Resilience,
    load_pct,
    payback,
    resilience,
)
from bassin.steer.partners.views.common import house, language, require
from bassin.types import Origin
from bassin.ui.parts import Cell, Column, Crumb, Row

FIRST = 10
"""Links whose load is shown at once; the others are folded away."""


def judged(sites: list[Site], links: list[Link]) -> Resilience:
    """What the loss of one link in service would cut.

    Raises:
        Refused: the network has no core site.
    """
    return resilience(
        [each.code for each in sites],
        [each.code for each in sites if each.core],
        [Edge(each.code, each.one.code, each.other.code) for each in links if each.in_service],
    )


def _read(slug: str) -> tuple[Network, list[Site], list[Link]]:
    network = get_object_or_404(Network, slug=slug)
    links = network.links.select_related("one", "other")
    return network, list(network.sites.all()), list(links)


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The map, the links whose loss cuts a site, capacity, payback."""
    require(permissions.can_see_network(request.user))
    network, sites, links = _read(slug)
    found, refusal, loads = None, "", _loads(links)
    try:
        found = judged(sites, links)
    except Refused as error:
        refusal = str(error)
    context = {
        "network": network, "found": found, "refusal": refusal,
        "sites": sites, "links": links,
        "said": _said(found, sites) if found else refusal,
        "map": drawn(house(), sites, links, found, network.title) if found else "",
        "cuts": _cuts(found, sites, links), "cut_columns": _cut_columns(),
        "loads": loads[:FIRST], "more_loads": loads[FIRST:], "load_columns": _load_columns(),
        "payback": payback_words(
            payback(
                network.capex_eur, network.subsidy_pct, network.old_invoices_eur,
                network.new_costs_eur,
            )
        ),
        "length_km": sum(each.length_m or 0 for each in links) / 1000,
        "without_length": sum(1 for each in links if each.length_m is None),
        "full_from": FULL_FROM_PCT, "invented": network.origin == Origin.INVENTED,
        "crumbs": [Crumb(_("Digital agency"), reverse("partners:agency")), Crumb(network.title)],
    }  # fmt: skip
    return render(request, "partners/network.html", context)


def _said(found: Resilience, sites: list[Site]) -> str:
    """The sentence that the map proves."""
    count = sum(1 for each in sites if not each.core)
    if found.resilient:
        return _("Whichever link is lost, all {count} sites stay connected.").format(count=count)
    exposed = count - len(found.protected) - len(found.apart)
    said = ngettext(
        "{links} link alone holds sites that would be cut off with it: {exposed} sites of {count}.",
        "{links} links each alone hold sites that would be cut off: {exposed} sites of {count}.",
        len(found.cuts),
    ).format(links=len(found.cuts), exposed=exposed, count=count)
    if found.apart:
        said += " " + ngettext(
            "{apart} site reaches no core today.", "{apart} sites reach no core today.",
            len(found.apart),
        ).format(apart=len(found.apart))  # fmt: skip
    return said


def _cut_columns() -> list[Column]:
    return [
        Column(_("Link")),
        Column(_("Between")),
        Column(_("Sites cut off"), number=True),
        Column(_("Which")),
    ]


def _cuts(found: Resilience | None, sites: list[Site], links: list[Link]) -> list[Row]:
    if found is None:
        return []
    names = {each.code: each.name for each in sites}
    by_code = {each.code: each for each in links}
    return [
        Row(
            Cell(cut.link),
            [
                Cell(f"{by_code[cut.link].one} – {by_code[cut.link].other}"),
                Cell(str(len(cut.sites)), sort=len(cut.sites)),
                Cell(", ".join(names[site] for site in cut.sites)),
            ],
        )
        for cut in found.cuts
    ]


def _load_columns() -> list[Column]:
    return [
        Column(_("Link")),
        Column(_("Between")),
        Column(_("Capacity (Mb/s)"), number=True),
        Column(_("Traffic, 95th percentile (Mb/s)"), number=True),
        Column(_("Share of the capacity (%)"), number=True),
    ]


def _loads(links: list[Link]) -> list[Row]:
    """Links whose load is known, the fullest first; then how many are not known."""
    known = [(load_pct(each.traffic_p95_mbps, each.capacity_mbps), each) for each in links]
    loaded = sorted(
        ((load, each) for load, each in known if load is not None), key=lambda pair: -pair[0]
    )
    here = language()
    return [
        Row(
            Cell(each.code),
            [
                Cell(f"{each.one} – {each.other}"),
                Cell(number(float(each.capacity_mbps or 0), 0, here), sort=each.capacity_mbps or 0),
                Cell(
                    number(float(each.traffic_p95_mbps or 0), 0, here),
                    sort=each.traffic_p95_mbps or 0,
                ),
                Cell(number(load, 0, here), sort=load),
            ],
            ours=load >= FULL_FROM_PCT,
        )
        for load, each in loaded
    ]


def payback_words(found: Payback) -> str:
    """When the network pays back, or what is missing to say it."""
    missing = {
        "capex": _("the investment"),
        "subsidy": _("the share subsidised"),
        "old_invoices": _("the invoices paid before"),
        "new_costs": _("the yearly costs with the network"),
    }
    if found.why in missing:
        return _("Not known yet: enter {what}.").format(what=missing[found.why])
    here = language()
    if found.years is None:
        return _(
            "Never at these costs: the network costs {more} € a year more than before."
        ).format(more=number(float(-(found.saving_eur or 0)), 0, here))
    return _("{years} years: {net} € of net investment for {saving} € saved each year.").format(
        years=number(found.years, 1, here),
        net=number(float(found.net_eur or 0), 0, here),
        saving=number(float(found.saving_eur or 0), 0, here),
    )


@require_safe
def data(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """The network as data, with what each link would cut."""
    require(permissions.can_see_network(request.user))
    if extension != "json":
        raise Http404(_("This page is given as .json."))
    network, sites, links = _read(slug)
    found = judged(sites, links)
    cut = {each.link: each.sites for each in found.cuts}
    return JsonResponse(
        {
            "network": network.title, "origin": network.origin, "resilient": found.resilient,
            "apart": found.apart,
            "sites": [
                {"code": s.code, "name": s.name, "commune_code": s.commune_code, "core": s.core}
                for s in sites
            ],
            "links": [
                {
                    "code": each.code, "one": each.one.code, "other": each.other.code,
                    "in_service": each.in_service, "length_m": each.length_m,
                    "load_pct": load_pct(each.traffic_p95_mbps, each.capacity_mbps),
                    "would_cut": cut.get(each.code, ()),
                }
                for each in links
            ],
        },
        json_dumps_params={"ensure_ascii": False},
    )  # fmt: skip
