"""What if: what a firm is and what it would be, side by side."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bassin.match.aids import asking
from bassin.match.aids.changes import BEFORE, before, compared
from bassin.match.aids.shown import Shown, one
from bassin.match.aids.views.answers import Answered, answered, known_facts
from bassin.match.aids.views.common import crumbs, here, language, today
from bassin.pairing.conditions import State

FIELDS = ("etape", "commune", "effectif", "embauches", "depense", "projet")
"""What people change most."""


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The aids that open, come nearer or close; and what to change."""
    first, second = asking.cleaned(before(request.GET)), asking.cleaned(request.GET)
    form = asking.form(second)
    was = answered(asking.profile(asking.form(first), first))
    would = answered(asking.profile(form, second))
    back = f"{reverse('aids:answers')}?{first.urlencode()}"
    context = {
        "form": form,
        "fields": [form[name] for name in FIELDS],
        "errors": form.errors,
        "hidden": [
            *((BEFORE + name, value) for name in first for value in first.getlist(name)),
            *((name, value) for name in second if name not in FIELDS
              for value in second.getlist(name)),
        ],
        "sides": _sides(was, would),
        "groups": (moved := _groups(was, would)),
        "moved_any": any(listed for _title, listed in moved),
        "back": back,
        "crumbs": crumbs((_("Your answers"), back), (_("What if"), "")),
    }  # fmt: skip
    return render(request, "aids/changes.html", context)


def _sides(was: Answered, would: Answered) -> list[dict[str, Any]]:
    wording = here().wording(language())
    told = dict(known_facts(was.known, wording))
    sides = []
    for title, each in ((_("Today"), was), (_("What if"), would)):
        states = [one.state for one in each.decided]
        sides.append(
            {"title": title, "yes": states.count(State.YES), "ask": states.count(State.ASK),
             "no": states.count(State.NO),
             "facts": [(label, said, told.get(label) != said)
                       for label, said in known_facts(each.known, wording)]}
        )  # fmt: skip
    return sides


def _groups(was: Answered, would: Answered) -> list[tuple[str, list[Shown]]]:
    """The aids that change, by what they become."""
    found = compared(was.decided, would.decided)
    titles = {
        State.YES: _("They open"), State.ASK: _("They become possible"), State.NO: _("They close"),
    }  # fmt: skip
    cost = would.profile.investment
    wording = here().wording(language())
    return [
        (title, [one(each.after, would.known, wording, today(), cost.low if cost else None, ())
                 for each in found if each.after.state is state])
        for state, title in titles.items()
    ]  # fmt: skip
