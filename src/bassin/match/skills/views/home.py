"""Where to begin: the questions that these pages answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One line per question, with its page."""
    return render(request, "skills/home.html")
