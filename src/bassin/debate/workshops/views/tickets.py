"""Tickets to print, lost ones replaced; and the answers that papers and proxies hold."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bassin.debate.workshops import (
    actions_tickets,
    asking,
    conducting,
    devices,
    forms_live,
    questions,
    tickets_paper,
)
from bassin.debate.workshops.actions_tickets import Issued
from bassin.debate.workshops.forms import PaperForm, TicketsForm
from bassin.debate.workshops.models import Ticket, Workshop
from bassin.debate.workshops.views import common
from bassin.debate.workshops.views.common import done, trail, url
from bassin.errors import Refused
from bassin.systems import call
from bassin.ui.papers import MEDIA
from bassin.ui.papers.slips import slips
from bassin.ui.reader import language, today

BY_PAGE = 200


@require_http_methods(["GET", "HEAD", "POST"])
def tickets(request: HttpRequest, code: str) -> HttpResponse:
    """The tickets of a workshop, and a form to print more. They are shown once: when made."""
    workshop, user = common.running(request, code)
    form = TicketsForm(request.POST or None, workshop=workshop)
    if form.is_bound and form.is_valid():
        try:
            made = actions_tickets.issue(workshop, by=user, today=today(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _printed(request, workshop, made)
    listed = workshop.tickets.filter(channel__in=actions_tickets.PRINTED).order_by("number")
    context = {
        "crumbs": trail(workshop, "run", _("Tickets")), "workshop": workshop, "form": form,
        "tickets": listed[:BY_PAGE], "total": listed.count(), "back": url("run", workshop),
        "used": listed.filter(state=Ticket.State.CLAIMED).count(),
    }  # fmt: skip
    status = 400 if form.errors else 200
    return render(request, "workshops/tickets.html", context, status=status)


def _printed(request: HttpRequest, workshop: Workshop, made: list[Issued]) -> HttpResponse:
    page = f"{devices.page(workshop.code)}t/"
    slips = [(each, request.build_absolute_uri(f"{page}{each.token}/")) for each in made]
    context = {
        "crumbs": trail(workshop, "run", _("Tickets")), "workshop": workshop, "slips": slips,
        "title": asking.said(workshop.title, language()), "back": url("tickets", workshop),
        "tokens": " ".join(each.token for each in made),
    }  # fmt: skip
    response = render(request, "workshops/tickets_made.html", context)
    # The tokens are on this page alone: no cache may keep it.
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def tickets_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The tickets just made, as a PDF to cut out: the page that shows them sends their tokens."""
    workshop, _user = common.running(request, code)
    sent = common.text(request.POST, "tokens").split()[: actions_tickets.MOST_AT_ONCE]
    found = actions_tickets.held(workshop, sent)
    if not found:
        raise Http404
    page = f"{devices.page(workshop.code)}t/"
    sheet = tickets_paper.sheet(
        workshop, [(each, request.build_absolute_uri(f"{page}{each.token}/")) for each in found],
        author=str(call(settings.UI_HOUSE)().territory_name), language=language(),
    )  # fmt: skip
    response = HttpResponse(slips(sheet), content_type=MEDIA["pdf"])
    response.headers["Content-Disposition"] = f'attachment; filename="billets-{code}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def ticket_deed(request: HttpRequest, code: str, pk: int, name: str) -> HttpResponse:
    """Withdraw a ticket, or replace a lost one."""
    workshop, user = common.running(request, code)
    ticket = get_object_or_404(Ticket.objects.select_related("workshop"), pk=pk, workshop=workshop)
    back = url("tickets", workshop)
    if name == "revoke":
        said = _("Ticket {number} no longer answers.").format(number=ticket.number)
        return done(request, lambda: actions_tickets.revoke(ticket, by=user), back, said)
    try:
        made = actions_tickets.replace(ticket, by=user, today=today())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(back)
    return _printed(request, workshop, [made])


@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, code: str) -> HttpResponse:
    """Enter what papers and proxies answer to the question that is open."""
    workshop, user = common.running(request, code)
    asked = conducting.current_round(workshop)
    if asked is None or asked.state not in conducting.RUNNING:
        messages.info(request, _("No question is open: papers are entered while one is."))
        return redirect(url("run", workshop))
    form = PaperForm(request.POST or None, workshop=workshop)
    filled: list[tuple[str, str]] = []
    if form.is_bound:
        filled = [(key, value) for key, found in request.POST.lists() for value in found]
        if form.is_valid():
            try:
                sent = forms_live.parsed(asked.asked, filled)
                actions_tickets.enter(
                    asked, sent=sent, by=user, now=timezone.now(), **form.cleaned_data
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                number = form.cleaned_data["number"]
                messages.success(request, _("Paper {number} is counted.").format(number=number))
                return redirect(f"{url('papers', workshop)}?next={number + 1}")
    else:
        form.initial["number"] = common.number(request.GET, "next") or None
    context = _paper_page(workshop, asked, form, filled)
    return render(request, "workshops/papers.html", context, status=400 if form.errors else 200)


def _paper_page(workshop: Workshop, asked: Any, form: PaperForm, filled: Any) -> dict[str, Any]:
    kinds = {"paper": _("paper"), "proxy": _("proxy")}
    spoken = language()
    return {
        "crumbs": trail(workshop, "run", _("Papers and proxies")),
        "workshop": workshop, "form": form, "back": url("run", workshop),
        "language": spoken, "question": questions.question(asked.asked, spoken, filled),
        "paused": asked.state == asked.State.PAUSED,
        "entered": [
            f"{kinds[channel]} {number}" for channel, number in actions_tickets.entered(asked)
        ],
    }  # fmt: skip
