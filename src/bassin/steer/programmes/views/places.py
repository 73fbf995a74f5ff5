"""What moved in a commune, and the balance between communes."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bassin.errors import Refused, SourceError
from bassin.parties.access import User
from bassin.steer.programmes import drawing, permissions, words
from bassin.steer.programmes import permissions_governance as rights
from bassin.steer.programmes.models import Action, Body, Meeting, Milestone, Update
from bassin.steer.programmes.shown import Line, line
from bassin.steer.programmes.standing import Share, Standing, by_commune, standings, summary
from bassin.steer.programmes.views.common import crumbs, seen_lines, today, viewer
from bassin.types import Origin
from bassin.ui.charts import theme
from bassin.ui.opened import house
from bassin.ui.parts import Cell, Column, Crumb, Row

SINCE_DAYS = 180
MOST_UPDATES = 40
MOST_MEETINGS = 3


@dataclass(frozen=True, slots=True)
class News:
    """Something that moved: the day, the action, what was said."""

    on: str
    iso: str
    title: str
    url: str
    text: str
    said: str
    invented: bool


@require_safe
def commune(request: HttpRequest, code: str) -> HttpResponse:
    """What moved in one commune since a day, and all that is there."""
    named = words.communes()
    if code not in named:
        raise Http404
    user, on = viewer(request), today()
    since = _since(request, on)
    lines = standings(Action.objects.visible_to(user).kept().in_commune(code), on)
    seen_lines(request, lines)
    share = by_commune(lines, [code])[code]
    internal = permissions.is_insider(user)
    context: dict[str, Any] = {
        "name": named[code],
        "code": code,
        "crumbs": crumbs(
            Crumb(_("Balance between communes"), reverse("programmes:communes")),
            Crumb(named[code]),
        ),
        "since": since.isoformat(),
        "since_said": words.day(since),
        "meetings": _last_meetings(user),
        "news": _news(lines, since),
        "lines": [line(each, internal=internal) for each in lines],
        "count": len(lines),
        "alone": share.alone.count,
        "shared": share.shared.count,
        "money_alone": words.three(share.alone.money) if share.alone.money else [],
        "money_shared": words.three(share.shared.money) if share.shared.money else [],
        "said": words.rollup(summary(lines).rollup),
        "late": [line(each, internal=internal) for each in lines if each.late],
    }
    return render(request, "programmes/commune.html", context)


def _last_meetings(user: User) -> list[tuple[str, str, str]]:
    """The last meeting of each body whose meetings they see: (the body, its day in words, its day).

    The latest of these first.
    """
    bodies = Body.objects.prefetch_related("seats")
    seen = {each.pk: str(each) for each in bodies if rights.can_see_meeting(user, each)}
    held = Meeting.objects.filter(body__in=seen, on__lte=today(), cancelled_at=None)
    latest = held.order_by().values("body").annotate(last=Max("on")).order_by("-last", "body")
    return [
        (seen[body], words.day(on), on.isoformat())
        for body, on in latest.values_list("body", "last")[:MOST_MEETINGS]
    ]


def _since(request: HttpRequest, on: date) -> date:
    """The day asked for by `?depuis=`, six months ago otherwise."""
    asked = request.GET.get("depuis", "").strip()
    if not asked:
        return on - timedelta(days=SINCE_DAYS)
    try:
        return date.fromisoformat(asked)
    except ValueError as error:
        raise Refused(
            _("“{text}” is not a date. Write it as 2019-06-30.").format(text=asked)
        ) from error


def _news(lines: list[Standing], since: date) -> list[News]:
    """Reports, steps done and actions finished since that day, the latest first."""
    by_pk = {each.pk: each for each in lines}
    found: list[tuple[date, News]] = []
    updates = Update.objects.filter(action__in=by_pk, on__gte=since)
    for update in updates[:MOST_UPDATES]:
        share = words.reported(update.progress) if update.progress is not None else ""
        said = words.join((share, update.author_name))
        found.append((update.on, _told(by_pk[update.action_id], update.on, update.said, said)))
    steps = Milestone.objects.filter(action__in=by_pk, done_on__gte=since)
    for step in steps.order_by("-done_on")[:MOST_UPDATES]:
        done = step.done_on or since
        text = _("Step done: {title}").format(title=step.said)
        found.append((done, _told(by_pk[step.action_id], done, text, "")))
    finished = [(each, each.done_on) for each in lines if each.done_on and each.done_on >= since]
    found += [(day, _told(each, day, _("The action is done."), "")) for each, day in finished]
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [news for _day, news in found[:MOST_UPDATES]]


def _told(each: Standing, on: date, text: str, said: str) -> News:
    shown: Line = line(each)
    return News(
        words.day(on), on.isoformat(), shown.title, shown.url, text, said,
        each.origin == Origin.INVENTED,
    )  # fmt: skip


@require_safe
def balance(request: HttpRequest) -> HttpResponse:
    """Each commune with its actions and their money, on a map and in a table."""
    user: User = viewer(request)
    named = words.communes()
    lines = standings(Action.objects.visible_to(user).kept(), today())
    shares = by_commune(lines, named)
    nowhere = [each for each in lines if not any(code in named for code in each.communes)]
    empty = [named[code] for code, share in shares.items() if not share.count]
    said = ngettext(
        "{count} commune has no action", "{count} communes have no action", len(empty)
    ).format(count=len(empty))
    drawn, legend = _map(shares, said)
    context: dict[str, Any] = {
        "crumbs": crumbs(Crumb(_("Balance between communes"))),
        "table": _table(shares, named),
        "empty": sorted(empty),
        "said": said,
        "nowhere": len(nowhere),
        "total": len(lines),
        "drawn": drawn,
        "legend": legend,
    }
    return render(request, "programmes/communes.html", context)


def _map(shares: dict[str, Share], said: str) -> tuple[str, list[tuple[str, str]]]:
    """The map of counts, and its legend in words."""
    counts = {code: share.count for code, share in shares.items()}
    most = max(counts.values(), default=0)
    if not most:
        return "", []
    limits = sorted({1, max(2, round(most / 3)), max(3, round(2 * most / 3))})
    limits = [each for each in limits if each <= most]
    fills = theme.ramp(len(limits))
    chosen = {
        code: fills[sum(count >= limit for limit in limits) - 1]
        for code, count in counts.items()
        if count
    }
    legend = [(_("no action"), "#ECE9E1")]
    for index, limit in enumerate(limits):
        above = limits[index + 1] - 1 if index + 1 < len(limits) else most
        text = f"{limit}" if limit == above else f"{limit} – {above}"
        legend.append((text, fills[index]))
    try:
        title = _("Number of actions by commune")
        return drawing.communes(house(), chosen, title=title, said=said), legend
    except (Refused, SourceError):
        return "", []


def _table(shares: dict[str, Share], named: dict[str, str]) -> tuple[list[Column], list[Row]]:
    alone = _("Actions of this commune alone")
    shared = _("Actions shared with others")
    columns = [
        Column(_("Commune")),
        Column(alone, number=True),
        Column(shared, number=True),
        Column(_("Planned for it alone (€)"), number=True),
        Column(_("Planned for shared actions (€)"), number=True,
               help=_("Not cut between communes: nobody said how.")),
        Column(_("Late"), number=True),
        Column(_("Not reported"), number=True),
    ]  # fmt: skip
    rows = []
    for code, share in sorted(shares.items(), key=lambda each: named[each[0]]):
        url = reverse("programmes:commune", kwargs={"code": code})
        rows.append(
            Row(
                Cell(text=named[code], url=url),
                [
                    _count(share.alone.count),
                    _count(share.shared.count),
                    _planned(share.alone),
                    _planned(share.shared),
                    _count(share.alone.late + share.shared.late),
                    _count(share.alone.silent + share.shared.silent),
                ],
            )
        )
    return columns, rows


def _count(number: int) -> Cell:
    return Cell(text=str(number), sort=number)


def _planned(made: Any) -> Cell:
    total = made.money.planned
    if total.total is None:
        return Cell(why=_("not known") if made.count else "—")
    note = words.amount_over(total)
    return Cell(text=words.amount(total), sort=float(total.total), note=note)
