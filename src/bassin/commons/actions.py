"""What people do with shared records: one function per verb. Each says who does it (`by`).

Every verb asks `permissions` first and raises PermissionDenied: a page that forgets to ask opens
nothing.
"""

import errno
import logging
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models, transaction
from django.utils.translation import gettext as _

from bassin.commons import files, permissions, slugs
from bassin.commons.models import Document, Event, FloorSpace, Operation, Perimeter
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Organisation, Person

logger = logging.getLogger(__name__)

EVENT_FIELDS = (
    "title", "title_en", "text", "text_en", "starts_at", "ends_at", "whole_day", "place",
    "commune_code", "organiser", "reference", "url", "visibility",
)  # fmt: skip
OPERATION_FIELDS = (
    "name", "kind", "phase", "phase_on", "lead", "commune_codes", "text", "source", "visibility",
)  # fmt: skip


def _check(record: models.Model) -> None:
    try:
        record.full_clean(validate_constraints=False)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def _slug(model: type[Event] | type[Operation], words: str) -> str:
    return slugs.free(model, words, most=70, otherwise="fiche")


def _write(record: models.Model, fields: Mapping[str, Any], allowed: tuple[str, ...]) -> bool:
    """Put values in a record; whether one of them is new.

    Raises:
        ValueError: a field that this verb does not write.
    """
    if strange := set(fields) - set(allowed):
        raise ValueError(f"Not written here: {', '.join(sorted(strange))}.")
    changed = {name for name, value in fields.items() if getattr(record, name) != value}
    for name in changed:
        setattr(record, name, fields[name])
    return bool(changed)


# Events


def _check_event(event: Event) -> None:
    if event.ends_at < event.starts_at:
        raise Refused(_("This event would end before it starts. Change one of the two times."))
    _check(event)


@transaction.atomic
def announce(*, by: Person, **fields: Any) -> Event:
    """Put an event in the agenda."""
    event = Event(slug=_slug(Event, f"{fields['title']} {fields['starts_at']:%Y-%m-%d}"))
    _write(event, fields, EVENT_FIELDS)
    require(permissions.can_announce(by, event.organiser_id))
    _check_event(event)
    event.save()
    return event


@transaction.atomic
def change_event(event: Event, *, by: Person, **fields: Any) -> Event:
    """Change an event; calendars that follow it learn of it by its number of changes."""
    require(permissions.can_edit_event(by, event))
    if _write(event, fields, EVENT_FIELDS):
        require(permissions.can_edit_event(by, event))  # nobody gives it to an organiser not theirs
        event.sequence += 1
        _check_event(event)
        event.save()
    return event


@transaction.atomic
def cancel(event: Event, *, by: Person, now: datetime) -> Event:
    """Call an event off: it stays in the agenda and in calendars, as cancelled."""
    require(permissions.can_edit_event(by, event))
    if event.cancelled_at is not None:
        raise Refused(_("This event is already cancelled."))
    event.cancelled_at = now
    event.sequence += 1
    event.save()
    return event


# Operations


@transaction.atomic
def add_operation(*, by: Person, **fields: Any) -> Operation:
    """Open the sheet of an operation."""
    require(permissions.can_edit_operation(by))
    operation = Operation(slug=_slug(Operation, fields["name"]))
    _write(operation, fields, OPERATION_FIELDS)
    _check(operation)
    operation.save()
    return operation


@transaction.atomic
def change_operation(operation: Operation, *, by: Person, **fields: Any) -> Operation:
    """Change what is known of an operation."""
    require(permissions.can_edit_operation(by, operation))
    if _write(operation, fields, OPERATION_FIELDS):
        _check(operation)
        operation.save()
    return operation


@transaction.atomic
def draw(
    operation: Operation, geometry: Mapping[str, Any], *, by: Person, valid_from: date, source: str
) -> Perimeter:
    """Give an operation its outline from a day on; the outline before it ends there.

    Raises:
        Refused: the outline is no polygon in longitudes and latitudes, or starts before the last.
    """
    require(permissions.can_edit_operation(by, operation))
    if not source.strip():
        raise Refused(_("Say which decision or document draws this outline."))
    _check_outline(geometry)
    last = operation.perimeters.order_by("-valid_from").first()
    if last is not None and last.valid_from >= valid_from:
        raise Refused(
            _("The last outline is of {day}: a new one starts later.").format(day=last.valid_from)
        )
    if last is not None and last.valid_to is None:
        last.valid_to = valid_from
        last.save()
    return Perimeter.objects.create(
        operation=operation, geometry=dict(geometry), valid_from=valid_from, source=source
    )


def _check_outline(geometry: Mapping[str, Any]) -> None:
    import shapely
    from shapely.geometry import shape

    try:
        drawn = shape(geometry)
    except (shapely.errors.ShapelyError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise Refused(_("This outline cannot be read: give a GeoJSON polygon.")) from error
    inside = shapely.box(-180, -90, 180, 90).contains(drawn)
    if drawn.geom_type not in ("Polygon", "MultiPolygon") or drawn.is_empty or not inside:
        raise Refused(_("An outline is a polygon, in longitudes and latitudes (WGS 84)."))
    if not drawn.is_valid:
        raise Refused(_("This outline crosses itself. Draw it again."))


@transaction.atomic
def set_floor(
    operation: Operation, use: str, *, by: Person, source: str, **known: Any
) -> FloorSpace:
    """Say the floor space of one use: planned, delivered, when. What is not known stays empty."""
    require(permissions.can_edit_operation(by, operation))
    if not source.strip():
        raise Refused(_("Say which document gives this floor space."))
    floor = operation.floors.filter(use=use).first() or FloorSpace(operation=operation, use=use)
    _write(floor, {**known, "source": source},
           ("planned_m2", "delivered_m2", "delivery_on", "source"))  # fmt: skip
    _check(floor)
    floor.save()
    return floor


@transaction.atomic
def put_away(record: Operation | Event, *, by: Person, why: str, now: datetime) -> None:
    """Take a record off the pages, with who and why. Nothing is deleted."""
    if isinstance(record, Event):
        require(permissions.can_edit_event(by, record))
        record.sequence += 1
    else:
        require(permissions.can_edit_operation(by, record))
    if not why.strip():
        raise Refused(_("Say why it is put away."))
    record.archived_at, record.archived_by, record.archived_why = now, by, why.strip()
    record.save()


# Documents


def add_document(
    *, by: Person, title: str, file: File | None = None, url: str = "", **fields: Any
) -> Document:
    """Keep a file, or the address of one.

    Raises:
        Refused: neither or both were given, the file is not accepted, it is already there, or the
            disk is full.
    """
    require(permissions.can_add_document(by))
    if bool(file) == bool(url):
        raise Refused(_("Give a file, or the address of one."))
    document = Document(title=title.strip(), url=url, added_by=by)
    _write(document, fields, ("reference", "dated_on", "visibility"))
    _check_document(document)
    if file is None:
        document.save()
        return document
    received = files.judge(file)
    _refuse_twice(received.digest, document.reference)
    document.sha256 = received.digest
    return _keep(document, file, f"{received.digest[:16]}.{received.extension}")


def _check_document(document: Document) -> None:
    try:
        document.clean_fields(exclude=["file"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def _refuse_twice(digest: str, reference: str) -> None:
    twin = Document.objects.filter(sha256=digest, reference=reference).first()
    if twin is not None:
        raise Refused(_("This very file is already there: “{title}”.").format(title=twin.title))


def _keep(document: Document, file: File, name: str) -> Document:
    """Write the file, then the record; neither without the other."""
    try:
        document.file.save(name, file, save=False)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        logger.error("No room left for documents: %s", error)
        raise Refused(
            _("The disk of the service is full: nothing was kept. Tell the service below, then "
              "try again.")
        ) from error  # fmt: skip
    try:
        document.save()
    except Exception:
        document.file.delete(save=False)
        raise
    return document


def discard(document: Document) -> None:
    """Delete a document, then its file once the deletion holds: what it served is over.

    Whoever keeps it asked for the permission, or its time is over.
    """
    name, storage = document.file.name, document.file.storage
    document.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def organisations_of(person: Person) -> models.QuerySet[Organisation]:
    """The organisations for which a person may announce: all, for an officer."""
    everyone = Organisation.objects.all()
    if permissions.can_announce(person):
        return everyone
    held = person.memberships.values("organisation")
    mine = [
        each.pk for each in everyone.filter(pk__in=held) if permissions.can_announce(person, each)
    ]
    return everyone.filter(pk__in=mine)
