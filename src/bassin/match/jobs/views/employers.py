"""« Mes offres »: write, submit, confirm, renew, close, duplicate; who answered, who was hired."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bassin.commons.permissions import can_count
from bassin.errors import Refused
from bassin.match.jobs import (
    actions,
    actions_answers,
    checks,
    expiry,
    permissions,
    resembling,
    trades,
)
from bassin.match.jobs.forms import CloseForm, HireForm, OfferForm, ReceiptForm, UntilForm, say
from bassin.match.jobs.models import Offer
from bassin.match.jobs.views import twins
from bassin.match.jobs.views.common import (
    communes,
    crumbs,
    language,
    mine_or_404,
    require,
    signed_in,
    today,
)
from bassin.parties.models import Organisation, Person

PER_PAGE = 25


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The offers of one's organisations, those to act on first."""
    person = signed_in(request)
    require(permissions.can_post(person))
    bodies = permissions.bodies(person)
    offers = Offer.objects.of(*bodies).filter(archived_at=None).select_related("employer")
    page = Paginator(offers.order_by("-written_on", "-pk"), PER_PAGE)
    shown = page.get_page(request.GET.get("page"))
    day = today()
    rates = actions_answers.rates([body.pk for body in bodies], day)
    context = {
        "page": shown,
        "items": [(offer, *_standing(offer)) for offer in shown],
        "bodies": [(body, rates.get(body.pk)) for body in bodies],
        "days_to_answer": actions_answers.DAYS_TO_ANSWER,
        "fewest": actions_answers.FEWEST,
        "moderates": permissions.can_moderate(person),
        "crumbs": crumbs((_("My offers"), "")),
    }
    return render(request, "jobs/mine.html", context)


def _standing(offer: Offer) -> tuple[Any, bool]:
    """When it ends unless someone does something, and whether that is soon."""
    if offer.state != Offer.State.PUBLISHED:
        return None, False
    ends = expiry.ends_on(offer, from_feed=offer.sources.exists())
    return ends, ends is not None and (ends - today()).days <= expiry.REMIND


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write an offer: kept as a draft, submitted from its page."""
    person = signed_in(request)
    require(permissions.can_post(person))
    bodies = permissions.bodies(person)
    form = OfferForm(request.POST or None, bodies=bodies, communes=communes())
    alike: list[tuple[Offer, list[str]]] = []
    if request.method == "POST" and form.is_valid():
        try:
            employer, through = _who(person, form.cleaned_data["employer"], bodies)
            alike = _alike(request, employer, form.written())
            if not alike:
                offer = actions.draft(
                    by=person, today=today(), employer=employer, through=through, **form.written()
                )
                return redirect("jobs:manage", offer.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    steps = ((_("My offers"), "jobs:mine"), (_("A new offer"), ""))
    return render(
        request, "jobs/write.html",
        {"form": form, "groups": _groups(form), "offer": None, "alike": alike,
         "crumbs": crumbs(*steps)},
    )  # fmt: skip


def _alike(
    request: HttpRequest, employer: Organisation | None, fields: dict[str, Any]
) -> list[tuple[Offer, list[str]]]:
    """The offers that it resembles, until their author has seen them and says that it is not."""
    if request.POST.get("alike") == "seen":
        return []
    typed = Offer(employer=employer, written_on=today(), **fields)
    found = resembling.twins_of(typed, by=request.user, today=today())
    return [(each.offer, each.reasons(language())) for each in found]


def _who(
    person: Person, employer: Organisation | None, bodies: list[Organisation]
) -> tuple[Organisation | None, Organisation | None]:
    """For whom, and through whom: a partner posts for a firm that it names."""
    partner = next((body for body in bodies if body.kind != Organisation.Kind.FIRM), None)
    if employer is None and partner is None and not permissions.can_moderate(person):
        raise Refused(_("Choose your firm in the list: you write in its name."))
    return employer, (None if employer in bodies else partner)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an offer; what someone else changed meanwhile is not written over."""
    person, offer = signed_in(request), mine_or_404(request, pk)
    bodies = permissions.bodies(person)
    form = OfferForm(request.POST or None, instance=offer, bodies=bodies, communes=communes())
    del form.fields["employer"]
    if request.method == "POST" and form.is_valid():
        fields = form.written()
        if offer.employer_id:
            fields = {k: v for k, v in fields.items() if k not in ("employer_name",
                                                                   "employer_siret")}  # fmt: skip
        edition = form.cleaned_data["edition"] or 0
        try:
            actions.edit(offer, by=person, today=today(), edition=edition, **fields)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("jobs:manage", offer.pk)
    if offer.employer_id:
        del form.fields["employer_name"], form.fields["employer_siret"]
    steps = ((_("My offers"), "jobs:mine"), (offer.title, ""))
    return render(
        request, "jobs/write.html",
        {"form": form, "groups": _groups(form), "offer": offer, "crumbs": crumbs(*steps)},
    )  # fmt: skip


GROUPS: tuple[tuple[Callable[[], str], tuple[str, ...]], ...] = (
    (lambda: _("The job"), ("employer", "employer_name", "employer_siret", "title", "text",
                            "rome_code")),
    (lambda: _("Where and when"), ("commune_code", "place", "shift_start", "shift_end", "weekend",
                                   "hours_week")),
    (lambda: _("The contract and the pay"), ("contract", "contract_months", "starts_on",
                                             "pay_from_eur", "pay_to_eur", "pay_per",
                                             "positions")),
    (lambda: _("What is asked, and only if the work needs it"),
     ("level", "experience_months", "french_level", "licences", "airport_badge", "clause")),
    (lambda: _("How to apply"), ("apply_by", "contact_name", "contact_telephone", "contact_email",
                                 "apply_url", "apply_words")),
)  # fmt: skip


def _groups(form: OfferForm) -> list[tuple[str, list[Any]]]:
    return [
        (title(), [form[name] for name in names if name in form.fields]) for title, names in GROUPS
    ]


@require_safe
def manage(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer for its author: what it lacks, which words to mend, and what can be done now."""
    return _manage(request, mine_or_404(request, pk))


def _manage(request: HttpRequest, offer: Offer, **bound: Any) -> HttpResponse:
    person = signed_in(request)
    flags = checks.flags(offer)
    context = {
        "offer": offer,
        "open": offer.is_open(today()),
        "ends": _standing(offer)[0],
        "lacking": say(checks.lacking(offer)),
        "questions": say(checks.questions(offer)),
        "forbidden": [flag for flag in flags if flag.severity == "refuse"],
        "doubtful": [flag for flag in flags if flag.severity == "warn"],
        "guesses": trades.guesses(offer),
        "until_form": UntilForm(),
        "close_form": CloseForm(),
        "receipt_form": ReceiptForm(),
        "hire_form": HireForm(communes=communes()) if can_count(person) else None,
        "applications": offer.applications.count(),
        "moderates": permissions.can_moderate(person, offer),
        "crumbs": crumbs((_("My offers"), "jobs:mine"), (offer.title, "")),
        "refusal": "",
        **twins.shown(offer, request),
        **bound,
    }
    return render(request, "jobs/manage.html", context)


def _verb(request: HttpRequest, pk: int, act: Callable[[Offer, Person], Any], done: str) -> Any:
    """Do one thing to an offer, then show it again with what was done, or why it was not."""
    offer = mine_or_404(request, pk)
    try:
        act(offer, signed_in(request))
    except Refused as refusal:
        return _manage(request, offer, refusal=str(refusal))
    messages.success(request, done)
    return HttpResponseRedirect(request.path.rsplit("/", 2)[0] + "/")


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for it to be published."""
    done = _("The offer was submitted. The authority reads it, then publishes it.")
    return _verb(request, pk, lambda offer, by: actions.submit(offer, by=by, today=today()), done)


@require_POST
def trade(request: HttpRequest, pk: int) -> HttpResponse:
    """This is the trade."""
    code = str(request.POST.get("rome_code", ""))
    return _verb(
        request, pk,
        lambda offer, by: actions.edit(offer, by=by, today=today(), rome_code=code),
        _("The trade is noted."),
    )  # fmt: skip


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """It is still to be filled."""
    done = _("Thank you: the offer stays on line.")
    return _verb(request, pk, lambda offer, by: actions.confirm(offer, by=by, today=today()), done)


@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """On line longer, or again."""
    form = UntilForm(request.POST)
    until = form.cleaned_data["until"] if form.is_valid() else None
    return _verb(
        request, pk,
        lambda offer, by: actions.renew(offer, by=by, today=today(), until=until),
        _("The offer is on line again."),
    )  # fmt: skip


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Off line, with why."""
    form = CloseForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else Offer.Closing.WITHDRAWN.value
    return _verb(
        request, pk, lambda offer, by: actions.close(offer, by=by, today=today(), why=why),
        _("The offer is closed."),
    )  # fmt: skip


@require_POST
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """A new draft with the same words."""
    copy = actions.duplicate(mine_or_404(request, pk), by=signed_in(request), today=today())
    messages.success(request, _("Here is another offer with the same words, not on line yet."))
    return redirect("jobs:manage_edit", copy.pk)


@require_POST
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark an application as answered, by its receipt."""
    typed = str(request.POST.get("receipt", ""))
    return _verb(
        request, pk,
        lambda offer, by: actions_answers.answer(offer, typed, by=by, today=today()),
        _("Marked as answered today."),
    )  # fmt: skip


@require_POST
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """One more position is filled."""
    person = signed_in(request)
    form = HireForm(request.POST, communes=communes())
    given = form.cleaned_data if form.is_valid() and can_count(person) else {}
    return _verb(
        request, pk,
        lambda offer, by: actions_answers.fill(
            offer, by=by, today=today(), hired_on=given.get("hired_on"),
            commune_code=given.get("commune_code", ""), from_qpv=given.get("from_qpv"),
        ),
        _("One more position is filled."),
    )  # fmt: skip
