"""One signal: its proofs in order of time, its jobs, its points, and what can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bassin import systems
from bassin.errors import Refused
from bassin.indicators.numbers import number
from bassin.observe.watch import actions, forms, measures, permissions, said, workdays
from bassin.observe.watch.models import Signal, Step
from bassin.observe.watch.signals import exposed
from bassin.observe.watch.views.common import crumbs, entering, theirs
from bassin.parties.access import is_officer
from bassin.parties.models import Organisation, Person
from bassin.taxonomies.rome import Rome
from bassin.types import Origin
from bassin.ui.opened import communes, house
from bassin.ui.parts import Cell, Column, Crumb, Moment, Row
from bassin.ui.reader import language, today

TRADES = 12
_NOTICE = "https://www.bodacc.fr/pages/annonces-commerciales-detail/?q.id=id:{}"


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One signal."""
    person, signal = theirs(request, pk)
    return _shown(request, person, signal)


def _shown(
    request: HttpRequest, person: Person, signal: Signal, **typed: Form
) -> HttpResponse:  # fmt: skip
    """The page; `typed` are forms to correct."""
    told = said.told(signal, communes(), language())
    reference = signal.reference
    context = {
        "signal": signal, "told": told, "points": _points(signal) if is_officer(person) else [],
        "activity": said.activity(signal.naf_code, language()) if signal.naf_code else "",
        "reliability": said.reliability(signal.reliability),
        "source": said.table(signal.source, language()),
        "overdue": measures.overdue(signal, today()), "due": workdays.due(signal.found_on),
        "moments": _moments(signal), "trades": _trades(signal), "sites": _sites(signal),
        "takings": _takings(signal), "became": systems.became([reference], language())[reference],
        "may": _may(person, signal), "crumbs": crumbs(Crumb(told.who)),
        "circles": [each.organisation for each in
                    signal.circles.select_related("organisation").order_by("pk")],
        "forms": {**_forms(person, signal), **typed},
    }  # fmt: skip
    return render(request, "watch/signal.html", context, status=400 if typed else 200)


def _may(person: Person, signal: Signal) -> dict[str, bool]:
    return {
        "handle": permissions.can_handle(person, signal),
        "contact": permissions.can_contact(person, signal),
        "rate": permissions.can_rate(person, signal),
    }


def _forms(person: Person, signal: Signal) -> dict[str, Form]:
    rating = signal.ratings.filter(person=person).first()
    known = {"useful": "1" if rating.useful else "0", "reason": rating.reason} if rating else None
    return {
        "assign": forms.AssignForm(
            people=actions.followers(), initial={"to": signal.assigned_to_id or person.pk}
        ),
        "contact": forms.ContactForm(initial={"on": today()}),
        "snooze": forms.SnoozeForm(today=today()),
        "close": forms.CloseForm(),
        "share": forms.ShareForm(),
        "say": forms.SayForm(),
        "rate": forms.RateForm(initial=known),
    }


def _points(signal: Signal) -> list[tuple[str, int, bool]]:
    return [(said.point(each.name), each.worth, each.known) for each in signal.lines]


def _moments(signal: Signal) -> list[Moment]:
    """Proofs and steps, oldest first."""
    found = [(said.day(each["on"]) or signal.on, 0, _proof(signal, each))
             for each in signal.evidence]  # fmt: skip
    found += [(each.on, 1, _done(each)) for each in signal.steps.select_related("by")]
    return [each for _on, _rank, each in sorted(found, key=lambda one: one[:2])]


def _moment(on: Any, title: str, detail: str = "", url: str = "", state: Any = "done") -> Moment:
    return Moment(date_format(on, "j F Y"), on.isoformat(), title, state, detail, url)


def _proof(signal: Signal, proof: dict[str, Any]) -> Moment:
    on = said.day(proof["on"]) or signal.on
    if proof["kind"] not in _PROOFS and "notice" in proof:
        nature = proof["nature"] or said.opened(proof["kind"])
        return _moment(on, nature, proof["court"], _NOTICE.format(proof["notice"]))
    if proof["kind"] == "press":
        return _moment(on, signal.outlet, _("the article"), signal.link)
    told = said.told(signal, communes(), language())
    return _moment(on, told.what, said.table(signal.source, language()))


_PROOFS = {"site", "count", "figure", "table", "press"}


def _done(step: Step) -> Moment:
    who = step.by.name if step.by else ""
    detail = " · ".join(each for each in (step.text, who) if each)
    return _moment(step.on, str(step.get_what_display()).capitalize(), detail)


def _sites(signal: Signal) -> list[tuple[str, str]]:
    """The establishments concerned, each with the page that the firms' explorer has of it."""
    references = [f"companies:firm:{siret}" for siret in signal.sites]
    found = systems.resolve_all(references, language())
    return [(each.title, each.url) for each in found.values()]


def _trades(signal: Signal) -> tuple[list[Column], list[Row]] | None:
    """Exposed jobs by trade, the greatest first, then those without one; None without any job."""
    parts, unknown = exposed.by_trade(
        house(), {code: tuple(each) for code, each in signal.parts.items()}
    )
    if not parts and not unknown.high:
        return None
    labels = Rome.loaded(house().reader).labels
    ordered = sorted(parts, key=lambda code: (-parts[code].central, code))
    columns = [Column(_("Exposed trade")), Column(_("low"), number=True),
               Column(_("middle"), number=True), Column(_("high"), number=True)]  # fmt: skip
    listed = [
        (Cell(f"{labels.get(code, code)} ({code})", url=_trade(code)),
         (parts[code].low, parts[code].central, parts[code].high))
        for code in ordered[:TRADES] if parts[code].central > 0
    ]  # fmt: skip
    if unknown.high:
        name = Cell(_("Trade not known: these activities declare no hires"))
        listed.append((name, (unknown.low, unknown.central, unknown.high)))
    mark = Origin(signal.origin)
    return columns, [Row(name, [_jobs(each, mark) for each in ends]) for name, ends in listed]


def _jobs(value: Any, mark: Origin) -> Cell:
    """A number of jobs, or a half of one more."""
    digits = 0 if float(value).is_integer() else 1
    return Cell(number(float(value), digits, language()), sort=float(value), origin=mark)


def _trade(code: str) -> str:
    try:
        return reverse("skills:trade", args=[code])
    except NoReverseMatch:
        return ""


def _takings(signal: Signal) -> list[systems.Taking]:
    """What other systems make of it. Addresses are written in logs: they say its number alone."""
    plain = _("Following signal no. {number}").format(number=signal.pk)
    found = systems.takings("case", signal.reference, plain, language()) if signal.is_firm else []
    found += systems.takings("chain", signal.reference, plain, language()) if signal.is_firm else []
    found += systems.takings("idea", signal.reference, plain, language())
    return found + systems.takings("exposed", signal.reference, _workshop(signal), language())


def _workshop(signal: Signal) -> str:
    """Its main activity with the jobs exposed there and its commune; "" without both."""
    if not signal.parts:
        return ""
    naf_code, (low, high) = max(signal.parts.items(), key=lambda each: sum(each[1]))
    return f"{naf_code} {low}-{high} {signal.commune_codes[0] if signal.communes else ''}"


@dataclass(frozen=True, slots=True)
class Verb:
    """What a form of the page does of a signal, and what is said when it is done."""

    act: Callable[..., Any]
    words: Any  # in the reader's language when it is said


def _assign(one: Signal, *, to: Person, **who: Any) -> None:
    actions.assign(one, to, **who)


def _snooze(one: Signal, *, until: date, **who: Any) -> None:
    actions.snooze(one, until, **who)


def _close(one: Signal, *, outcome: str, why: str, **who: Any) -> None:
    actions.close(one, outcome, why, **who)


def _share(one: Signal, *, organisation: Organisation, **who: Any) -> None:
    actions.share(one, organisation, **who)


def _say(one: Signal, *, text: str, **who: Any) -> None:
    actions.say(one, text, **who)


VERBS = {
    "assign": Verb(_assign, gettext_lazy("Given. It is in their list.")),
    "contact": Verb(actions.contact, gettext_lazy("Noted: the firm was contacted.")),
    "snooze": Verb(_snooze, gettext_lazy("Put off. It comes back on that day.")),
    "close": Verb(_close, gettext_lazy("Closed, with its outcome.")),
    "share": Verb(_share, gettext_lazy("Entrusted. Its advisers see it from now on.")),
    "say": Verb(_say, gettext_lazy("Noted.")),
    "rate": Verb(actions.rate, gettext_lazy("Thank you: by this the watch learns what to tell.")),
}
"""Each by the name of its form; what a form asks are the names of what its verb takes."""


@require_POST
def done(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Do what a form of the page asks, and come back; a refusal is shown at the form."""
    person, signal = theirs(request, pk)
    form = _sent(_forms(person, signal)[verb], request)
    if form.is_valid():
        try:
            VERBS[verb].act(signal, by=person, today=today(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.text.say(language()))
        else:
            messages.success(request, VERBS[verb].words)
            return redirect("watch:signal", pk)
    signal.refresh_from_db()
    return _shown(request, person, signal, **{verb: form})


def _sent(known: Form, request: HttpRequest) -> Form:
    if isinstance(known, forms.AssignForm):
        return forms.AssignForm(request.POST, people=actions.followers())
    if isinstance(known, forms.SnoozeForm):
        return forms.SnoozeForm(request.POST, today=today())
    return type(known)(request.POST)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open again what was closed."""
    person, signal = theirs(request, pk)
    actions.reopen(signal, by=person, today=today())
    messages.success(request, _("Open again."))
    return redirect("watch:signal", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest) -> HttpResponse:
    """Tell what one knows of a firm."""
    person = entering(request)
    bodies, officer = permissions.partners_of(person), is_officer(person)
    form = forms.NoteForm(
        request.POST or None, communes=communes(), bodies=bodies, officer=officer,
        initial={"on": today(), "number": request.GET.get("firme", "")[:20]},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.note(house(), by=person, today=today(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.text.say(language()))
        else:
            messages.success(request, _("Noted. Only its circle sees it."))
            return redirect("watch:signal", made.pk)
    context = {"form": form, "crumbs": crumbs(Crumb(_("Tell what I know")))}
    return render(request, "watch/note.html", context, status=400 if form.is_bound else 200)
