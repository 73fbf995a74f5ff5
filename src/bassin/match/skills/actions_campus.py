"""What people write of the network: bodies, sites, courses, sessions. One function per verb.

Every verb asks `permissions_campus` first and raises PermissionDenied.
"""

from datetime import date, datetime
from typing import Any, TypeVar, cast

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.match.skills import permissions_campus as permissions
from bassin.match.skills.imports.records import contradiction
from bassin.match.skills.models import Course, Session, Site, TrainingBody
from bassin.parties.access import is_officer, require
from bassin.parties.models import Organisation, Person

Kept = TypeVar("Kept", bound=TrainingBody | Site | Course | Session)

FIELDS = {
    "body": (
        "name", "siret", "activity_number", "qualiopi", "commune_code", "place", "page",
        "body_telephone", "body_email",
    ),
    "site": (
        "name", "commune_code", "place", "latitude", "longitude", "airport_badge", "stands_there",
    ),
    "course": (
        "title", "text", "certification_code", "formacode", "nsf", "rome_codes", "items", "level",
        "entry_level", "hours", "modality", "rhythm", "cost_eur", "cost_per", "funding", "sector",
        "permanent", "insertion_pct", "insertion_source", "page",
    ),
    "session": ("starts_on", "ends_on", "places", "entrants", "counted_on", "open"),
}  # fmt: skip
"""What may be written by hand; the rest follows from verbs."""


@transaction.atomic
def add_body(
    *, by: Person, organisation: Organisation | None = None, **fields: Any
) -> TrainingBody:
    """Begin the sheet of a training body.

    Raises:
        Refused: it has no name, a value cannot be, or this organisation has its sheet already.
    """
    if organisation is not None and not is_officer(by):
        require(organisation in permissions.organisations(by))
    else:
        require(is_officer(by))
    if organisation is not None:
        known = TrainingBody.objects.filter(organisation=organisation, archived_at=None).first()
        if known is not None:
            raise Refused(_("{name} has its sheet already: add sites and courses to it.").format(
                name=known))  # fmt: skip
    body = TrainingBody(organisation=organisation)
    return _write(body, "body", fields, day=None)


@transaction.atomic
def change_body(body: TrainingBody, *, by: Person, **fields: Any) -> TrainingBody:
    """Change its sheet.

    Raises:
        Refused: a value cannot be.
    """
    kept = _held(body)
    require(permissions.can_keep(by, kept))
    return _write(kept, "body", fields, day=None)


@transaction.atomic
def add_site(body: TrainingBody, *, by: Person, **fields: Any) -> Site:
    """A place where this body trains.

    Raises:
        Refused: nothing says where it is, or a value cannot be.
    """
    require(permissions.can_keep(by, body))
    return _write(Site(body=body), "site", fields, day=None)


@transaction.atomic
def change_site(site: Site, *, by: Person, **fields: Any) -> Site:
    """Change a site.

    Raises:
        Refused: a value cannot be.
    """
    kept = _held(site)
    require(permissions.can_keep(by, kept.body) and kept.archived_at is None)
    return _write(kept, "site", fields, day=None)


@transaction.atomic
def add_course(site: Site, *, by: Person, today: date, **fields: Any) -> Course:
    """A course at a site: it is on the network at once.

    Raises:
        Refused: it has no title, or a value cannot be.
    """
    require(permissions.can_keep(by, site.body) and site.archived_at is None)
    return _write(Course(site=site), "course", fields, day=today)


@transaction.atomic
def change_course(course: Course, *, by: Person, today: date, **fields: Any) -> Course:
    """Change a course that no catalogue brings.

    Raises:
        Refused: a value cannot be.
    """
    kept = _held(course)
    require(permissions.can_edit_course(by, kept))
    return _write(kept, "course", fields, day=today)


@transaction.atomic
def add_session(course: Course, *, by: Person, **fields: Any) -> Session:
    """When the course begins, for how many.

    Raises:
        Refused: its days or its counts cannot be.
    """
    require(permissions.can_edit_course(by, course))
    return _write(Session(course=course), "session", fields, day=None)


@transaction.atomic
def change_session(session: Session, *, by: Person, **fields: Any) -> Session:
    """Change a session; who entered may be counted for a catalogue's session as well.

    Raises:
        Refused: its days or its counts cannot be.
    """
    kept = _held(session)
    course = kept.course
    if course.catalogue_id is not None:
        require(permissions.can_keep(by, course.site.body))
        fields = {name: fields[name] for name in ("entrants", "counted_on") if name in fields}
    else:
        require(permissions.can_edit_course(by, course))
    return _write(kept, "session", fields, day=None)


@transaction.atomic
def cancel(session: Session, *, by: Person, today: date) -> Session:
    """It does not take place.

    Raises:
        Refused: it is cancelled already.
    """
    kept = _held(session)
    require(permissions.can_edit_course(by, kept.course))
    if kept.cancelled_on is not None:
        raise Refused(_("This session is cancelled already."))
    kept.cancelled_on = today
    kept.edition += 1
    kept.save()
    return kept


@transaction.atomic
def put_away(record: TrainingBody | Site | Course, *, by: Person, why: str, now: datetime) -> None:
    """Take it off the network, with why; it is not deleted, and neither is what hangs on it.

    Raises:
        Refused: nobody said why, or it is away already.
    """
    kept = _held(record)
    require(permissions.can_keep(by, _body_of(kept)))
    if not why.strip():
        raise Refused(_("Say why it is put away."))
    if kept.archived_at is not None:
        raise Refused(_("It is put away already."))
    kept.archived_at, kept.archived_by, kept.archived_why = now, by, why.strip()[:300]
    kept.edition += 1
    kept.save()


def _body_of(record: TrainingBody | Site | Course) -> TrainingBody:
    if isinstance(record, TrainingBody):
        return record
    return record.body if isinstance(record, Site) else record.site.body


def _held(record: Kept) -> Kept:
    found = type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    return cast("Kept", found)


def _write(record: Kept, kind: str, fields: dict[str, Any], day: date | None) -> Kept:
    for name, value in fields.items():
        if name not in FIELDS[kind]:
            raise TypeError(f"“{name}” is not written by hand.")
        setattr(record, name, value)
    if problem := _wrong(record, kind):
        raise Refused(problem)
    if isinstance(record, Course) and day is not None:
        record.checked_on = day
    if record.pk:
        record.edition += 1
    record.save()
    return record


def _wrong(record: Kept, kind: str) -> str:
    """Why it cannot be kept; "" when it can."""
    said = {name: getattr(record, name) for name in FIELDS[kind]}
    if isinstance(record, TrainingBody) and not record.name.strip():
        return _("Give the name of the training body.")
    if isinstance(record, Site) and not (record.commune_code or record.place.strip()):
        return _("Say where it is: its commune, or its address.")
    if isinstance(record, Course) and not record.title.strip():
        return _("Give the title of the course.")
    if isinstance(record, Session):
        if record.entrants is not None and record.counted_on is None:
            return _("Say on which day entrants were counted.")
        if record.places is not None and (record.entrants or 0) > record.places:
            return _("More people entered than there are places: check the two numbers.")
    return contradiction(kind, said)
