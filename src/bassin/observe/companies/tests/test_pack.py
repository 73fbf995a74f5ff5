"""The real export of the firms of a département, served where its territory is that one."""

import csv
import re
from html import unescape

import pytest

from bassin.observe.companies.tests.shown import publish
from bassin.sources.sirene import Establishments, LegalUnits
from bassin.sources.sirene.procedures import PROCEDURES
from tests.support.installing import install
from tests.support.loading import derived

pytestmark = pytest.mark.pack
EXPORT = "sirene/etablissements-isere-grande-distribution-2021.csv"
KEPT = "95750393100652"
"""A department store of a firm of the highest category."""


@pytest.fixture(scope="module")
def exported(pack):
    """The rows as their publisher wrote them: what pages say is counted again here."""
    with (pack / EXPORT).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def isere(pack, france, tmp_path_factory):
    """The département, with its firms and what the same export says of their legal units."""
    folder = tmp_path_factory.mktemp("isere")
    loads = [(source, pack / EXPORT) for source in (Establishments(), LegalUnits())]
    rows = derived(folder / "store", "establishments_shown", *loads)
    house = install(france, folder / "var", "departement:38")
    publish(house, [dict.fromkeys(PROCEDURES.columns) | row for row in rows])
    return house


@pytest.fixture
def read(isere, client, settings, db):
    """The text of a page of that installation."""
    settings.VAR = isere.var

    def read(address: str, **query: str) -> str:
        page = client.get(address, query, headers={"accept-language": "fr"})
        assert page.status_code == 200
        words = unescape(page.content.decode())
        return words.replace("\u202f", " ").replace("\xa0", " ")

    return read


def text(page: str) -> str:
    """What is read of a page, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def counted(page: str, param: str, value: str) -> int:
    option = rf'id="o-{param}-{re.escape(value)}".*?firms-option__count">([^<]*)<'
    return int(re.sub(r"\D", "", re.search(option, page, re.DOTALL)[1]))


def test_a_real_firm_is_found_by_its_words_whatever_their_accents_order_and_slip(read):
    for words in ("galeries lafayette", "Lafayète galerie grenoble", KEPT, "957503931"):
        assert f"/entreprises/{KEPT}/" in read("/entreprises/", q=words), words


def test_the_counts_of_real_firms_are_those_of_the_export(read, exported):
    page = read("/entreprises/")
    companies = read("/entreprises/", forme="5499")
    largest = read("/entreprises/", cherche_naf="hypermarchés")

    forms = [row["categorieJuridiqueUniteLegale"] for row in exported]
    social = [row["economieSocialeSolidaireUniteLegale"] for row in exported]
    shops = [row["activitePrincipaleEtablissement"] for row in exported]
    assert f"{len(exported)} établissements actifs" in text(page)
    assert {code: counted(companies, "forme", code) for code in ("1", "54", "57")} == {
        code: sum(form.startswith(code) for form in forms) for code in ("1", "54", "57")
    }
    assert counted(page, "ess", "oui") == social.count("O")
    assert counted(largest, "naf", "47.11F") == shops.count("47.11F")


def test_the_card_of_a_real_firm_says_its_legal_unit(read):
    card = text(read(f"/entreprises/{KEPT}/"))

    for words in (
        "GALERIES LAFAYETTE", "12 PL GRENETTE", "38000", "Grenoble", "MAGASINS GALERIES LAFAYETTE",
        "MGL", "47.19A Grands magasins", "957 503 931", "Forme juridique 5710",
        "2 000 à 4 999 salariés", "Catégorie d'entreprise GE",
    ):  # fmt: skip
        assert words in card, words


def test_a_map_of_firms_without_position_says_so_and_counts_them_by_commune(read, exported):
    page = read("/entreprises/", lieu="commune:38185")

    here = sum(row["codeCommuneEtablissement"] == "38185" for row in exported)
    assert f"Aucune position n'est publiée pour ces {here} établissements" in page
    assert f">{here}</text>" in page
    assert "data-map-open" not in page


def test_a_sole_trader_of_the_export_has_no_name_on_its_card(read, exported):
    one = next(row for row in exported if row["categorieJuridiqueUniteLegale"] == "1000")

    card = text(read(f"/entreprises/{one['siret']}/"))

    assert "[ND]" not in card
    assert "Entrepreneur individuel" in card
