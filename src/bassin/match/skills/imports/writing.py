"""Writes a catalogue that was read: new courses, changed ones, those that are no longer in it.

The same reading written twice is written once. A course stays itself by its number in its
catalogue, a body by its SIRET or its name, a site by its address. All or nothing is written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.match.skills.imports.records import Fields, Reading, Record
from bassin.match.skills.models import Catalogue, Course, Session, Site, TrainingBody
from bassin.match.skills.models.campus import site_key
from bassin.territory.search import folded

BATCH = 500
_COURSE = (
    "title", "text", "certification_code", "formacode", "nsf", "rome_codes", "items", "level",
    "entry_level", "hours", "modality", "rhythm", "cost_eur", "cost_per", "funding", "sector",
    "permanent", "insertion_pct", "insertion_source", "page",
)  # fmt: skip
"""What a catalogue says of a course: what it says no more is unknown again."""

_SESSION = ("starts_on", "ends_on", "places", "open")
_COUNTED = ("entrants", "counted_on")
"""Said by who counts, often not by the catalogue: kept when it says nothing."""


class Fate(StrEnum):
    """What becomes of a course that was read."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Step:
    """One course, and what becomes of it."""

    record: Record
    fate: Fate


@dataclass(slots=True)
class Plan:
    """What a reading would change."""

    steps: list[Step] = field(default_factory=list)
    absent: list[int] = field(default_factory=list)

    def count(self, fate: Fate) -> int:
        """How many courses have that fate."""
        return sum(1 for step in self.steps if step.fate == fate)


def plan(reading: Reading, catalogue: Catalogue) -> Plan:
    """What a reading would change. Nothing is written."""
    rows = catalogue.courses.values_list("external_id", "pk", "digest", "gone_on")
    known = {number: (pk, digest, gone) for number, pk, digest, gone in rows}
    made = Plan()
    for record in reading.records:
        found = known.pop(record.external_id, None)
        if found is None:
            made.steps.append(Step(record, Fate.NEW))
        else:
            same = found[1] == record.digest and found[2] is None
            made.steps.append(Step(record, Fate.SAME if same else Fate.CHANGED))
    if reading.complete:
        made.absent = [pk for pk, _digest, gone in known.values() if gone is None]
    return made


@transaction.atomic
def write(reading: Reading, catalogue: Catalogue, today: date) -> dict[str, int]:
    """Write it, all or nothing; how many courses had each fate.

    Raises:
        Refused: it holds no course, which says more of the file than of the courses.
    """
    catalogue = Catalogue.objects.select_for_update().get(pk=catalogue.pk)
    if not reading.records:
        raise Refused(_("No course was read of this file: nothing was changed."))
    todo = plan(reading, catalogue)
    written = [step.record for step in todo.steps if step.fate != Fate.SAME]
    sites = _Sites(written, catalogue)
    _add([s.record for s in todo.steps if s.fate == Fate.NEW], catalogue, sites, today)
    _change([s.record for s in todo.steps if s.fate == Fate.CHANGED], catalogue, sites, today)
    _leave(todo.absent, today)
    catalogue.read_on = today
    catalogue.save(update_fields=["read_on"])
    return {fate.value: todo.count(fate) for fate in Fate} | {"gone": len(todo.absent)}


class _Sites:
    """The bodies and the sites of records, those that are missing made."""

    def __init__(self, records: Iterable[Record], catalogue: Catalogue) -> None:
        self._origin = catalogue.origin
        self._bodies: dict[str, TrainingBody] = {}
        self._found: dict[tuple[int, str], Site] = {}
        for body in TrainingBody.objects.filter(archived_at=None).order_by("-pk"):
            self._bodies |= dict.fromkeys(_names(body.siret, body.name), body)
        for site in Site.objects.filter(archived_at=None).select_related("body"):
            self._found[site.body_id, site.key] = site
        self._said = {each.external_id: self._of(each) for each in records}

    def __getitem__(self, number: str) -> Site:
        """The site of a course, by the number of the course."""
        return self._said[number]

    def _of(self, record: Record) -> Site:
        body = self._body(record.body)
        said = record.site
        place = (said.get("commune_code", ""), said.get("place", ""), said.get("name", ""))
        found = self._found.get((body.pk, site_key(*place)))
        if found is None:
            found = Site.objects.create(body=body, origin=self._origin, **said)
            self._found[body.pk, found.key] = found
        elif body.organisation_id is None:
            _follow(found, said)
        return found

    def _body(self, said: Fields) -> TrainingBody:
        keys = _names(said.get("siret", ""), said["name"])
        found = self._bodies.get(keys[0])
        alike = self._bodies.get(keys[-1])
        if found is None and alike is not None and not alike.siret:
            found = alike  # its SIRET was not known yet
        if found is None:
            found = TrainingBody.objects.create(origin=self._origin, **said)
        elif found.organisation_id is None:
            _follow(found, said)
        self._bodies |= dict.fromkeys(keys, found)
        return found


def _names(siret: str, name: str) -> list[str]:
    """By what a body is found again: its SIRET first, its name when there is none."""
    return [siret, folded(name)] if siret else [folded(name)]


def _follow(record: TrainingBody | Site, said: Fields) -> None:
    """A body or a site that nobody keeps by hand says what its catalogue says."""
    changed = {name: value for name, value in said.items() if getattr(record, name) != value}
    if changed:
        for name, value in changed.items():
            setattr(record, name, value)
        record.edition += 1
        record.save()


def _add(records: list[Record], catalogue: Catalogue, sites: _Sites, today: date) -> None:
    """New courses with their sessions."""
    made = [
        Course(
            site=sites[each.external_id], catalogue=catalogue, external_id=each.external_id,
            digest=each.digest, checked_on=today, origin=catalogue.origin, **each.course,
        )
        for each in records
    ]  # fmt: skip
    Course.objects.bulk_create(made, batch_size=BATCH)
    sessions = (
        Session(course=course, origin=catalogue.origin, **fields)
        for course, each in zip(made, records, strict=True)
        for fields in each.sessions
    )
    Session.objects.bulk_create(sessions, batch_size=BATCH)


def _change(records: list[Record], catalogue: Catalogue, sites: _Sites, today: date) -> None:
    """Courses that say something else, or are in their catalogue again."""
    for some in _batches(records):
        numbers = {each.external_id: each for each in some}
        kept = list(catalogue.courses.filter(external_id__in=numbers).prefetch_related("sessions"))
        for course in kept:
            said = numbers[course.external_id]
            _say(course, said.course, _COURSE)
            course.site, course.digest = sites[said.external_id], said.digest
            course.checked_on, course.gone_on = today, None
            course.edition += 1
        _keep_courses(kept)
        _sessions([(course, numbers[course.external_id]) for course in kept], today)


def _batches(records: list[Record]) -> Iterator[list[Record]]:
    for start in range(0, len(records), BATCH):
        yield records[start : start + BATCH]


def _say(record: models.Model, said: Fields, names: Iterable[str]) -> None:
    """Write what is said, and that the rest is not."""
    empty = type(record)()
    for name in names:
        setattr(record, name, said.get(name, getattr(empty, name)))


def _keep_courses(courses: list[Course]) -> None:
    fields = [*_COURSE, "site", "digest", "checked_on", "gone_on", "edition"]
    Course.objects.bulk_update(courses, fields, batch_size=BATCH)


def _sessions(pairs: Iterable[tuple[Course, Record]], today: date) -> None:
    """Sessions that are new, that moved, and those to come that are no longer said."""
    new, moved = [], []
    for course, record in pairs:
        known = {_session_key(_as_fields(each)): each for each in course.sessions.all()}
        for fields in record.sessions:
            found = known.pop(_session_key(fields), None)
            if found is None:
                new.append(Session(course=course, origin=course.origin, **fields))
            else:
                found.cancelled_on = None
                _say(found, fields, _SESSION)
                _say(found, fields, [name for name in _COUNTED if name in fields])
                moved.append(found)
        for gone in known.values():
            if gone.starts_on >= today and gone.cancelled_on is None:
                gone.cancelled_on = today
                moved.append(gone)
    for each in moved:
        each.edition += 1
    Session.objects.bulk_create(new, batch_size=BATCH)
    fields_kept = [*_SESSION, *_COUNTED, "cancelled_on", "edition"]
    Session.objects.bulk_update(moved, fields_kept, batch_size=BATCH)


def _as_fields(session: Session) -> Fields:
    return {"external_id": session.external_id, "starts_on": session.starts_on}


def _session_key(fields: Fields) -> Any:
    return fields.get("external_id") or fields["starts_on"]


def _leave(keys: list[int], today: date) -> None:
    """Courses that their catalogue lists no more are off the network, and stay in the base."""
    for start in range(0, len(keys), BATCH):
        Course.objects.filter(pk__in=keys[start : start + BATCH]).update(
            gone_on=today, edition=models.F("edition") + 1
        )
