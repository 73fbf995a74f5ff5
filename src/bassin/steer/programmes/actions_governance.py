"""What people do with bodies: seats, agendas, decisions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bassin import systems
from bassin.commons.models import Document
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Organisation, Person
from bassin.steer.programmes import agenda, words
from bassin.steer.programmes import permissions_governance as permissions
from bassin.steer.programmes.models import (
    Action,
    AgendaItem,
    Body,
    BodyMembership,
    Decision,
    Meeting,
)
from bassin.steer.programmes.packs.committee import Pack
from bassin.steer.programmes.packs.writing import titled

BODY_FIELDS = ("kind", "name", "text", "framework", "open", "public")


@transaction.atomic
def found_body(*, by: Person, today: date, name: str, **fields: Any) -> Body:
    """Set up a committee, a pair or a working group.

    Raises:
        Refused: another body has that name.
    """
    require(permissions.can_run_bodies(by))
    slug = slugify(name)[:80] or f"instance-{Body.objects.count() + 1}"
    if Body.objects.filter(slug=slug).exists():
        raise Refused(_("A body called {name} is there already. Choose another name.").format(
            name=name))  # fmt: skip
    return Body.objects.create(slug=slug, name=name.strip(), **fields)


@transaction.atomic
def edit_body(body: Body, *, by: Person, today: date, **fields: Any) -> Body:
    """Change what a body is for, whether it is public and open to new members."""
    require(permissions.can_run_bodies(by, body) and set(fields) <= set(BODY_FIELDS))
    for name, value in fields.items():
        setattr(body, name, value)
    body.save()
    agenda.follow(body, by=by)
    return body


def _holds(body: Body, person: Person | None, organisation: Organisation | None) -> bool:
    """Whether they hold a seat, or wait for one."""
    states = (BodyMembership.State.HELD, BodyMembership.State.ASKED)
    same = Q(organisation=organisation) if organisation else Q(person=person, organisation=None)
    return body.seats.filter(same, state__in=states, ends_on=None).exists()


@transaction.atomic
def give_seat(
    body: Body,
    *,
    by: Person,
    today: date,
    person: Person | None = None,
    organisation: Organisation | None = None,
    role: str = "",
    starts_on: date | None = None,
) -> BodyMembership:
    """Give a seat from a day on.

    Raises:
        Refused: nobody was named, or they hold one already.
    """
    require(permissions.can_run_bodies(by, body))
    if person is None and organisation is None:
        raise Refused(_("Name the organisation, or the person, who takes the seat."))
    if _holds(body, person, organisation):
        raise Refused(_("They hold a seat in this body already, or asked for one."))
    return BodyMembership.objects.create(
        body=body, person=person, organisation=organisation, role=role.strip(),
        state=BodyMembership.State.HELD, starts_on=starts_on or today,
    )  # fmt: skip


def end_seat(seat: BodyMembership, *, on: date, by: Person, today: date) -> BodyMembership:
    """End a seat; it stays in the body's history.

    Raises:
        Refused: it would end before it began.
    """
    require(permissions.can_run_bodies(by, seat.body))
    if seat.starts_on and on < seat.starts_on:
        raise Refused(
            _("This seat began on {day}: it ends that day or later.").format(
                day=words.day(seat.starts_on)
            )
        )
    seat.ends_on = on
    seat.save(update_fields=["ends_on"])
    return seat


@transaction.atomic
def ask_to_join(
    body: Body, *, by: Person, today: date, why: str, organisation: Organisation | None = None
) -> BodyMembership:
    """Ask for a seat in an open body, for oneself or for an organisation one writes for.

    Raises:
        Refused: the body takes nobody, they sit there or asked already, or gave no reason.
    """
    if not body.open:
        raise Refused(_("This body takes no new member at present."))
    require(permissions.can_ask_to_join(by, body, organisation))
    if not why.strip():
        raise Refused(_("Say in a sentence what you would bring."))
    if _holds(body, by, organisation):
        raise Refused(_("You have a seat in this body already, or asked for one."))
    return BodyMembership.objects.create(
        body=body, person=by, organisation=organisation, why=why.strip(),
        state=BodyMembership.State.ASKED,
    )  # fmt: skip


@transaction.atomic
def answer_seat(
    seat: BodyMembership, *, accept: bool, role: str = "", by: Person, today: date
) -> BodyMembership:
    """Accept or decline a request to join.

    Raises:
        Refused: it was answered already.
    """
    now = BodyMembership.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    require(permissions.can_answer_seat(by, now))
    if now.state != BodyMembership.State.ASKED:
        raise Refused(_("Someone answered this request already."))
    now.state = BodyMembership.State.HELD if accept else BodyMembership.State.DECLINED
    now.starts_on = today if accept else None
    now.role = role.strip()
    now.save()
    return now


def add_item(
    meeting: Meeting, *, kind: str, title: str, by: Person, today: date, **more: Any
) -> AgendaItem:
    """Write a line of an agenda, after the others.

    Raises:
        Refused: it says nothing.
    """
    require(permissions.can_run_bodies(by, meeting.body))
    if not title.strip():
        raise Refused(_("Say what is to be decided or told."))
    return AgendaItem.objects.create(
        meeting=meeting, order=meeting.agenda.count() + 1, kind=kind, title=title.strip(), **more
    )


def remove_item(item: AgendaItem, *, by: Person, today: date) -> None:
    """Take a line out of an agenda."""
    require(permissions.can_run_bodies(by, item.meeting.body))
    item.delete()


@transaction.atomic
def prepare_agenda(meeting: Meeting, pack: Pack, *, by: Person, today: date) -> list[AgendaItem]:
    """Write the agenda that the state of the actions asks for; what stands there already stays.

    To decide: what is blocked, what is late by more than sixty days, requests without an answer.
    For information: what moved, and what nobody reported. Run again, it adds only what is new.
    """
    require(permissions.can_prepare(by, meeting.body))
    lines = meeting.agenda.values_list("kind", "action_id", "title")
    held: set[tuple[str, int | None, str]] = set(lines)
    decided = {action for kind, action, _title in held if kind == AgendaItem.Kind.DECIDE}
    made: list[AgendaItem] = []
    order = meeting.agenda.count()
    for kind, title, action in _asked(pack):
        known = (action in decided) if action else (kind, None, title) in held
        if not known:
            order += 1
            made.append(
                AgendaItem(meeting=meeting, order=order, kind=kind, title=title, action_id=action)
            )
            if action:
                decided.add(action)
    for each in made:  # one by one: the audit sees no bulk
        each.save()
    return made


def _asked(pack: Pack) -> list[tuple[str, str, int | None]]:
    """The lines that the state of the actions asks for, decisions first."""
    decide, inform = AgendaItem.Kind.DECIDE.value, AgendaItem.Kind.INFORM.value
    found: list[tuple[str, str, int | None]] = [
        (decide, _("Unblock: {action}").format(action=titled(line)), line.pk)
        for line in pack.blocked
    ]
    found += [
        (decide, _("Set a new date or stop: {action}").format(
            action=titled(line)), line.pk)
        for line in pack.late
        if line.late and line.late.red
    ]  # fmt: skip
    titles = {each.line.pk: titled(each.line) for each in pack.actions}
    found += [
        (decide, _("Chase {funder} for an answer: {action}").format(
            funder=each.organisation, action=titles[each.action_id]), each.action_id)
        for each in pack.overdue
    ]  # fmt: skip
    found.append((inform, _("What moved since the last meeting"), None))
    if pack.silent:
        found.append((inform, _("What nobody reported"), None))
    if pack.decisions:
        found.append((inform, _("What became of the last decisions"), None))
    return [(kind, title[:300], action) for kind, title, action in found]


@transaction.atomic
def decide(
    body: Body,
    *,
    on: date,
    kind: str,
    text: str,
    by: Person,
    today: date,
    evidence: Sequence[str] = (),
    **more: Any,
) -> Decision:
    """Record what a body decided, and on what evidence.

    Raises:
        Refused: nothing was written, the day is still to come, or a reference leads nowhere.
    """
    require(permissions.can_run_bodies(by, body))
    if not text.strip():
        raise Refused(_("Write what was decided."))
    if (meeting := more.get("meeting")) is not None and meeting.cancelled_at:
        raise Refused(_("This meeting is cancelled: it decides nothing."))
    if on > today:
        raise Refused(_("A decision is recorded once it is taken: {day} is still to come.").format(
            day=words.day(on)))  # fmt: skip
    return Decision.objects.create(
        body=body, on=on, kind=kind, text=text.strip(), evidence=checked(evidence), **more
    )


@transaction.atomic
def prove(decision: Decision, *, reference: str, by: Person) -> Decision:
    """Say that a recorded decision rests on one more thing, as a result published since.

    Raises:
        Refused: the reference leads nowhere, or the decision rests on it already.
    """
    require(permissions.can_run_bodies(by, decision.body))
    now = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    found = checked([reference])
    if not found or found[0] in now.evidence:
        raise Refused(_("This decision rests on it already."))
    now.evidence = [*now.evidence, *found]
    now.save(update_fields=["evidence"])
    return now


def checked(references: Sequence[str]) -> list[str]:
    """References that lead somewhere, each once.

    Raises:
        Refused: one of them leads nowhere; it is named.
    """
    language = (get_language() or "fr")[:2]
    found = list(dict.fromkeys(each.strip() for each in references if each.strip()))
    for each in found:
        if not _leads_somewhere(each, language):
            raise Refused(
                _(
                    "Nothing has the reference {reference}. Write it as on its page "
                    "(roadmap:action:12), or give an address that begins with https://."
                ).format(reference=each)
            )
    return found


def _leads_somewhere(reference: str, language: str) -> bool:
    """Whether it is an address, a document, an action (public or not), or another system's."""
    if reference.startswith(("https://", "http://")):
        return True
    if reference.startswith("commons:document:"):
        key = reference.rpartition(":")[2]
        return key.isdecimal() and Document.objects.filter(pk=key).exists()
    if Action.objects.filter(ref=reference).exists():
        return True
    return systems.resolve(reference, language) is not None


@transaction.atomic
def supersede(decision: Decision, *, later: Decision, by: Person, today: date) -> Decision:
    """Say that a later decision replaces this one; both stay.

    Raises:
        Refused: it is not later, or this one was replaced already.
    """
    require(permissions.can_run_bodies(by, decision.body))
    now = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if now.superseded_by_id:
        raise Refused(_("This decision was replaced already."))
    if later.on < now.on or now.pk in _chain(Decision.objects.get(pk=later.pk)):
        raise Refused(_("A decision is replaced by a later one."))
    now.superseded_by = later
    now.state = Decision.State.SUPERSEDED
    now.save(update_fields=["superseded_by", "state"])
    return now


def _chain(decision: Decision) -> set[int]:
    """A decision, the one that replaced it, the one that replaced that one…"""
    found, here = {decision.pk}, decision.superseded_by
    while here is not None and here.pk not in found:
        found.add(here.pk)
        here = here.superseded_by
    return found
