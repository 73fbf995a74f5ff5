"""Letters to firms: written, looked at on three real ones, confirmed by their number, told."""

from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bassin import systems
from bassin.errors import Refused
from bassin.match.support import actions_mailing as actions
from bassin.match.support import permissions_mailing as permissions
from bassin.match.support import tasks
from bassin.match.support.forms_mailing import ConfirmForm, LetterForm
from bassin.match.support.mailing import fields, merging, sending
from bassin.match.support.mailing.recipients import REASONS
from bassin.match.support.models import Contact, Delivery, Mailing
from bassin.match.support.views.common import (
    adviser,
    communes,
    crumbs,
    language,
    say,
    told,
)
from bassin.parties.access import bodies_of
from bassin.parties.models import Person
from bassin.parties.privacy import audit
from bassin.ui.data import as_file, private

PREVIEWED = 3
_ACTIONS = {"stop": actions.stop, "drop": actions.drop}


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The letters of one's organisations: who sent what, to how many."""
    person = adviser(request)
    held = Mailing.objects.filter(organisation__in=bodies_of(person))
    held = held.select_related("author", "confirmed_by", "organisation")[:100]
    context = {
        "letters": [(each, counted(each)) for each in held],
        "crumbs": crumbs((_("Letters to firms"), "")),
    }
    return render(request, "support/letters.html", context)


def counted(mailing: Mailing) -> list[tuple[str, int]]:
    """What became of its messages, in words."""
    states = Counter(mailing.deliveries.values_list("state", flat=True))
    return [(str(each.label), states[each.value]) for each in Delivery.State if states[each.value]]


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Write a letter, or go on with one that is not sent."""
    person = adviser(request)
    found = _letter_or_404(person, pk) if pk is not None else None
    names = systems.selections(person)
    form = LetterForm(
        request.POST or None, selections=names, bodies=sorted(bodies_of(person)),
        initial={name: getattr(found, name) for name in (*actions.FIELDS, "organisation")}
        if found else None,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            made = actions.write(
                by=person, today=timezone.localdate(), mailing=found,
                selection_name=names[said["selection"]][:200], **said,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.text.say(language()))
        else:
            return redirect("support:letter", made.pk)
    context = {
        "form": form, "selections": names, "fields": list(fields.FIELDS.values()), "found": found,
        "crumbs": crumbs(_step(), (_("A letter"), "")),
    }  # fmt: skip
    return render(request, "support/letter_write.html", context)


def _step() -> tuple[str, str]:
    return (_("Letters to firms"), reverse("support:letters"))


def _letter_or_404(person: Person, pk: int) -> Mailing:
    found = get_object_or_404(Mailing.objects.select_related("author", "organisation"), pk=pk)
    if not permissions.can_see_mailing(person, found):
        raise Http404
    return found


def _audience(person: Person, mailing: Mailing) -> actions.Audience | None:
    """The firms of its selection today; None when the selection is no longer theirs to see."""
    sirets = systems.selected(mailing.selection, person)
    return None if sirets is None else actions.Audience(sirets, communes())


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter: three real messages before it leaves and who is left out; then its progress."""
    person = adviser(request)
    letter = _letter_or_404(person, pk)
    audit.seen(letter, by=person, now=timezone.now())
    if request.method == "POST":
        return _act(request, person, letter)
    context: dict[str, Any] = {
        "letter": letter, "states": counted(letter),
        "left_out": [(REASONS[code], count) for code, count in letter.left_out.items()
                     if code in REASONS],
        "crumbs": crumbs(_step(), (letter.subject, "")),
    }  # fmt: skip
    if letter.state == Mailing.State.DRAFT:
        context |= _before(person, letter)
    return render(request, "support/letter.html", context)


def _before(person: Person, letter: Mailing) -> dict[str, Any]:
    """Who it would go to, and three of the messages as they would be read."""
    audience = _audience(person, letter)
    if audience is None:
        return {"gone": True}
    held = actions.found(letter, audience)
    shown = held.recipients[:: max(1, len(held.recipients) // PREVIEWED)][:PREVIEWED]
    return {
        "firms": len(audience.sirets),
        "count": len(held.recipients),
        "reasons": held.reasons,
        "missing": held.missing,
        "previews": [
            (
                each,
                fields.filled(letter.subject, each.values),
                fields.filled(letter.body, each.values),
            )
            for each in shown
        ],
        "footer": sending.footer(letter, "https://…"),
        "invented": sum(each.origin == "invented" for each in held.recipients),
        "form": ConfirmForm(),
    }


def _act(request: HttpRequest, person: Person, letter: Mailing) -> HttpResponse:
    asked, done, refused = request.POST.get("do", ""), "", None
    try:
        if asked == "send":
            _send(request, person, letter)
            done = _("The letter is leaving, message by message.")
        elif asked == "resume" and letter.state == Mailing.State.SENDING:
            tasks.send_letter.enqueue(letter.pk)
            done = _("What waits is leaving.")
        elif asked in _ACTIONS:
            _ACTIONS[asked](letter, by=person)
            done = _("It is done.")
        else:
            raise Refused(_("Choose what is to be done."))
    except Refused as refusal:
        refused = refusal
    say(request, done, refused)
    if asked == "drop" and refused is None:
        return redirect("support:letters")
    return redirect("support:letter", letter.pk)


def _send(request: HttpRequest, person: Person, letter: Mailing) -> None:
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        raise Refused(told(form))
    audience = _audience(person, letter)
    if audience is None:
        raise Refused(_("This selection is gone, or is no longer yours to see: choose another."))
    actions.confirm(letter, by=person, now=timezone.now(), audience=audience, **form.cleaned_data)
    tasks.send_letter.enqueue(letter.pk)


@require_safe
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """The recipients as a table for the mail merge of a word processor, its fields as columns."""
    person = adviser(request)
    letter = _letter_or_404(person, pk)
    audience = _audience(person, letter)
    if audience is None:
        raise Http404
    held = actions.found(letter, audience)
    audit.listed(Mailing, {letter.pk: str(letter)}, how="file", by=person, now=timezone.now())
    content = merging.written(held.recipients, language())
    answer = as_file(content, "text/csv; charset=utf-8", f"lettre-{pk}.csv", sample=False)
    return private(answer)


@require_POST
def ground(request: HttpRequest, pk: int) -> HttpResponse:
    """Note on what ground a contact may be sent letters."""
    person = adviser(request)
    contact = get_object_or_404(Contact.objects.select_related("case"), pk=pk)
    if not permissions.can_note_ground(person, contact):
        raise Http404
    refused = None
    try:
        actions.ground(
            contact, by=person, ground=request.POST.get("ground", ""), today=timezone.localdate()
        )
    except Refused as refusal:
        refused = refusal
    say(request, _("It is noted."), refused)
    return redirect("support:case", contact.case_id)
