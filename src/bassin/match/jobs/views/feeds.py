"""Change a source: its name, how far it is trusted, and what is asked of a service."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bassin.match.jobs import actions_imports as actions
from bassin.match.jobs import permissions
from bassin.match.jobs.forms_feeds import ANY, CONTRACTS, SINCE, FeedChangeForm, QueryForm
from bassin.match.jobs.knowledge import knowledge
from bassin.match.jobs.models import Feed
from bassin.match.jobs.views.common import communes, crumbs, house, require, signed_in
from bassin.types import Scale
from bassin.ui import editing


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Officers say what is asked of a source; two at once lose nothing."""
    person = signed_in(request)
    require(permissions.can_manage_feeds(person))
    found = get_object_or_404(Feed, slug=slug)
    form = _form(request, found)
    edited = editing.edit(
        request, form, record=found, reads=lambda: form.of(Feed.objects.get(pk=found.pk)),
        save=lambda given: actions.change_feed(
            found, by=person, title=given["title"], organisation=given["organisation"],
            trusted=given["trusted"], absences=given["absences"], query=form.query(),
        ),
    )  # fmt: skip
    if edited.saved:
        messages.success(request, _("The source is kept."))
        return redirect("jobs:feed", slug)
    steps = ((_("Sources of offers"), "jobs:feeds"), (found.title, ""))
    context = {"feed": found, "form": form, "edited": edited, "crumbs": crumbs(*steps)}
    return render(request, "jobs/feed_change.html", context, status=edited.status)


def _form(request: HttpRequest, found: Feed) -> FeedChangeForm:
    data = request.POST if request.method == "POST" else None
    if found.kind != Feed.Kind.FRANCE_TRAVAIL:
        return FeedChangeForm(data, initial=FeedChangeForm.of(found))
    opened = house()
    places = opened.territory.gazetteer(None).by_scale[Scale.DEPARTEMENT]
    return QueryForm(
        data, initial=QueryForm.of(found), communes=communes(),
        departements={each.code for each in places},
        trades=set(knowledge(opened).rome.labels),
    )  # fmt: skip


def asked(found: Feed) -> list[tuple[str, str]]:
    """What is asked of a service, in words."""
    known = QueryForm.of(found)
    named: dict[str, Any] = communes()
    contracts = {code: str(words) for code, words in CONTRACTS}
    where = known["departements"] or ", ".join(named.get(code, code) for code in known["communes"])
    full = {"yes": _("full time"), "no": _("part time")}.get(known["full_time"], str(ANY))
    return [
        (_("Where"), where or _("all the communes of the territory")),
        (_("Trades (ROME codes)"), known["trades"] or _("every trade")),
        (_("Contracts"), ", ".join(contracts.get(code, code) for code in known["contracts"])
         or _("every contract")),
        (_("Full time?"), full),
        (_("How long they have been on line"), str(dict(SINCE).get(known["since"], ""))),
    ]  # fmt: skip
