"""Judging an answer of a quiz from a figure, with what the figure says today."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.debate.workshops import actions_statements, asking, forms_computed, truth
from bassin.debate.workshops.models import Statement
from bassin.debate.workshops.views import common
from bassin.debate.workshops.views.common import trail, url
from bassin.debate.workshops.views.writing import removed_page, sent
from bassin.errors import Refused
from bassin.ui.reader import language


def compute(request: HttpRequest, code: str, pk: int, answer: str) -> HttpResponse:
    """Say from which figure an answer is right; see what it gives before keeping it."""
    workshop, user = common.preparing(request, code)
    step = workshop.steps.select_related("statement").filter(pk=pk).first()
    statement = step.statement if step is not None else None
    option = statement.options.filter(code=answer).first() if statement is not None else None
    if statement is None or option is None:
        title, home = _("Compute an answer"), url("prepare", workshop)
        typed = forms_computed.ComputeForm(sent(request))
        path = trail(workshop, "prepare", title)
        return removed_page(request, typed, title=title, path=path, back=home)
    if statement.kind != Statement.Kind.QUIZ:
        raise Http404
    kept: dict[str, Any] = option.truth or {}
    back = reverse("workshops:edit_step", args=[code, pk])
    form = forms_computed.ComputeForm(request.POST or None, initial=forms_computed.first(kept))
    judged = _judged(kept) if kept and not form.is_bound else None
    if form.is_bound and form.is_valid():
        wanted = forms_computed.spec(form.cleaned_data)
        try:
            if "try" not in request.POST:
                actions_statements.judge(statement, answer, spec=wanted, workshop=workshop, by=user)
                messages.success(request, _("Saved."))
                return redirect(back)
            judged = _judged(truth.checked(wanted))
        except Refused as refused:
            form.add_error(None, str(refused))
    text = asking.said(option.text, language())
    context = {
        "crumbs": trail(workshop, "prepare", _("Compute an answer")), "form": form, "text": text,
        "question": asking.said(statement.text, language()), "judged": judged, "back": back,
    }  # fmt: skip
    return render(request, "workshops/compute.html", context, status=400 if form.errors else 200)


def _judged(spec: dict[str, Any]) -> dict[str, Any]:
    """What the figures say now, in the reader's words."""
    found = truth.judge(spec)
    return {
        "said": asking.said(found["said"], language()),
        "readings": [
            (asking.said(each["said"], language()), asking.said(each["source"], language()))
            for each in found["readings"]
        ],
    }
