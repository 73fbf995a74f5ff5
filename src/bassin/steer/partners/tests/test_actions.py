"""Requests, quotes and pooled projects, on both databases."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from auditlog.models import LogEntry
from django.utils import translation

from bassin.errors import Refused
from bassin.parties.models import Organisation
from bassin.steer.partners import actions
from bassin.steer.partners.models import CatalogueService, Offer, PooledProject, ServiceRequest
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


def asked(service, commune, use=2) -> ServiceRequest:
    mayor = seat(f"Mayor-{commune.slug}", "commune", "officer")
    return actions.ask(service, commune, text="Un jeu", use=use, by=mayor, today=TODAY)


def quoted(request, amount="100") -> None:
    actions.quote(request, amount_eur=Decimal(amount), text="Tout", valid_until=UNTIL, today=TODAY)


def test_a_request_is_quoted_then_accepted_by_the_commune(service, vitry):
    request = asked(service, vitry)
    quoted(request)

    done = actions.answer_quote(request, accept=True, today=TODAY)

    assert done.state == ServiceRequest.State.ACCEPTED


def test_a_quote_that_is_over_cannot_be_accepted_and_the_sentence_says_when_it_ended(
    service, vitry
):
    request = asked(service, vitry)
    quoted(request)

    with pytest.raises(Refused, match=UNTIL.isoformat()):
        actions.answer_quote(request, accept=True, today=UNTIL + timedelta(days=1))


def test_an_answered_request_takes_no_new_price(service, vitry):
    request = asked(service, vitry)
    quoted(request)
    actions.answer_quote(request, accept=False, today=TODAY)

    with pytest.raises(Refused, match="new request"):
        quoted(request, "50")


def test_a_quote_over_before_today_is_refused(service, vitry):
    with pytest.raises(Refused, match="2026-11-19"):
        actions.quote(
            asked(service, vitry), amount_eur=Decimal(1), text="x",
            valid_until=date(2026, 11, 19), today=TODAY,
        )  # fmt: skip


def test_a_pooled_project_freezes_shares_whose_sum_is_its_cost(service, vitry):
    orly = Organisation.objects.create(slug="orly", kind="commune", name="Orly")
    project = PooledProject.objects.create(
        title="Ensemble", service=service, total_eur=Decimal("100.01"), key="population"
    )
    for body in (vitry, orly):
        request = asked(service, body)
        quoted(request)
        actions.answer_quote(request, accept=True, today=TODAY)
        ServiceRequest.objects.filter(pk=request.pk).update(project=project)

    made = actions.pool(project, {vitry.pk: 90_000, orly.pk: 30_000}, today=TODAY)

    assert LogEntry.objects.filter(content_type__model="share").count() == len(made)
    assert {each.organisation: each.amount_eur for each in made} == {
        vitry: Decimal("75.01"), orly: Decimal("25.00"),
    }  # fmt: skip
    with pytest.raises(Refused, match="decided"):
        actions.pool(project, {}, today=TODAY)


def test_a_refused_project_leaves_no_share_behind(service, vitry):
    project = PooledProject.objects.create(
        title="Ensemble", service=service, total_eur=Decimal(10), key="population"
    )
    request = asked(service, vitry)
    quoted(request)
    actions.answer_quote(request, accept=True, today=TODAY)
    ServiceRequest.objects.filter(pk=request.pk).update(project=project)

    with pytest.raises(Refused, match="Vitry"):
        actions.pool(project, {vitry.pk: None}, today=TODAY)

    assert not project.shares.exists()
    project.refresh_from_db()
    assert project.decided_on is None


def test_a_service_is_put_away_with_who_and_why(service, vitry):
    offer = Offer.objects.create(
        step="creator:idea", part="lead", title="Atelier", organisation=vitry
    )
    mayor = seat("Mayor", "commune", "officer")
    now = datetime(2026, 11, 20, tzinfo=UTC)

    with pytest.raises(Refused, match="why"):
        actions.archive(offer, by=mayor, why="  ", now=now)
    actions.archive(offer, by=mayor, why="n'existe plus", now=now)

    offer.refresh_from_db()
    assert (offer.archived_by, offer.archived_why) == (mayor, "n'existe plus")
    assert not Offer.objects.on(TODAY).exists()
