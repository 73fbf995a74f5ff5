"""Bringing a table in: begin, say what its columns mean, write, undo."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bassin.commons.grids import grids
from bassin.errors import Refused
from bassin.letters import spaced
from bassin.match.support import actions, permissions
from bassin.match.support.imports.columns import FIELDS, KEEP, LEAVE, guessed, header_row
from bassin.match.support.imports.planning import Fate, Known, Row, plan
from bassin.match.support.models import Case, Channel, Import, Interaction, Task
from bassin.match.support.models.processings import MONTHS
from bassin.parties.access import require
from bassin.parties.models import Organisation, Person
from bassin.parties.privacy.actions import months_before

MOST_ROWS = 2000
_TOLD = ("note", "task", "firm_name", "title", "siret", "siren")
"""What a joined row does not say again: the case says it already."""


_CASE_ROOM, _NOTE_ROOM = 4000, 20_000
"""Characters of a case's text and of a note: what is longer goes on in the next note."""


@transaction.atomic
def begin(
    *, by: Person, organisation: Organisation, name: str, content: bytes, today: date
) -> Import:
    """Read the first sheet that holds something; nothing is written yet.

    Raises:
        Refused: the file cannot be read, is empty, or is too long.
    """
    require(permissions.can_open(by, organisation))
    grid = next((rows for rows in grids(name, content).values() if any(map(any, rows))), [])
    if not grid:
        raise Refused(_("This file is empty. Export the sheet again, then bring it."))
    at = header_row(grid)
    rows = [row for row in grid[at + 1 :] if any(row)]
    if len(rows) > MOST_ROWS:
        raise Refused(
            _("{count} rows: {limit} at most are read at once. Cut the file in parts.").format(
                count=len(rows), limit=MOST_ROWS
            )
        )
    return Import.objects.create(
        organisation=organisation, document=name[:200], headers=grid[at], rows=rows,
        mapping=guessed(grid[at]), begun_by=by, begun_on=today,
    )  # fmt: skip


@transaction.atomic
def decide(
    brought: Import, *, by: Person, mapping: dict[str, str], choices: dict[str, str]
) -> None:
    """Say what columns mean, and what is to be done with doubtful rows."""
    kept = _held(brought, by)
    known = {*FIELDS, KEEP, LEAVE}
    kept.mapping = {place: name for place, name in mapping.items() if name in known}
    kept.choices = {**kept.choices, **choices}
    kept.save(update_fields=["mapping", "choices"])


def planned(brought: Import, today: date) -> list[Row]:
    """What would become of each row, today."""
    cases = Case.objects.kept_by([brought.organisation_id])
    rows = cases.values_list("pk", "firm_name", "siren", "title").order_by("pk")
    return plan(
        brought.headers, brought.rows, brought.mapping, [Known(*each) for each in rows],
        brought.choices, months_before(today, MONTHS), today,
    )  # fmt: skip


@transaction.atomic
def drop(brought: Import, *, by: Person) -> None:
    """Give it up: its rows are deleted at once."""
    kept = _held(brought, by)
    kept.state, kept.rows = Import.State.DROPPED, []
    kept.save(update_fields=["state", "rows"])


@transaction.atomic
def write(brought: Import, *, by: Person, now: datetime, communes: Mapping[str, str]) -> Import:
    """Write what was planned; the rows that were refused stay to be taken away and corrected.

    Args:
        communes: the names of the territory's communes by their codes.

    Raises:
        Refused: a doubtful row waits for a decision.
    """
    kept = _held(brought, by)
    rows = planned(kept, now.date())
    doubtful = [str(row.number) for row in rows if row.fate == Fate.DOUBTFUL]
    if doubtful:
        raise Refused(
            _("Decide for these rows first: {rows}.").format(rows=", ".join(doubtful[:20]))
        )
    writing = _Writing(kept, by, now, _people(kept, now.date()), communes)
    made: dict[int, int] = {}
    notes: list[int] = []
    tasks: list[int] = []
    for row in rows:
        rest = ""
        if row.fate == Fate.NEW:
            case, rest = _case(row, writing)
            made[row.number] = case.pk
        if row.fate in (Fate.NEW, Fate.JOINED):
            pk = made[row.number] if row.fate == Fate.NEW else row.case or made[row.row or 0]
            notes += _notes(row, pk, writing, rest)
            tasks += _tasks(row, pk, writing)
    away = [row.number for row in rows if row.fate in (Fate.REFUSED, Fate.LEFT)]
    kept.result = {
        "cases": list(made.values()), "notes": notes, "tasks": tasks, "away": len(away)
    }  # fmt: skip
    kept.rows = [kept.rows[number - 1] for number in away]
    kept.state = Import.State.WRITTEN
    kept.save()
    return kept


def _held(brought: Import, by: Person) -> Import:
    kept = Import.objects.select_for_update(of=("self",)).get(pk=brought.pk)
    require(permissions.can_open(by, kept.organisation))
    if kept.state != Import.State.OPEN:
        raise Refused(_("This table was written or dropped already."))
    return kept


@dataclass(frozen=True, slots=True)
class _Writing:
    """What all the rows of a table have in common."""

    brought: Import
    by: Person
    now: datetime
    people: Mapping[str, Person]
    communes: Mapping[str, str]

    def code(self, named: str) -> str:
        """The code of a commune of the territory by its name; "" for another place."""
        wanted = _plain(named)
        return next((code for code, name in self.communes.items() if _plain(name) == wanted), "")


def _plain(name: str) -> str:
    return spaced(name).replace("-", " ").replace("'", " ")


def _people(brought: Import, today: date) -> dict[str, Person]:
    """The advisers of the organisation, by their name and by their address."""
    found: dict[str, Person] = {}
    for person in actions.advisers(brought.organisation, today):
        found |= {spaced(person.name): person, spaced(person.email or person.name): person}
    return found


def _case(row: Row, writing: _Writing) -> tuple[Case, str]:
    """The case of a row, and what its own text has no room for."""
    said, now = row.said, writing.now
    asked = row.days.get("asked_on") or row.days.get("last_on") or now.date()
    contact = {name: said.get(name, "") for name in actions.CONTACT}
    contact["contact_name"] = contact["contact_name"] or said["firm_name"][:120]
    reached = bool(contact["contact_telephone"] or _is_address(contact["contact_email"]))
    if not _is_address(contact["contact_email"]):
        contact["contact_email"] = ""
    code, headcount = writing.code(said.get("commune", "")), said.get("headcount", "")
    words = _words(row, reached=reached, placed=bool(code))
    made = actions.open_case(
        by=writing.by, organisation=writing.brought.organisation, now=now, channel=Channel.IMPORT,
        asked_at=min(now, timezone.make_aware(datetime.combine(asked, time(12)))),
        kind=Case.Kind.FIRM if row.siren else Case.Kind.HOLDER, firm_name=said["firm_name"],
        siret=said["siret"], siren=row.siren, title=said["title"], commune_code=code,
        text=words[:_CASE_ROOM],
        headcount=int(headcount) if headcount.isdecimal() and len(headcount) < 7 else None,
        contact=contact if reached else None,
    )  # fmt: skip
    adviser = writing.people.get(spaced(said.get("adviser", "")))
    if adviser is not None and adviser != writing.by:
        actions.hand_over(made, by=writing.by, adviser=adviser, today=now.date())
    made.refresh_from_db()
    made.last_contact_on = max(made.last_contact_on, row.days.get("last_on", made.last_contact_on))
    made.save(update_fields=["last_contact_on"])
    return made, words[_CASE_ROOM:]


def _is_address(said: str) -> bool:
    try:
        validate_email(said)
    except ValidationError:
        return False
    return True


def _words(row: Row, *, reached: bool, placed: bool) -> str:
    """What has no place of its own, in words: nothing is lost."""
    names = ["text", "adviser", "headcount"] + ["commune"] * (not placed)
    names += list(actions.CONTACT) if not reached else ["contact_email"]
    parts = [row.said[name] for name in names if row.said.get(name)]
    return "\n".join([*parts, row.said["more"]]).strip()


def _notes(row: Row, pk: int, writing: _Writing, rest: str) -> list[int]:
    """The row's own words, as notes of its day; what a joined row says is kept there too."""
    words = [row.said.get("note", ""), rest]
    if row.fate == Fate.JOINED:
        words += [value for name, value in row.said.items() if name not in _TOLD]
    text = "\n".join(each for each in words if each)
    made = [
        Interaction.objects.create(
            case_id=pk, kind=Interaction.Kind.NOTE, text=text[at : at + _NOTE_ROOM], by=writing.by,
            on=row.days.get("last_on") or row.days.get("asked_on") or writing.now.date(),
            organisation=writing.brought.organisation,
        )
        for at in range(0, len(text), _NOTE_ROOM)
    ]  # fmt: skip
    return [each.pk for each in made]


def _tasks(row: Row, pk: int, writing: _Writing) -> list[int]:
    """What a row says is to be done."""
    if not row.said.get("task") and "task_on" not in row.days:
        return []
    made = Task.objects.create(
        case_id=pk, what=row.said.get("task") or _("Call back"), assignee=writing.by,
        due_on=row.days.get("task_on", writing.now.date()),
    )  # fmt: skip
    return [made.pk]


@transaction.atomic
def undo(brought: Import, *, by: Person) -> dict[str, Any]:
    """Delete what an import wrote, unless somebody worked on it since; say how many of each.

    Raises:
        Refused: it was not written, or was undone already.
    """
    kept = Import.objects.select_for_update(of=("self",)).get(pk=brought.pk)
    require(permissions.can_open(by, kept.organisation))
    if kept.state != Import.State.WRITTEN:
        raise Refused(_("Only a table that was written can be undone."))
    written = set(kept.result["notes"])
    stay = [
        case.pk
        for case in Case.objects.filter(pk__in=kept.result["cases"])
        if case.interactions.exclude(pk__in=written).exists()
        or case.shares.exists() or case.papers.exists() or not case.is_open
    ]  # fmt: skip
    for case in Case.objects.filter(pk__in=kept.result["cases"]).exclude(pk__in=stay):
        case.delete()
    Interaction.objects.filter(pk__in=written).exclude(case__in=stay).delete()
    left = Task.objects.filter(pk__in=kept.result.get("tasks", ()), done_on=None)
    left.exclude(case__in=stay).delete()
    kept.state = Import.State.UNDONE
    kept.result = {**kept.result, "stay": stay}
    kept.save(update_fields=["state", "result"])
    return kept.result
