"""What people do with shared data: agreements, declarations, deposits, publication, withdrawal."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.commons import slugs
from bassin.commons.brought import MEGABYTE
from bassin.errors import NO_ROOM, Refused, no_room
from bassin.observe.opendata import permissions_sharing as permissions
from bassin.observe.opendata.models import Agreement, Deposit, SharedTable
from bassin.observe.opendata.sharing import checking, places, published
from bassin.parties.access import require
from bassin.parties.models import Person
from bassin.sources.authority.accepting import named
from bassin.sources.authority.declaration import PREFIX, Declaration, check, written
from bassin.sources.authority.guessing import guess

_OPEN = (Deposit.State.CHECKING, Deposit.State.CHECKED, Deposit.State.REFUSED, Deposit.State.FAILED)


def agree(*, by: Person, readers: Sequence[Any] = (), **facts: Any) -> Agreement:
    """Write an agreement.

    Raises:
        Refused: its review is not after its start.
    """
    require(permissions.can_manage_agreements(by))
    _in_order(facts["starts_on"], facts["review_on"])
    slug = slugs.free(Agreement, facts["title"], most=70, otherwise="accord")
    with transaction.atomic():
        made = Agreement.objects.create(slug=slug, **facts)
        made.readers.set(readers)
    return made


def amend(agreement: Agreement, *, by: Person, readers: Sequence[Any] = (), **facts: Any) -> None:
    """Change an agreement; its tables in service follow at once.

    Raises:
        Refused: its review is not after its start.
    """
    require(permissions.can_manage_agreements(by))
    _in_order(facts["starts_on"], facts["review_on"])
    with transaction.atomic():
        kept = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
        before = kept.level
        for name, value in facts.items():
            setattr(kept, name, value)
        kept.save()
        kept.readers.set(readers)
        published.follow(kept, before)


def _in_order(starts_on: date, review_on: date) -> None:
    if review_on <= starts_on:
        raise Refused(_("The review comes after the start: give it a later date."))


def end(agreement: Agreement, *, by: Person, why: str, today: date) -> None:
    """End an agreement: its tables are no longer given to anybody; the record stays.

    Raises:
        Refused: no reason is given.
    """
    require(permissions.can_manage_agreements(by))
    _reason(why)
    for table in agreement.tables.filter(withdrawn_on=None):
        _withdraw(table, why, today)
    agreement.ended_on, agreement.ended_why = today, why.strip()[:300]
    agreement.save()


def _reason(why: str) -> None:
    if not why.strip():
        raise Refused(_("Say why: the reason stays with the record."))


def propose(
    agreement: Agreement, *, by: Person, title: str, document: str, chunks: Iterable[bytes],
    dated_on: str = "", today: date, origin: str = "real",
) -> Deposit:  # fmt: skip
    """Begin a table from a file: its declaration is guessed, and waits to be corrected.

    Raises:
        Refused: the file cannot be opened; nothing is kept of it.
    """
    require(permissions.can_deposit(by, agreement))
    layer = document.lower().endswith((".geojson", ".json"))
    with transaction.atomic():
        table = SharedTable.objects.create(
            agreement=agreement, key=_free_key(title), declaration="", origin=origin
        )
        deposit = _received(table, by, document, chunks, dated_on, today, origin)
        try:
            made = guess(
                places.files(deposit.pk).received, key=table.key, title=title.strip(),
                publisher=agreement.producer.name, layer=layer,
            )  # fmt: skip
            table.declaration = written(check(published.under(agreement, made)))
        except Refused:
            places.forget(deposit.pk)
            raise
        table.save()
    return deposit


def _free_key(title: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "_", named(title))[:36].strip("_")
    base = base if base[:1].isalpha() and len(base) > 1 else f"table_{base}"[:36]
    taken = set(SharedTable.objects.filter(key__startswith=PREFIX).values_list("key", flat=True))
    tried = (f"{PREFIX}{base}{end}" for end in ("", *(f"_{n}" for n in range(2, len(taken) + 3))))
    return next(key for key in tried if key not in taken)


def declare(table: SharedTable, made: Declaration, *, by: Person, today: date) -> SharedTable:
    """Say what the table's files must hold; the last file that waits is checked anew.

    What is in service stays as it was declared until a file is published under this.

    Raises:
        Refused: it could not be published; the sentence says what to change.
    """
    require(permissions.can_deposit(by, table.agreement))
    kept = check(published.under(table.agreement, replace(made, key=table.key)))
    table.declaration = written(kept)
    table.save(update_fields=["declaration"])
    waiting = table.deposits.filter(state__in=_OPEN).first()
    if waiting is not None and places.files(waiting.pk).received.exists():
        _check(waiting, today)
    return table


def bring(
    table: SharedTable, *, by: Person, document: str, chunks: Iterable[bytes],
    dated_on: str = "", today: date, origin: str = "real",
) -> Deposit:  # fmt: skip
    """Bring a new version of a table: it is checked; nothing in service changes."""
    require(permissions.can_deposit(by, table.agreement))
    deposit = _received(table, by, document, chunks, dated_on, today, origin)
    _check(deposit, today)
    return deposit


def _received(
    table: SharedTable, by: Person, document: str, chunks: Iterable[bytes], dated_on: str,
    today: date, origin: str,
) -> Deposit:  # fmt: skip
    """A file as it came, and its line; neither is left of one that finds no room."""
    with transaction.atomic():
        deposit = Deposit.objects.create(
            table=table, document=document[:200], begun_by=by, begun_on=today, dated_on=dated_on,
            origin=origin,
        )  # fmt: skip
        try:
            kept = places.keep(deposit.pk, chunks)
        except OSError as error:
            raise (Refused(NO_ROOM) if no_room(error) else error) from error
        deposit.size = kept.received.stat().st_size
        if deposit.size > places.MOST_BYTES:
            places.forget(deposit.pk)
            raise Refused(too_heavy())
        deposit.save(update_fields=["size"])
    return deposit


def too_heavy() -> str:
    """What is said of a file larger than one may be."""
    return _(
        "This file is too large: {count} MB at most. Nothing was kept of it. Leave out columns "
        "that nobody reads, or share it as two tables."
    ).format(count=places.MOST_BYTES // MEGABYTE)


def _check(deposit: Deposit, today: date) -> None:
    """At once when it is small; else by the worker, while its page says how far it is."""
    from bassin.observe.opendata import tasks

    if deposit.size <= places.AT_ONCE:
        checking.check(deposit, today)
        return
    deposit.state, deposit.read = Deposit.State.CHECKING, 0
    deposit.save(update_fields=["state", "read"])
    tasks.check_deposit.enqueue(deposit.pk)


def repair(deposit: Deposit, repairs: Sequence[str], *, by: Person, today: date) -> Deposit:
    """Agree to some of the repairs proposed, and to no other; the file is checked anew."""
    require(permissions.can_deposit(by, deposit.table.agreement))
    _still_open(deposit)
    proposed = {f"{each['column']}:{each['code']}" for each in deposit.found.get("proposals", ())}
    deposit.repairs = sorted(set(repairs) & proposed)
    deposit.save(update_fields=["repairs"])
    _check(deposit, today)
    return deposit


def publish(deposit: Deposit, *, by: Person, today: date) -> Deposit:
    """Put a checked file in service at the level of its agreement, in place of the last one.

    Raises:
        Refused: too many of its rows are refused, or it is no longer open.
    """
    from bassin.observe.opendata import tasks

    require(permissions.can_publish(by, deposit))
    with transaction.atomic():
        kept = Deposit.objects.select_for_update(of=("self",)).get(pk=deposit.pk)
        _still_open(kept)
        if kept.state not in (Deposit.State.CHECKED, Deposit.State.FAILED):
            raise Refused(_("This file is not checked yet: wait until it is, then publish it."))
        if not checking.may_be_published(kept):
            raise Refused(_("Too many rows are refused: correct the file, then bring it again."))
        kept.state, kept.published_by = Deposit.State.PUBLISHING, by
        kept.save(update_fields=["state", "published_by"])
    # Once it is written: the worker reads it.
    tasks.publish_deposit.enqueue(kept.pk)
    deposit.refresh_from_db()
    return deposit


def drop(deposit: Deposit, *, by: Person) -> None:
    """Leave a file that was not published: its files are deleted, its line stays."""
    require(permissions.can_deposit(by, deposit.table.agreement))
    _still_open(deposit)
    deposit.state = Deposit.State.DROPPED
    deposit.save(update_fields=["state"])
    places.forget(deposit.pk)


def _still_open(deposit: Deposit) -> None:
    if deposit.state not in _OPEN:
        raise Refused(_("This file was published, or dropped, already."))


def withdraw(table: SharedTable, *, by: Person, why: str, today: date) -> None:
    """Take a table out of service: its rows go, the record of what was published stays.

    Raises:
        Refused: no reason is given, or it is not in service.
    """
    require(permissions.can_withdraw(by, table))
    _reason(why)
    if table.withdrawn_on is not None or table.declared_on is None:
        raise Refused(_("This table is not in service."))
    _withdraw(table, why, today)


def _withdraw(table: SharedTable, why: str, today: date) -> None:
    if table.declared_on is not None:
        published.take(table)
    table.withdrawn_on, table.withdrawn_why = today, why.strip()[:300]
    table.save()
    for deposit in table.deposits.filter(state=Deposit.State.PUBLISHED):
        deposit.state = Deposit.State.WITHDRAWN
        deposit.save(update_fields=["state"])
        places.forget(deposit.pk)
