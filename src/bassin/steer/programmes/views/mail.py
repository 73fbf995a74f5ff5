"""The page behind the address of an acknowledgement: confirm what a report by e-mail proposes.

It needs no sign-in: its address is signed, for one report, and was sent to its author alone.
"""

from dataclasses import astuple
from urllib.parse import urlencode

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bassin.errors import Refused
from bassin.steer.programmes import actions_reports, permissions, rules
from bassin.steer.programmes.actions_reports import Change
from bassin.steer.programmes.forms_reports import ConfirmForm
from bassin.steer.programmes.mail import answers
from bassin.steer.programmes.mail.reading import Proposal
from bassin.steer.programmes.mail.reminders import titled
from bassin.steer.programmes.models import Update

TOLD_SALT = "bassin.steer.programmes.confirmed"
TOLD_SECONDS = 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What was reported, and what it proposes, to record in one tap or to correct."""
    found = answers.opened(token)
    if found is None or found[0].author is None:
        return render(request, "programmes/confirm_expired.html", status=410)
    update, proposal = found
    if not permissions.can_report(found[0].author, update.action):
        return render(request, "programmes/confirm_expired.html", status=410)
    if actions_reports.is_confirmed(update):
        return redirect("programmes:confirmed")
    form = _form(request, update, proposal)
    if form.is_valid():
        try:
            changes = actions_reports.confirm(
                update, today=timezone.localdate(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except PermissionDenied:
            return render(request, "programmes/confirm_expired.html", status=410)
        else:
            return redirect(_told(update, changes))
    return render(
        request,
        "programmes/confirm.html",
        {
            "form": form, "update": update, "proposal": proposal,
            "title": titled(update.action, english=request.LANGUAGE_CODE == "en"),
            "closable": update.action.lifecycle not in rules.OVER,
            "next": update.action.milestones.filter(done_on=None).first(),
        },
    )  # fmt: skip


def _form(request: HttpRequest, update: Update, proposal: Proposal) -> ConfirmForm:
    """What the page holds; a tap on what is done sends nothing else."""
    first = {
        "progress": proposal.progress, "health": proposal.health,
        "blocked_cause": update.action.blocked_cause,
    }  # fmt: skip
    sent = request.POST if request.method == "POST" else None
    return ConfirmForm(sent, initial=first, action=update.action)


def _told(update: Update, changes: list[Change]) -> str:
    """The address of the thanks, which says what changed to who just changed it."""
    said = {"u": update.pk, "c": [astuple(each) for each in changes]}
    sealed = signing.dumps(said, salt=TOLD_SALT, compress=True)
    return f"{reverse('programmes:confirmed')}?{urlencode({'dit': sealed})}"


@never_cache
@require_safe
def confirmed(request: HttpRequest) -> HttpResponse:
    """Thanks, and what changed."""
    try:
        said = signing.loads(request.GET.get("dit", ""), salt=TOLD_SALT, max_age=TOLD_SECONDS)
    except signing.BadSignature:
        said = {"c": []}
    changes = [Change(*each) for each in said["c"]]
    return render(request, "programmes/confirmed.html", {"changes": changes})
