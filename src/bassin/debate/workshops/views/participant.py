"""A participant's page. Their ticket is a cookie; they have no account."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from bassin.debate.workshops import devices, pages
from bassin.debate.workshops.live import asked, sentences
from bassin.debate.workshops.models import Workshop
from bassin.debate.workshops.voting import Outcome, Verdict
from bassin.ui.reader import language as of_the_site


@require_safe
def participant(request: HttpRequest, code: str) -> HttpResponse:
    """The step under way, and this participant's own answer."""
    workshop = found(code)
    if workshop is None:
        return render(request, "workshops/code.html", {"typed": code, "unknown": True}, status=404)
    language = chosen_language(request, workshop)
    token = devices.token(request.COOKIES, code)
    why = _no_ticket(language) if "refused" in request.GET else ""
    page = pages.participant_page(workshop, language, token=token, why=why)
    return answered(request, workshop, page, language)


def _no_ticket(language: str) -> str:
    """Why the device is at the door again: the live part did not take its ticket."""
    with translation.override(language if language in asked.SPOKEN else settings.LANGUAGE_CODE):
        return str(sentences.of_vote(Outcome(Verdict.NO_TICKET)))


def found(code: str) -> Workshop | None:
    """The workshop of a code, unless it was put away."""
    shown = Workshop.objects.select_related("step__statement").filter(archived_at=None)
    return shown.filter(code=code).first()


def chosen_language(request: HttpRequest, workshop: Workshop) -> str:
    """The language asked, else the one chosen for this workshop, else the site's."""
    wanted = request.GET.get("lang", "")
    kept = request.COOKIES.get(_tongue(workshop.code), "")
    spoken = workshop.languages or ["fr"]
    return next((each for each in (wanted, kept) if each in spoken), of_the_site())


def answered(request: HttpRequest, workshop: Workshop, page: str, language: str) -> HttpResponse:
    """A page for one device: no cache keeps it, and the language it asked for stays."""
    response = HttpResponse(page, headers={"Cache-Control": "private, no-store"})
    response.headers["Content-Language"] = pages.spoken(workshop, language)
    if request.GET.get("lang") == language:
        response.set_cookie(
            _tongue(workshop.code), language, path=devices.page(workshop.code),
            max_age=devices.TICKET_SECONDS, httponly=True, samesite="Lax", secure=settings.HTTPS,
        )  # fmt: skip
    return response


def _tongue(code: str) -> str:
    """The name of the cookie with the language chosen for a workshop."""
    return f"tongue_{code}"
