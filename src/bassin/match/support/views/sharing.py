"""Sharing a case, and the inbox of a partner."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bassin.errors import Refused
from bassin.match.support import actions_sharing, permissions, portfolio
from bassin.match.support.forms import AnswerForm, ShareForm
from bassin.match.support.models import Referral, Share
from bassin.match.support.views.common import (
    adviser,
    attempt,
    crumbs,
    mine_or_404,
    say,
    signed_in,
    today,
)
from bassin.parties.models import Organisation


@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Share a case by the firm's agreement, and ask the partner something at once if one wishes."""
    person, case = mine_or_404(request, pk)
    partners = Organisation.objects.exclude(kind=Organisation.Kind.FIRM)
    form = ShareForm(request.POST, partners=partners, today=today())

    def act(said: dict[str, Any]) -> None:
        facts = dict(said)
        need, words = facts.pop("need"), facts.pop("note")
        given = actions_sharing.share(case, by=person, today=today(), **facts)
        if need:
            actions_sharing.refer(given, by=person, need=need, note=words, today=today())

    refused = attempt(form, act)
    say(request, _("The case is shared, as the firm agreed."), refused)
    return redirect("support:case", case.pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an agreement back: the partner reads nothing any more."""
    person = signed_in(request)
    given = get_object_or_404(Share.objects.select_related("case"), pk=pk)
    if not permissions.can_write(person, given.case):
        raise Http404
    refused = None
    try:
        actions_sharing.withdraw(given, by=person, today=today())
    except Refused as refusal:
        refused = refusal
    say(request, _("The agreement is taken back: this partner reads nothing any more."), refused)
    return redirect("support:case", given.case_id)


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What other organisations ask of ours, and what ours asks of others."""
    person = adviser(request)
    received = list(portfolio.inbox(person))
    sent = list(portfolio.sent(person))
    context = {
        "living": [each for each in received if each.is_living],
        "over": [each for each in received if not each.is_living][-20:],
        "sent": [each for each in sent if each.is_living],
        "sent_over": [each for each in sent if not each.is_living][-20:],
        "most": Referral.MOST,
        "answer_form": AnswerForm(),
        "today": today(),
        "crumbs": crumbs((_("Requests between partners"), "")),
    }
    return render(request, "support/inbox.html", context)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request in charge, or say what came of it."""
    person = signed_in(request)
    referral = get_object_or_404(Referral.objects.select_related("share__case"), pk=pk)
    if not permissions.can_answer(person, referral):
        raise Http404
    refused = None
    try:
        _answer(referral, person, request.POST)
    except Refused as refusal:
        refused = refusal
    say(request, _("Your answer is written down: the adviser sees it."), refused)
    return redirect("support:inbox")


def _answer(referral: Referral, person: Any, said: Any) -> None:
    if said.get("do") == "take":
        actions_sharing.take(referral, by=person, today=today())
        return
    actions_sharing.end(
        referral, by=person, state=said.get("do", ""), answer=said.get("answer", ""), today=today()
    )
