"""Pages of the programmes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bassin.steer.programmes.models import Framework


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The frameworks that have a public page."""
    listed = Framework.objects.filter(public=True, archived_at=None)
    return render(request, "programmes/home.html", {"frameworks": listed})
