"""What skills says of a trade to other pages, and its answers to the search box."""

from collections.abc import Collection
from itertools import islice

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.indicators.numbers import quantity
from bassin.match.skills import shown
from bassin.match.skills.hypotheses import Hypotheses
from bassin.match.skills.models import Assumption, Course, ReconversionPlan
from bassin.match.skills.network import network
from bassin.match.skills.trades import Trades
from bassin.store import Version
from bassin.systems import Card, Found, Taking, numbers
from bassin.taxonomies import rome as taxonomy
from bassin.types import Text
from bassin.ui.opened import house
from bassin.ui.reader import today

_SHORTEST = 3
_MOST_TRADES = 5


def _here() -> Trades:
    return Trades.here(house(), Hypotheses.of(Assumption.objects.on(today())))


def trade(key: str, language: str) -> Card | None:
    """Positions to fill, tension, and the way to the trade's page; None for another code."""
    try:
        found = _here().trade(key)
    except Refused:
        return None
    needed = found.need()
    return Card(
        system="skills",
        title=Text("Ce métier demain", "This trade tomorrow"),
        template="skills/_trade_card.html",
        context={
            "url": reverse("skills:trade", args=[found.code]),
            "said": shown.sentence(found, needed) if needed else "",
            "origin": found.origin,
            "tension": found.seen.tension if found.seen else None,
            "tension_origin": found.among.market.tension_origin,
            "tags": [word for word, _why in shown.tag_words(found)],
            "courses": len(network(house(), today()).by_trade.get(found.code, ())),
            "courses_url": f"{reverse('skills:campus')}?metier={found.code}&autour=1",
        },
        order=30,
    )


def firm(siret: str, language: str) -> Card | None:
    """The trades that firms of its activity hire most; None where hirings are not loaded."""
    opened = house()
    reader, rome = opened.reader, taxonomy.loaded(opened.reader)
    if not (reader.has("occupation_hirings") and reader.has("establishments_shown")):
        return None
    rows = reader.rows(
        "SELECT rome_code, 100 * hirings / sum(hirings) OVER () FROM occupation_hirings WHERE "
        "naf_code = (SELECT naf_code FROM establishments_shown WHERE siret = ?) AND hirings > 0 "
        "ORDER BY hirings DESC, rome_code LIMIT ?",
        [siret, _MOST_TRADES],
    )
    known = network(opened, today()).by_trade
    trades = [
        {
            "label": rome.label(code), "url": reverse("skills:trade", args=[code]),
            "share": quantity(share, "%", 0, language), "courses": len(known.get(code, ())),
            "courses_url": f"{reverse('skills:campus')}?metier={code}&autour=1",
        }
        for code, share in rows if code in rome.labels
    ]  # fmt: skip
    if not trades:
        return None
    version = reader.release.tables["occupation_hirings"].version
    context = {"trades": trades, "origin": version.origin, "source": _hirings(version, language)}
    return Card("skills", Text("Les métiers de cette activité", "The trades of this activity"),
                "skills/_firm_card.html", context, order=40)  # fmt: skip


def _hirings(version: Version, language: str) -> str:
    said = Text("embauches déclarées", "declared hirings").say(language)
    return ", ".join(filter(None, (version.publisher, said, version.vintage)))


def search(query: str, language: str, limit: int) -> list[Found]:
    """Trades and courses whose label, or one of whose titles, holds every word."""
    if len(query.strip()) < _SHORTEST:
        return []
    return [*_trades(query, limit), *_courses(query, limit)]


def _courses(query: str, limit: int) -> list[Found]:
    kept = list(islice(network(house(), today()).titled(query), limit))
    sites = Course.objects.select_related("site__body").in_bulk([each.pk for each in kept])
    return [
        Found(each.title, reverse("skills:course", args=[each.pk]), Text("formation", "course"),
              str(sites[each.pk].site), 2.0)
        for each in kept if each.pk in sites
    ]  # fmt: skip


def _trades(query: str, limit: int) -> list[Found]:
    return [
        Found(
            each.label, reverse("skills:trade", args=[each.code]), Text("métier", "trade"),
            _("code {code} of ROME").format(code=each.code), 3.0,
        )
        for each in _here().find(query)[:limit]
    ]  # fmt: skip


def resolve(references: Collection[str], language: str) -> dict[str, Found]:
    """Plans of reconversion by their reference: a number only, since officers alone read them."""
    plans = ReconversionPlan.objects.filter(
        pk__in=numbers(references, "skills:plan"), archived_at=None
    )
    title = Text("Plan de reconversion n° {pk}", "Reconversion plan no. {pk}")
    return {
        each.reference: Found(
            title.say(language).format(pk=each.pk), reverse("skills:plan", args=[each.pk]),
            Text("plan de reconversion", "reconversion plan"), "", 1.0,
        )
        for each in plans
    }  # fmt: skip


def exposed(reference: str, text: str, language: str) -> Taking | None:
    """Where the jobs of a workshop lead: "25.62B 100-199 94074", its activity, jobs and commune.

    No firm is in the address: the page is public, and addresses are written in logs.
    """
    naf_code, _space, rest = text.partition(" ")
    jobs, _space, commune = rest.partition(" ")
    if not naf_code or not jobs:
        return None
    query = urlencode({"naf": naf_code, "emplois": jobs, "commune": commune})
    label = Text("Voir où mènent ces métiers", "See where these trades lead")
    return Taking(label, f"{reverse('skills:reconversion')}?{query}")
