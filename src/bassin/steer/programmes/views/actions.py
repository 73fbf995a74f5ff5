"""One action: its health and lateness in words, then promised, done, money, moved figures."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin import systems
from bassin.commons import permissions as shared
from bassin.errors import Refused, SourceError
from bassin.parties.access import User
from bassin.steer.programmes import drawing, figures, history, permissions, rules, words
from bassin.steer.programmes.models import Action, Milestone, Node, Update
from bassin.steer.programmes.views.common import (
    action_of,
    action_url,
    crumbs,
    framework_url,
    or_sign_in,
    others_cards,
    today,
    viewer,
)
from bassin.types import Origin, Text
from bassin.ui.opened import house
from bassin.ui.parts import Cell, Column, Crumb, Moment, Row

RECENT = 30
PLACE_FILL = "#0B4F6C"


@require_safe
@or_sign_in
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of an action, with what its reader may see of it."""
    action, user, on = action_of(request, pk), viewer(request), today()
    steps, updates = list(action.milestones.all()), list(action.updates.all()[:RECENT])
    claims = action.contributions.prefetch_related("targets").select_related("reviewed_by")
    title = Text(action.title, action.title_en).say(words.language())
    context: dict[str, Any] = {
        "action": action,
        "title": title,
        "text": Text(action.text, action.text_en).say(words.language()),
        "crumbs": crumbs(Crumb(title)),
        "last": updates[0] if updates else None,
        "steps": [_step(each, on) for each in steps],
        "updates": [_moment(each) for each in updates],
        "places": _places(action, user),
        "moved": figures.moved(list(claims), on),
        "decisions": [
            each
            for each in action.decisions.select_related("body")
            if permissions.can_see_decision(user, each)
        ],
        "cards": others_cards("action", action.ref),
        "born_of": systems.resolve(action.source, words.language()) if action.source else None,
        "history": history.of(action, user) if permissions.can_edit(user, action) else [],
        **_standing(action, steps, on),
        **_people(action, user),
        **_money(action, user),
        **_where(action),
        **_doors(action, user),
    }
    return render(request, "programmes/action.html", context)


def _standing(action: Action, steps: list[Milestone], on: date) -> dict[str, Any]:
    """Its stage, health, lateness and progress, in words."""
    reported = action.updates.exclude(progress=None).values_list("progress", flat=True).first()
    late = rules.late(action, steps, on)
    made = rules.progress_of(action.lifecycle, steps, reported)
    return {
        "stage": words.stage(action.lifecycle),
        "stage_tag": words.STAGE_TAGS.get(action.lifecycle, "plain"),
        "health": words.health(action.health),
        "health_tag": words.HEALTH_TAGS.get(action.health, "check"),
        "late": late,
        "late_said": words.late_in_full(late),
        "span": words.span(action.starts_on, action.ends_on, action.starts_to, action.ends_to),
        "progress": words.progress(made),
        "basis": words.basis(made),
    }


def _step(step: Milestone, on: date) -> Moment:
    """A step on the line of time; without a date it is to come."""
    day = step.done_on or step.due_on
    state: Literal["done", "late", "next"]
    state = "done" if step.done_on else "late" if step.due_on and step.due_on < on else "next"
    when = words.day(day) if day else _("no date")
    detail = ""
    if step.done_on and step.due_on:
        detail = _("was due on {day}").format(day=words.day(step.due_on))
    return Moment(when, day.isoformat() if day else "", step.said, state, detail)


def _moment(update: Update) -> Moment:
    said = words.join((
        words.reported(update.progress)
        if update.progress is not None
        else _("no progress given"),
        words.health(update.health) if update.health else "",
        update.author_name,
        _("by e-mail") if update.via == "email" else "",
        _("evidence: {text}").format(text=update.evidence) if update.evidence else "",
        _("invented") if update.origin == Origin.INVENTED else "",
    ))  # fmt: skip
    return Moment(words.day(update.on), update.on.isoformat(), update.said, "done", said)


def _places(action: Action, user: User) -> list[tuple[str, str, str, bool]]:
    """Where it stands: (framework, its address, the path to its node, whether it is primary)."""
    language = words.language()
    found = []
    placed = action.placements.select_related("framework", "node__parent__parent")
    for each in placed.order_by("framework", "-primary", "pk"):
        if not permissions.can_see_framework(user, each.framework):
            continue
        path: list[str] = []
        node: Node | None = each.node
        while node is not None:
            path.append(f"{node.number} {Text(node.title, node.title_en).say(language)}".strip())
            node = node.parent
        title = Text(each.framework.title, each.framework.title_en).say(language)
        found.append((title, framework_url(each.framework), " › ".join(reversed(path)),
                      each.primary))  # fmt: skip
    return found


def _people(action: Action, user: User) -> dict[str, Any]:
    """Who holds it and who takes part, by role; its operation when one may see that too."""
    named = [
        (str(each.get_role_display()), str(each.person or each.organisation or ""))
        for each in action.roles.all()
    ]
    operation = action.operation
    if operation is not None and not shared.can_see(user, operation):
        operation = None
    return {"holder": action.holder, "roles": named, "operation": operation}


def _money(action: Action, user: User) -> dict[str, Any]:
    """The three amounts, per funder and year; requests without an answer are for insiders."""
    lines = list(action.fundings.select_related("organisation"))
    columns = [
        Column(_("Funder")), Column(_("Year"), number=True), Column(_("Planned (€)"), number=True),
        Column(_("Committed (€)"), number=True), Column(_("Paid (€)"), number=True),
        Column(_("Source")),
    ]  # fmt: skip
    rows = [
        Row(
            Cell(text=words.join((str(each.organisation), each.scheme))),
            [
                Cell(text=str(each.year), sort=each.year),
                *(
                    _euros(v, each.origin)
                    for v in (each.planned_eur, each.committed_eur, each.paid_eur)
                ),
                Cell(text=each.source) if each.source else Cell(why=_("no source")),
            ],
        )
        for each in lines
    ]
    shown = permissions.can_see_internal(user, action)
    return {
        "money": words.three(rules.money(lines)) if lines else [],
        "cost": words.amount(rules.amount([action.cost_eur])) if action.cost_eur else "",
        "money_table": (columns, rows),
        "requests": list(action.funding_requests.select_related("organisation")) if shown else [],
        "internal": shown,
    }


def _euros(value: Any, origin: str) -> Cell:
    if value is None:
        return Cell(why=_("not known"))
    text = words.amount(rules.amount([value]))
    return Cell(text=text, sort=float(value), origin=Origin(origin))


def _where(action: Action) -> dict[str, Any]:
    """Its communes, by name and on the map."""
    named = words.communes()
    codes = [str(code) for code in action.commune_codes or []]
    listed = [(named.get(code, code), code if code in named else "") for code in codes]
    said = ", ".join(name for name, _code in listed)
    drawn = ""
    if listed:
        try:
            fills = dict.fromkeys(codes, PLACE_FILL)
            drawn = drawing.communes(house(), fills, title=_("Where it takes place"), said=said)
        except (Refused, SourceError):
            drawn = ""
    return {"communes": listed, "map": drawn}


def _doors(action: Action, user: User) -> dict[str, Any]:
    """The addresses of what its reader may do."""
    may = {
        "report": permissions.can_report(user, action),
        "edit": permissions.can_edit(user, action),
        "place": permissions.can_place(user, action),
        "archive": permissions.can_archive(user, action),
    }
    sees_block = may["report"] or permissions.can_see_internal(user, action)
    return {
        "may": may,
        "sees_block": sees_block,
        "urls": {name: action_url(action.pk, name) for name in may},
    }
