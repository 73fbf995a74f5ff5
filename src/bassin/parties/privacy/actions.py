"""Forgetting people: when they ask, and every night when the time of what is held is over."""

import logging
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from auditlog.context import disable_auditlog
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.parties.mail import forget
from bassin.parties.models import Membership, Organisation, Person
from bassin.parties.privacy import audit
from bassin.parties.privacy.declared import ERASED, Hold
from bassin.parties.privacy.held import rows_of
from bassin.parties.privacy.register import Model, holding
from bassin.types import Text

logger = logging.getLogger(__name__)

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Fate:
    """What erasure does to the rows of one table: how many, kept or not, and why."""

    model: Model
    data: Text
    count: int
    kept: bool
    why: Text


def fates(person: Person) -> list[Fate]:
    """What erasure would delete, and what it would keep without naming the person."""
    return [
        Fate(model, personal.what(hold), count, hold.blank is not None, hold.why)
        for model, personal in holding().items()
        for hold in personal.holds
        if (count := rows_of(model, hold, person).count())
    ]


def erase(person: Person, *, by: Person | None, today: date) -> list[Fate]:
    """Forget a person everywhere, in one transaction; say what was deleted and what was kept.

    Raises:
        Refused: they are the only one who administers the authority.
    """
    _refuse_the_last_administrator(person, today)
    return _erase(person, by)


@transaction.atomic
def _erase(person: Person, by: Person | None) -> list[Fate]:
    done = fates(person)
    pk, address = person.pk, person.email
    # All rows are found before the first is touched: some are reached through others.
    found = [(model, hold, _keys(rows_of(model, hold, person))) for model, hold in _holds()]
    with disable_auditlog():
        for model, hold, keys in found:
            if model is not LogEntry:
                audit.empty(model, keys, hold.blank or ())
        audit.strike(person)
        for model, hold, keys in found:
            if model not in (LogEntry, Person):  # struck out above; deleted below
                _end(model, hold.blank, keys)
        person.delete()
    _write_down(pk, by)
    if address:
        transaction.on_commit(lambda: forget(address))
    logger.info("One person was forgotten: %s", _counted(done))
    return done


def _holds() -> Iterator[tuple[Model, Hold]]:
    for model, personal in holding().items():
        for hold in personal.holds:
            yield model, hold


def _keys(rows: models.QuerySet[Any]) -> list[Any]:
    return list(rows.values_list("pk", flat=True))


def _end(model: Model, blank: Mapping[str, Any] | None, keys: Sequence[Any]) -> None:
    """Delete rows, or give them the values that make them anonymous."""
    for start in range(0, len(keys), AT_ONCE):
        rows = model._base_manager.filter(pk__in=keys[start : start + AT_ONCE])
        with transaction.atomic(), disable_auditlog():
            if blank is None:
                rows.delete()
            else:
                rows.update(**blank)


def _write_down(pk: int, by: Person | None) -> None:
    """One line of the audit: someone was erased; by whom, when it was not by themselves."""
    other = by is not None and by.pk is not None and by.pk != pk
    # In bulk: no signal then names the person of the request, who may be gone.
    LogEntry.objects.bulk_create(
        [
            LogEntry(
                content_type=ContentType.objects.get_for_model(Person),
                object_pk=str(pk),
                object_id=pk,
                object_repr=ERASED,
                action=LogEntry.Action.DELETE,
                actor=by if other else None,
            )
        ]
    )


def _counted(done: list[Fate]) -> str:
    return ", ".join(f"{each.count} {each.model._meta.label}" for each in done)


def _refuse_the_last_administrator(person: Person, today: date) -> None:
    held = Membership.objects.on(today).filter(
        role=Membership.Role.ADMINISTRATOR, organisation__kind=Organisation.Kind.AUTHORITY
    )
    mine = held.filter(person=person).values_list("organisation", flat=True)
    for organisation in Organisation.objects.filter(pk__in=mine):
        others = held.filter(organisation=organisation, person__is_active=True)
        if not others.exclude(person=person).exists():
            raise Refused(
                _("You are the only person who administers {organisation}: nobody could let others "
                  "in. Give this role to someone else first.").format(organisation=organisation)
            )  # fmt: skip


def forget_what_is_over(*, today: date) -> dict[str, int]:
    """Delete or make anonymous all that has been kept long enough; how many rows, by table.

    Done twice on one day, it finds nothing the second time.
    """
    counts: dict[str, int] = {}
    for model, personal in holding().items():
        for hold in personal.holds:
            if hold.months and model is not Person and (done := _end_over(model, hold, today)):
                counts[model._meta.label] = counts.get(model._meta.label, 0) + done
    if forgotten := _forget_the_unseen(today):
        counts[Person._meta.label] = forgotten
    logger.info("Retention of %s: %s", today, counts or "nothing was over")
    return counts


def months_before(day: date, months: int) -> date:
    """The same day that many months earlier; the last of the month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _over(model: Model, hold: Hold, today: date) -> models.QuerySet[Any]:
    """The rows whose time is over."""
    since = hold.since
    if isinstance(since, str):
        moment = isinstance(model._meta.get_field(since), models.DateTimeField)
        since = TruncDate(since) if moment else F(since)
    limit = months_before(today, hold.months)
    return model._base_manager.annotate(_since=since).filter(hold.among, _since__lt=limit)


def _end_over(model: Model, hold: Hold, today: date) -> int:
    over = _over(model, hold, today)
    blank = None if hold.ends else hold.blank
    if blank is not None:
        over = over.filter(_named(blank))
    keys = _keys(over)
    if model is not LogEntry:  # what is no longer kept is not kept in the audit either
        audit.empty(model, keys, blank or ())
    _end(model, blank, keys)
    return len(keys)


def _named(blank: Mapping[str, Any]) -> Q:
    """The rows that are not anonymous yet."""
    named = Q()
    for name, value in blank.items():
        if value is None:
            named |= Q(**{f"{name}__isnull": False})
        else:
            named |= ~Q(**{name: value})
    return named


def _forget_the_unseen(today: date) -> int:
    """Erase those never confirmed, or not seen, for the time declared, whom no role ties."""
    over = [_over(Person, hold, today).values("pk") for hold in holding()[Person].holds]
    unseen = Person.objects.filter(reduce(or_, (Q(pk__in=each) for each in over)))
    for model, personal in holding().items():
        if personal.ties is not None:
            who = personal.holds[0].person
            tied = model._base_manager.filter(personal.ties(today), **{f"{who}__isnull": False})
            unseen = unseen.exclude(pk__in=tied.values(who))
    people = list(unseen)
    for person in people:
        _erase(person, None)
    return len(people)
