"""The front of the room Débattre: a code to type, and the workshops that everyone may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bassin.debate.workshops.models import Workshop
from bassin.ui.reader import language


def home(request: HttpRequest) -> HttpResponse:
    """The workshops one may see."""
    shown = Workshop.objects.filter(
        state__in=[Workshop.State.PUBLISHED, Workshop.State.ARCHIVED],
        archived_at=None, rehearsal=False,
    )  # fmt: skip
    titles = [each.title.get(language()) or each.title["fr"] for each in shown]
    return render(request, "workshops/home.html", {"titles": titles})
