"""What became of projects: the creation pathway, prospects, survival beside likes."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bassin.indicators.numbers import percent, signed
from bassin.match.support import cohorts, permissions, survival
from bassin.match.support.models import PIPELINE, Backed, Case
from bassin.match.support.models.querysets import CaseQuerySet
from bassin.match.support.views.common import adviser, crumbs, house, language, today
from bassin.types import Origin
from bassin.ui.parts import Cell, Column, Row


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Of one's own organisations alone: how far projects went, and how long firms live."""
    person = adviser(request)
    kept = permissions.kept(person)
    holders = kept.filter(kind=Case.Kind.HOLDER)
    backed = Backed.objects.filter(organisation__in=permissions.bodies_of(person))
    listed, until = cohorts.cohorts(house(), backed, today())
    context = {
        "funnel": cohorts.funnel(holders),
        "declared": _declared(holders),
        "pipeline": _pipeline(kept.filter(kind=Case.Kind.PROSPECT)),
        "columns": _columns(),
        "rows": [_row(each, backed) for each in listed],
        "until": until,
        "fewest": survival.FEWEST,
        "crumbs": crumbs((_("Creation and settling"), "")),
    }
    return render(request, "support/pathways.html", context)


def _declared(holders: CaseQuerySet) -> list[tuple[str, int, int]]:
    """What people said of themselves: how many yes, of how many who said."""
    found = []
    asked = {
        "woman": _("led by a woman"),
        "from_qpv": _("the holder lives in a priority neighbourhood"),
    }
    for field, label in asked.items():
        said = holders.exclude(**{field: None})
        found.append((label, said.filter(**{field: True}).count(), said.count()))
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
