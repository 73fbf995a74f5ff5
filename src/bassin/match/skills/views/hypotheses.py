"""The hypotheses of forecasts: all of them shown with why; officers write new ones."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bassin.errors import Refused
from bassin.indicators.numbers import number
from bassin.indicators.numbers import period as in_words
from bassin.match.skills import actions, permissions
from bassin.match.skills.forms import AssumptionForm
from bassin.match.skills.hypotheses import dated, declared, enough, question
from bassin.match.skills.models import Assumption
from bassin.match.skills.views.common import crumbs, here, language, require, signed_in, today
from bassin.taxonomies import naf
from bassin.types import Origin, Text
from bassin.ui.parts import Cell, Column, Row


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Those in force, then those that nobody wrote: the declared defaults and the questions."""
    code = request.GET.get("metier", "")
    among = here()
    known = code in among.rome.labels
    written = [
        each for each in Assumption.objects.on(today()) if not known or each.rome_code in ("", code)
    ]
    context = {
        "trade": among.trade(code) if known else None,
        "written": (_columns(), [_row(each) for each in written]) if written else None,
        "defaults": (_columns(), _defaults()),
        "questions": [
            (Assumption.Term(term).label, question(term).say(language()))
            for term in ("leavers", "near", "commuters", "turnover")
        ],
        "ages": Text.of(declared()["ages"]["why"]).say(language()),
        "exits": Text.of(declared()["exits"]["why"]).say(language()),
        "enough": Text.of(declared()["enough"]["why"]).say(language()),
        "least": enough(),
        "dated": dated(),
        "bands": _bands(),
        "work": among.work,
        "uncrossed": number(100 * among.work.uncrossed, 0, language()),
        "may_write": permissions.can_assume(request.user),
        "crumbs": crumbs((_("Hypotheses and method"), "")),
    }
    return render(request, "skills/hypotheses.html", context)


def _columns() -> list[Column]:
    return [
        Column(_("Term")), Column(_("For")), Column(_("low"), number=True),
        Column(_("central"), number=True), Column(_("high"), number=True),
        Column(_("Why")), Column(_("Since")),
    ]  # fmt: skip


def _row(each: Assumption) -> Row:
    sector = f"{each.sector} · {naf.label(each.sector, language())}" if each.sector else ""
    origin = Origin(each.origin)
    return Row(
        Cell(each.get_term_display()),
        [
            Cell(each.rome_code or sector or _("all trades")),
            *(Cell(number(value, 1, language(), trim=True), origin=origin)
              for value in (each.low, each.central, each.high)),
            Cell(each.why),
            Cell(in_words(each.applies_from.isoformat(), language())),
        ],
    )  # fmt: skip


def _defaults() -> list[Row]:
    rows = []
    for term in ("growth", "older", "ready", "insertion"):
        default = declared()[term]
        rows.append(
            Row(
                Cell(str(Assumption.Term(term).label)),
                [
                    Cell(_("all trades")),
                    *(Cell(number(each, 1, language(), trim=True)) for each in default["values"]),
                    Cell(Text.of(default["why"]).say(language())),
                    Cell(in_words(dated().isoformat(), language())),
                ],
            )
        )
    return rows


def _bands() -> list[tuple[str, str]]:
    """The ages of those at work, as supposed."""
    bands = declared()["ages"]["bands"]
    return [
        (_("from {age}").format(age=start), f"{number(share, 1, language(), trim=True)} %")
        for start, share in bands
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A new hypothesis; the ones before it stay and are followed by it."""
    person = signed_in(request)
    require(permissions.can_assume(person))
    first: dict[str, Any] = {"applies_from": today(), "rome_code": request.GET.get("metier", "")}
    form = AssumptionForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.assume(by=person, today=today(), **form.written())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written. Forecasts rest on it from that day on."))
            return redirect("skills:hypotheses")
    steps = ((_("Hypotheses and method"), "skills:hypotheses"), (_("A new hypothesis"), ""))
    return render(request, "skills/assume.html", {"form": form, "crumbs": crumbs(*steps)})
