"""Where to begin: the questions that these pages answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One line per question, with its page."""
    doors = [
        (title, reverse(name), words)
        for title, name, words in (
            (_("Which trades will be needed?"), "skills:trades",
             _("Needs by trade in three scenarios, tension, people available, near trades.")),
            (_("What could be developed here?"), "skills:activities",
             _("Activities ranked by what residents can do, with reasons and limits.")),
            (_("Which trades turn green?"), "skills:green",
             _("Trades that change with the ecological transition, firms that plan such jobs.")),
            (_("Jobs are at risk: where could they lead?"), "skills:reconversion",
             _("Promising trades within reach, what is left to learn, the scheme valid that day.")),
            (_("Where can one learn it?"), "skills:campus",
             _("Training sites and courses: dates, places, prices, certifications, journeys.")),
            (_("Which courses are missing?"), "skills:gaps",
             _("Trades in need without a course near, by commune, and which to open first.")),
            (_("On what does it rest?"), "skills:hypotheses",
             _("Every hypothesis with why, and what nobody knows yet.")),
        )
    ]  # fmt: skip
    return render(request, "skills/home.html", {"doors": doors})
