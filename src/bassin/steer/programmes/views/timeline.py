"""A framework over time: the timeline of an axis, and what its parts became in other versions."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bassin.steer.programmes import drawing, permissions, tree, words
from bassin.steer.programmes.models import Framework, Milestone, Node, NodeLineage
from bassin.steer.programmes.standing import Standing
from bassin.steer.programmes.views.common import (
    action_url,
    framework_of,
    framework_url,
    or_sign_in,
    seen_lines,
    today,
    viewer,
)
from bassin.steer.programmes.views.frameworks import head, lines_of
from bassin.types import Text
from bassin.ui.parts import Cell, Column, Moment, Row, Tab

MOST_BARS = 60


@require_safe
@or_sign_in
def gantt(request: HttpRequest, slug: str) -> HttpResponse:
    """The actions of one axis on a line of time, with their steps."""
    framework = framework_of(request, slug)
    built = tree.build(framework, lines_of(framework, viewer(request), whole=False), sums=False)
    axes = [root for root in built.roots if root.below]
    chosen = built.find(request.GET.get("axe", "")) or (axes[0] if axes else None)
    lines = chosen.below if chosen else []
    dated = [each for each in lines if each.starts_on or each.ends_on]
    steps = _steps(lines)
    dated += [each for each in lines if each not in dated and steps[each.pk]]
    dated.sort(key=lambda each: (each.starts_on or each.ends_on or date.max, each.pk))
    shown = dated[:MOST_BARS]
    seen_lines(request, shown)
    url = framework_url(framework, "timeline")
    language = words.language()
    context = head(request, framework, "timeline") | {
        "axes": [
            Tab(
                f"{a.node.number} {a.title.say(language)}".strip(),
                f"{url}?axe={a.node.code}",
                a is chosen,
            )
            for a in axes
        ],
        "chosen": chosen.title.say(language) if chosen else "",
        "drawn": _draw(shown, steps, chosen.title.say(language) if chosen else ""),
        "table": _table(shown, steps),
        "undated": len(lines) - len(dated),
        "cut": len(dated) - len(shown),
        "moments": _moments(lines, steps),
    }
    return render(request, "programmes/timeline.html", context)


def _steps(lines: Iterable[Standing]) -> dict[int, list[Milestone]]:
    found: dict[int, list[Milestone]] = defaultdict(list)
    for step in Milestone.objects.filter(action__in=[each.pk for each in lines]):
        if step.done_on or step.due_on:
            found[step.action_id].append(step)
    return found


def _draw(lines: list[Standing], steps: dict[int, list[Milestone]], axis: str) -> str:
    language = words.language()
    bars = [
        drawing.Bar(
            each.title.say(language), each.starts_on, each.ends_on, each.late is not None,
            each.lifecycle == "done",
            tuple(
                (day, step.done_on is not None)
                for step in steps[each.pk]
                if (day := step.done_on or step.due_on)
            ),
        )
        for each in lines
    ]  # fmt: skip
    late = sum(each.late is not None for each in lines)
    said = words.join((
        ngettext("{count} action with dates", "{count} actions with dates", len(lines)).format(
            count=len(lines)
        ),
        ngettext("{count} late", "{count} late", late).format(count=late) if late else "",
    ))  # fmt: skip
    title = _("Timeline of {axis}").format(axis=axis)
    return drawing.gantt(bars, today=today(), title=title, said=said, now=_("today"))


def _table(
    lines: list[Standing], steps: dict[int, list[Milestone]]
) -> tuple[list[Column], list[Row]]:
    columns = [
        Column(_("Action")), Column(_("Starts")), Column(_("Ends")), Column(_("Stage")),
        Column(_("Lateness")), Column(_("Steps")),
    ]  # fmt: skip
    rows = [
        Row(
            Cell(text=each.title.say(words.language()), url=action_url(each.pk)),
            [
                *(
                    Cell(text=words.dated(day, to)) if day else _none()
                    for day, to in ((each.starts_on, each.starts_to), (each.ends_on, each.ends_to))
                ),
                Cell(text=words.stage(each.lifecycle)),
                Cell(text=words.late(each.late)),
                Cell(text="\n".join(_said(step) for step in steps[each.pk])),
            ],
        )
        for each in lines
    ]
    return columns, rows


def _none() -> Cell:
    return Cell(why=_("no date"))


def _said(step: Milestone) -> str:
    if step.done_on:
        return _("{title}: done on {day}").format(title=step.said, day=words.day(step.done_on))
    return _("{title}: due on {day}").format(title=step.said, day=words.day(step.due_on))


def _moments(lines: Iterable[Standing], steps: dict[int, list[Milestone]]) -> list[Moment]:
    """The steps of the axis in order, for a narrow screen."""
    on, named = today(), {each.pk: each.title.say(words.language()) for each in lines}
    found = []
    for step in (step for listed in steps.values() for step in listed):
        day = step.done_on or step.due_on or on
        state: Any = "done" if step.done_on else "late" if day < on else "next"
        title = f"{step.said} — {named[step.action_id]}"
        found.append(Moment(words.day(day), day.isoformat(), title, state))
    return sorted(found, key=lambda each: each.iso)[:MOST_BARS]


@require_safe
@or_sign_in
def lineage(request: HttpRequest, slug: str) -> HttpResponse:
    """Where each part of this version comes from, and what became of it in the next."""
    framework = framework_of(request, slug)
    user, language = viewer(request), words.language()
    links = NodeLineage.objects.select_related("before__framework", "after__framework")
    before = [
        each
        for each in links.filter(after__framework=framework)
        if each.before is None or permissions.can_see_framework(user, each.before.framework)
    ]
    after = [
        each
        for each in links.filter(before__framework=framework)
        if each.after is None or permissions.can_see_framework(user, each.after.framework)
    ]
    context = head(request, framework, "lineage") | {
        "ancestors": _versions(framework.ancestors.visible_to(user)),
        "heirs": _versions(framework.heirs.visible_to(user)),
        "came_from": _lineage(before, language, forward=False),
        "became": _lineage(after, language, forward=True),
    }
    return render(request, "programmes/lineage.html", context)


def _versions(found: Iterable[Framework]) -> list[tuple[str, str, str]]:
    return [
        (Text(each.title, each.title_en).say(words.language()), framework_url(each, "lineage"),
         words.years(each.starts_on, each.ends_on))
        for each in found
    ]  # fmt: skip


def _lineage(
    links: list[NodeLineage], language: str, *, forward: bool
) -> tuple[list[Column], list[Row]]:
    columns = [
        Column(_("Here")), Column(_("What became of it") if forward else _("Where it comes from")),
        Column(_("Other version")), Column(_("Note")),
    ]  # fmt: skip
    rows = []
    for each in links:
        ours, theirs = (each.before, each.after) if forward else (each.after, each.before)
        if ours is None:
            continue
        other = _named(theirs, language) if theirs else "—"
        version = theirs.framework.title if theirs else ""
        rows.append(
            Row(
                Cell(text=_named(ours, language)),
                [
                    Cell(
                        text=f"{each.get_kind_display()} : {other}"
                        if theirs
                        else str(each.get_kind_display())
                    ),
                    Cell(text=version),
                    Cell(text=each.note),
                ],
            )
        )
    return columns, rows


def _named(node: Node, language: str) -> str:
    return f"{node.number} {Text(node.title, node.title_en).say(language)}"
