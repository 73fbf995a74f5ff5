"""A page with one form: what it was opened on is compared with what is kept when it comes back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django import forms
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bassin.commons import edition
from bassin.commons.edition import Conflict
from bassin.errors import Refused
from bassin.ui import picking, twice
from bassin.ui.parts import Crumb
from bassin.ui.twice import Told

Save = Callable[[dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a form was filled from.

    Args:
        reads: what it would be filled with now, by the names of its fields.
        records: what is held while it is compared, then saved.
        labels: of what it shows that is none of its fields.
    """

    reads: Callable[[], Mapping[str, Any]]
    records: Sequence[Model]
    labels: Mapping[str, str] = field(default_factory=dict)

    def now(self, form: forms.BaseForm) -> dict[str, Any]:
        """What there is to compare: the fields of this form, and what it shows beside them."""
        known = {*form.fields, *self.labels}
        return {name: value for name, value in self.reads().items() if name in known}

    def base(self, form: forms.BaseForm) -> str:
        """What the form is opened on, to be sent back with it."""
        return edition.seal_values(self.now(form))


def saved(
    request: HttpRequest, form: Any, save: Save, opened: Opened | None,
    beside: Mapping[str, Any] | None = None,
) -> Any:  # fmt: skip
    """Save what a valid form typed; what `save` gives.

    Args:
        beside: what was typed that is none of its fields.

    Raises:
        Refused: it is not taken.
        Conflict: somebody else changed what the form was opened on.
    """
    if opened is None:
        return save(form.cleaned_data)
    base = edition.unseal(request.POST.get("base", ""))
    typed = {**form.cleaned_data, **(beside or {})}
    for name, each in form.fields.items():
        if isinstance(each, forms.FileField):  # one that is not sent again stays
            typed[name] = getattr(typed[name], "name", None) or base.get(name)
    return edition.unless_changed(
        opened.records, reads=lambda: opened.now(form), base=base, typed=typed,
        labels=opened.labels, save=lambda: save(form.cleaned_data),
    )  # fmt: skip


def given_back(
    request: HttpRequest, form: forms.BaseForm, conflict: Conflict, opened: Opened
) -> list[Told]:
    """Fill the form with what was typed, and with what only the other person changed; say it."""
    return twice.given_back(request.POST, form, conflict, opened.now(form))


def form_page(
    request: HttpRequest, form: Any, save: Callable[[dict[str, Any]], str], *, title: str,
    submit: str, path: list[Crumb], back: str, lede: str = "", opened: Opened | None = None,
    kind: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form; `save` takes what was typed and gives where to go then.

    Args:
        kind: what is changed, told again by the form when it is sent: should it be there no more.
    """
    differences: list[Told] = []
    if form.is_bound and picking.sought(form, request.POST):
        picking.again(form)
    if form.is_bound and form.is_valid():
        try:
            return redirect(saved(request, form, save, opened))
        except Conflict as conflict:
            assert opened is not None
            differences = given_back(request, form, conflict, opened)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {
        "form": form, "title": title, "submit": submit, "crumbs": path, "back": back,
        "lede": lede, "files": form.is_multipart(), "differences": differences,
        "base": base_of(request, form, opened, differences), "kind": kind,
    }  # fmt: skip
    return render(request, "workshops/form.html", context, status=status(form, differences))


def removed_page(
    request: HttpRequest, form: Any, *, title: str, path: list[Crumb], back: str, again: str = "",
) -> HttpResponse:  # fmt: skip
    """The form of what somebody else took out meanwhile, as it was typed; nothing is saved.

    Args:
        again: where the form adds it again, if it may be.

    Raises:
        Http404: nothing was typed, somebody only looks.
    """
    if request.method != "POST":
        raise Http404
    context = {
        "form": form, "title": title, "submit": _("Add it again"), "crumbs": path, "back": back,
        "files": form.is_multipart(), "removed": True, "again": again,
    }  # fmt: skip
    return render(request, "workshops/form.html", context, status=HTTPStatus.CONFLICT)


def base_of(
    request: HttpRequest, form: forms.BaseForm, opened: Opened | None, differences: Sequence[Told]
) -> str:
    """What the page sends back: what it was first opened on, until a conflict was shown."""
    if opened is None:
        return ""
    if request.method == "POST" and not differences:
        return request.POST.get("base", "")
    return opened.base(form)


def status(form: forms.BaseForm, differences: Sequence[Told]) -> int:
    """The status of a page whose form was not saved."""
    return 409 if differences else 400 if form.errors else 200


def sent(request: HttpRequest) -> Any:
    """What a form was sent with, None when the page is only looked at."""
    return request.POST if request.method == "POST" else None
