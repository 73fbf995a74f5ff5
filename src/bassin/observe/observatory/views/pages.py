"""Pages that explain: method and secrecy, legal notice, accessibility, privacy, contact."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bassin.observe.observatory.views.common import house


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """How figures are made, compared and hidden."""
    return render(request, "observatory/method.html", {"release": house().reader.name})


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    """Who publishes, who hosts, under which licences."""
    return render(request, "observatory/legal.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far the pages conform, what was tested, how to complain."""
    return render(request, "observatory/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about visitors: nothing; about sole traders: what the law allows."""
    return render(request, "observatory/privacy.html")


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Who answers, where, when."""
    return render(request, "observatory/contact.html")
