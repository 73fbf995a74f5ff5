"""Syntheses: one workshop's, a series', and one question over the years; minutes and ballots."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bassin import systems
from bassin.commons.edition import Conflict
from bassin.debate.workshops import over_years, permissions, publishing, synthesis_paper
from bassin.debate.workshops.asking import said
from bassin.debate.workshops.forms_minutes import MinutesForm, ValidationForm
from bassin.debate.workshops.models import Correction, Minutes, Series, Statement, Workshop
from bassin.debate.workshops.synthesis import Synthesis, synthesis
from bassin.debate.workshops.views.writing import Opened, base_of, given_back, saved
from bassin.errors import Refused
from bassin.parties.access import User, signed_in
from bassin.parties.models import Person
from bassin.systems import call
from bassin.ui.data import as_file
from bassin.ui.papers import MEDIA, odt, pdf
from bassin.ui.parts import Crumb, Download
from bassin.ui.reader import language, today
from bassin.ui.twice import Told

_MAKERS = {"pdf": pdf, "odt": odt}
_WORKSHOPS = Workshop.objects.select_related("series").prefetch_related("facilitators")


def viewer(request: HttpRequest) -> User:
    """Who asks."""
    return request.user if isinstance(request.user, Person) else AnonymousUser()


def crumbs(*after: Crumb) -> list[Crumb]:
    """Home › Workshops › the page."""
    room = Crumb(_("Workshops"), reverse("workshops:home"))
    return [Crumb(_("Home"), reverse("observatory:home")), room, *after]


def _read(request: HttpRequest, code: str) -> Workshop:
    """A workshop whose results they may see.

    Raises:
        Http404: there is none, or they may not; nothing tells which.
    """
    found = _WORKSHOPS.all().filter(code=code).first()
    if found is None or not permissions.can_see_results(viewer(request), found):
        raise Http404
    return found


@require_safe
def workshop(request: HttpRequest, code: str) -> HttpResponse:
    """What came out of a workshop; a visitor is asked to sign in where it is not public."""
    try:
        shown = _read(request, code)
    except Http404:
        if request.user.is_authenticated:
            raise
        return redirect_to_login(request.get_full_path())
    read = synthesis(shown, language(), _version(request, shown))
    may_write = permissions.can_run(viewer(request), shown)
    context = {
        "crumbs": crumbs(Crumb(read.title)),
        "read": read,
        "series": shown.series,
        "series_title": said(shown.series.title, language()) if shown.series else "",
        "status": synthesis_paper.status(read.minutes, language()),
        "versions": synthesis_paper.versions(read, language()),
        "formers": range(1, max((each.number for each in read.corrections), default=1)),
        "may_correct": read.minutes.state == Minutes.State.PUBLISHED
        and permissions.can_publish(viewer(request), shown),
        "not_an_election": synthesis_paper.not_an_election(),
        "published": read.minutes.state == Minutes.State.PUBLISHED,
        "may_run": may_write,
        "may_write": may_write and read.minutes.state != Minutes.State.PUBLISHED,
        "files": [
            Download(_("PDF"), _file(code, "pdf", read)),
            Download(_("Text to edit (ODT)"), _file(code, "odt", read)),
        ],
    }  # fmt: skip
    return _private(render(request, "workshops/synthesis.html", context), shown)


def _file(code: str, extension: str, read: Synthesis) -> str:
    address = reverse("workshops:synthesis_file", args=[code, extension])
    return f"{address}?version={read.version}" if read.former else address


def _version(request: HttpRequest, shown: Workshop) -> int:
    """The former version that an address names; 0 for the last.

    Raises:
        Http404: there is no such version.
    """
    asked = request.GET.get("version", "")
    if not asked:
        return 0
    last = Correction.objects.filter(minutes__workshop=shown).count() + 1
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    if not 0 < number <= last:
        raise Http404
    return number


def _private(response: HttpResponse, shown: Workshop) -> HttpResponse:
    """Before publication, what depends on who asks is kept by nobody in between."""
    if not permissions.can_see_results(AnonymousUser(), shown):
        response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def paper(request: HttpRequest, code: str, extension: str) -> HttpResponse:
    """The synthesis as a file."""
    shown = _read(request, code)
    if extension not in _MAKERS:
        raise Http404
    author = str(call(settings.UI_HOUSE)().territory_name)
    made = synthesis_paper.paper(
        synthesis(shown, language(), _version(request, shown)),
        author=author,
        language=language(),
        today=today(),
    )
    name = f"synthese-{code}.{extension}"
    response = as_file(_MAKERS[extension](made), MEDIA[extension], name, sample=made.sample)
    return _private(response, shown)


@require_safe
def ballots(request: HttpRequest, code: str) -> HttpResponse:
    """The file of ballots, word for word as it was published."""
    shown = _read(request, code)
    minutes = get_object_or_404(Minutes, workshop=shown, state=Minutes.State.PUBLISHED)
    response = HttpResponse(minutes.ballots, content_type="application/json; charset=utf-8")
    name = synthesis_paper.ballots_name(code)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: HttpRequest, code: str) -> HttpResponse:
    """Write the minutes, note who validated them, publish."""
    user = signed_in(request)
    shown = _WORKSHOPS.all().filter(code=code).first()
    if shown is None or not permissions.can_run(user, shown):
        raise Http404
    kept = Minutes.objects.filter(workshop=shown).first() or Minutes(workshop=shown)
    act = request.POST.get("act", "")
    writing = MinutesForm(request.POST if act == "draft" else None, initial={"text": kept.text})
    validating = ValidationForm(request.POST if act == "validate" else None,
                                initial={"on": today(), "by_whom": _body(shown)})  # fmt: skip
    opened = Opened(lambda: _minutes_now(shown), [shown])
    differences: list[Told] = []
    try:
        if request.method == "POST" and _done(request, user, shown, act, writing, validating):
            page = "synthesis" if act == "publish" else "minutes"
            return redirect(reverse(f"workshops:{page}", args=[code]))
    except Conflict as conflict:
        differences = given_back(request, writing, conflict, opened)
    title = said(shown.title, language())
    context = {
        "crumbs": crumbs(
            Crumb(title, reverse("workshops:synthesis", args=[code])), Crumb(_("Minutes"))
        ),
        "workshop": shown,
        "title": title,
        "status": synthesis_paper.status(kept, language()),
        "writing": writing,
        "validating": validating,
        "over": shown.state == Workshop.State.CLOSED,
        "validated": kept.state == Minutes.State.VALIDATED,
        "published": kept.state == Minutes.State.PUBLISHED,
        "may_publish": permissions.can_publish(user, shown),
        "differences": differences,
        "base": base_of(request, writing, opened, differences)
        if act == "draft" else opened.base(writing),
    }  # fmt: skip
    return render(request, "workshops/minutes.html", context, status=409 if differences else 200)


def _body(shown: Workshop) -> str:
    """The body for which a workshop is held, where everyone may see it."""
    found = systems.resolve(shown.body, language()) if shown.body else None
    return found.title if found else ""


def _minutes_now(shown: Workshop) -> dict[str, str]:
    kept = Minutes.objects.filter(workshop=shown).first()
    return {"text": kept.text if kept else ""}


def _done(
    request: HttpRequest, user: Person, shown: Workshop, act: str,
    writing: MinutesForm, validating: ValidationForm,
) -> bool:  # fmt: skip
    """Whether what was asked for was done; the form then says why it was not."""
    form = writing if act == "draft" else validating
    try:
        if act == "draft" and writing.is_valid():
            saved(
                request, writing, lambda typed: publishing.draft(shown, by=user, **typed),
                Opened(lambda: _minutes_now(shown), [shown]),
            )  # fmt: skip
            messages.success(request, _("The synthesis is kept. It must be validated again."))
            return True
        if act == "validate" and validating.is_valid():
            publishing.validate(shown, by=user, today=today(), **validating.cleaned_data)
            messages.success(request, _("The validation is noted."))
            return True
        if act == "publish":
            publishing.publish(shown, by=user, now=timezone.now())
            messages.success(request, _("The synthesis and the ballots are published."))
            return True
    except Conflict:
        raise
    except Refused as refused:
        if act in ("draft", "validate"):
            form.add_error(None, str(refused))
        else:
            messages.error(request, str(refused))
    return False


@require_safe
def statement(request: HttpRequest, slug: str) -> HttpResponse:
    """One question, each time it was put to a room."""
    asked = get_object_or_404(Statement, slug=slug)
    found = over_years.question(asked, viewer(request), language())
    if found is None:
        raise Http404
    context = {"crumbs": crumbs(Crumb(_("A question over time"))), "found": found}
    return render(request, "workshops/statement.html", context)


@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """A series of workshops: what came out of each, what was asked again, what followed."""
    held = get_object_or_404(Series, slug=slug)
    if not permissions.can_see_series(viewer(request), held):
        raise Http404
    found = over_years.series(held, viewer(request), language())
    context = {"crumbs": crumbs(Crumb(found.title)), "found": found}
    return render(request, "workshops/series.html", context)
