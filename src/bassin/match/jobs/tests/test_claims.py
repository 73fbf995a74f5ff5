"""A firm comes by itself: its SIRET is judged, an address is proven, an officer decides."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bassin.errors import Refused
from bassin.match.jobs import actions, sirene
from bassin.match.jobs import actions_claims as claims
from bassin.match.jobs.models import FirmClaim
from bassin.match.jobs.sirene import Establishment, Standing
from bassin.match.jobs.tests.conftest import TODAY, WRITTEN
from bassin.parties.access import writes_for
from bassin.parties.models import Membership, Organisation, Person
from bassin.types import Origin
from tests.support.installing import install, put

PAGE, MINE = "/accompagner/emplois/je-recrute/", "/accompagner/emplois/mon-entreprise/"
OPEN, HIDDEN, CLOSED = "00000000200014", "00000000300012", "00000000400010"
ABSENT = "00000000500017"
FOUND = Establishment(OPEN, Standing.OPEN, "ATELIER EXEMPLE", commune_code="94074")
SAID = {"firm_name": "", "contact_name": "Dan Modèle", "contact_role": "gérant",
        "contact_email": "dan@example.org"}  # fmt: skip


def row(siret, **more):
    return {"siret": siret, "siren": siret[:9], "state": "A", "diffusion": "O",
            "name": "ATELIER EXEMPLE", "commune_code": "94074", "city": "VALENTON",
            "address": "1 RUE DE L EXEMPLE", "period": "2026-11-01",
            "last_processed_on": date(2026, 11, 1), **more}  # fmt: skip


@pytest.fixture(scope="module")
def stocked(france, tmp_path_factory):
    """A SIRENE of three establishments: open, hidden, closed."""
    house = install(france, tmp_path_factory.mktemp("claims") / "var")
    put(house, Origin.INVENTED, establishments=[
        row(OPEN), row(HIDDEN, diffusion="P", name=None, address=None),
        row(CLOSED, state="F", closed_on=date(2025, 3, 1)),
    ])  # fmt: skip
    return house


@pytest.fixture
def open_door(stocked, settings, db):
    cache.clear()
    settings.VAR = stocked.var


@pytest.mark.parametrize("siret", [OPEN, "35600000049837", "73282932000074"])
def test_a_right_key_is_taken_and_one_digit_changed_is_not(siret):
    assert sirene.is_right(siret)
    wrong = siret[:-1] + str((int(siret[-1]) + 1) % 10)
    assert not sirene.is_right(wrong)


@pytest.mark.parametrize("typed", ["", "0" * 14, "1" * 13, "٠" * 14, "abcdefghijklmn", "1" * 400])
def test_what_is_no_siret_is_never_right(typed):
    assert not sirene.is_right(typed)


@pytest.mark.parametrize(
    ("siret", "standing", "said"),
    [
        (OPEN, Standing.OPEN, "ATELIER EXEMPLE"),
        (HIDDEN, Standing.HIDDEN, "masque"),
        (CLOSED, Standing.CLOSED, "1 mars 2025"),
        (ABSENT, Standing.ABSENT, "pas dans le SIRENE"),
    ],
)
def test_sirene_is_told_plainly(client, open_door, stocked, siret, standing, said):
    found = sirene.look_up(stocked, siret)
    assert found.standing == standing
    assert bool(found.name) == (standing == Standing.OPEN)

    page = client.get(PAGE, {"siret": f"{siret[:9]} {siret[9:]}"}).content.decode()

    assert said in page
    assert (f"{MINE}?siret={siret}" in page) == (standing != Standing.CLOSED)


@pytest.mark.parametrize("typed", ["123", "00000000200017", "<script>alert(1)</script>", "1\x00"])
def test_a_wrong_number_is_said_and_nothing_is_looked_up(client, open_door, typed):
    answer = client.get(PAGE, {"siret": typed})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "field__error" in page
    assert "<script>alert" not in page
    assert "SIRENE connaît" not in page


def test_numbers_cannot_be_tried_without_end(client, open_door, monkeypatch):
    monkeypatch.setattr("bassin.match.jobs.views.claims.LOOKED_UP", 2)
    for _time in range(2):
        assert "ATELIER EXEMPLE" in client.get(PAGE, {"siret": OPEN}).content.decode()

    page = client.get(PAGE, {"siret": OPEN}).content.decode()

    assert "Trop de numéros" in page
    assert "ATELIER EXEMPLE" not in page


def test_who_signed_in_with_the_address_sends_it_and_an_officer_lets_them_write(
    client, open_door, dan, awa, mailoutbox, django_capture_on_commit_callbacks
):
    assert client.get(MINE).status_code == 302  # a visitor signs in first
    client.force_login(dan)
    client.post(f"{MINE}?siret={OPEN}", {**SAID, "firm_name": "Autre nom"})
    made = FirmClaim.objects.get()
    assert (made.firm_name, made.state) == ("ATELIER EXEMPLE", "waiting")
    assert client.get("/accompagner/emplois/mes-offres/").status_code == 403
    assert client.get("/accompagner/emplois/a-relire/entreprises/").status_code == 403

    client.force_login(awa)
    queue = "/accompagner/emplois/a-relire/entreprises/"
    assert "dan@example.org" in client.get(queue).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(queue, {"which": made.pk, "do": "accept"})

    body = Organisation.objects.get(siret=OPEN)
    assert (body.kind, body.name, body.commune_code) == ("firm", "ATELIER EXEMPLE", "94074")
    assert Membership.objects.get(organisation=body).role == "administrator"
    assert "ATELIER EXEMPLE" in mailoutbox[-1].subject
    fresh = Person.objects.get(pk=dan.pk)
    assert actions.draft(by=fresh, today=TODAY, employer=body, **WRITTEN).state == "draft"


def test_another_address_is_proven_by_its_code_before_anything_is_written(
    client, open_door, dan, mailoutbox
):
    client.force_login(dan)
    page = client.post(f"{MINE}?siret={HIDDEN}", {
        **SAID, "firm_name": "Chez Exemple", "contact_email": "Contact@Atelier.example.org",
    }, follow=True).content.decode()  # fmt: skip
    assert "contact@atelier.example.org" in page.lower()
    assert not FirmClaim.objects.exists()

    client.post(f"{MINE}code/", {"code": "FAUX-FAUX"})
    assert not FirmClaim.objects.exists()
    code = re.search(r"^ +(\S+)$", mailoutbox[-1].body, re.MULTILINE)[1]
    client.post(f"{MINE}code/", {"code": code})

    made = FirmClaim.objects.get()
    assert (made.firm_name, made.sirene) == ("Chez Exemple", "hidden")
    assert made.contact_email == "contact@atelier.example.org"


def test_a_request_that_is_not_taken_keeps_what_was_typed(client, open_door, dan, monkeypatch):
    monkeypatch.setattr("bassin.match.jobs.views.claims.ASKED", 0)
    client.force_login(dan)

    page = client.post(f"{MINE}?siret={OPEN}", SAID).content.decode()

    assert "Trop de demandes" in page
    assert 'value="gérant"' in page
    assert not FirmClaim.objects.exists()


def test_three_wrong_codes_write_nothing(client, open_door, dan):
    client.force_login(dan)
    client.post(f"{MINE}?siret={OPEN}", {**SAID, "contact_email": "autre@example.org"})

    for _time in range(4):
        client.post(f"{MINE}code/", {"code": "FAUX-FAUX"})

    assert not FirmClaim.objects.exists()
    assert client.get(f"{MINE}code/").status_code == 302


def test_a_closed_firm_a_partner_and_a_firm_asked_twice_are_refused(db, dan, chloe):
    with pytest.raises(Refused, match="fermé"):
        claims.ask(Establishment(CLOSED, Standing.CLOSED), by=dan, today=TODAY, **SAID)
    claims.ask(FOUND, by=dan, today=TODAY, **SAID)
    with pytest.raises(Refused, match="déjà"):
        claims.ask(FOUND, by=dan, today=TODAY, **SAID)
    Organisation.objects.create(slug="exemple", kind="plie", name="PLIE Exemple", siret=ABSENT)
    with pytest.raises(Refused, match="PLIE Exemple"):
        claims.ask(Establishment(ABSENT, Standing.OPEN, "X"), by=dan, today=TODAY, **SAID)


def test_who_comes_second_writes_beside_the_first_and_nobody_decides_for_themselves(db, dan, awa):
    Organisation.objects.create(slug="atelier", kind="firm", name="Atelier", siret=OPEN)
    first = claims.ask(FOUND, by=dan, today=TODAY, **SAID)
    own = claims.ask(FOUND, by=awa, today=TODAY, **SAID)
    with pytest.raises(PermissionDenied):
        claims.accept(own, by=awa, today=TODAY)
    with pytest.raises(PermissionDenied):
        claims.accept(first, by=dan, today=TODAY)

    done = claims.accept(first, by=awa, today=TODAY)

    assert done.organisation.name == "Atelier"
    with pytest.raises(Refused, match="déjà"):
        claims.accept(first, by=awa, today=TODAY)
    other = Person.objects.create_user("lea@example.org", name="Lea")
    second = claims.ask(FOUND, by=other, today=TODAY, **SAID)
    claims.accept(second, by=awa, today=TODAY)
    assert Membership.objects.get(person=other).role == "officer"


def test_a_refusal_says_why_and_gives_no_right(
    db, dan, awa, mailoutbox, django_capture_on_commit_callbacks
):
    asked = claims.ask(FOUND, by=dan, today=TODAY, **SAID)
    with pytest.raises(Refused, match="pourquoi"):
        claims.refuse(asked, by=awa, today=TODAY, why=" ")

    with django_capture_on_commit_callbacks(execute=True):
        claims.refuse(asked, by=awa, today=TODAY, why="Le standard ne vous connaît pas.")

    assert "Le standard ne vous connaît pas." in mailoutbox[-1].body
    assert not Organisation.objects.filter(siret=OPEN).exists()
    assert not writes_for(Person.objects.get(pk=dan.pk), None)


def test_the_requests_that_wait_cost_the_same_whatever_their_number(
    client, open_door, dan, bruno, awa, django_assert_num_queries
):
    queue = "/accompagner/emplois/a-relire/entreprises/"
    client.force_login(awa)
    claims.ask(FOUND, by=dan, today=TODAY, **SAID)
    with CaptureQueriesContext(connection) as alone:
        assert "Demandée aussi" not in client.get(queue).content.decode()
    claims.ask(FOUND, by=bruno, today=TODAY, **SAID)
    absent = {**SAID, "firm_name": "Ailleurs"}
    claims.ask(Establishment(ABSENT, Standing.ABSENT), by=dan, today=TODAY, **absent)

    with django_assert_num_queries(len(alone)):
        page = client.get(queue).content.decode()

    assert page.count("Demandée aussi") == 2
    assert "pas dans le SIRENE" in page


def test_one_takes_ones_own_request_back_and_no_other(client, open_door, dan, bruno):
    asked = claims.ask(FOUND, by=dan, today=TODAY, **SAID)
    client.force_login(bruno)
    assert client.post(f"{MINE}{asked.pk}/retirer/").status_code == 404

    client.force_login(dan)
    client.post(f"{MINE}{asked.pk}/retirer/")

    asked.refresh_from_db()
    assert asked.state == "withdrawn"
