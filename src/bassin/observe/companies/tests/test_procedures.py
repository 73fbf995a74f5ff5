"""A list of firms in difficulty is given to the authority's officers, and to nobody else."""

import pytest
from django.urls import reverse

from bassin.observe.companies.rows import PROCEDURES

WORDS = ("procedure", "safeguard", "receivership", "sauvegarde", "redressement", "liquidation")


@pytest.fixture
def failing(many):
    """The SIRET of an active establishment whose firm is in receivership."""
    rows = many.reader.rows(
        f"SELECT siret FROM establishments_shown JOIN {PROCEDURES} USING (siret) WHERE state = 'A' "
        "AND procedure = 'receivership' AND procedure_closed_on IS NULL ORDER BY siret"
    )
    return rows[0][0]


def test_a_visitor_may_not_choose_by_procedure(visit):
    response = visit("/entreprises/?procedure=redressement")
    assert response.status_code == 400
    assert "réservé aux agents" in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/entreprises/chiffres/?procedure=ouverte",
        "/entreprises/emporter/entreprises.csv?procedure=ouverte",
        "/entreprises/emporter/entreprises.csv?colonnes=siret,procedure",
        "/entreprises/tuiles/14/8300/5640.mvt?procedure=ouverte",
        "/api/v1/establishments?fields=siret,procedure",
    ],
)
def test_a_visitor_is_refused_by_every_other_way(visit, address):
    assert visit(address).status_code == 400


def test_nothing_that_a_visitor_takes_says_who_is_in_a_procedure(visit, failing):
    listed = visit(f"/entreprises/?q={failing}")
    taken = visit(f"{reverse('companies:export')}?q={failing}")
    file = b"".join(
        visit(f"/entreprises/emporter/entreprises.csv?q={failing}&colonnes=siret,name,state")
    )
    told = visit(f"/api/v1/establishments/{failing}").content
    assert failing.encode() in file
    for body in (listed.content, taken.content, file, told):
        found = [word for word in WORDS if word in body.decode().lower()]
        assert not found


def test_the_card_of_one_firm_tells_its_own(visit, failing):
    assert "redressement judiciaire" in visit(f"/entreprises/{failing}/").content.decode()


def test_an_officer_lists_counts_and_takes_them(many, client, awa, settings):
    settings.VAR = many.var
    client.force_login(awa)
    page = client.get("/entreprises/?procedure=redressement").content.decode()
    assert "redressement judiciaire" in page
    assert 'name="procedure"' in page
    file = b"".join(
        client.get(
            "/entreprises/emporter/entreprises.csv?procedure=redressement&colonnes=siret,procedure"
        )
    ).decode()
    assert file.count("receivership") == file.count("\n") - 1 > 10
    tile = client.get("/entreprises/tuiles/14/8300/5640.mvt?procedure=redressement")
    assert "private" in tile.headers["Cache-Control"]
