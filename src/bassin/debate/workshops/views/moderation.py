"""Reading what people wrote: show, hide, merge, group; every decision listed, with its way back."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bassin.debate.workshops import actions_moderation, asking, suggesting
from bassin.debate.workshops.actions_moderation import Said
from bassin.debate.workshops.models import Expression, Round
from bassin.debate.workshops.views import common
from bassin.debate.workshops.views.common import done, trail, url
from bassin.ui.reader import language

MOST_PROPOSED = 12
MOST_LISTED = 30


def _closed(request: HttpRequest, code: str, pk: int) -> tuple[Round, Any]:
    workshop, user = common.running(request, code)
    found = get_object_or_404(
        Round.objects.select_related("workshop", "step__statement"), pk=pk, workshop=workshop
    )
    return found, user


@require_safe
def texts(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What people wrote in one round."""
    held, user = _closed(request, code, pk)
    said = actions_moderation.gather(held, by=user)
    context = {
        "crumbs": trail(held.workshop, "run", _("What was written")),
        "workshop": held.workshop,
        "round": held,
        "question": asking.said(held.asked["text"], language()),
        "said": said,
        "waiting": [each.expression for each in said if each.waits],
        "words": held.asked["kind"] == "words",
        "themes": _by_theme(said),
        "proposed": _proposed(said),
        "apart": [merged for each in said for merged in each.merged],
        "moved": held.moderations.select_related("done_by")[:MOST_LISTED],
        "back": url("run", held.workshop),
    }
    return render(request, "workshops/texts.html", context)


def _by_theme(said: list[Said]) -> list[tuple[str, list[Said]]]:
    """What was said, by theme; what has none first, because it waits to be grouped."""
    themes: dict[str, list[Said]] = {}
    for each in said:
        themes.setdefault(each.expression.theme, []).append(each)
    return sorted(themes.items(), key=lambda item: item[0].casefold())


def _proposed(said: list[Said]) -> list[tuple[Said, Said]]:
    """Pairs that look alike."""
    pairs = suggesting.alike([each.expression.label for each in said])
    return [(said[one], said[other]) for one, other in pairs[:MOST_PROPOSED]]


@require_POST
def decide(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Decide on the texts that are ticked; the button pressed says what."""
    held, user = _closed(request, code, pk)
    name = request.POST.get("do", "")
    if name not in _VERBS:
        raise Http404
    ticked = [common.number({"text": each}, "text") for each in request.POST.getlist("text")]
    expressions = list(held.expressions.select_related("round__workshop").filter(pk__in=ticked))
    verb, said = _VERBS[name]
    return done(
        request, lambda: verb(expressions, request.POST, {"by": user, "now": timezone.now()}),
        url("texts", held.workshop, held.pk), said(),
    )  # fmt: skip


Verb = Callable[[list[Expression], Any, dict[str, Any]], Any]
_VERBS: dict[str, tuple[Verb, Callable[[], str]]] = {
    "show": (lambda e, sent, who: actions_moderation.show(e, **who), lambda: _("Shown.")),
    "hide": (
        lambda e, sent, who: actions_moderation.hide(e, why=common.text(sent, "why"), **who),
        lambda: _("Not shown; the reason is kept."),
    ),
    "merge": (
        lambda e, sent, who: actions_moderation.merge(e, label=_label(e, sent), **who),
        lambda: _("Counted as one. You can set them apart again below."),
    ),
    "group": (
        lambda e, sent, who: actions_moderation.group(e, theme=common.text(sent, "theme"), **who),
        lambda: _("Grouped."),
    ),
    "part": (
        lambda e, sent, who: [actions_moderation.part(each, **who) for each in e],
        lambda: _("Set apart again."),
    ),
}


def _label(expressions: list[Expression], sent: Any) -> str:
    """The words chosen; the longest of the texts when none were written."""
    longest = max((each.label for each in expressions), key=len, default="")
    return common.text(sent, "label").strip() or longest
