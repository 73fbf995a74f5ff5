"""The chain in one screen: of a case, or of a signal that no case follows yet, on a day."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bassin import chain as told_chain
from bassin import systems
from bassin.match.support import permissions
from bassin.match.support.chain import Asked, stages
from bassin.match.support.models import Case
from bassin.match.support.views import pack
from bassin.match.support.views.common import (
    adviser,
    communes,
    crumbs,
    forgotten_on,
    house,
    language,
    read_or_404,
    readers,
    today,
)
from bassin.parties.models import Person

ABOUT = ("aids", "jobs")
"""Systems whose card of a firm is shown on its case."""


def told(case: Case, language: str) -> dict[str, Any]:
    """What other systems say of this case, asked by its SIRET or by its number."""
    cards = systems.cards("case", case.reference, language)
    if case.siret and house().reader.name:
        cards += [
            each for each in systems.cards("firm", case.siret, language) if each.system in ABOUT
        ]
    return {
        "cards": cards,
        "aids_url": pack.aids(case),
        "origin": systems.resolve(case.source, language) if case.source else None,
        "becomes": systems.takings("idea", case.reference, "", language),
        "became": systems.became([case.reference], language).get(case.reference, []),
    }


def evidence(reference: str, person: Person) -> dict[str, Any]:
    """What a new case is filled in with from a signal, for who may see it: its firm, its proofs."""
    alarm = told_chain.alarm(reference, person, today(), language())
    if alarm is None:
        return {}
    lines = [f"{alarm.what} ({alarm.basis})."]
    lines += [" · ".join(filter(None, (date_format(on, "j F Y"), words, source)))
              for on, words, source in alarm.proofs]  # fmt: skip
    lines.append(_("Jobs that hang on it: {jobs}.").format(jobs=alarm.jobs))
    same = alarm.low is not None and alarm.low == alarm.high
    return {
        "firm_name": alarm.who, "commune_code": alarm.commune_code, "text": "\n".join(lines),
        "headcount": alarm.low if same else None,
    }  # fmt: skip


@require_safe
def of_case(request: HttpRequest, pk: int) -> HttpResponse:
    """The chain of a case, for who reads it, as far as they read it."""
    person, case = read_or_404(request, pk)
    trail = crumbs((case.firm_name, reverse("support:case", args=[case.pk])), (_("The chain"), ""))
    return _shown(request, person, case, case.source, trail)


@require_safe
def of_signal(request: HttpRequest) -> HttpResponse:
    """The chain of a signal, for who sees it; that of its case once there is one."""
    person = adviser(request)
    reference = request.GET.get("de", "")[:120]
    case = permissions.readable(person).filter(source=reference).first() if reference else None
    if case is not None:
        query = {"au": request.GET["au"]} if request.GET.get("au") else {}
        address = reverse("support:chain", args=[case.pk])
        return redirect(f"{address}?{urlencode(query)}" if query else address)
    if told_chain.alarm(reference, person, today(), language()) is None:
        raise Http404
    return _shown(request, person, None, reference, crumbs((_("The chain"), "")))


def _shown(
    request: HttpRequest, person: Person, case: Case | None, reference: str, trail: Any
) -> HttpResponse:
    day, why = asked_day(request.GET.get("au", ""), today())
    alarm = told_chain.alarm(reference, person, day, language()) if reference else None
    asked = Asked(person, day, today(), language(), case, reference, alarm)
    writes = case is not None and permissions.can_write(person, case)
    context = {
        "case": case, "alarm": alarm, "stages": stages(asked), "day": day, "why": why,
        "past": day < today(), "began": asked.began, "reference": reference,
        "commune": communes().get(case.commune_code, "") if case else "",
        "readers": readers(case) if case else [], "writes": writes,
        "forgotten_on": forgotten_on(case) if case else None, "today": today(), "crumbs": trail,
    }  # fmt: skip
    return render(request, "support/chain.html", context, status=400 if why else 200)


def asked_day(text: str, now: date) -> tuple[date, str]:
    """The day of an address, today without one; and why it cannot be read, "" when it can."""
    if not text.strip():
        return now, ""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return now, _("“{text}” is no day: write it as 2023-06-15.").format(text=text.strip()[:20])
    if found > now:
        return now, _("This day is still to come: nothing is known of it.")
    return found, ""
