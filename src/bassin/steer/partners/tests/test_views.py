"""Pages of the partners, for the four people and for a visitor."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bassin.parties.models import Membership, Organisation
from bassin.steer.partners import sample
from bassin.steer.partners.models import (
    CatalogueService,
    Link,
    Network,
    Offer,
    PooledProject,
    ServiceRequest,
    WatchNote,
)
from bassin.steer.programmes.models import Call
from bassin.types import Origin

PUBLIC = ["/piloter/qui-fait-quoi/", "/piloter/qui-fait-quoi.json"]
OF_COMMUNES = [
    "/piloter/agence-numerique/",
    "/piloter/agence-numerique/veille/",
    "/piloter/reseau/tres-haut-debit/",
    "/piloter/reseau/tres-haut-debit.json",
]


@pytest.fixture
def mayor(partners):
    """Somebody who writes for Vitry-sur-Seine."""
    from tests.support.people import seat

    person = seat("Mayor", Organisation.Kind.COMMUNE, Membership.Role.MEMBER)
    vitry = Organisation.objects.get(slug="commune-94081")
    Membership.objects.create(
        person=person, organisation=vitry, role="officer", starts_on=date(2020, 1, 1)
    )
    return person


@pytest.mark.parametrize("address", PUBLIC)
def test_who_does_what_is_open_to_everyone(partners, client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", OF_COMMUNES)
def test_the_agency_and_the_network_are_for_the_authority_and_its_communes(
    partners, client, awa, bruno, chloe, dan, mayor, address
):
    codes = {}
    for person in (awa, mayor, bruno, chloe, dan):
        client.force_login(person)
        codes[person.name] = client.get(address).status_code

    assert codes == {"Awa": 200, "Mayor": 200, "Bruno": 403, "Chloe": 403, "Dan": 403}
    client.logout()
    assert client.get(address).status_code == 302


def test_the_map_is_narrowed_to_a_commune_and_an_unknown_one_is_said(partners, client):
    everywhere = client.get("/piloter/qui-fait-quoi/?parcours=creator").content.decode()
    vitry = client.get("/piloter/qui-fait-quoi/?parcours=creator&commune=94081").content.decode()
    unknown = client.get("/piloter/qui-fait-quoi/?commune=75056<b>").content.decode()

    assert "Prêt d&#x27;honneur (exemple)" in everywhere
    assert "Prêt d&#x27;honneur (exemple)" not in vitry
    assert "75056&lt;b&gt;" in unknown


def test_every_service_shown_is_marked_cited_or_invented(partners, client):
    page = client.get("/piloter/qui-fait-quoi/").content.decode()

    assert page.count('class="card"') == len(re.findall(r'class="mark mark--', page)) > 0


def test_no_service_is_invented_for_a_real_body(partners):
    invented = Offer.objects.filter(origin=Origin.INVENTED.value)

    assert invented.exists()
    assert {each.organisation.origin for each in invented} == {Origin.INVENTED.value}


def test_the_sample_is_written_once_and_leaves_what_was_changed(partners):
    Offer.objects.filter(step="creator:idea").update(title="Changé")
    before = [model.objects.count() for model in (Offer, ServiceRequest, WatchNote, Link)]

    sample.build(date(2026, 12, 1))

    assert [m.objects.count() for m in (Offer, ServiceRequest, WatchNote, Link)] == before
    assert Offer.objects.filter(title="Changé").exists()


def test_overlaps_and_holes_are_shown_to_partners_by_name(partners, client, bruno):
    client.force_login(bruno)

    page = client.get("/piloter/qui-fait-quoi/ecarts/").content.decode()

    assert "Chambre Exemple (fictive), Couveuse Exemple (fictive)" in page


def test_somebody_writes_a_service_for_their_own_body_and_for_no_other(partners, client, bruno):
    client.force_login(bruno)
    words = {"step": "growing:train", "part": "lead", "title": "Formation courte"}

    own = client.post("/piloter/qui-fait-quoi/service/", words)
    other = client.post("/piloter/qui-fait-quoi/service/?organisation=couveuse-exemple", words)

    assert own.status_code == 302
    assert other.status_code == 404
    made = Offer.objects.get(title="Formation courte")
    assert made.organisation.kind == "chamber"
    assert made.checked_on is not None


def test_the_days_of_a_service_come_back_into_the_browser_s_calendar(partners, client, awa):
    client.force_login(awa)
    offer, days = Offer.objects.first(), {"starts_on": "2026-05-01", "ends_on": "2030-04-01"}
    Offer.objects.filter(pk=offer.pk).update(**days)

    page = client.get(f"/piloter/qui-fait-quoi/service/{offer.pk}/").content.decode()

    for name, day in days.items():
        assert f'<input type="date" name="{name}" value="{day}"' in page


def test_a_service_that_ends_before_it_starts_is_refused_in_words(partners, client, bruno):
    client.force_login(bruno)
    words = {
        "step": "growing:train", "part": "lead", "title": "x",
        "starts_on": "2026-05-01", "ends_on": "2026-04-01",
    }  # fmt: skip

    page = client.post("/piloter/qui-fait-quoi/service/", words)

    assert page.status_code == 400
    assert "avant le début" in page.content.decode()


def test_putting_away_a_service_needs_a_reason(partners, client, awa):
    client.force_login(awa)
    offer = Offer.objects.first()
    address = f"/piloter/qui-fait-quoi/service/{offer.pk}/ranger/"

    assert client.post(address, {"why": " "}).status_code == 400
    assert client.post(address, {"why": "fermé"}).status_code == 302
    offer.refresh_from_db()
    assert offer.archived_by == awa


def test_a_commune_asks_receives_a_price_and_answers(partners, client, awa, mayor):
    client.force_login(mayor)
    vitry = Organisation.objects.get(slug="commune-94081")
    asked = client.post(
        "/piloter/agence-numerique/demander/ingenierie/",
        {"organisation": vitry.pk, "text": "Cinq jours", "use": ""},
    )
    address = asked.headers["Location"]
    refused = client.post(address, {"do": "quote", "amount_eur": "1", "text": "x"})
    client.force_login(awa)
    quoted = client.post(
        address,
        {"do": "quote", "amount_eur": "2500", "text": "Cinq jours", "valid_until": "2999-01-01"},
    )
    not_hers = client.post(address, {"do": "accept"})
    client.force_login(mayor)
    accepted = client.post(address, {"do": "accept"})

    assert (refused.status_code, quoted.status_code) == (403, 302)
    assert (not_hers.status_code, accepted.status_code) == (403, 302)
    assert ServiceRequest.objects.get(text="Cinq jours").state == "accepted"


def test_a_request_of_another_commune_is_not_even_said_to_exist(partners, client, mayor):
    other = ServiceRequest.objects.exclude(organisation__slug="commune-94081").first()
    client.force_login(mayor)

    assert client.get(f"/piloter/agence-numerique/demandes/{other.pk}/").status_code == 404


def test_nobody_asks_in_the_name_of_a_commune_they_do_not_write_for(partners, client, mayor):
    client.force_login(mayor)
    orly = Organisation.objects.get(slug="commune-94054")

    page = client.post(
        "/piloter/agence-numerique/demander/ingenierie/", {"organisation": orly.pk, "text": "x"}
    )

    assert page.status_code == 400
    assert not ServiceRequest.objects.filter(organisation=orly, text="x").exists()


def test_a_pooled_project_is_decided_with_inhabitants_of_the_observatory(partners, client, awa):
    client.force_login(awa)
    project = PooledProject.objects.get()
    address = f"/piloter/agence-numerique/projets/{project.pk}/"

    done = client.post(address)

    assert done.status_code == 302
    assert sum(each.amount_eur for each in project.shares.all()) == project.total_eur
    page = client.get(address).content.decode()
    assert "23" in page
    assert "économisent" in page


def test_the_network_names_the_links_that_would_cut_a_site(partners, client, awa):
    client.force_login(awa)

    said = client.get("/piloter/reseau/tres-haut-debit.json").json()
    page = client.get("/piloter/reseau/tres-haut-debit/").content.decode()

    cutting = [link for link in said["links"] if link["would_cut"]]
    assert len(cutting) == 9
    assert len(said["sites"]) == 78
    assert all(link["code"] in page for link in cutting)
    assert "2,0 ans" in page


def test_a_network_without_a_core_says_what_to_do(partners, client, awa):
    client.force_login(awa)
    Network.objects.create(slug="vide", title="Vide")

    page = client.get("/piloter/reseau/vide/")

    assert page.status_code == 200
    assert "pas de site cœur" in page.content.decode()


@pytest.mark.parametrize("address", ["/piloter/qui-fait-quoi/", *OF_COMMUNES])
def test_a_page_asks_the_database_as_often_for_many_rows_as_for_few(partners, client, awa, address):
    client.force_login(awa)
    client.get(address)

    with CaptureQueriesContext(connection) as few:
        client.get(address)
    body = Organisation.objects.get(slug="chambre-exemple")
    service = CatalogueService.objects.first()
    for number in range(20):
        Offer.objects.create(
            step="creator:idea", part="lead", title=f"n° {number}", organisation=body
        )
        ServiceRequest.objects.create(
            service=service, organisation=body, text="x", asked_on=date(2026, 1, 1)
        )
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(few)


def test_a_service_is_found_by_the_one_search_box(partners):
    from bassin.steer.partners.search import search

    found = [each.title for each in search("prêt honneur", "fr")]
    assert "Prêt d'honneur (exemple)" in found
    assert search("PRET fictif", "fr") != []
    assert search("à", "fr") == []


def test_the_systems_of_a_room_lead_to_each_other_and_the_first_is_the_rooms_own(partners, client):
    page = client.get("/piloter/qui-fait-quoi/").content.decode()

    assert '<li><a href="/piloter/" aria-current="page">Piloter</a></li>' in page
    assert '<li><a href="/piloter/">Programmes et engagements</a></li>' in page
    assert (
        '<li><a href="/piloter/qui-fait-quoi/" aria-current="true">'
        "Partenaires et agence numérique</a></li>"
    ) in page


def test_the_watch_shows_the_calls_of_the_programmes_and_keeps_none_of_its_own(
    partners, client, awa
):
    Call.objects.create(title="Appel ouvert", funder="Région", closes_on=date(2999, 1, 1))
    Call.objects.create(title="Appel clos", funder="Région", closes_on=date(2000, 1, 1))
    client.force_login(awa)

    page = client.get("/piloter/agence-numerique/veille/").content.decode()

    assert "Appel ouvert" in page
    assert "Appel clos" not in page
    assert 'name="closes_on"' not in page
    assert "Capteurs à bas débit" in page
