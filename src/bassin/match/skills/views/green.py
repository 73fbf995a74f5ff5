"""The ecological transition: trades that change, the share of offers and jobs, firms' projects."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.indicators.numbers import number
from bassin.indicators.numbers import period as in_words
from bassin.match.skills import permissions, shown, tags
from bassin.match.skills.forecast import Values
from bassin.match.skills.models import GreenProject
from bassin.match.skills.tags import Kind
from bassin.match.skills.trades import Trades, sort
from bassin.match.skills.views.common import crumbs, here, house, language, today
from bassin.types import Origin
from bassin.ui.parts import Cell, Column, Row

MOST = 15
_SETS: tuple[tuple[Kind, ...], ...] = (("green",), ("greening",), ("green", "greening"), ("brown",))


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """How much is concerned, which trades, which firms said so."""
    among = here()
    tagged = [trade for trade in among.all() if trade.tags.kinds]
    context = {
        "shares": _shares(among),
        "count": len(tagged),
        "all": len(among.rome.codes),
        "table": shown.listed(sort(tagged, "besoin")[:MOST]),
        "kinds": [
            (kind, words.say(language()), tags.MEANS[kind].say(language()),
             sum(trade.tags.has(kind) for trade in tagged))
            for kind, words in tags.WORDS.items()
        ],
        "projects": GreenProject.objects.public(today()).select_related("firm"),
        "labels": among.rome.labels,
        "market": among.market,
        "offers_on": in_words(among.market.offers_period, language()),
        "work": among.work,
        "place": house().home,
        "may_declare": permissions.can_declare(request.user),
        "crumbs": crumbs((_("Ecological transition"), "")),
    }  # fmt: skip
    return render(request, "skills/green.html", context)


def _shares(among: Trades) -> tuple[list[Column], list[Row]] | None:
    """The share of offers and of jobs by tag, between a floor and a ceiling."""
    jobs = {code: each.jobs.central for code, each in among.work.trades.items() if not each.secret}
    counted: list[tuple[str, Any, Origin]] = [
        (_("Offers, %"), among.market.offers, among.market.offers_origin),
        (_("Jobs in place, estimated, %"), jobs, among.work.origin),
    ]
    columns = [Column(_("Trades"))]
    found: list[tuple[dict[tuple[Kind, ...], Values], Origin]] = []
    for name, counts, origin in counted:
        made = {kinds: tags.share(counts, among.tagged, kinds) for kinds in _SETS}
        known = {kinds: values for kinds, values in made.items() if values is not None}
        if known:
            columns.append(Column(name, number=True))
            found.append((known, origin))
    if not found:
        return None
    return columns, [
        Row(Cell(_set_words(kinds)), [_share_cell(made[kinds], origin) for made, origin in found])
        for kinds in _SETS
    ]


def _set_words(kinds: tuple[Kind, ...]) -> str:
    return _(" or ").join(tags.WORDS[kind].say(language()) for kind in kinds)


def _share_cell(values: Values, origin: Origin) -> Cell:
    low, central, high = (number(each, 1, language()) for each in values)
    said = _("{central} ({low} to {high})").format(central=central, low=low, high=high)
    return Cell(said, sort=values.central, origin=origin)
