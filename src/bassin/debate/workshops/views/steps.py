"""Writing one step of a run sheet: what it shows, or the question it asks."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bassin.commons.edition import Conflict
from bassin.debate.workshops import (
    actions_editing,
    actions_statements,
    asking,
    conducting,
    forms_questions,
)
from bassin.debate.workshops.actions_statements import WITH_OPTIONS
from bassin.debate.workshops.forms import STEP_FORMS, StepForm
from bassin.debate.workshops.forms_questions import QuestionForm
from bassin.debate.workshops.models import Statement, Step, Workshop
from bassin.debate.workshops.preparing import in_french
from bassin.debate.workshops.views import common
from bassin.debate.workshops.views.common import number, trail, url
from bassin.debate.workshops.views.writing import (
    Opened,
    base_of,
    form_page,
    given_back,
    removed_page,
    saved,
    sent,
    status,
)
from bassin.errors import Refused
from bassin.parties.models import Person
from bassin.ui import picking
from bassin.ui.reader import language


def add(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A new step: `kind` is a kind of step, or of question."""
    workshop, user = common.preparing(request, code)
    if kind in Statement.Kind.values:
        return _question(request, workshop, user, Statement.Kind(kind), None)
    if kind not in Step.Kind.values or kind == Step.Kind.VOTE:
        raise Http404
    return _shown(request, workshop, user, Step.Kind(kind), None)


def edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change a step."""
    workshop, user = common.preparing(request, code)
    try:
        step = Step.objects.select_related("statement").get(pk=pk, workshop=workshop)
        if step.statement is not None:
            kind = Statement.Kind(step.statement.kind)
            return _question(request, workshop, user, kind, step)
        return _shown(request, workshop, user, Step.Kind(step.kind), step)
    except Step.DoesNotExist:
        return _removed(request, workshop, user)


def _removed(request: HttpRequest, workshop: Workshop, user: Person) -> HttpResponse:
    """The form of a step that somebody took out meanwhile, as it was typed, to be added again."""
    kind = request.POST.get("of_kind", "")
    asks = kind in Statement.Kind.values
    if not asks and (kind not in Step.Kind.values or kind == Step.Kind.VOTE):
        raise Http404
    again = reverse("workshops:add_step", args=[workshop.code, kind])
    if asks:
        whole = {"removed": True, "again": again}
        return _question(request, workshop, user, Statement.Kind(kind), None, whole)
    title = str(Step.Kind(kind).label)
    return removed_page(
        request, STEP_FORMS.get(kind, StepForm)(request.POST, request.FILES),
        title=title.capitalize(), path=trail(workshop, "prepare", title), again=again,
        back=url("prepare", workshop),
    )  # fmt: skip


def _shown(
    request: HttpRequest, workshop: Workshop, user: Person, kind: Step.Kind, step: Step | None
) -> HttpResponse:
    """The form of a step that asks nothing."""
    after = _after(request, workshop)

    def save(typed: dict[str, Any]) -> str:
        facts = _facts(typed, step)
        if step is None:
            made = actions_editing.add_step(workshop, by=user, after=after, kind=kind, **facts)
        else:
            made = actions_editing.edit_step(step, typed=facts, by=user)
        messages.success(request, _("Saved."))
        return _back(workshop, made)

    shape = STEP_FORMS.get(kind, StepForm)
    files = request.FILES if request.method == "POST" else None
    first = _initial(step) if step is not None else {"title": _first_title(kind)}
    title = conducting.kind_of(step) if step is not None else str(kind.label)
    return form_page(
        request, shape(sent(request), files, initial=first), save, title=title.capitalize(),
        submit=_("Save"), path=trail(workshop, "prepare", title), back=_back(workshop, step),
        opened=_opened(workshop, step), kind=kind.value if step is not None else "",
    )  # fmt: skip


def _opened(workshop: Workshop, step: Step | None) -> Opened | None:
    """What the form of a step was filled from; nothing for a new one."""
    if step is None:
        return None
    every = Step.objects.select_related("statement")
    if step.statement is None:
        return Opened(lambda: _initial(every.get(pk=step.pk)), [workshop])
    answers = {"answers": _("Answers proposed")}
    return Opened(lambda: _question_now(every.get(pk=step.pk)), [step.statement, workshop], answers)


def _question_now(step: Step) -> dict[str, Any]:
    rows = forms_questions.rows(step.statement)
    return {**_asked(step), "answers": forms_questions.told(rows)}


def _first_title(kind: Step.Kind) -> str:
    if kind == Step.Kind.BECAME:
        return _("What became of your votes")
    return _("Synthesis") if kind == Step.Kind.SYNTHESIS else ""


def _initial(step: Step) -> dict[str, Any]:
    names = ("source", "minutes", "speaker", "reference", "placeholder")
    found = {name: getattr(step, name) for name in names}
    words = {name: getattr(step, name).get("fr", "") for name in ("title", "text", "transcript")}
    files = {name: getattr(step, name).name for name in ("film", "captions") if getattr(step, name)}
    return {**found, **words, **files}


def _facts(typed: Mapping[str, Any], step: Step | None) -> dict[str, Any]:
    """What was typed, as the verbs take it; a file that was not sent again stays."""
    found = {name: value for name, value in typed.items() if name not in ("film", "captions")}
    for name in ("title", "text", "transcript"):
        if name in found:
            found[name] = in_french(getattr(step, name, None), found[name])
    files = {name: typed[name] for name in ("film", "captions") if typed.get(name)}
    return {**found, **files}


def _after(request: HttpRequest, workshop: Workshop) -> Step | None:
    """The step after which a new one goes, when the address says so."""
    return workshop.steps.filter(pk=number(request.GET, "after")).first()


def _back(workshop: Workshop, step: Step | None) -> str:
    home = url("prepare", workshop)
    return home if step is None else f"{home}#step-{step.pk}"


def _question(
    request: HttpRequest, workshop: Workshop, user: Person, kind: Statement.Kind,
    step: Step | None, removed: Mapping[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """The form of a question, with the answers it proposes; what was `removed` is not saved."""
    statement = step.statement if step is not None else None
    posted = sent(request)
    form = QuestionForm(posted, kind=kind, initial=_asked(step) if step is not None else None)
    typed = forms_questions.typed_rows(posted) if posted is not None else None
    opened, differences = _opened(workshop, step), []
    if posted is not None and (_rearranged(posted) or picking.sought(form, posted)):
        picking.again(form)
    if removed is None and typed is not None and form.is_bound and form.is_valid():
        rows = typed
        try:
            made = saved(
                request, form,
                lambda facts: _saved(request, workshop, user, kind, step, facts, rows),
                opened, {"answers": forms_questions.told(rows)},
            )  # fmt: skip
        except Conflict as conflict:
            assert opened is not None
            differences = given_back(request, form, conflict, opened)
            typed = _theirs(conflict, statement, rows)
        except (Refused, forms.ValidationError) as refused:
            form.add_error(None, str(getattr(refused, "message", str(refused))))
        else:
            return _next(request, workshop, kind, made)
    context = {
        **_question_page(workshop, statement, user, kind, step),
        "form": form, "rows": _rows(statement, typed), "differences": differences,
        "base": base_of(request, form, opened, differences), **(removed or {}),
    }  # fmt: skip
    code = HTTPStatus.CONFLICT if removed else status(form, differences)
    return render(request, "workshops/question.html", context, status=code)


_REARRANGE = ("more", "up", "down")
"""Buttons of the form that arrange its lines, and save nothing."""


def _rearranged(posted: Mapping[str, Any]) -> bool:
    return any(name in posted for name in _REARRANGE)


def _rows(
    statement: Statement | None, typed: list[forms_questions.Row] | None
) -> list[forms_questions.Row]:
    if typed is None:
        return forms_questions.rows(statement)
    return forms_questions.padded(typed, 2 * forms_questions.BLANK)


def _theirs(
    conflict: Conflict, statement: Statement | None, typed: list[forms_questions.Row]
) -> list[forms_questions.Row]:
    """The answers as they were typed, or as somebody else wrote them where only they did."""
    changed = any(each.field == "answers" and not each.both for each in conflict.differences)
    return forms_questions.filled(statement) if changed else typed


def _question_page(
    workshop: Workshop, statement: Statement | None, user: Person, kind: Statement.Kind,
    step: Step | None,
) -> dict[str, Any]:  # fmt: skip
    return {
        "crumbs": trail(workshop, "prepare", str(kind.label)),
        "workshop": workshop, "step": step, "statement": statement, "kind": kind.value,
        "title": str(kind.label).capitalize(), "back": _back(workshop, step),
        "proposes": kind in WITH_OPTIONS, "quiz": kind == Statement.Kind.QUIZ,
        **_standing(workshop, statement, user),
    }  # fmt: skip


def _standing(workshop: Workshop, statement: Statement | None, user: Person) -> dict[str, Any]:
    """Whether the words may still change, and who else asks them."""
    if statement is None:
        return {"was_asked": False, "elsewhere": [], "may": True}
    others = actions_statements.used_elsewhere(statement, workshop)
    return {
        "was_asked": actions_statements.was_asked(statement),
        "elsewhere": [asking.said(each.title, language()) for each in others],
        "may": actions_statements.may_write(user, statement, workshop),
    }


def _asked(step: Step) -> dict[str, Any]:
    statement = step.statement
    assert statement is not None
    columns = [each.get("fr", "") for each in statement.columns] or ["", ""]
    return {
        "asked": statement.text.get("fr", ""), "help": statement.help.get("fr", ""),
        "most": statement.most, "target": statement.target, "minutes": step.minutes,
        "title": step.title.get("fr", ""), "left": columns[0], "right": columns[-1],
    }  # fmt: skip


def _saved(
    request: HttpRequest, workshop: Workshop, user: Person, kind: Statement.Kind,
    step: Step | None, typed: dict[str, Any], rows: list[forms_questions.Row],
) -> Step:  # fmt: skip
    statement = step.statement if step is not None else None
    options = forms_questions.proposed(rows, statement, kind)
    facts = _statement_facts(typed, statement)
    title = typed["title"] or asking.short(typed["asked"])
    line = {
        "title": in_french(step.title if step else None, title), "minutes": typed["minutes"]
    }  # fmt: skip
    if step is None or statement is None:
        return actions_statements.ask(
            workshop, by=user, facts={"kind": kind.value, **facts}, options=options, step=line,
            after=_after(request, workshop),
        )  # fmt: skip
    if actions_statements.may_write(user, statement, workshop):
        actions_statements.edit(statement, workshop=workshop, facts=facts, options=options, by=user)
    return actions_editing.edit_step(step, typed=line, by=user)


def _statement_facts(typed: Mapping[str, Any], kept: Statement | None) -> dict[str, Any]:
    found = {
        "text": in_french(kept.text if kept else None, typed["asked"]),
        "help": in_french(kept.help if kept else None, typed["help"]),
        "target": typed["target"],
    }
    if "most" in typed:
        found["most"] = typed["most"]
    if "left" in typed:
        before = kept.columns if kept and len(kept.columns) == 2 else [{}, {}]
        words = (typed["left"], typed["right"])
        found["columns"] = [
            in_french(texts, word) for texts, word in zip(before, words, strict=True)
        ]
    return found


def _next(
    request: HttpRequest, workshop: Workshop, kind: Statement.Kind, made: Step
) -> HttpResponse:
    """Back to the run sheet, or straight to another question of the same kind."""
    messages.success(request, _("Saved."))
    if "another" in request.POST:
        again = reverse("workshops:add_step", args=[workshop.code, kind.value])
        return redirect(f"{again}?after={made.pk}")
    return redirect(_back(workshop, made))


@require_POST
def copy_statement(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give a step words of its own."""
    workshop, user = common.preparing(request, code)
    step = get_object_or_404(Step, pk=pk, workshop=workshop)
    return common.done(
        request, lambda: actions_statements.copy(step, by=user),
        reverse("workshops:edit_step", args=[code, pk]),
        _("This question now has words of its own. Change them here."),
    )  # fmt: skip


@require_safe
def reuse(request: HttpRequest, code: str) -> HttpResponse:
    """Statements already written, to ask again."""
    workshop, _user = common.preparing(request, code)
    sought = request.GET.get("q", "").strip()
    here = set(workshop.steps.values_list("statement_id", flat=True))
    found = [
        (each, asking.said(each.text, language()), actions_statements.was_asked(each))
        for each in Statement.objects.exclude(pk__in=here - {None}).order_by("-pk")[:500]
        if sought.casefold() in str(each.text.get("fr", "")).casefold()
    ][:50]
    context = {
        "crumbs": trail(workshop, "prepare", _("Ask again")), "workshop": workshop,
        "sought": sought, "found": found,
    }  # fmt: skip
    return render(request, "workshops/reuse.html", context)


@require_POST
def ask_again(request: HttpRequest, code: str) -> HttpResponse:
    """Put a statement already written into the run sheet."""
    workshop, user = common.preparing(request, code)
    statement = get_object_or_404(Statement, pk=number(request.POST, "statement"))
    return common.done(
        request, lambda: actions_statements.ask_again(workshop, statement, by=user),
        url("prepare", workshop), _("It is at the end of the run sheet."),
    )  # fmt: skip
