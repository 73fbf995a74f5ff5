"""The digital agency: catalogue, requests and quotes, pooled projects, watch."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bassin import systems
from bassin.errors import Refused
from bassin.parties.models import Organisation
from bassin.steer.partners import actions, permissions
from bassin.steer.partners.forms import QuoteForm, RequestForm, WatchForm
from bassin.steer.partners.models import (
    CatalogueService,
    Network,
    PooledProject,
    ServiceRequest,
    WatchNote,
)
from bassin.steer.partners.views.common import house, language, require, signed_in, today
from bassin.types import Text
from bassin.ui.parts import Crumb


def _crumbs(*after: Crumb) -> list[Crumb]:
    return [Crumb(_("Digital agency"), reverse("partners:agency") if after else ""), *after]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the agency does, what my commune asked, what was done together."""
    require(permissions.can_see_agency(request.user))
    requests = ServiceRequest.objects.filter(archived_at=None).select_related(
        "service", "organisation"
    )
    seen = [each for each in requests if permissions.can_see_request(request.user, each)]
    context = {
        "services": [_said(each) for each in CatalogueService.objects.filter(archived_at=None)],
        "requests": seen,
        "projects": PooledProject.objects.filter(archived_at=None).select_related("service"),
        "notes": WatchNote.objects.filter(archived_at=None)[:5],
        "networks": Network.objects.all(),
        "crumbs": _crumbs(),
    }
    return render(request, "partners/agency.html", context)


def _said(service: CatalogueService) -> dict[str, str]:
    spoken = language()
    return {
        "slug": service.slug,
        "title": Text(service.title, service.title_en).say(spoken),
        "text": Text(service.text, service.text_en).say(spoken),
        "unit": Text(service.unit, service.unit_en).say(spoken),
        "origin": service.origin,
        "source": service.source,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a service in the name of a commune."""
    require(permissions.can_see_agency(request.user))
    service = get_object_or_404(CatalogueService, slug=slug, archived_at=None)
    bodies = Organisation.objects.filter(kind=Organisation.Kind.COMMUNE)
    mine = [each.pk for each in bodies if permissions.can_ask(request.user, each)]
    require(bool(mine))
    form = RequestForm(request.POST or None, communes=bodies.filter(pk__in=mine))
    if request.method == "POST" and form.is_valid():
        made = actions.ask(
            service, form.cleaned_data["organisation"], text=form.cleaned_data["text"],
            use=form.cleaned_data["use"], by=signed_in(request), today=today(),
        )  # fmt: skip
        return HttpResponseRedirect(reverse("partners:request", args=[made.pk]))
    context = {
        "form": form, "service": _said(service), "crumbs": _crumbs(Crumb(_("Ask for a service"))),
    }  # fmt: skip
    return render(request, "partners/ask.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what was asked, the quotes, the answer."""
    found = get_object_or_404(
        ServiceRequest.objects.select_related("service", "organisation", "project"), pk=pk
    )
    if not permissions.can_see_request(request.user, found):
        raise Http404
    form = QuoteForm(request.POST if request.POST.get("do") == "quote" else None)
    status = 200
    if request.method == "POST":
        try:
            if _did(request, found, form):
                return HttpResponseRedirect(request.path)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        status = 400
    context = {
        "found": found, "service": _said(found.service), "quotes": found.quotes.all(), "form": form,
        "can_quote": permissions.can_quote(request.user),
        "can_answer": permissions.can_answer_quote(request.user, found),
        "crumbs": _crumbs(Crumb(str(found.service))),
    }  # fmt: skip
    return render(request, "partners/request.html", context, status=status)


def _did(request: HttpRequest, found: ServiceRequest, form: QuoteForm) -> bool:
    """Do what the form asks; False when the form is not filled as it should."""
    wanted = request.POST.get("do", "")
    if wanted == "quote":
        require(permissions.can_quote(request.user))
        if not form.is_valid():
            return False
        actions.quote(found, **form.cleaned_data, by=signed_in(request), today=today())
        return True
    require(permissions.can_answer_quote(request.user, found))
    if wanted not in ("accept", "decline"):
        raise Refused(_("Choose to accept or to decline the quote."))
    by = signed_in(request)
    actions.answer_quote(found, accept=wanted == "accept", by=by, today=today())
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """A pooled project: who pays what, by which key, and what is saved."""
    require(permissions.can_see_agency(request.user))
    found = get_object_or_404(PooledProject.objects.select_related("service"), pk=pk)
    refusal, status = "", 200
    if request.method == "POST":
        require(permissions.can_quote(request.user))
        try:
            actions.pool(found, _populations(found), by=signed_in(request), today=today())
            return HttpResponseRedirect(request.path)
        except Refused as error:
            refusal, status = str(error), 400
    saved = found.alone_eur - found.total_eur if found.alone_eur is not None else None
    context = {
        "found": found, "shares": found.shares.select_related("organisation"), "saved": saved,
        "requests": found.requests.select_related("organisation"), "refusal": refusal,
        "can_decide": permissions.can_quote(request.user) and found.decided_on is None,
        "crumbs": _crumbs(Crumb(found.title)),
    }  # fmt: skip
    return render(request, "partners/project.html", context, status=status)


def _populations(found: PooledProject) -> dict[int, int | None]:
    """Inhabitants of the communes that take part, as the observatory counts them."""
    opened = house()
    counted: dict[int, int | None] = {}
    for each in found.requests.select_related("organisation"):
        code = each.organisation.commune_code
        value = None
        if code:
            value = opened.figure("population", f"commune:{code}").observation.value
        counted[each.organisation_id] = None if value is None else round(value)
    return counted


@require_http_methods(["GET", "HEAD", "POST"])
def watch(request: HttpRequest) -> HttpResponse:
    """The open calls for projects, as the programmes list them; technologies seen outside."""
    require(permissions.can_see_agency(request.user))
    can_note = permissions.can_note_watch(request.user)
    form = WatchForm(request.POST or None)
    if request.method == "POST":
        require(can_note)
        if form.is_valid():
            actions.note(form.save(commit=False), by=signed_in(request), today=today())
            return HttpResponseRedirect(request.path)
    context = {
        "calls": systems.cards("calls", "", language()),
        "notes": WatchNote.objects.filter(archived_at=None), "form": form,
        "can_note": can_note, "crumbs": _crumbs(Crumb(_("Watch"))),
    }  # fmt: skip
    return render(request, "partners/watch.html", context, status=400 if form.errors else 200)
