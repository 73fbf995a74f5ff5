"""How offers are ranked: the criteria of each pairing, what they count for, and who decided it."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bassin.commons import permissions, weights
from bassin.pairing import Pairing, Signal
from bassin.pairing.explain import points
from bassin.pairing.points import shares
from bassin.pairing.protected import law, traits
from bassin.pairing.registry import declared
from bassin.parties.access import require
from bassin.ui.parts import Cell, Column, Row
from bassin.ui.shared.forms import WeightsForm
from bassin.ui.shared.views.common import crumbs, language, person, written
from bassin.ui.templatetags.ui import number


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every pairing of this installation, and what none of them may look at."""
    said = language()
    context = {
        "crumbs": crumbs((_("How offers are ranked"), "")),
        "pairings": [(each.title.say(said), address(each)) for each in declared().values()],
        "traits": [each.title.say(said) for each in traits()],
        "law": law(),
    }
    return render(request, "commons/pairings.html", context)


@require_safe
def sheet(request: HttpRequest, system: str, name: str) -> HttpResponse:
    """One pairing: gates, signals with their weights today, and each decision."""
    pairing, today = _pairing(system, name), timezone.localdate()
    decided = weights.decisions(pairing)
    said = language()
    context = {
        "crumbs": crumbs(
            (_("How offers are ranked"), reverse("shared:pairings")), (pairing.title.say(said), "")
        ),
        "title": pairing.title.say(said),
        "gates": [gate.title.say(said) for gate in pairing.gates],
        "columns": [Column(_("Criterion")), Column(_("Points at most"), number=True),
                    Column(_("While it is unknown"), number=True)],
        "rows": _rows(pairing, today),
        "decisions": [_decision(each, pairing, today) for each in decided],
        "by_default": not decided,
        "may_weigh": permissions.can_weigh(request.user),
        "weigh": reverse("shared:weigh", args=(system, name)),
    }  # fmt: skip
    return render(request, "commons/pairing.html", context)


def _rows(pairing: Pairing, today: date) -> list[Row]:
    shared = shares(pairing, weights.on(pairing, today))
    rows = []
    for signal in pairing.signals:
        share = float(points(shared[signal.code]))
        cells = [
            Cell(text=_exact(share)),
            Cell(text=_exact(share * signal.unknown)),
        ]
        rows.append(Row(Cell(text=signal.title.say(language())), cells))
    return rows


def _exact(points: float) -> str:
    """Points as they are counted: 12,5 is not 13."""
    return number(points, next(n for n in (0, 1, 2) if n == 2 or round(points, n) == points))


def _decision(decision: weights.Decision, pairing: Pairing, today: date) -> dict[str, Any]:
    titles = {signal.code: signal.title.say(language()) for signal in pairing.signals}
    return {
        "from": date_format(decision.valid_from, "DATE_FORMAT"),
        "to_come": decision.valid_from > today,
        "why": decision.why,
        "weights": [(titles.get(code, code), number(float(weight)))
                    for code, weight in decision.weights.items()],
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def weigh(request: HttpRequest, system: str, name: str) -> HttpResponse:
    """Set the weights from a day on."""
    by = person(request)
    require(permissions.can_weigh(by))
    pairing = _pairing(system, name)
    form = WeightsForm(request.POST or None, signals=_asked(pairing))

    def decide(*, valid_from: date, why: str, **given: Any) -> str:
        weights.decide(pairing, given, valid_from=valid_from, why=why, by=by, now=timezone.now())
        return address(pairing)

    return written(
        request, form, decide, _("Weights of the criteria"), pairing.title.say(language())
    )


def _asked(pairing: Pairing) -> list[tuple[Signal, str, Any]]:
    """Each signal, its title and its weight today."""
    shared = shares(pairing, weights.on(pairing, timezone.localdate()))
    return [
        (each, each.title.say(language()), points(shared[each.code])) for each in pairing.signals
    ]


def address(pairing: Pairing) -> str:
    """The page of a pairing."""
    return reverse("shared:pairing", args=pairing.slug.split(".", 1))


def _pairing(system: str, name: str) -> Pairing:
    found = declared().get(f"{system}.{name}")
    if found is None:
        raise Http404
    return found
