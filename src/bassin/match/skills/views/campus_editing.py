"""« Nos formations »: bodies, sites, courses and sessions kept by officers and training bodies."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bassin.errors import Refused
from bassin.match.skills import actions_campus as actions
from bassin.match.skills import permissions_campus as permissions
from bassin.match.skills.forms import AwayForm
from bassin.match.skills.forms_campus import BodyForm, CourseForm, Kept, SessionForm, SiteForm
from bassin.match.skills.models import Course, Session, Site, TrainingBody
from bassin.match.skills.network import asked, network
from bassin.match.skills.views.campus import names_around
from bassin.match.skills.views.common import crumbs, house, require, signed_in, today
from bassin.parties.models import Person
from bassin.ui import editing

PER_PAGE = 25
_STEPS = ("skills:campus", "skills:campus_mine")


def _crumbs(*last: str) -> list[Any]:
    words = (_("Training campuses"), _("Our courses"))
    return crumbs(*zip(words, _STEPS, strict=True), *((each, "") for each in last))


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The bodies that one keeps, with their sites."""
    person = signed_in(request)
    require(permissions.can_keep(person))
    bodies = TrainingBody.objects.filter(archived_at=None).prefetch_related("sites")
    manages = permissions.can_manage_catalogues(person)
    if not manages:
        bodies = bodies.filter(organisation__in=permissions.organisations(person))
    kept = set(bodies.values_list("organisation", flat=True))
    page = Paginator(bodies, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "bodies": [
            (each, [site for site in each.sites.all() if site.archived_at is None]) for each in page
        ],
        "manages": manages,
        "beginnable": [o for o in permissions.organisations(person) if o.pk not in kept],
        "crumbs": _crumbs(),
    }
    return render(request, "skills/campus_mine.html", context)


def _write(
    request: HttpRequest, form: Kept, title: str, keep: Callable[[dict[str, Any]], tuple[Any, ...]],
    lede: str = "", session: Session | None = None,
) -> HttpResponse:  # fmt: skip
    """Show a form, or keep what it says and go where `keep` tells."""
    to: list[Any] = []
    record = form.instance if form.instance.pk else None
    edited = editing.edit(
        request, form, record=record, reads=form.reads, save=lambda given: to.extend(keep(given))
    )
    if edited.saved:
        return redirect(*to)
    context = {
        "form": form, "title": title, "lede": lede, "session": session, "edited": edited,
        "crumbs": _crumbs(title),
    }  # fmt: skip
    return render(request, "skills/campus_write.html", context, status=edited.status)


@require_http_methods(["GET", "HEAD", "POST"])
def new_body(request: HttpRequest) -> HttpResponse:
    """Begin the sheet of a training body: an officer for any, a body for itself."""
    person = signed_in(request)
    require(permissions.can_keep(person))
    mine_ = permissions.organisations(person)
    own = None if permissions.can_manage_catalogues(person) else mine_[0]
    initial = {"name": own.name, "siret": own.siret or ""} if own else {}
    form = BodyForm(request.POST or None, initial=initial, communes=names_around())

    def keep(given: dict[str, Any]) -> tuple[Any, ...]:
        actions.add_body(by=person, organisation=own, **given)
        return ("skills:campus_mine",)

    return _write(request, form, _("A new training body"), keep)


def _body(request: HttpRequest, pk: int) -> tuple[Person, TrainingBody]:
    person, body = signed_in(request), get_object_or_404(TrainingBody, pk=pk)
    if not permissions.can_keep(person, body):
        raise Http404
    return person, body


@require_http_methods(["GET", "HEAD", "POST"])
def edit_body(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the sheet of a body."""
    person, body = _body(request, pk)
    form = BodyForm(request.POST or None, instance=body, communes=names_around())

    def keep(given: dict[str, Any]) -> tuple[Any, ...]:
        actions.change_body(body, by=person, **given)
        return ("skills:campus_mine",)

    return _write(request, form, body.name, keep)


@require_http_methods(["GET", "HEAD", "POST"])
def new_site(request: HttpRequest, pk: int) -> HttpResponse:
    """A site of a body."""
    person, body = _body(request, pk)
    form = SiteForm(request.POST or None, communes=names_around())

    def keep(given: dict[str, Any]) -> tuple[Any, ...]:
        site = actions.add_site(body, by=person, **given)
        return "skills:site", site.pk

    return _write(request, form, _("A new site"), keep, body.name)


def _site(request: HttpRequest, pk: int) -> tuple[Person, Site]:
    person = signed_in(request)
    site = get_object_or_404(Site.objects.select_related("body"), pk=pk, archived_at=None)
    if not permissions.can_keep(person, site.body):
        raise Http404
    return person, site


@require_http_methods(["GET", "HEAD", "POST"])
def edit_site(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a site."""
    person, site = _site(request, pk)
    form = SiteForm(request.POST or None, instance=site, communes=names_around())

    def keep(given: dict[str, Any]) -> tuple[Any, ...]:
        actions.change_site(site, by=person, **given)
        return "skills:site", site.pk

    return _write(request, form, str(site), keep, site.body.name)


@require_http_methods(["GET", "HEAD", "POST"])
def new_course(request: HttpRequest, pk: int) -> HttpResponse:
    """A course at a site; its sessions and its skills are said on the next page."""
    person, site = _site(request, pk)
    form = CourseForm(request.POST or None)

    def keep(given: dict[str, Any]) -> tuple[Any, ...]:
        made = actions.add_course(site, by=person, today=today(), **given)
        return "skills:course", made.pk

    return _write(request, form, _("A new course"), keep, f"{site.body.name} · {site}")


def _course(request: HttpRequest, pk: int) -> tuple[Person, Course]:
    person = signed_in(request)
    course = get_object_or_404(Course.objects.select_related("site__body"), pk=pk)
    if not permissions.can_edit_course(person, course):
        raise Http404
    return person, course


@require_http_methods(["GET", "HEAD", "POST"])
def edit_course(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a course, with the skills of its trades to tick."""
    person, course = _course(request, pk)
    form = CourseForm(request.POST or None, instance=course, taught=_taught(course))

    def keep(given: dict[str, Any]) -> tuple[Any, ...]:
        actions.change_course(course, by=person, today=today(), **given)
        return "skills:course", course.pk

    return _write(request, form, course.title, keep, str(course.site))


def _taught(course: Course) -> list[tuple[str, str]]:
    """The skills and activities of the trades that a course leads to, by name."""
    found = network(house(), today())
    standing, rome = found.standings.get(course.pk), found.rome
    codes = asked(rome, standing.trades if standing else course.rome_codes) | set(course.items)
    return sorted(((code, rome.item_label(code)) for code in codes), key=lambda each: each[1])


@require_http_methods(["GET", "HEAD", "POST"])
def new_session(request: HttpRequest, pk: int) -> HttpResponse:
    """A session of a course."""
    person, course = _course(request, pk)
    form = SessionForm(request.POST or None)

    def keep(given: dict[str, Any]) -> tuple[Any, ...]:
        actions.add_session(course, by=person, **given)
        return "skills:course", course.pk

    return _write(request, form, _("A new session"), keep, course.title)


def _session(request: HttpRequest, pk: int) -> tuple[Person, Session]:
    person = signed_in(request)
    session = get_object_or_404(Session.objects.select_related("course__site__body"), pk=pk)
    if not permissions.can_keep(person, session.course.site.body):
        raise Http404
    return person, session


@require_http_methods(["GET", "HEAD", "POST"])
def edit_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a session, or count who entered."""
    person, session = _session(request, pk)
    form = SessionForm(request.POST or None, instance=session)
    if session.course.catalogue_id is not None:
        for name in ("ends_on", "places", "open"):
            del form.fields[name]
        form.fields["starts_on"].disabled = True

    def keep(given: dict[str, Any]) -> tuple[Any, ...]:
        actions.change_session(session, by=person, **given)
        return "skills:course", session.course_id

    ours = session if session.course.catalogue_id is None else None
    return _write(request, form, _("A session"), keep, session.course.title, ours)


@require_POST
def cancel_session(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    person, session = _session(request, pk)
    try:
        actions.cancel(session, by=person, today=today())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Cancelled: it counts no more."))
    return redirect("skills:course", session.course_id)


def _record(kind: str, pk: int) -> tuple[TrainingBody | Site | Course, TrainingBody]:
    """A body, a site or a course that is not away, and the body that it is of."""
    if kind == "site":
        site = get_object_or_404(Site.objects.select_related("body"), pk=pk, archived_at=None)
        return site, site.body
    if kind == "formation":
        courses = Course.objects.select_related("site__body")
        course = get_object_or_404(courses, pk=pk, archived_at=None)
        return course, course.site.body
    if kind != "organisme":
        raise Http404
    body = get_object_or_404(TrainingBody, pk=pk, archived_at=None)
    return body, body


@require_http_methods(["GET", "HEAD", "POST"])
def away(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Take a body, a site or a course off the network, with why."""
    person = signed_in(request)
    record, body = _record(kind, pk)
    if not permissions.can_keep(person, body):
        raise Http404
    form = AwayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_away(record, by=person, why=form.cleaned_data["why"], now=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Put away: it is off the network, and kept."))
            return redirect("skills:campus_mine")
    context = {"form": form, "title": str(record), "lede": "", "danger": True,
               "crumbs": _crumbs(str(record))}  # fmt: skip
    return render(request, "skills/campus_write.html", context)
