"""Requests, quotes and pooled projects, on both databases."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.utils import translation

from bassin.errors import Refused
from bassin.parties.models import Organisation, Person
from bassin.steer.partners import actions
from bassin.steer.partners.models import (
    CatalogueService,
    Offer,
    PooledProject,
    ServiceRequest,
    WatchNote,
)
from tests.support.people import seat

TODAY = date(2026, 11, 20)
UNTIL = TODAY + timedelta(days=30)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def service(both_databases):
    return CatalogueService.objects.create(slug="donnees", title="Données", unit="jeux")


@pytest.fixture
def vitry(both_databases):
    return Organisation.objects.create(
        slug="vitry", kind="commune", name="Vitry", commune_code="94081"
    )


def mayor(commune) -> Person:
    """Somebody who writes for a commune."""
    email = f"mayor-{commune.slug}@example.org"
    known = Person.objects.filter(email=email).first()
    if known:
        return known
    made = Person.objects.create_user(email, name="Mayor")
    made.memberships.create(organisation=commune, role="officer", starts_on=date(2020, 1, 1))
    return made


def officer() -> Person:
    known = Person.objects.filter(email="awa@example.org").first()
    return known or seat("Awa", "authority", "officer")


def asked(service, commune, use=2) -> ServiceRequest:
    return actions.ask(service, commune, text="Un jeu", use=use, by=mayor(commune), today=TODAY)


def quoted(request, amount="100") -> None:
    actions.quote(
        request, amount_eur=Decimal(amount), text="Tout", valid_until=UNTIL, by=officer(),
        today=TODAY,
    )  # fmt: skip


def answered(request, accept=True, today=TODAY) -> ServiceRequest:
    by = mayor(request.organisation)
    return actions.answer_quote(request, accept=accept, by=by, today=today)


def test_a_request_is_quoted_then_accepted_by_the_commune(service, vitry):
    request = asked(service, vitry)
    quoted(request)

    done = answered(request, accept=True, today=TODAY)

    assert done.state == ServiceRequest.State.ACCEPTED


def test_a_quote_that_is_over_cannot_be_accepted_and_the_sentence_says_when_it_ended(
    service, vitry
):
    request = asked(service, vitry)
    quoted(request)

    with pytest.raises(Refused, match=UNTIL.isoformat()):
        answered(request, accept=True, today=UNTIL + timedelta(days=1))


def test_an_answered_request_takes_no_new_price(service, vitry):
    request = asked(service, vitry)
    quoted(request)
    answered(request, accept=False, today=TODAY)

    with pytest.raises(Refused, match="new request"):
        quoted(request, "50")


def test_a_quote_over_before_today_is_refused(service, vitry):
    with pytest.raises(Refused, match="2026-11-19"):
        actions.quote(
            asked(service, vitry), amount_eur=Decimal(1), text="x",
            valid_until=date(2026, 11, 19), by=officer(), today=TODAY,
        )  # fmt: skip


def test_a_pooled_project_freezes_shares_whose_sum_is_its_cost(service, vitry):
    orly = Organisation.objects.create(slug="orly", kind="commune", name="Orly")
    project = PooledProject.objects.create(
        title="Ensemble", service=service, total_eur=Decimal("100.01"), key="population"
    )
    for body in (vitry, orly):
        request = asked(service, body)
        quoted(request)
        answered(request, accept=True, today=TODAY)
        ServiceRequest.objects.filter(pk=request.pk).update(project=project)

    made = actions.pool(project, {vitry.pk: 90_000, orly.pk: 30_000}, by=officer(), today=TODAY)

    assert LogEntry.objects.filter(content_type__model="share").count() == len(made)
    assert {each.organisation: each.amount_eur for each in made} == {
        vitry: Decimal("75.01"), orly: Decimal("25.00"),
    }  # fmt: skip
    with pytest.raises(Refused, match="decided"):
        actions.pool(project, {}, by=officer(), today=TODAY)


def test_a_refused_project_leaves_no_share_behind(service, vitry):
    project = PooledProject.objects.create(
        title="Ensemble", service=service, total_eur=Decimal(10), key="population"
    )
    request = asked(service, vitry)
    quoted(request)
    answered(request, accept=True, today=TODAY)
    ServiceRequest.objects.filter(pk=request.pk).update(project=project)

    with pytest.raises(Refused, match="Vitry"):
        actions.pool(project, {vitry.pk: None}, by=officer(), today=TODAY)

    assert not project.shares.exists()
    project.refresh_from_db()
    assert project.decided_on is None


def test_a_service_is_put_away_with_who_and_why(service, vitry):
    offer = Offer.objects.create(
        step="creator:idea", part="lead", title="Atelier", organisation=vitry
    )
    by = mayor(vitry)
    now = datetime(2026, 11, 20, tzinfo=UTC)

    with pytest.raises(Refused, match="why"):
        actions.archive(offer, by=by, why="  ", now=now)
    actions.archive(offer, by=by, why="n'existe plus", now=now)

    offer.refresh_from_db()
    assert (offer.archived_by, offer.archived_why) == (by, "n'existe plus")
    assert not Offer.objects.on(TODAY).exists()


def test_each_verb_refuses_who_may_not_even_without_a_page(service, vitry):
    request = asked(service, vitry)
    stranger = seat("Eve", "commune", "officer")
    project = PooledProject.objects.create(
        title="x", service=service, total_eur=Decimal(1), key="equal"
    )
    offer = Offer(step="creator:idea", part="lead", title="x", organisation=vitry)
    now = datetime(2026, 11, 20, tzinfo=UTC)

    for verb in (
        lambda: actions.ask(service, vitry, text="x", use=1, by=stranger, today=TODAY),
        lambda: actions.quote(
            request, amount_eur=Decimal(1), text="x", valid_until=UNTIL, by=stranger, today=TODAY
        ),
        lambda: actions.answer_quote(request, accept=True, by=officer(), today=TODAY),
        lambda: actions.pool(project, {}, by=stranger, today=TODAY),
        lambda: actions.write_offer(offer, by=stranger, today=TODAY),
        lambda: actions.archive(offer, by=stranger, why="x", now=now),
        lambda: actions.note(WatchNote(title="x"), by=stranger, today=TODAY),
    ):
        with pytest.raises(PermissionDenied):
            verb()
