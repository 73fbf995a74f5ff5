"""Agreements: what is shared with whom, why and until when; and those who may, to write them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bassin.errors import Refused
from bassin.indicators.secrecy.regimes import all_regimes
from bassin.observe.opendata import actions_sharing as actions
from bassin.observe.opendata import permissions_sharing as permissions
from bassin.observe.opendata.forms_sharing import AgreementForm, WhyForm
from bassin.observe.opendata.models import Agreement, SharedTable
from bassin.observe.opendata.sharing import shown
from bassin.observe.opendata.views.common import crumbs
from bassin.parties.access import User, require, roles, signed_in
from bassin.sources.registry import is_public
from bassin.ui.parts import Crumb
from bassin.ui.reader import language, today


def trail(*after: tuple[str, str]) -> list[Crumb]:
    """Home › Open data › Shared data › …"""
    return crumbs((_("Shared data"), reverse("opendata:sharing")), *after)


@require_safe
def sharing(request: HttpRequest) -> HttpResponse:
    """What is shared, by whom, with whom, why, until when."""
    day, words = today(), language()
    found = shown.in_force(day)
    ended = Agreement.objects.filter(ended_on__lte=day).select_related("producer")
    context = {
        "crumbs": trail(),
        "agreements": [(each, shown.audience(each), each.is_overdue(day)) for each in found],
        "table": shown.listed(found, day, words),
        "overdue": sum(each.is_overdue(day) for each in found),
        "ended": ended,
        "mine": _mine(request.user, found),
        "manages": permissions.can_manage_agreements(request.user),
    }
    return render(request, "opendata/sharing.html", context)


def _mine(user: User, found: list[Agreement]) -> list[tuple[Agreement, list[SharedTable], bool]]:
    """Of someone who signed in: agreements under which they read, or bring, a table."""
    if not roles(user):
        return []
    tables = SharedTable.objects.filter(agreement__in=found).select_related("agreement__producer")
    by_agreement: dict[int, list[SharedTable]] = {}
    for table in tables:
        brings = permissions.can_deposit(user, table.agreement)
        reads = permissions.can_read_table(user, table) and table.declared_on is not None
        if brings or reads:
            by_agreement.setdefault(table.agreement_id, []).append(table)
    return [
        (each, by_agreement.get(each.pk, []), permissions.can_deposit(user, each))
        for each in found
        if each.pk in by_agreement or permissions.can_deposit(user, each)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """One agreement; officers end it here."""
    kept = get_object_or_404(Agreement.objects.select_related("producer", "steward"), slug=slug)
    manages = permissions.can_manage_agreements(request.user)
    form, refusal = WhyForm(request.POST or None), ""
    if request.method == "POST":
        person = signed_in(request)
        require(manages)
        if form.is_valid():
            try:
                actions.end(kept, by=person, why=form.cleaned_data["why"], today=today())
            except Refused as refused:
                refusal = refused.text.say(language())
            else:
                return redirect("opendata:agreement", slug)
    day = today()
    deposits = permissions.can_deposit(request.user, kept)
    context = {
        "crumbs": trail((kept.title, "")),
        "agreement": kept, "audience": shown.audience(kept), "overdue": kept.is_overdue(day),
        "in_force": kept.holds_on(day), "whole": permissions.can_read_agreement(request.user, kept),
        "manages": manages, "brings": deposits, "form": form, "refusal": refusal,
        "rule": _rule(kept), "tables": _tables(request.user, kept, brings=deposits),
    }  # fmt: skip
    return render(request, "opendata/agreement.html", context)


def _rule(kept: Agreement) -> str:
    known = {each.code: each.title for each in all_regimes() if each.until_on is None}
    return known[kept.regime].say(language()) if kept.regime in known else ""


def _tables(user: User, kept: Agreement, *, brings: bool) -> list[tuple[SharedTable, bool]]:
    """The tables that this reader may know of, and whether everyone finds it in the catalogue."""
    found = []
    for table in kept.tables.all():
        served = table.declared_on is not None and permissions.can_read_table(user, table)
        if brings or served or permissions.can_manage_agreements(user):
            in_catalogue = kept.level == Agreement.Level.PUBLIC and is_public(table.key)
            found.append((table, in_catalogue and table.declared_on is not None))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_new(request: HttpRequest) -> HttpResponse:
    """Write an agreement."""
    person = signed_in(request)
    require(permissions.can_manage_agreements(person))
    return _written(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change an agreement: its tables follow at once."""
    person = signed_in(request)
    require(permissions.can_manage_agreements(person))
    return _written(request, get_object_or_404(Agreement, slug=slug))


def status(request: HttpRequest) -> int:
    """Of a form that is shown: one that comes back after it was sent was refused."""
    return 400 if request.method == "POST" else 200


def _written(request: HttpRequest, kept: Agreement | None) -> HttpResponse:
    day, refusal, person = today(), "", signed_in(request)
    begins = {"starts_on": day, "review_on": day.replace(year=day.year + 1, day=min(day.day, 28))}
    form = AgreementForm(
        request.POST or None, instance=kept, today=day, initial={} if kept else begins
    )
    if request.method == "POST" and form.is_valid():
        try:
            if kept is None:
                made = actions.agree(by=person, **form.cleaned_data)
                return redirect("opendata:agreement", made.slug)
            actions.amend(kept, by=person, **form.cleaned_data)
            return redirect("opendata:agreement", kept.slug)
        except Refused as refused:
            refusal = refused.text.say(language())
    last = kept.title if kept else _("A new agreement")
    context = {"crumbs": trail((last, "")), "form": form, "refusal": refusal, "agreement": kept}
    return render(request, "opendata/agreement_form.html", context, status=status(request))
