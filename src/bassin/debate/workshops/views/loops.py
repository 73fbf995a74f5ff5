"""The card of a loop, filled by hand beside the questions about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bassin.debate.workshops import actions_statements, asking, forms_loops
from bassin.debate.workshops.models import Statement
from bassin.debate.workshops.views import common
from bassin.debate.workshops.views.common import trail, url
from bassin.debate.workshops.views.writing import Opened, form_page, removed_page, sent
from bassin.ui.reader import language


def loop(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Write the card that stands beside a question."""
    workshop, user = common.preparing(request, code)
    step = workshop.steps.select_related("statement").filter(pk=pk).first()
    title = _("Card of an eco-development loop")
    if step is None:
        typed = forms_loops.LoopForm(sent(request), workshop=workshop)
        path, home = trail(workshop, "prepare", title), url("prepare", workshop)
        return removed_page(request, typed, title=title, path=path, back=home)
    statement = step.statement
    if statement is None:
        raise Http404
    kept = statement.loop or {}
    shared = forms_loops.sharing(statement, workshop)
    back = url("edit_step", workshop, pk)

    def save(typed: dict[str, Any]) -> str:
        chosen = {int(each) for each in typed["beside"]} | {statement.pk}
        asked = list(Statement.objects.filter(pk__in=chosen, steps__workshop=workshop).distinct())
        facts = forms_loops.facts(typed, kept)
        left = [each for each in shared if each.pk not in chosen]
        actions_statements.show_loop(left, facts={}, workshop=workshop, by=user)
        actions_statements.show_loop(asked, facts=facts, workshop=workshop, by=user)
        messages.success(request, _("Saved.") if facts else _("The card is taken away."))
        return back

    form = forms_loops.LoopForm(
        sent(request), workshop=workshop, initial=forms_loops.first(statement, workshop)
    )
    return form_page(
        request, form, save, title=title, submit=_("Save"), path=trail(workshop, "prepare", title),
        back=back, lede=_("{question} The score is geometric: nothing makes up for a condition at "
                          "zero. A level rests on evidence. Without a name, the card is taken "
                          "away.").format(question=asking.said(statement.text, language())),
        opened=Opened(
            lambda: forms_loops.first(Statement.objects.get(pk=statement.pk), workshop),
            [statement, workshop],
        ),
    )  # fmt: skip
