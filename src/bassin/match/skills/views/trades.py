"""Trades: the list with its filters, a page for each, and the same as files."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin import systems
from bassin.errors import Refused
from bassin.indicators.numbers import period as in_words
from bassin.match.skills import near, shown, tags, training
from bassin.match.skills.forecast import Values
from bassin.match.skills.hypotheses import YEARS
from bassin.match.skills.trades import ORDERS, Trade, Trades, sort
from bassin.match.skills.views.common import (
    crumbs,
    draw,
    here,
    house,
    language,
    today,
    trade_or_404,
)
from bassin.types import Origin
from bassin.ui.data import as_csv

PER_PAGE = 50


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All trades, filtered and sorted by the address."""
    among = here()
    found, asked = _asked(request, among)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        **asked,
        "page": page,
        "count": len(found),
        "table": shown.listed(page.object_list),
        "query": query.urlencode(),
        "orders": _orders(),
        "tensions": ["3", "4", "5"],
        "kinds": [(kind, words.say(language())) for kind, words in tags.WORDS.items()],
        "market": among.market,
        "work": among.work,
        "offers_on": in_words(among.market.offers_period, language()),
        "place": house().home,
        "years": YEARS,
        "crumbs": crumbs((_("Trades"), "")),
    }
    return render(request, "skills/trades.html", context)


def _orders() -> list[tuple[str, str]]:
    words = (_("positions to fill"), _("tension"), _("jobseekers"), _("offers"), _("name"))
    return list(zip(ORDERS, words, strict=True))


def _asked(request: HttpRequest, among: Trades) -> tuple[list[Trade], dict[str, str]]:
    """The trades that the address asks for, and what it asked."""
    text = request.GET.get("q", "")[:100]
    order = request.GET.get("tri", "")
    order = order if order in ORDERS else ORDERS[0]
    kind = request.GET.get("transition", "")
    least = request.GET.get("tension", "")
    found = among.find(text) if text.strip() else among.all()
    for each in tags.KINDS:
        if kind == each:
            found = [trade for trade in found if trade.tags.has(each)]
    if least in ("3", "4", "5"):
        found = [t for t in found if t.seen and (t.seen.tension or 0) >= int(least)]
    return sort(found, order), {"q": text, "order": order, "kind": kind, "least": least}


@require_safe
def listed_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a file."""
    among = here()
    found, _asked_for = _asked(request, among)
    rows = [_flat(each) for each in found]
    invented = any(row["origin"] == Origin.INVENTED for row in rows)
    return as_csv(rows, "metiers", sample=invented)


def _flat(trade: Trade) -> dict[str, Any]:
    needed = trade.need()
    seen = trade.seen
    market = trade.among.market
    origins = (trade.origin, market.tension_origin, market.offers_origin)
    row: dict[str, Any] = {"rome_code": trade.code, "label": trade.label}
    for name, values in (
        ("jobs", needed.stock if needed else None), ("need", needed.gross if needed else None),
    ):  # fmt: skip
        for field in Values._fields:
            row[f"{name}_{field}"] = round(getattr(values, field), 1) if values else None
    return row | {
        "secret": bool(trade.stock and trade.stock.secret),
        "from": trade.among.work.year or None,
        "years": YEARS,
        "jobseekers": seen.jobseekers if seen else None,
        "tension": seen.tension if seen else None,
        "tension_period": market.tension_period,
        "offers": trade.offers,
        "offers_period": market.offers_period,
        "transition": " ".join(trade.tags.kinds),
        "origin": next((each for each in origins if each == Origin.INVENTED), Origin.REAL),
    }


@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """All that is known of a trade here; the other systems add their cards."""
    among = here()
    trade = trade_or_404(among, code)
    needed = trade.need()
    cards = [each for each in systems.cards("trade", code, language()) if each.system != "skills"]
    context = {
        "trade": trade,
        "place": house().home,
        "needed": needed,
        "said": shown.sentence(trade, needed) if needed else "",
        "picture": draw(shown.chart(trade)),
        "by_year": shown.by_year(trade),
        "terms": shown.terms(trade, needed) if needed else None,
        "turnover": turnover(trade),
        "hirers": shown.hirers(trade),
        "near": _near(trade),
        "tag_words": shown.tag_words(trade),
        "factors": _factors(trade),
        "training": training.of_trade(house(), code, today()),
        "cards": cards,
        "offers_on": in_words(among.market.offers_period, language()),
        "years": YEARS,
        "crumbs": crumbs((_("Trades"), "skills:trades"), (trade.label, "")),
    }
    return render(request, "skills/trade.html", context)


def turnover(trade: Trade) -> str:
    """Hires a year that replace those who move, in words; "" when nobody said."""
    found = trade.turnover()
    return shown.interval(found) if found else ""


def _near(trade: Trade) -> Any:
    try:
        return shown.near(near.near(house(), trade.code), trade)
    except Refused:
        return None


def _factors(trade: Trade) -> list[tuple[str, int | None]]:
    """The six factors of the Dares, in words."""
    if trade.seen is None:
        return []
    words = {
        "hiring_intensity": _("Hiring intensity"),
        "lack_of_workers": _("Lack of workers"),
        "lasting_jobs": _("Lasting of jobs"),
        "working_conditions": _("Working conditions"),
        "geographic_mismatch": _("Geographic mismatch"),
        "specific_training": _("Link between training and job"),
    }
    return [(words[name], value) for name, value in trade.seen.factors.items()]


@require_safe
def page_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The forecast of a trade, year by year and term by term."""
    trade = trade_or_404(here(), code)
    rows = []
    for needed in trade.needs():
        terms: dict[str, Values | None] = {
            "stock": needed.stock, "creation": needed.creation,
            "departures": needed.departures, "need": needed.gross,
        }  # fmt: skip
        terms |= {each.code: each.values for each in trade.resources(needed.years)}
        gap = trade.gap(needed.years)
        terms["gap_before_unknown_terms"] = gap.values if gap else None
        rows += [_line(trade, needed.years, term, values) for term, values in terms.items()]
    return as_csv(rows, f"besoins-{code}", sample=trade.origin == Origin.INVENTED)


def _line(trade: Trade, years: int, term: str, values: Values | None) -> dict[str, Any]:
    numbers = {
        field: round(getattr(values, field), 1) if values else None for field in Values._fields
    }
    start = trade.among.work.year
    return {
        "rome_code": trade.code, "from": start, "to": start + years, "term": term, **numbers,
        "state": "known" if values else "question", "origin": trade.origin.value,
        "source": _source(trade, term),
    }  # fmt: skip


def _source(trade: Trade, term: str) -> str:
    """Where a term comes from, besides hypotheses."""
    if term == "jobseekers":
        return _("Dares, labour market tension, {period}").format(
            period=trade.among.market.tension_period
        )
    if term in ("training", "near", "commuters"):
        return _("hypothesis")
    return trade.among.work.said.say(language())
