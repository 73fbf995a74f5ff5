"""The inverse question: what could be developed here with what residents can do?"""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.errors import Refused
from bassin.indicators.numbers import number
from bassin.indicators.numbers import period as in_words
from bassin.match.skills import developable, shown
from bassin.match.skills.developable import Developable, Part
from bassin.match.skills.trades import Trades
from bassin.match.skills.views.common import crumbs, here, house, language
from bassin.match.skills.workforce import FEWEST
from bassin.taxonomies import naf
from bassin.types import Origin
from bassin.ui.data import as_csv
from bassin.ui.parts import Cell, Column, Row

PER_PAGE = 30
SECTIONS = "ABCDEFGHIJKLMNOPQRS"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Activities, the best covered first, with the trades that decide."""
    among = here()
    found, section, absent = _asked(request, among)
    shown_page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": shown_page,
        "count": len(found),
        "table": (_columns(), [_row(each, among) for each in shown_page.object_list]),
        "section": section,
        "absent": absent,
        "sections": [(each, naf.label(each, language())) for each in SECTIONS],
        "query": query.urlencode(),
        "jobs": developable.JOBS,
        "nearest": developable.NEAREST,
        "least_near": round(100 * developable.LEAST_NEAR),
        "market": among.market,
        "offers_on": in_words(among.market.offers_period, language()),
        "place": house().home,
        "origin": _origin(among),
        "crumbs": crumbs((_("What could be developed here"), "")),
    }
    return render(request, "skills/activities.html", context)


def _asked(request: HttpRequest, among: Trades) -> tuple[list[Developable], str, bool]:
    section = request.GET.get("section", "")
    absent = request.GET.get("absentes") == "1"
    try:
        found = developable.activities(house(), among) if among.market.seen else []
    except Refused:
        found = []
    if section and section in SECTIONS:
        found = [each for each in found if naf.parse(each.naf_code).section == section]
    if absent:
        found = [each for each in found if each.employers == 0]
    return found, section, absent


def _origin(among: Trades) -> Origin:
    market = among.market
    return Origin.together((market.tension_origin, market.offers_origin, among.work.origin))


def _columns() -> list[Column]:
    return [
        Column(_("Activity")), Column(_("Cover, %"), number=True),
        Column(_("Trades that are there")), Column(_("The tightest")),
        Column(_("Employers here"), number=True),
    ]  # fmt: skip


def _row(found: Developable, among: Trades) -> Row:
    origin = _origin(among)
    known = [each for each in found.parts if each.people is not None]
    tightest = found.tightest
    best = [each for each in known if each is not tightest and (each.covered or 0) >= 1][:3]
    return Row(
        Cell(f"{naf.label(found.naf_code, language())} ({found.naf_code})"),
        [
            Cell(_cover(found), sort=found.least, origin=origin),
            Cell("\n".join(_said(each, among) for each in best) or "–"),
            Cell(_said(tightest, among), url=reverse("skills:trade", args=[tightest.rome_code]))
            if tightest else Cell(why=_("unknown")),
            _employers(found, among)
            if among.work.source else Cell(why=_("not loaded")),
        ],
    )  # fmt: skip


def _employers(found: Developable, among: Trades) -> Cell:
    """How many are here already; one or two are not told apart."""
    if 0 < found.employers < FEWEST:
        return Cell(_("fewer than {count}").format(count=FEWEST), sort=1)
    return Cell(shown.whole(found.employers), sort=found.employers, origin=among.work.origin)


def _cover(found: Developable) -> str:
    low, high = (number(each, 0, language()) for each in (found.least, found.most))
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def _said(part: Part, among: Trades) -> str:
    """Jobs needed and people there, of one trade."""
    return _("{trade}: {needed} needed, {ready} ready and {near} in near trades").format(
        trade=among.rome.labels.get(part.rome_code, part.rome_code),
        needed=shown.whole(max(1.0, part.needed)), ready=shown.whole(part.ready or 0),
        near=shown.whole(part.near),
    )  # fmt: skip


@require_safe
def page_csv(request: HttpRequest) -> HttpResponse:
    """The same, one line per activity and trade."""
    among = here()
    found, _section, _absent = _asked(request, among)
    origin = _origin(among)
    rows: list[dict[str, Any]] = [
        {
            "naf_code": each.naf_code, "label": naf.label(each.naf_code, language()),
            "cover_least": round(each.least, 1), "cover_most": round(each.most, 1),
            "employers": None if 0 < each.employers < FEWEST else each.employers,
            "rome_code": part.rome_code,
            "share": round(part.share, 4), "needed": round(part.needed, 1),
            "ready": None if part.ready is None else round(part.ready, 1),
            "near": round(part.near, 1), "origin": origin.value,
        }
        for each in found for part in each.parts
    ]  # fmt: skip
    return as_csv(rows, "activites-a-developper", sample=origin == Origin.INVENTED)
