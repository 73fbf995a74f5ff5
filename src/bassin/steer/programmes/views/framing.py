"""Writing a framework: a draft, its parts, its adoption, its commitments."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bassin.errors import Refused
from bassin.parties.models import Person
from bassin.steer.programmes import actions_frameworks, permissions
from bassin.steer.programmes.actions_frameworks import FREE, FROZEN, NODE_FIELDS
from bassin.steer.programmes.forms import (
    AdoptForm,
    CommitmentForm,
    FrameworkForm,
    NodeForm,
    WhyForm,
)
from bassin.steer.programmes.models import Framework, Node
from bassin.steer.programmes.views.common import author, framework_of, framework_url, today
from bassin.steer.programmes.views.editing import Editing, page
from bassin.ui.parts import Crumb

Typed = dict[str, Any]
Base = Mapping[str, Any]


def _editor(request: HttpRequest, framework: Framework | None = None) -> Person:
    user = author(request)
    if not permissions.can_edit_framework(user, framework):
        raise PermissionDenied
    return user


def _trail(framework: Framework) -> tuple[Crumb, ...]:
    return (Crumb(framework.title, framework_url(framework)),)


def create(request: HttpRequest) -> HttpResponse:
    """Begin a framework."""
    user = _editor(request)
    home = reverse("programmes:home")

    def save(typed: Typed, base: Base) -> None:
        actions_frameworks.create(by=user, today=today(), **typed)

    return page(
        request,
        Editing(
            title=_("A new framework"), submit=_("Begin the draft"),
            form=lambda data=None: FrameworkForm(data), save=save, done=home, back=home,
            said=_("The draft is there: write its axes, then adopt it."),
        ),
    )  # fmt: skip


def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a framework; once it is adopted, only what may still change."""
    framework = framework_of(request, slug)
    user, home = _editor(request, framework), framework_url(framework)

    def save(typed: Typed, base: Base) -> None:
        actions_frameworks.edit(framework, typed=typed, base=base, by=user, today=today())

    return page(
        request,
        Editing(
            title=_("Change the framework"), submit=_("Save"),
            form=lambda data=None: FrameworkForm(
                data, instance=Framework.objects.get(pk=framework.pk)
            ),
            save=save, done=home, back=home, said=_("Saved."), trail=_trail(framework),
            record=framework, fields=(*FROZEN, *FREE),
        ),
    )  # fmt: skip


def node(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Write or change a part of a draft; `?sous=` says under which one."""
    framework = framework_of(request, slug)
    user, home = _editor(request, framework), framework_url(framework)
    record = framework.nodes.filter(pk=pk).first() if pk is not None else None
    if pk is not None and record is None:
        raise Http404
    parent = framework.nodes.filter(code=request.GET.get("sous", "")).first()

    def save(typed: Typed, base: Base) -> None:
        asked: dict[str, Any] = {"by": user, "today": today()}
        if record is None:
            actions_frameworks.add_node(framework, parent=parent, **asked, **typed)
        else:
            actions_frameworks.edit_node(record, typed=typed, base=base, **asked)

    return page(
        request,
        Editing(
            title=_("A part of the framework"), submit=_("Save"),
            form=lambda data=None: NodeForm(
                data, instance=Node.objects.get(pk=record.pk) if record else None
            ),
            save=save, done=home, back=home, said=_("Saved."), trail=_trail(framework),
            record=record, fields=NODE_FIELDS,
        ),
    )  # fmt: skip


def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Freeze a draft by the decision that adopts it."""
    framework = framework_of(request, slug)
    user, home = _editor(request, framework), framework_url(framework)

    def save(typed: Typed, base: Base) -> None:
        actions_frameworks.adopt(framework, by=user, today=today(), **typed)

    return page(
        request,
        Editing(
            title=_("Adopt the framework"), submit=_("Adopt"), form=AdoptForm, save=save,
            done=home, back=home, said=_("It is adopted: its text no longer changes."),
            trail=_trail(framework),
            lede=_("Its text, its axes and its period are then frozen. Actions go on living."),
        ),
    )  # fmt: skip


def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a framework away, with the reason."""
    framework = framework_of(request, slug)
    user, home = _editor(request, framework), reverse("programmes:home")

    def save(typed: Typed, base: Base) -> None:
        actions_frameworks.archive(framework, by=user, today=today(), **typed)

    return page(
        request,
        Editing(
            title=_("Put the framework away"), submit=_("Put it away"), form=WhyForm, save=save,
            done=home, back=framework_url(framework), said=_("It is put away; nothing is lost."),
            trail=_trail(framework),
        ),
    )  # fmt: skip


def promise(request: HttpRequest, slug: str) -> HttpResponse:
    """Write what an organisation promises within a framework."""
    framework = framework_of(request, slug)
    user, home = _editor(request, framework), framework_url(framework, "promises")

    def save(typed: Typed, base: Base) -> None:
        actions_frameworks.promise(framework, by=user, today=today(), **typed)

    return page(
        request,
        Editing(
            title=_("A commitment"), submit=_("Save"),
            form=lambda data=None: CommitmentForm(data, framework=framework), save=save,
            done=home, back=home, said=_("Saved."), trail=_trail(framework),
        ),
    )  # fmt: skip


@require_POST
def advance(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a framework to its next state."""
    framework = framework_of(request, slug)
    user = _editor(request, framework)
    try:
        actions_frameworks.advance(framework, by=user, today=today())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(framework_url(framework))
