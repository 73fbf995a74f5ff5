"""The list of open offers."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bassin.match.jobs.models import Offer
from bassin.ui.reader import today

PER_PAGE = 20


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The open offers, the last published first."""
    found = Offer.objects.open(today()).select_related("employer")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "jobs/home.html", {"page": page})
