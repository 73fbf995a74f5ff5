"""The list of what a selection keeps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bassin.observe.companies import finding
from bassin.observe.companies.selection import Selection
from bassin.ui.opened import house
from bassin.ui.reader import today


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One page of the establishments that the address asks for."""
    opened = house()
    selection = Selection.read(request.GET, opened, today())
    number, sort = finding.page_of(request.GET), finding.sort_of(request.GET)
    found = finding.find(opened, selection, number, sort)
    return render(request, "companies/home.html", {"found": found, "selection": selection})
