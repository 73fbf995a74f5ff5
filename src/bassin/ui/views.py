"""The gallery: every component in every state, the target of the accessibility checks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from bassin.ui import gallery as sample


@require_safe
def gallery(request: HttpRequest, language: str = "") -> HttpResponse:
    """Show the gallery in one of its four languages, the page's own by default."""
    language = language or translation.get_language() or "fr"
    if language not in sample.LANGUAGES:
        raise Http404(f"The gallery speaks {', '.join(sample.LANGUAGES)}, not {language}.")
    with translation.override(language):
        return render(request, "ui/gallery.html", sample.values(language))
