"""Who used a shared table: by day, form and organisation; never by whom."""

import functools
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bassin.observe.opendata.models import Departure, SharedTable, Use
from bassin.parties.access import User, roles
from bassin.parties.models import Organisation
from bassin.sources.authority.declaration import PREFIX
from bassin.ui.reader import today as now

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]

SHOWN_DAYS = 365
_READ = (200, 304)
"""A page given, or found unchanged by the browser that kept it."""


def note(table: SharedTable, user: User, form: str, today: date) -> None:
    """Count that a table that is not public was read, by the organisation of who reads it.

    Of several organisations, the one by which it may be read: the producer first.
    """
    mine = [each.organisation_id for each in roles(user)]
    agreement = table.agreement
    may = {agreement.producer_id, *agreement.readers.values_list("pk", flat=True)}
    for_it = next((pk for pk in mine if pk in may), mine[0] if mine else None)
    if for_it is not None:
        _count(table, Organisation.objects.get(pk=for_it), form, today)


def note_everyone(key: str, form: str, today: date) -> None:
    """Count that a table shared with everyone was read; what cannot be counted is still read."""
    try:
        with transaction.atomic():
            found = SharedTable.objects.filter(key=key).first()
            if found is not None:
                _count(found, None, form, today)
    except DatabaseError as error:
        logger.warning("A reading of %s as %s is not counted: %s", key, form, error)


def note_public(request: HttpRequest, key: str, form: str) -> None:
    """The same, where the answer is only made of a table that is shared here."""
    if key.startswith(PREFIX) and request.method == "GET":
        note_everyone(key, form, now())


def _count(table: SharedTable, by: Organisation | None, form: str, today: date) -> None:
    line, _new = Use.objects.get_or_create(day=today, table=table, form=form, organisation=by)
    Use.objects.filter(pk=line.pk).update(times=F("times") + 1)


def read_as(form: str) -> Callable[[View], View]:
    """Count the answers of a public view of tables, for those of them that are shared here."""

    def around(view: View) -> View:
        @functools.wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            answer = view(request, *args, **kwargs)
            if kwargs.get("kind", "table") == "table" and answer.status_code in _READ:
                note_public(request, str(kwargs["key"]), form)
            return answer

        return inner

    return around


Counted = tuple[str, str, int]


def counted(table: SharedTable, today: date) -> list[Counted]:
    """Organisation ("" for everyone), form and times, over a year; most used first."""
    since = today - timedelta(days=SHOWN_DAYS)
    times: Counter[tuple[str, str]] = Counter()
    for _day, name, form, count in _lines(table, since):
        times[name, form] += count
    listed = [(name, form, count) for (name, form), count in times.items()]
    return sorted(listed, key=lambda each: (-each[2], each))


def by_day(table: SharedTable) -> list[tuple[date, str, str, int]]:
    """Day, organisation, form and times: everything that is kept, newest first."""
    times: Counter[tuple[date, str, str]] = Counter()
    for day, name, form, count in _lines(table, date.min):
        times[day, name, form] += count
    return sorted(((*key, count) for key, count in times.items()), reverse=True)


def _lines(table: SharedTable, since: date) -> Iterable[tuple[date, str, str, int]]:
    for each in Use.objects.filter(table=table, day__gte=since).select_related("organisation"):
        yield each.day, str(each.organisation or ""), each.form, each.times
    for left in Departure.objects.filter(dataset=f"table:{table.key}", day__gte=since):
        yield left.day, "", left.form, left.times


def said(form: str) -> str:
    """By which way a table was read, in words."""
    words = {
        "page": pgettext("way", "its page"), "embed": _("pages embedded elsewhere"),
        "linked": _("its description for programs"), "api": _("API: figures made from it"),
        "ogc": _("map services"), "version": _("an older version, as a file"),
        "refused": _("the list of refused rows"),
    }  # fmt: skip
    return words.get(form) or _("file {form}").format(form=form.upper())
