"""Two people at once: the second is refused, sees what the first changed, and loses nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from bassin.errors import Refused


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that somebody else changed meanwhile: as it was, as it is, as you typed it."""

    field: str
    label: str
    before: Any
    now: Any
    typed: Any

    @property
    def both(self) -> bool:
        """Whether you changed it too, to something else: you have to choose."""
        return self.typed not in (self.before, self.now)


class Conflict(Refused):
    """Somebody changed the record while you were writing; `differences` says what, field by field.

    What you typed is untouched: correct it if need be, then save again.
    """

    def __init__(self, differences: tuple[Difference, ...], record: Any = None) -> None:
        super().__init__(
            _("Someone else changed this while you were writing. Compare, then save again.")
        )
        self.record = record
        self.differences = differences


def values(record: Model, fields: Iterable[str]) -> dict[str, Any]:
    """The fields of a record as a form reads them; a link by its key."""
    found = {}
    for name in fields:
        linked = f"{name}_id"
        found[name] = getattr(record, linked if hasattr(record, linked) else name)
    return found


def plain(value: Any) -> Any:
    """A value as it compares whether it was typed or read: links by key, lists sorted."""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()  # one moment, whatever its zone
    if isinstance(value, list | tuple | set):
        return sorted(str(each) for each in value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float | Decimal):
        return format(Decimal(str(value)).normalize(), "f")  # 30000 and 30000.00 are one amount
    return str(value).replace("\r\n", "\n")


def number(text: str) -> int:
    """The edition that a form was opened on; 0, which no record has, for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def seal(record: Model, fields: Iterable[str]) -> str:
    """What a form was opened on, signed, to be sent back with it."""
    return seal_values(values(record, fields))


def seal_values(found: Mapping[str, Any]) -> str:
    """The same for what is not the fields of one record."""
    kept = {name: plain(value) for name, value in found.items()}
    return signing.dumps(kept, salt="edition", compress=True)


def unseal(sealed: str) -> dict[str, Any]:
    """What a form was opened on; nothing when the seal is broken."""
    try:
        found: dict[str, Any] = signing.loads(sealed, salt="edition")
    except signing.BadSignature:
        return {}
    return found


_ABSENT = object()


def refuse_stale(
    record: Model, base: Mapping[str, Any], typed: Mapping[str, Any], *, stale: bool = False
) -> None:
    """Refuse when a field is no longer what the form was opened on.

    Args:
        base: what the form was opened on, as `unseal` gives it; a field it does not hold counts as
            changed when it differs from what was typed.
        stale: the record is known to have changed, whatever the fields say.

    Raises:
        Conflict: somebody else changed the record.
    """
    found = _differences(values(record, typed), base, typed)
    if found or stale:
        named = tuple(replace(each, label=_name(record, each.field)) for each in found)
        raise Conflict(named, record)


def _name(record: Model, field: str) -> str:
    return str(getattr(record._meta.get_field(field), "verbose_name", field))


def refuse_changed(
    now: Mapping[str, Any], base: Mapping[str, Any], typed: Mapping[str, Any],
    labels: Mapping[str, str],
) -> None:  # fmt: skip
    """The same for what is not the fields of one record: what a form shows of several.

    Args:
        now: what the form would show if it were opened now.

    Raises:
        Conflict: somebody else changed one of these.
    """
    found = _differences(now, base, typed)
    if found:
        raise Conflict(tuple(replace(each, label=labels.get(each.field, "")) for each in found))


@transaction.atomic
def unless_changed(
    records: Sequence[Model], *, reads: Callable[[], Mapping[str, Any]], base: Mapping[str, Any],
    typed: Mapping[str, Any], labels: Mapping[str, str], save: Callable[[], Any],
) -> Any:  # fmt: skip
    """Save what a form typed, unless what it was opened on changed meanwhile.

    Args:
        records: held while `reads` is compared with `base`, then `save` called.

    Raises:
        Conflict: somebody else saved first.
    """
    for each in records:
        type(each)._default_manager.select_for_update(of=("self",)).get(pk=each.pk)
    refuse_changed(reads(), base, typed, labels)
    return save()


def _differences(
    held: Mapping[str, Any], base: Mapping[str, Any], typed: Mapping[str, Any]
) -> list[Difference]:
    found = []
    for name, now in held.items():
        before = base.get(name, _ABSENT)
        mine = plain(typed[name])
        unknown = before is _ABSENT
        if plain(now) != (mine if unknown else before):
            found.append(Difference(name, name, None if unknown else before, plain(now), mine))
    return found
