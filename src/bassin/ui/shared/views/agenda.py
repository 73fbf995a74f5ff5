"""The one agenda: a page with filters, a page per event, a calendar to follow, and its writing."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bassin import systems
from bassin.commons import actions, calendar, permissions
from bassin.commons.models import Event
from bassin.errors import Refused
from bassin.ui.opened import house
from bassin.ui.shared.forms import CancelForm, EventForm, PutAwayForm
from bassin.ui.shared.views.common import commune, communes, crumbs, language, person, written

BY_PAGE = 30


@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """What is to come, by month; the choice of a commune and of a month is in the address."""
    names = communes()
    code = request.GET.get("commune", "")
    month = _month(request.GET.get("mois", ""))
    listed = _listed(request, code if code in names else "", month)
    page = Paginator(listed, BY_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "crumbs": crumbs((_("Agenda"), "")),
        "months": [
            (date_format(start, "F Y"), [_line(each, names) for each in events])
            for start, events in groupby(page, _first_of_month)
        ],
        "page": page,
        "query": query.urlencode(),
        "communes": names.items(),
        "commune": code,
        "month": request.GET.get("mois", "") if month else "",
        "feed": request.build_absolute_uri(reverse("shared:feed")),
        "may_add": _may_add(request),
    }
    return render(request, "commons/agenda.html", context)


def _may_add(request: HttpRequest) -> bool:
    signed_in = request.user.is_authenticated
    return signed_in and actions.organisations_of(person(request)).exists()


def _month(text: str) -> date | None:
    """The first day of "2026-12"; None for anything else."""
    found = re.fullmatch(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])", text)
    return date(int(found[1]), int(found[2]), 1) if found else None


def _first_of_month(event: Event) -> date:
    return timezone.localtime(event.starts_at).date().replace(day=1)


def _listed(request: HttpRequest, code: str, month: date | None) -> QuerySet[Event]:
    """Events to come, or all those of a month, that this person may see."""
    found = permissions.visible(request.user, Event.objects.select_related("organiser"))
    if code:
        found = found.filter(commune_code=code)
    if month is None:
        return found.filter(ends_at__gte=timezone.now())
    local = timezone.get_default_timezone()
    start = datetime(month.year, month.month, 1, tzinfo=local)
    end = (start + timedelta(days=32)).replace(day=1)
    return found.filter(starts_at__lt=end, ends_at__gte=start)


def _line(event: Event, names: dict[str, str]) -> dict[str, Any]:
    return {"event": event, "commune": names.get(event.commune_code, ""), "when": when(event)}


def when(event: Event) -> str:
    """« mardi 1 décembre 2026, 14 h 00 – 17 h 30 », or the two days of a longer event."""
    start, end = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    day, hour = "l j F Y", "H:i"
    if event.whole_day and start.date() == end.date():
        return date_format(start, day)
    if event.whole_day:
        return f"{date_format(start, day)} – {date_format(end, day)}"
    if start == end:
        return date_format(start, f"{day}, {hour}")
    if start.date() == end.date():
        return f"{date_format(start, day)}, {date_format(start, hour)} – {date_format(end, hour)}"
    return f"{date_format(start, f'{day}, {hour}')} – {date_format(end, f'{day}, {hour}')}"


def _seen(request: HttpRequest, slug: str) -> Event:
    """An event this person may see; for anyone else there is none."""
    event = get_object_or_404(Event.objects.select_related("organiser"), slug=slug)
    if not permissions.can_see(request.user, event):
        raise Http404
    return event


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event."""
    found = _seen(request, slug)
    context = {
        "crumbs": crumbs((_("Agenda"), reverse("shared:agenda")), (found.said, "")),
        "event": found,
        "english": language() == "en" and bool(found.text_en),
        "when": when(found),
        "commune": commune(found.commune_code) if found.commune_code else None,
        "about": systems.resolve(found.reference, language()) if found.reference else None,
        "may_edit": permissions.can_edit_event(request.user, found),
        "past": found.ends_at < timezone.now(),
    }
    return render(request, "commons/event.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The public agenda as a calendar to follow; of one commune when asked."""
    events = calendar.followed(timezone.now())
    code = request.GET.get("commune", "")
    if code:
        events = [each for each in events if each.commune_code == code]
    name = _("Agenda of {place}").format(place=house().home.name)
    return _calendar(calendar.feed(events, name=name, address=_address(request)))


@require_safe
def event_file(request: HttpRequest, slug: str) -> HttpResponse:
    """One public event, to put in a calendar."""
    found = _seen(request, slug)
    if found not in permissions.visible(AnonymousUser(), Event.objects.filter(pk=found.pk)):
        raise Http404
    return _calendar(calendar.feed([found], name=found.title, address=_address(request)))


def _address(request: HttpRequest) -> Callable[[Event], str]:
    return lambda each: request.build_absolute_uri(reverse("shared:event", args=[each.slug]))


def _calendar(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="agenda.ics"'
    response.headers["Cache-Control"] = "public, max-age=900"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Put an event in the agenda."""
    me = person(request)
    organisers = actions.organisations_of(me)
    if not organisers.exists():
        raise PermissionDenied
    officer = permissions.can_announce(me)
    form = EventForm(request.POST or None, organisers=organisers, officer=officer)
    if form.is_valid():
        try:
            made = actions.announce(by=me, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("shared:event", made.slug)
    return _form(request, form, _("Put an event in the agenda"))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change an event."""
    me, found = person(request), _seen(request, slug)
    if not permissions.can_edit_event(me, found):
        raise PermissionDenied
    now = {name: getattr(found, name) for name in EventForm.base_fields}
    form = EventForm(
        request.POST or None,
        initial=now,
        organisers=actions.organisations_of(me),
        officer=permissions.can_announce(me),
    )
    if form.is_valid():
        try:
            actions.change_event(found, by=me, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("shared:event", found.slug)
    return _form(request, form, _("Change this event"), found)


def _form(
    request: HttpRequest, form: EventForm, title: str, found: Event | None = None
) -> HttpResponse:
    context = {
        "crumbs": crumbs((_("Agenda"), reverse("shared:agenda")), (title, "")),
        "form": form,
        "title": title,
        "event": found,
        "cancel": CancelForm() if found and not found.cancelled_at else None,
    }
    return render(request, "commons/event_form.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def put_away(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an event off the agenda."""
    me, found = person(request), _seen(request, slug)
    if not permissions.can_edit_event(me, found):
        raise PermissionDenied

    def verb(why: str) -> str:
        actions.put_away(found, by=me, why=why, now=timezone.now())
        return reverse("shared:agenda")

    form = PutAwayForm(request.POST or None)
    return written(request, form, verb, _("Put this event away"), found.title)


@require_http_methods(["POST"])
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Call an event off."""
    me, found = person(request), _seen(request, slug)
    if not CancelForm(request.POST).is_valid():
        raise Refused(_("Tick the box to call this event off; nothing was changed."))
    actions.cancel(found, by=me, now=timezone.now())
    return redirect("shared:event", found.slug)
