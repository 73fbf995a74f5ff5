"""Meetings: the agenda, and in one click the pack of the committee, as PDF and as ODT."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bassin.commons import permissions as shared
from bassin.commons.models import Visibility
from bassin.parties.access import User
from bassin.parties.models import Person
from bassin.steer.programmes import actions_governance, actions_meetings, permissions, words
from bassin.steer.programmes import permissions_governance as rights
from bassin.steer.programmes.forms_governance import DecisionForm, ItemForm, MeetingForm
from bassin.steer.programmes.models import AgendaItem, Meeting
from bassin.steer.programmes.packs import committee, writing
from bassin.steer.programmes.shown import line
from bassin.steer.programmes.standing import summary
from bassin.steer.programmes.views.bodies import body_of, run, trail, url
from bassin.steer.programmes.views.common import (
    author,
    crumbs,
    or_sign_in,
    seen_lines,
    today,
    viewer,
)
from bassin.steer.programmes.views.decisions import listed, told
from bassin.steer.programmes.views.editing import Editing, page
from bassin.steer.programmes.views.papers import answer, house_name
from bassin.ui.parts import Crumb

Typed = dict[str, Any]
Base = Mapping[str, Any]


def meeting_of(request: HttpRequest, pk: int) -> Meeting:
    """A meeting they may see; 404 for any other."""
    meetings = Meeting.objects.select_related("body__framework", "minutes", "event")
    found = meetings.filter(pk=pk).first()
    if found is None or not rights.can_see_meeting(viewer(request), found.body):
        raise Http404
    return found


def may_read_minutes(user: User, meeting: Meeting) -> bool:
    """Whether they read its minutes: by their visibility; who sits there reads what partners do."""
    kept = meeting.minutes
    if kept is None or shared.can_see(user, kept):
        return kept is not None
    return kept.visibility == Visibility.PARTNERS and rights.sits(user, meeting.body)


def meeting_url(meeting: Meeting, name: str = "meeting") -> str:
    return reverse(f"programmes:{name}", args=[meeting.pk])


def meeting_trail(meeting: Meeting) -> tuple[Crumb, ...]:
    return (*trail(meeting.body), Crumb(words.day(meeting.on), meeting_url(meeting)))


def _preparer(request: HttpRequest, meeting: Meeting) -> Person:
    user = author(request)
    if not rights.can_prepare(user, meeting.body):
        raise PermissionDenied
    return user


@require_safe
@or_sign_in
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting: its agenda, what it decided, and the pack to prepare it."""
    meeting, user = meeting_of(request, pk), viewer(request)
    prepares = rights.can_prepare(user, meeting.body)
    items = _agenda(meeting, user)
    decisions = listed(meeting.decisions.all())
    context = {
        "crumbs": crumbs(*trail(meeting.body), Crumb(words.day(meeting.on))),
        "meeting": meeting,
        "day": words.day(meeting.on),
        "since": words.day(meeting.since or _last(meeting)),
        "decide": [i for i in items if i.kind == AgendaItem.Kind.DECIDE],
        "inform": [i for i in items if i.kind == AgendaItem.Kind.INFORM],
        "decisions": [told(each, user) for each in decisions],
        "minutes": meeting.minutes if may_read_minutes(user, meeting) else None,
        "hours": words.hours(meeting.starts_at, meeting.ends_at),
        "over": meeting.on <= today(),
        "prepares": prepares,
        "body_url": url(meeting.body),
        "ready": "pret" in request.GET,
        **(_alerts(request, meeting, user) if prepares else {}),
    }
    return render(request, "programmes/meeting.html", context)


def _agenda(meeting: Meeting, user: User) -> list[AgendaItem]:
    """The lines that a reader may see: one about an action holds its title."""
    written = meeting.agenda.select_related("action").prefetch_related("action__roles")
    return [e for e in written if e.action is None or permissions.can_see(user, e.action)]


def _last(meeting: Meeting) -> Any:
    before = committee.previous(meeting)
    return before.on if before else None


def _alerts(request: HttpRequest, meeting: Meeting, user: Any) -> dict[str, Any]:
    """What the pack will tell, at a glance."""
    pack = committee.gather(meeting, user, today())
    lines = [each.line for each in pack.actions]
    seen_lines(request, {each.pk: each for each in (*pack.late, *pack.blocked)}.values())
    titles = {each.pk: each.title.say(words.language()) for each in lines}
    return {
        "whole": len(lines),
        "moved": len(pack.moved),
        "silent": len(pack.silent),
        "late": [line(each, internal=True) for each in pack.late],
        "blocked": [line(each, internal=True) for each in pack.blocked],
        "overdue": [(str(e.organisation), titles[e.action_id], e.due_on) for e in pack.overdue],
        "progress": words.rollup(summary(lines).rollup),
    }


def call(request: HttpRequest, slug: str) -> HttpResponse:
    """Call a meeting."""
    body = body_of(request, slug)
    user = run(request, body)
    made: dict[str, Meeting] = {}

    def save(typed: Typed, base: Base) -> None:
        made["meeting"] = actions_meetings.call_meeting(body, by=user, today=today(), **typed)

    return page(
        request,
        Editing(
            title=_("Call a meeting"), submit=_("Call it"),
            form=lambda data=None: MeetingForm(data), save=save, done=url(body), back=url(body),
            said=_("The meeting is called: open it to prepare it."), trail=trail(body),
        ),
    )  # fmt: skip


@require_POST
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: the agenda that the actions ask for, and the pack ready to download."""
    meeting = meeting_of(request, pk)
    user = _preparer(request, meeting)
    pack = committee.gather(meeting, user, today())
    made = actions_governance.prepare_agenda(meeting, pack, by=user, today=today())
    said = ngettext("{count} line was added to the agenda.",
                    "{count} lines were added to the agenda.", len(made))  # fmt: skip
    messages.success(
        request,
        said.format(count=len(made)) if made else _("The agenda already says it all."),
    )
    return redirect(f"{meeting_url(meeting)}?pret")


@require_safe
def pack(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """The pack as a file."""
    meeting = meeting_of(request, pk)
    user = _preparer(request, meeting)
    paper = writing.committee(committee.gather(meeting, user, today()), today(), house_name())
    return answer(paper, extension, f"{meeting.body.slug}-{meeting.on:%Y-%m-%d}")


def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a line of the agenda."""
    meeting = meeting_of(request, pk)
    user, home = run(request, meeting.body), meeting_url(meeting)

    def save(typed: Typed, base: Base) -> None:
        actions_governance.add_item(meeting, by=user, today=today(), **typed)

    return page(
        request,
        Editing(
            title=_("A line of the agenda"), submit=_("Add it"),
            form=lambda data=None: ItemForm(data), save=save, done=home, back=home,
            said=_("Added."), trail=meeting_trail(meeting),
        ),
    )  # fmt: skip


@require_POST
def remove(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Take a line out of the agenda."""
    meeting = meeting_of(request, pk)
    user = run(request, meeting.body)
    found = meeting.agenda.filter(pk=line).first()
    if found is None:
        raise Http404
    actions_governance.remove_item(found, by=user, today=today())
    return redirect(meeting_url(meeting))


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a decision of the meeting, with its evidence."""
    meeting = meeting_of(request, pk)
    user, home = run(request, meeting.body), meeting_url(meeting)
    framework = meeting.body.framework

    def save(typed: Typed, base: Base) -> None:
        proofs = [each for each in (typed.pop("result"), *typed.pop("evidence")) if each]
        actions_governance.decide(
            meeting.body, meeting=meeting, by=user, today=today(), evidence=proofs, **typed
        )

    def form(data: Any = None) -> DecisionForm:
        proof = request.GET.get("preuve", "")
        asked = {"text": request.GET.get("texte", ""), _field_of(proof): proof}
        return DecisionForm(data, framework=framework, initial={"on": meeting.on, **asked})

    return page(
        request,
        Editing(
            title=_("Record a decision"), submit=_("Record it"), form=form, save=save, done=home,
            back=home, said=_("The decision is recorded."), trail=meeting_trail(meeting),
        ),
    )  # fmt: skip


def _field_of(proof: str) -> str:
    """The field of a piece of evidence: the result of a workshop is chosen, the rest is typed."""
    return "result" if proof.startswith("workshops:") else "evidence"
