"""From agreements to declarations in force, and from deposits to tables in service."""

from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings

from bassin.errors import Refused, SourceError
from bassin.observe.opendata.models import Agreement, Deposit, SharedTable
from bassin.observe.opendata.sharing import places
from bassin.sources.authority import folder
from bassin.sources.authority.declaration import LEVELS, Declaration, read
from bassin.types import Origin, Text

_WIDE = {level: place for place, level in enumerate(reversed(LEVELS))}


def _roof() -> Any:
    """What the whole house does when a table changes."""
    return import_module(settings.PUBLICATION)


def under(agreement: Agreement, made: Declaration) -> Declaration:
    """A declaration with what its agreement says: producer, level, secrecy, readers."""
    named = agreement.level == Agreement.Level.PARTNERS and agreement.pk
    slugs = agreement.readers.values_list("slug", flat=True).order_by("slug") if named else ()
    return replace(
        made, publisher=agreement.producer.name, level=agreement.level, regime=agreement.regime,
        page=agreement.document, readers=tuple(slugs),
    )  # fmt: skip


def declaration(deposit: Deposit) -> Declaration:
    """The declaration by which a deposit is checked: the table's, on the day of its data."""
    made = under(deposit.table.agreement, deposit.table.made)
    day = deposit.dated_on or deposit.begun_on.isoformat()
    return replace(made, dated_on=day, cog=deposit.begun_on.year)


def put(deposit: Deposit, today: date, *, serve: bool = True) -> Deposit:
    """Put a checked deposit in service in place of the last version.

    Nothing that is in service is lost when it fails: the last version stays.
    """
    var, table = Path(settings.VAR), deposit.table
    before = folder.folder(var) / f"{table.key}.toml"
    last = before.read_text("utf-8") if before.exists() else None
    made = declaration(deposit)
    try:
        folder.put(var, made)
        accepted = places.files(deposit.pk).accepted
        run = _roof().put(table.key, accepted, Origin(deposit.origin), serve=serve)
        failed = Text(run.error_fr, run.error) if run.status == "failed" else None
    except (Refused, SourceError) as error:
        failed = error.text
    if failed is not None:
        _restore(before, last)
        deposit.state, deposit.published_on = Deposit.State.FAILED, None
        deposit.said_fr, deposit.said_en = failed.fr, failed.en
        deposit.save()
        return deposit
    deposit.state, deposit.version = Deposit.State.PUBLISHED, run.version
    deposit.published_on, deposit.rows, deposit.refused = today, run.rows, run.refused
    deposit.save()
    table.declared_on, table.withdrawn_on, table.withdrawn_why = today, None, ""
    table.save()
    return deposit


def _restore(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text(text, encoding="utf-8")


def take(table: SharedTable) -> None:
    """Take a table out of service: first its declaration, so that nobody reads it any more."""
    folder.take(Path(settings.VAR), table.key)
    _roof().take(table.key)


def follow(agreement: Agreement, before: str) -> None:
    """Say the agreement's level, secrecy and readers in the declarations in force of its tables.

    When more people may read them, their older versions, made for fewer, are forgotten.
    """
    var = Path(settings.VAR)
    for table in agreement.tables.filter(withdrawn_on=None).exclude(declared_on=None):
        path = folder.folder(var) / f"{table.key}.toml"
        if not path.exists():
            continue
        if _WIDE[agreement.level] > _WIDE[before]:
            _roof().narrow(table.key)
        folder.put(var, under(agreement, read(path.read_text("utf-8"), path.name)))
