"""The doors of a workshop: a code to type, an address to scan, a printed ticket."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from bassin.debate.workshops import devices, pages
from bassin.debate.workshops.views.participant import answered, chosen_language, found


@require_safe
def code(request: HttpRequest) -> HttpResponse:
    """A field for the code; the code sent leads to the workshop."""
    typed = request.GET.get("code", "")
    digits = "".join(sign for sign in typed if sign.isdigit())
    workshop = found(digits)
    if workshop is not None:
        return redirect(devices.page(workshop.code))
    context = {"typed": typed[:20], "unknown": bool(typed.strip())}
    return render(request, "workshops/code.html", context, status=404 if typed.strip() else 200)


@require_safe
def printed(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """What a printed ticket opens: the same door, with the ticket in the form."""
    workshop = found(code)
    if workshop is None:
        return _unknown(request, code)
    language = chosen_language(request, workshop)
    page = pages.participant_page(
        workshop, language, token=devices.token(request.COOKIES, code),
        printed=devices.readable_token(token), here=request.path,
    )  # fmt: skip
    return answered(request, workshop, page, language)


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, "workshops/code.html", {"typed": code, "unknown": True}, status=404)
