"""What became of projects: the creation pathway, prospects, survival beside likes."""

from collections import Counter
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bassin.indicators.numbers import percent, signed
from bassin.match.support import cohorts, permissions, survival
from bassin.match.support.forms_pathway import PathwayForm
from bassin.match.support.models import PIPELINE, Backed, Case, Interaction, Stage
from bassin.match.support.models.querysets import CaseQuerySet
from bassin.match.support.views.common import adviser, crumbs, house, language, today
from bassin.parties.access import bodies_of
from bassin.types import Origin
from bassin.ui.parts import Cell, Column, Row

FEWEST = 5
"""Below it, a count chosen by what people say of themselves is hidden: somebody would be found."""


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Of one's own organisations alone: how far projects went, and how long firms live."""
    person = adviser(request)
    kept = permissions.kept(person)
    everyone = kept.filter(kind=Case.Kind.HOLDER)
    form = PathwayForm(request.GET, agreements=_agreements(everyone))
    holders = _chosen(everyone, form)
    backed = Backed.objects.filter(organisation__in=bodies_of(person))
    listed, until = cohorts.cohorts(house(), backed, today())
    prospects = kept.filter(kind=Case.Kind.PROSPECT)
    context = {
        "form": form, "funnel": _funnel(holders, form), "alive": _alive(listed, form),
        "declared": _declared(holders), "few": FEWEST, "pipeline": _pipeline(prospects),
        "effort": _effort(prospects), "columns": _columns(),
        "rows": [_row(each, backed) for each in listed], "until": until,
        "fewest": survival.FEWEST, "crumbs": crumbs((_("Creation and settling"), "")),
    }  # fmt: skip
    return render(request, "support/pathways.html", context)


def _agreements(holders: CaseQuerySet) -> list[str]:
    found = holders.exclude(agreement="").values_list("agreement", flat=True)
    return sorted(set(found.order_by()))


def _chosen(holders: CaseQuerySet, form: PathwayForm) -> CaseQuerySet:
    """The projects that the filters choose."""
    if not form.is_valid():
        return holders
    asked = form.cleaned_data
    if asked["convention"]:
        holders = holders.filter(agreement=asked["convention"])
    if asked["forme"] == "any":
        holders = holders.exclude(social_form="")
    elif asked["forme"]:
        holders = holders.filter(social_form=asked["forme"])
    said = {"femme": "woman", "quartier": "from_qpv"}
    return holders.filter(**{
        field: asked[name] == "yes" for name, field in said.items() if asked[name]
    })  # fmt: skip


def _funnel(holders: CaseQuerySet, form: PathwayForm) -> list[tuple[Any, int | None]]:
    """How far they went; small counts are hidden where one chose by what people say."""
    personal = form.is_valid() and any(form.cleaned_data[name] for name in ("femme", "quartier"))
    return [
        (label, None if personal and 0 < count < FEWEST else count)
        for label, count in cohorts.funnel(holders)
    ]


def _alive(listed: list[cohorts.Cohort], form: PathwayForm) -> list[tuple[int, int, int]]:
    """Years, firms alive, firms old enough to tell; of one agreement when it is chosen.

    Cohorts hold no person: what people say of themselves cannot choose among them.
    """
    asked = form.cleaned_data if form.is_valid() else {}
    if any(asked.get(name) for name in ("forme", "femme", "quartier")):
        return []
    chosen = asked.get("convention", "")
    kept = [each for each in listed if not chosen or each.agreement == chosen]
    return [
        (years, sum(each.alive[years][0] for each in kept),
         sum(each.alive[years][1] for each in kept))
        for years in survival.HORIZONS
    ]  # fmt: skip


def _effort(prospects: CaseQuerySet) -> dict[str, Any]:
    """Jobs of those who settled, by hour that advisers wrote down; whom to follow, until when."""
    settled = prospects.filter(stage__in=(Stage.INSTALLED, Stage.FOLLOWED))
    spent = Interaction.objects.filter(case__in=prospects)
    minutes = spent.aggregate(sum=Sum("minutes"))["sum"] or 0
    jobs = settled.aggregate(sum=Sum("jobs_count"))["sum"] or 0
    watched = [
        (case, survival.later(case.created_on, 2)) for case in settled.exclude(created_on=None)
        if case.created_on is not None
    ]  # fmt: skip
    return {
        "jobs": jobs, "hours": minutes / 60, "told": spent.exclude(minutes=None).count(),
        "all": spent.count(), "ratio": 60 * jobs / minutes if minutes else None,
        "watched": [each for each in watched if each[1] >= today()],
    }  # fmt: skip


def _declared(holders: CaseQuerySet) -> list[tuple[str, int | None, int]]:
    """What people said of themselves: how many yes, of how many who said."""
    found: list[tuple[str, int | None, int]] = []
    asked = {
        "woman": _("led by a woman"),
        "from_qpv": _("the holder lives in a priority neighbourhood"),
    }
    for field, label in asked.items():
        said = holders.exclude(**{field: None})
        yes, count = said.filter(**{field: True}).count(), said.count()
        # Neither who said yes nor who said no may be found by a small number.
        small = min(yes, count - yes)
        found.append((label, None if 0 < small < FEWEST or count < FEWEST else yes, count))
    social = holders.exclude(social_form="").count()
    return [*found, (_("social form"), social, holders.count())]


def _pipeline(prospects: CaseQuerySet) -> list[tuple[Any, int, int]]:
    """How many prospects stand at each stage, and the jobs that they plan; the lost ones apart."""
    rows = list(prospects.exclude(outcome="elsewhere").values_list("stage", "jobs_count"))
    count = Counter(stage for stage, _jobs in rows)
    jobs: Counter[str] = Counter()
    for stage, planned in rows:
        jobs[stage] += planned or 0
    return [(stage.label, count[stage.value], jobs[stage.value]) for stage in PIPELINE]


def _columns() -> list[Column]:
    after = [Column(_("after {years} years").format(years=years) if years > 1 else
                    _("after one year"), number=True) for years in survival.HORIZONS]  # fmt: skip
    return [Column(_("agreement")), Column(_("firms"), number=True), *after]


def _row(cohort: cohorts.Cohort, backed: Any) -> Row:
    invented = backed.filter(agreement=cohort.agreement, origin=Origin.INVENTED.value).exists()
    origin = Origin.INVENTED if invented else Origin.REAL
    cells = [Cell(str(cohort.count), sort=float(cohort.count), origin=origin)]
    return Row(
        Cell(cohort.agreement or _("no agreement told")),
        [*cells, *(_cell(gap, origin) for gap in cohort.gaps)],
    )


def _cell(gap: survival.Gap, origin: Origin) -> Cell:
    """What can be told, the gap and its interval, both shares; or why there is nothing."""
    if gap.gap is None or gap.low is None or gap.high is None:
        return Cell(why=_("too few to tell ({count})").format(count=gap.matched))
    words = language()
    told, low, high = (signed(100 * each, 0, words) for each in (gap.gap, gap.low, gap.high))
    lines = (
        _verdict(gap.low, gap.high),
        ngettext(
            "{gap} point, between {low} and {high}",
            "{gap} points, between {low} and {high}",
            abs(round(100 * gap.gap)),
        ).format(gap=told, low=low, high=high),
        _("{helped} alive, {likes} of their likes").format(
            helped=percent(100 * (gap.helped or 0), 0, words),
            likes=percent(100 * (gap.likes or 0), 0, words),
        ),
    )
    return Cell("\n".join(lines), sort=gap.gap, origin=origin)


def _verdict(low: float, high: float) -> str:
    """What an interval lets one say: a gap that may be none is none that can be told."""
    if low > 0:
        return _("longer")
    return _("less long") if high < 0 else _("no clear difference")
