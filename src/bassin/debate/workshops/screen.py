"""What the big screen shows: the same moment as the telephones, in letters for the last row.

It tells how many answered; what they answered only once it is revealed, or while they answer in a
workshop whose secrecy is open.
"""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from bassin.debate.workshops import pages, results
from bassin.debate.workshops.models import Participation, Round, Ticket, Workshop
from bassin.ui import qr


def screen_part(workshop: Workshop, language: str) -> str:
    """What changes on the screen."""
    with translation.override(language):
        return render_to_string("workshops/_screen.html", showing(workshop, language))


def screen_page(workshop: Workshop, language: str, *, address: str, key: str) -> str:
    """The whole page. `address` is the participants'; `key` opens the stream of counts."""
    with translation.override(language):
        told = address.partition("://")[2] or address
        context = {
            **showing(workshop, language), "key": key,
            "address": told.removesuffix(f"/{workshop.code}/"), "square": qr.svg(address, told),
            "spaced": f"{workshop.code[:3]} {workshop.code[3:]}",
        }  # fmt: skip
        return render_to_string("workshops/screen.html", context)


def showing(workshop: Workshop, language: str) -> dict[str, Any]:
    """What a template needs to show the moment on a large screen."""
    shown = pages.now_showing(workshop, language, pages.Mine())
    latest: Round | None = shown["round"]
    name = shown["scene"].rpartition("/")[2]
    return {
        **shown,
        "wall": True,
        "moment": name.removesuffix(".html"),
        "scene": f"workshops/screen/{_SCENES.get(name.removesuffix('.html'), 'step')}.html",
        "people": people(workshop),
        "answers": answers(latest) if latest else 0,
        "running": _running(latest) if name == "asked.html" else None,
    }


_SCENES = {
    "before": "doors", "doors": "doors", "film": "film", "announced": "asked", "asked": "asked",
    "closed": "asked", "revealed": "revealed", "void": "asked", "over": "over",
}  # fmt: skip


def people(workshop: Workshop) -> int:
    """How many came in: telephones, tickets in use, papers."""
    return workshop.tickets.filter(state=Ticket.State.CLAIMED).count()


def answers(latest: Round) -> int:
    """How many answered the question."""
    return Participation.objects.filter(round=latest).count()


def _running(latest: Round | None) -> dict[str, Any] | None:
    """The count so far, where the workshop chose to show it while people answer."""
    if latest is None or latest.workshop.secrecy != Workshop.Secrecy.OPEN:
        return None
    so_far = results.running(latest)
    return so_far if so_far["shown"] else None
