"""Selections kept under a name: the list with what changed in each, keep one, take one off."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.observe.companies import actions_saved as actions
from bassin.observe.companies import asking, finding, lines, news, said
from bassin.observe.companies import permissions_saved as permissions
from bassin.observe.companies.forms_saved import SaveForm
from bassin.observe.companies.lines import Line
from bassin.observe.companies.models import SavedSelection, SelectionSeen
from bassin.observe.companies.permissions import can_list_procedures
from bassin.observe.companies.rows import TABLE
from bassin.observe.companies.selection import Selection
from bassin.observe.companies.views import reading
from bassin.parties.access import signed_in
from bassin.parties.models import Person
from bassin.ui.opened import house
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today

SHOWN = 10
"""New or closed establishments that are named on the list."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One line of the list. `changes` is None when it was never seen, or is too large to follow."""

    saved: SavedSelection
    said: str
    url: str
    mine: bool
    wrong: bool
    seen_on: date | None = None
    changes: news.News | None = None
    new: tuple[Line, ...] = ()
    closed: tuple[Line, ...] = ()


def _crumbs(*steps: Crumb) -> list[Crumb]:
    return [Crumb(_("Firms"), reverse("companies:home")), *steps]


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The selections that they may see, each with what is new since they last saw it."""
    person, opened = signed_in(request), house()
    found = actions.visible(person)
    seen = {
        each.selection_id: each
        for each in SelectionSeen.objects.filter(person=person, selection__in=found)
    }
    items = [_kept(opened, each, seen.get(each.pk), person) for each in found]
    crumbs = _crumbs(Crumb(_("Kept selections")))
    return render(request, "companies/saved.html", {"items": items, "crumbs": crumbs})


def _read(opened: House, saved: SavedSelection, person: Person) -> tuple[Selection, bool]:
    """A kept selection as it can be read today, and whether something in it is no longer known."""
    may = can_list_procedures(person)
    asked = asking.ask(QueryDict(saved.query), opened, today(), officer=may)
    return asked.selection, bool(asked.refusals)


def _kept(opened: House, saved: SavedSelection, seen: SelectionSeen | None, person: Person) -> Kept:
    selection, wrong = _read(opened, saved, person)
    spoken = language()
    url = reverse("companies:home") + (f"?{selection.query()}" if selection.query() else "")
    count = finding.find(opened, selection).total if opened.reader.has(TABLE) else 0
    told, mine = said.sentence(selection, count, spoken), saved.owner_id == person.pk
    if seen is None:
        return Kept(saved, told, url, mine, wrong)
    changed = news.since(opened, selection, news.unpacked(bytes(seen.sirets)))
    if changed is None:
        return Kept(saved, told, url, mine, wrong, seen.seen_on)
    new = lines.lines(opened, finding.several(opened, changed.new[:SHOWN]), spoken)
    closed = lines.lines(opened, finding.several(opened, changed.closed[:SHOWN]), spoken)
    return Kept(saved, told, url, mine, wrong, seen.seen_on, changed, tuple(new), tuple(closed))


@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Keep what the address says under a name."""
    person, opened = signed_in(request), house()
    selection = reading.selection(request, opened)
    form = SaveForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save(opened, selection, by=person, today=today(), **form.written())
        except Refused as error:
            form.add_error(None, error.text.say(language()))
        else:
            messages.success(request, _("Kept. What comes and goes in it is told here."))
            return redirect("companies:saved")
    count = finding.find(opened, selection).total
    context = {
        "form": form, "said": said.sentence(selection, count, language()),
        "crumbs": _crumbs(Crumb(_("Kept selections"), reverse("companies:saved")),
                          Crumb(_("Keep a selection"))),
    }  # fmt: skip
    return render(request, "companies/save.html", context)


def _found(request: HttpRequest, pk: int) -> SavedSelection:
    """One that they may see; for anyone else there is no such page."""
    saved = get_object_or_404(SavedSelection, pk=pk)
    if not permissions.can_see(signed_in(request), saved):
        raise Http404
    return saved


@require_safe
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """The link that is shared: it leads to what the selection says today."""
    saved = _found(request, pk)
    return redirect(reverse("companies:home") + (f"?{saved.query}" if saved.query else ""))


@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """They saw what changed: the next news are told from today."""
    person, saved, opened = signed_in(request), _found(request, pk), house()
    selection, _wrong = _read(opened, saved, person)
    actions.see(opened, saved, selection, by=person, today=today())
    return redirect("companies:saved")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of their own off."""
    actions.remove(_found(request, pk), by=signed_in(request))
    messages.success(request, _("Taken off."))
    return redirect("companies:saved")
