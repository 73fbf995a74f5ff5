"""The authority decides what criteria count for: dated, public, never rewritten."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from bassin.commons import weights
from bassin.commons.models import PairingWeight
from bassin.errors import Refused
from bassin.parties.models import Person
from bassin.ui.shared.views import pairings
from tests.pairing.forklift import OFFERS

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
TODAY = NOW.date()
EVEN = {"skills": Decimal(40), "near": Decimal(40), "way": Decimal(20)}
ADDRESS = "/rapprochements/jobs/offers/"


@pytest.fixture
def declared(monkeypatch):
    monkeypatch.setattr(pairings, "declared", lambda: {OFFERS.slug: OFFERS})


def decided(by, given=EVEN, **more):
    options = {"valid_from": TODAY, "why": "Vote du conseil", "now": NOW} | more
    weights.decide(OFFERS, given, by=by, **options)


def test_the_last_decision_that_holds_gives_the_weights(people):
    decided(people.awa)
    decided(people.awa, {"skills": 100, "near": 0, "way": 0}, valid_from=date(2027, 1, 1))

    assert weights.on(OFFERS, date(2026, 11, 25)) is None
    assert weights.on(OFFERS, TODAY) == {"skills": 40.0, "near": 40.0, "way": 20.0}
    assert weights.on(OFFERS, date(2027, 1, 1)) == {"skills": 100.0, "near": 0.0, "way": 0.0}
    assert len(weights.decisions(OFFERS)) == 2


@pytest.mark.parametrize(
    ("given", "more", "message"),
    [
        ({**EVEN, "colour": Decimal(0)}, {}, "colour"),
        ({"skills": Decimal(100)}, {}, "each criterion"),
        ({"skills": 0, "near": 0, "way": 0}, {}, "All weights are 0"),
        ({**EVEN, "way": Decimal(30)}, {}, "110 together"),
        ({**EVEN, "way": Decimal(-20)}, {}, "0 or more"),
        (EVEN, {"valid_from": date(2026, 11, 25)}, "today at the earliest"),
        (EVEN, {"why": " "}, "Say why"),
    ],
)
def test_weights_that_make_no_sense_are_refused_with_what_to_do(people, given, more, message):
    with override("en"), pytest.raises(Refused, match=message):
        decided(people.awa, given, **more)

    assert not PairingWeight.objects.exists()


def test_nobody_but_the_authority_decides(people):
    with pytest.raises(PermissionDenied):
        decided(people.bruno)


def test_a_decision_is_never_changed(people):
    decided(people.awa)
    line = PairingWeight.objects.first()
    line.weight = 99

    with pytest.raises(ValueError, match="never changed"):
        line.save()


def test_anyone_reads_the_weights_and_each_decision(client, site, people, declared):
    decided(people.awa)

    page = client.get(ADDRESS, {"lang": "fr"}).content.decode()

    assert "Vote du conseil" in page
    assert "40" in page
    assert "/poids/" not in page
    assert client.get("/rapprochements/", {"lang": "fr"}).status_code == 200
    assert client.get("/rapprochements/jobs/nothing/").status_code == 404


def test_an_officer_changes_the_weights_from_the_page(client, site, people, declared):
    client.force_login(people.awa)
    given = {"skills": "60", "near": "20", "way": "20", "valid_from": "2030-01-01", "why": "Essai"}

    refused = client.post(f"{ADDRESS}poids/", {**given, "way": "30"})
    done = client.post(f"{ADDRESS}poids/", given)

    assert "110" in refused.content.decode()
    assert (done.status_code, done.url) == (302, ADDRESS)
    assert weights.on(OFFERS, date(2030, 1, 1))["skills"] == 60
    assert weights.decisions(OFFERS)[0].by == Person.objects.get(pk=people.awa.pk)


def test_a_partner_is_refused_the_form(client, site, people, declared):
    client.force_login(people.bruno)

    assert client.get(f"{ADDRESS}poids/").status_code == 403
