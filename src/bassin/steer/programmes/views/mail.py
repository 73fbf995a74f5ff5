"""The page behind the address of an acknowledgement: confirm what a report by e-mail proposes.

It needs no sign-in: its address is signed, for one report, and was sent to its author alone.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bassin.errors import Refused
from bassin.steer.programmes import actions_reports, permissions
from bassin.steer.programmes.forms_reports import ConfirmForm
from bassin.steer.programmes.mail import answers
from bassin.steer.programmes.mail.reminders import titled


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What was reported, and the figure and health that it proposes, to record or to correct."""
    found = answers.opened(token)
    if found is None or found[0].author is None:
        return render(request, "programmes/confirm_expired.html", status=410)
    update, proposal = found
    if not permissions.can_report(found[0].author, update.action):
        return render(request, "programmes/confirm_expired.html", status=410)
    if actions_reports.is_confirmed(update):
        return redirect("programmes:confirmed")
    action = update.action
    first = {
        "progress": proposal.progress, "health": proposal.health,
        "blocked_cause": action.blocked_cause,
    }  # fmt: skip
    form = ConfirmForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions_reports.confirm(update, today=timezone.localdate(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except PermissionDenied:
            return render(request, "programmes/confirm_expired.html", status=410)
        else:
            return redirect("programmes:confirmed")
    return render(
        request,
        "programmes/confirm.html",
        {
            "form": form, "update": update, "proposal": proposal,
            "title": titled(action, english=request.LANGUAGE_CODE == "en"),
        },
    )  # fmt: skip


@require_safe
def confirmed(request: HttpRequest) -> HttpResponse:
    """Thanks."""
    return render(request, "programmes/confirmed.html")
