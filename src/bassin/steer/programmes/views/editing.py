"""Forms that write: one page for all of them, and what it says when someone else wrote first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bassin.commons import edition
from bassin.commons.edition import Conflict, Difference
from bassin.errors import Refused
from bassin.parties.models import Person
from bassin.steer.programmes import actions, actions_money, permissions, words
from bassin.steer.programmes.forms import (
    ActionForm,
    ContributionForm,
    FundingForm,
    MilestoneForm,
    PlacementForm,
    RequestForm,
    ReviewForm,
    WhyForm,
)
from bassin.steer.programmes.models import Action, Contribution
from bassin.steer.programmes.views.common import action_of, action_url, author, crumbs, today
from bassin.ui import picking
from bassin.ui.parts import Crumb
from bassin.ui.twice import Told, merged


@dataclass(frozen=True, slots=True)
class Editing:
    """A form and what it is about.

    `save` takes what was typed and what the form was opened on, and raises Refused or Conflict.
    """

    title: str
    submit: str
    form: Callable[..., forms.BaseForm]
    save: Callable[[dict[str, Any], Mapping[str, Any]], Any]
    done: str
    back: str
    said: str
    trail: tuple[Crumb, ...] = ()
    record: Model | None = None
    fields: tuple[str, ...] = ()
    lede: str = ""
    files: bool = False


def page(request: HttpRequest, edited: Editing) -> HttpResponse:
    """Show the form; save it; or say why not, and give back everything that was typed."""
    record = edited.record
    differences: list[Told] = []
    if request.method == "POST":
        sent = (request.POST, request.FILES) if edited.files else (request.POST,)
        form = edited.form(*sent)
        if picking.sought(form, request.POST):
            picking.again(form)
        if form.is_valid():
            base = edition.unseal(request.POST.get("base", ""))
            base["edition"] = request.POST.get("edition", "")
            try:
                edited.save(form.cleaned_data, base)
            except Conflict as conflict:
                differences = [_told(conflict.record, each) for each in conflict.differences]
                form = edited.form(_merged(request, form, conflict))
                record = conflict.record
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, edited.said)
                return redirect(edited.done)
    else:
        form = edited.form()
    context = {
        "edited": edited,
        "form": form,
        "differences": differences,
        "crumbs": crumbs(*edited.trail, Crumb(edited.title)),
        **_opened(request, edited, form, record, shown_again=bool(differences)),
    }
    status = 409 if differences else 200
    return render(request, "programmes/form.html", context, status=status)


def _opened(
    request: HttpRequest, edited: Editing, form: forms.BaseForm, record: Model | None,
    *, shown_again: bool,
) -> dict[str, Any]:  # fmt: skip
    """What the form was opened on: it stays while nobody was shown what changed since."""
    if record is None:
        return {"base": "", "edition": ""}
    if request.method == "POST" and not shown_again:
        return {name: request.POST.get(name, "") for name in ("base", "edition")}
    names = [name for name in edited.fields if name in form.fields]
    return {"base": edition.seal(record, names), "edition": getattr(record, "edition", "")}


def _merged(request: HttpRequest, form: forms.BaseForm, conflict: Conflict) -> Any:
    theirs = [each.field for each in conflict.differences if not each.both]
    return merged(request.POST, form, edition.values(conflict.record, theirs))


def _told(record: Model, each: Difference) -> Told:
    before, now, typed = (
        _value(record, each.field, value) for value in (each.before, each.now, each.typed)
    )
    return Told(each.label, before, now, typed, each.both)


def _value(record: Model, name: str, value: Any) -> str:
    """A value in words: the name of what is linked, the word of a choice."""
    field: Any = record._meta.get_field(name)
    if value in (None, "", []):
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.is_relation:
        return str(field.related_model._default_manager.filter(pk=value).first() or value)
    if isinstance(value, list):
        named = words.communes()
        return ", ".join(named.get(str(each), str(each)) for each in value)
    return str(dict(field.flatchoices).get(value, value))


def _allowed(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def _trail(action: Action) -> tuple[Crumb, ...]:
    return (Crumb(action.title, action_url(action.pk)),)


def create(request: HttpRequest) -> HttpResponse:
    """A new action."""
    user = author(request)
    officer = permissions.can_create(user)
    homes = [] if officer else _own(user)
    _allowed(officer or bool(homes))
    made: dict[str, Action] = {}

    def save(typed: dict[str, Any], base: Mapping[str, Any]) -> None:
        facts = typed if officer else {**typed, "holder": homes[0], "lifecycle": "idea"}
        made["action"] = actions.create(by=user, today=today(), **facts)

    edited = Editing(
        title=_("A new action"), submit=_("Write the action"),
        form=lambda data=None: ActionForm(data, officer=officer, initial=_proposed(request)),
        save=save, done="programmes:home", back="", said=_("The action is written."),
    )  # fmt: skip
    answer = page(request, edited)
    if "action" in made:
        return redirect(action_url(made["action"].pk))
    return answer


def _proposed(request: HttpRequest) -> dict[str, str]:
    """What another page proposes for a new action: an idea, with the record it comes from."""
    asked = {"title": "titre", "text": "texte", "source": "source"}
    given = {name: request.GET.get(key, "")[:2000] for name, key in asked.items()}
    return {**given, "lifecycle": Action.Lifecycle.IDEA.value} if any(given.values()) else {}


def _own(user: Person) -> list[Any]:
    """The organisations in whose name someone may propose an action."""
    held = user.memberships.select_related("organisation")
    return [m.organisation for m in held if permissions.can_create(user, m.organisation)]


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an action."""
    action, user = action_of(request, pk), author(request)
    _allowed(permissions.can_edit(user, action))
    officer = permissions.can_place(user, action)

    def save(typed: dict[str, Any], base: Mapping[str, Any]) -> Action:
        opened = edition.number(str(base.get("edition", "")))
        return actions.edit(action, typed=typed, base=base, opened=opened, by=user, today=today())

    return page(
        request,
        Editing(
            title=_("Change the action"), submit=_("Save"),
            form=lambda data=None: ActionForm(
                data, officer=officer, instance=Action.objects.get(pk=pk)
            ),
            save=save, done=action_url(pk), back=action_url(pk), said=_("Saved."),
            trail=_trail(action), record=action, fields=actions.EDITABLE,
        ),
    )  # fmt: skip


def milestone(request: HttpRequest, pk: int, step: int | None = None) -> HttpResponse:
    """Write or change a step."""
    action, user = action_of(request, pk), author(request)
    _allowed(permissions.can_edit(user, action))
    record = _within(action.milestones, step)

    def save(typed: dict[str, Any], base: Mapping[str, Any]) -> None:
        if record is None:
            actions.add_milestone(action, by=user, today=today(), **typed)
        else:
            actions.edit_milestone(record, typed=typed, base=base, by=user, today=today())

    return _part(request, action, record, MilestoneForm, save, _("A step of the action"))


def funding(request: HttpRequest, pk: int, line: int | None = None) -> HttpResponse:
    """Write or change what a funder gives in a year."""
    action, user = action_of(request, pk), author(request)
    _allowed(permissions.can_edit(user, action))
    record = _within(action.fundings, line)

    def save(typed: dict[str, Any], base: Mapping[str, Any]) -> None:
        actions_money.fund(action, typed=typed, base=base, funding=record, by=user, today=today())

    title = _("What a funder gives in a year")
    return _part(request, action, record, FundingForm, save, title)


def ask(request: HttpRequest, pk: int, asked: int | None = None) -> HttpResponse:
    """Write or change a request to a funder."""
    action, user = action_of(request, pk), author(request)
    _allowed(permissions.can_edit(user, action))
    record = _within(action.funding_requests, asked)

    def save(typed: dict[str, Any], base: Mapping[str, Any]) -> None:
        actions_money.ask(action, typed=typed, base=base, request=record, by=user, today=today())

    return _part(request, action, record, RequestForm, save, _("A request to a funder"))


def contribution(request: HttpRequest, pk: int, claim: int | None = None) -> HttpResponse:
    """Write or change the figure that an action is meant to move."""
    action, user = action_of(request, pk), author(request)
    _allowed(permissions.can_edit(user, action))
    record = _within(action.contributions, claim)

    def save(typed: dict[str, Any], base: Mapping[str, Any]) -> None:
        aims = typed.pop("targets")
        actions_money.contribute(
            action, typed=typed, targets=aims, base=base, contribution=record, by=user,
            today=today(),
        )  # fmt: skip

    title = _("A figure that the action moves")
    return _part(request, action, record, ContributionForm, save, title)


def _within(records: Any, pk: int | None) -> Any:
    """A record of this action, None for a new one; 404 for one of another action."""
    if pk is None:
        return None
    found = records.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _part(
    request: HttpRequest,
    action: Action,
    record: Any,
    form: type[forms.ModelForm],
    save: Callable[[dict[str, Any], Mapping[str, Any]], None],
    title: str,
) -> HttpResponse:
    """The form of something that belongs to an action."""
    home = action_url(action.pk)

    def fresh(data: Any = None) -> forms.BaseForm:
        instance = type(record)._default_manager.get(pk=record.pk) if record is not None else None
        return form(data, instance=instance)

    return page(
        request,
        Editing(
            title=title, submit=_("Save"), form=fresh, save=save, done=home, back=home,
            said=_("Saved."), trail=_trail(action), record=record,
            fields=tuple(form._meta.fields or ()),
        ),
    )  # fmt: skip


def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an action into a framework."""
    action, user = action_of(request, pk), author(request)
    _allowed(permissions.can_place(user, action))

    def save(typed: dict[str, Any], base: Mapping[str, Any]) -> None:
        actions.place(action, by=user, today=today(), **typed)

    home = action_url(pk)
    return page(
        request,
        Editing(
            title=_("Put it into a framework"), submit=_("Put it there"),
            form=lambda data=None: PlacementForm(data, action=action), save=save, done=home,
            back=home, said=_("Done."), trail=_trail(action),
        ),
    )  # fmt: skip


def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an action away, with the reason."""
    action, user = action_of(request, pk), author(request)
    _allowed(permissions.can_archive(user, action))

    def save(typed: dict[str, Any], base: Mapping[str, Any]) -> None:
        actions.archive(action, by=user, today=today(), **typed)

    home = action_url(pk)
    return page(
        request,
        Editing(
            title=_("Put the action away"), submit=_("Put it away"), form=WhyForm, save=save,
            done=home, back=home, said=_("It is put away; nothing is lost."), trail=_trail(action),
            lede=_("It leaves every list and every page. Officers still find it, and can bring it "
                   "back."),
        ),
    )  # fmt: skip


def review(request: HttpRequest, pk: int, claim: int) -> HttpResponse:
    """Judge what was claimed of a figure."""
    action, user = action_of(request, pk), author(request)
    _allowed(permissions.can_review(user, action))
    record: Contribution = _within(action.contributions, claim)

    def save(typed: dict[str, Any], base: Mapping[str, Any]) -> None:
        actions_money.review(record, by=user, today=today(), **typed)

    home = action_url(pk)
    first = {"verdict": record.review, "text": record.review_text}
    return page(
        request,
        Editing(
            title=_("Review what was claimed"), submit=_("Save"),
            form=lambda data=None: ReviewForm(data, initial=first), save=save, done=home,
            back=home, said=_("Saved."), trail=_trail(action), lede=record.hypothesis,
        ),
    )  # fmt: skip
