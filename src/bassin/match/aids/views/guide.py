"""The guide: every aid in a list with filters, and one aid whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin.match.aids.permissions import can_keep_sheets, can_prospect
from bassin.match.aids.rules.aid import Aid
from bassin.match.aids.rules.facts import codes, facts
from bassin.match.aids.rules.told import calendar, shown
from bassin.match.aids.rules.wording import Wording
from bassin.match.aids.shown import counted, kinds, lines, opening, point, status, warnings
from bassin.match.aids.views.common import crumbs, here, language, today
from bassin.match.aids.views.funded import near
from bassin.pairing.conditions import AnyOf, Clause, finding, flat
from bassin.territory.search import folded
from bassin.types import Text

PER_PAGE = 20
_STATES = {
    "ouvertes": Text("ouvertes", "open"), "closes": Text("closes", "closed"),
    "toutes": Text("toutes", "all"),
}  # fmt: skip
FILTERS = {"nature": "nature", "echelle": "scale", "projet": "project"}


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of the list: its name in the address, its words, its choices."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]
    chosen: str


@dataclass(frozen=True, slots=True)
class Demand:
    """What an aid demands: the fact, what of it, and where that is said when not by its source."""

    label: str
    wanted: str
    quote: str
    source: str
    verified: str


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every aid, filtered by an address that says it all."""
    guide, asked = here(), request.GET
    filters = _filters(asked)
    found = [each for each in guide.catalogue.aids if _kept(each, filters, asked.get("q", ""))]
    page = Paginator(found, PER_PAGE).get_page(asked.get("page"))
    query = asked.copy()
    query.pop("page", None)
    context = {
        "page": page, "lines": lines(list(page.object_list), today(), language()),
        "filters": filters, "q": asked.get("q", "")[:100], "total": len(found),
        "counted": counted(guide.catalogue, today()), "query": query.urlencode(),
        "problems": guide.catalogue.problems if can_prospect(request.user) else (),
        "keeps": can_keep_sheets(request.user),
        "crumbs": crumbs((_("All aids"), "")),
    }  # fmt: skip
    return render(request, "aids/guide.html", context)


def _filters(asked: Mapping[str, str]) -> list[Filter]:
    labels = {"nature": _("Nature"), "echelle": _("Scale"), "projet": _("Project")}
    found = []
    for name, family in FILTERS.items():
        known = [(key, said.say(language())) for key, said in codes(family).items()]
        choices = [("", _("any")), *known]
        chosen = asked.get(name, "")
        found.append(Filter(name, labels[name], choices,
                            chosen if chosen in codes(family) else ""))  # fmt: skip
    state = asked.get("etat", "ouvertes")
    choices = [(key, said.say(language())) for key, said in _STATES.items()]
    found.append(Filter("etat", _("State"), choices, state if state in _STATES else "ouvertes"))
    return found


def _kept(aid: Aid, filters: Sequence[Filter], words: str) -> bool:
    chosen = {each.name: each.chosen for each in filters}
    tests = (
        not chosen["nature"] or chosen["nature"] in aid.natures,
        not chosen["echelle"] or chosen["echelle"] == aid.scale,
        not chosen["projet"] or not aid.projects or chosen["projet"] in aid.projects,
        chosen["etat"] == "toutes" or (chosen["etat"] == "closes") == aid.shut(today()),
    )
    text = folded(f"{aid.title.fr} {aid.title.en} {aid.promise.fr} {aid.holder}")
    return all(tests) and all(word in text for word in folded(words).split())


@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """One aid: what it demands with its source, how much, when, with which others."""
    guide = here()
    aid = guide.catalogue.get(slug)
    if aid is None:
        raise Http404
    wording, words = guide.wording(language()), language()
    titles = {each.slug: each.title.say(words) for each in guide.catalogue.aids}
    against = [slug_of for slug_of in _against(aid, guide.catalogue.aids) if slug_of in titles]
    context: dict[str, Any] = {
        "aid": aid, "kind": kinds(aid, words), "scale": codes("scale")[aid.scale].say(words),
        "shut": calendar(aid, today(), words), "when": opening(aid, words),
        "status": status(aid, words), "late": aid.late(today()),
        "review": shown(aid.review_on, words),
        "points": demands(aid, wording, today(), words),
        "amounts": [(each.said.say(words), [wording.finding(finding(one, {}), {})
                                            for one in each.when]) for each in aid.amounts],
        "warnings": warnings(aid, words, [titles[each] for each in against]),
        "budget": codes("budget")[aid.budget].say(words),
        "checked": sum(one.verified_on is not None for one in flat(aid.conditions)),
        "answers_url": f"{reverse('aids:answers')}",
        "prospects": can_prospect(request.user), "near": near(aid),
        "keeps": can_keep_sheets(request.user),
        "crumbs": crumbs((_("All aids"), reverse("aids:guide")), (aid.title.say(words), "")),
    }  # fmt: skip
    return render(request, "aids/sheet.html", context)


def _against(aid: Aid, others: Sequence[Aid]) -> list[str]:
    others_say = (each.slug for each in others if aid.slug in each.stacking.excludes)
    return list(dict.fromkeys([*aid.stacking.excludes, *others_say]))


def demands(aid: Aid, wording: Wording, day: date, words: str) -> list[Demand]:
    """What an aid demands on a day."""
    return [_demand(each, wording, aid.source.say(words)) for each in aid.clauses(day)]


def _demand(clause: Clause, wording: Wording, source: str) -> Demand:
    found = point(finding(clause, {}), {}, wording)
    listed = clause.conditions if isinstance(clause, AnyOf) else (clause,)
    labels = [wording.label(each.fact) for each in listed if each.fact in facts()]
    wanted = [wording.wanted(each) if each.fact in facts() else each.question.say(wording.language)
              for each in listed]  # fmt: skip
    return Demand(
        _(" or ").join(dict.fromkeys(labels)), _(" or ").join(wanted),
        found.quote if found.quote not in " ".join(wanted) else "",
        found.source if found.source != source else "", found.verified,
    )  # fmt: skip
