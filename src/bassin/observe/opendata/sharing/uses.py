"""Who used a shared table: by day, form and organisation; never by whom."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import F, Sum

from bassin.observe.opendata.models import Departure, SharedTable, Use
from bassin.parties.access import User, roles
from bassin.parties.models import Organisation

SHOWN_DAYS = 365


def note(table: SharedTable, user: User, form: str, today: date) -> None:
    """Count that a table that is not public was read, by the organisation of who reads it.

    Of several organisations, the one by which it may be read: the producer first.
    """
    mine = [each.organisation_id for each in roles(user)]
    agreement = table.agreement
    may = {agreement.producer_id, *agreement.readers.values_list("pk", flat=True)}
    for_it = next((pk for pk in mine if pk in may), mine[0] if mine else None)
    if for_it is None:
        return
    line, _new = Use.objects.get_or_create(
        day=today, table=table, form=form, organisation_id=for_it
    )
    Use.objects.filter(pk=line.pk).update(times=F("times") + 1)


Counted = tuple[str, str, int]


def counted(table: SharedTable, today: date) -> list[Counted]:
    """Organisation ("" for everyone), form and times, over a year; most used first."""
    since = today - timedelta(days=SHOWN_DAYS)
    inside = Use.objects.filter(table=table, day__gte=since).values_list("organisation", "form")
    names = {each.pk: str(each) for each in _named(pk for pk, _form in inside)}
    found = [
        (names[pk], form, times) for pk, form, times in inside.annotate(Sum("times")).order_by()
    ]
    left = Departure.objects.filter(dataset=f"table:{table.key}", day__gte=since)
    totals = left.values_list("form").annotate(Sum("times")).order_by()
    found += [("", form, times) for form, times in totals]
    return sorted(found, key=lambda each: (-each[2], each))


def _named(keys: Iterable[int]) -> list[Organisation]:
    return list(Organisation.objects.filter(pk__in=set(keys)))


def by_day(table: SharedTable, today: date) -> list[tuple[date, str, str, int]]:
    """Day, organisation, form and times: everything that is kept, newest first."""
    inside = Use.objects.filter(table=table).select_related("organisation")
    found = [(each.day, str(each.organisation), each.form, each.times) for each in inside]
    left = Departure.objects.filter(dataset=f"table:{table.key}")
    found += [(each.day, "", each.form, each.times) for each in left]
    return sorted(found, key=lambda each: (each[0], each[1], each[2]), reverse=True)
