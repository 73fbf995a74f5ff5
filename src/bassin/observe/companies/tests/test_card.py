"""The card of an establishment: its life, its neighbours, its firm; what hides stays hidden."""

import logging
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from bassin import systems
from bassin.commons.models import Event, Operation
from bassin.indicators.catalogue import indicator
from bassin.observe.companies import actions, cards, finding, sector, timeline
from bassin.observe.companies.models import Correction
from bassin.observe.companies.tests.registry import (
    DOUBT,
    NEAR,
    OLD,
    OPEN,
    PARTIAL,
    PERSON,
    PLANTED,
    SISTER,
    TAKEN,
    UNKNOWN,
)
from bassin.ui.opened import house

HIDDEN = (PERSON, PARTIAL, DOUBT)


def address(siret: str, name: str = "establishment") -> str:
    return reverse(f"companies:{name}", args=[siret])


def read(client, where: str, **query) -> str:
    answer = client.get(where, query)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_card_tells_who_what_how_large_and_where(client, register):
    page = read(client, address(OPEN))

    for words in ("ATELIER DU PONT", "1 RUE DES TOURS", "94400", "Vitry-sur-Seine", "25.62B",
                  "20 à 49", "PONT SERVICES", "VOISINE"):  # fmt: skip
        assert words in page, words
    assert f'href="{address(SISTER)}"' in page
    assert f'href="{address(NEAR)}"' in page


def test_an_english_card_tells_the_family_of_an_activity_and_says_what_is_french(client, register):
    page = read(client, address(OPEN), lang="en")

    assert '<bdi lang="fr">Mécanique industrielle</bdi> (Manufacture of fabricated metal' in page
    assert '<bdi lang="fr">Traitement et revêtement des métaux' in page
    assert "Manufacturing</dd>" in page.replace("\n", "").replace("  ", "")


def test_a_move_is_neither_a_death_nor_a_birth(client, register):
    told = timeline.moments(house(), _row(OPEN), "fr")

    titles = [each.title for each in told]
    assert "S'installe ici, venant de Vitry-sur-Seine" in titles
    assert "L'établissement ouvre" not in titles
    gone = [each.title for each in timeline.moments(house(), _row(OLD), "fr")]
    assert "Part s'installer à Vitry-sur-Seine" in gone
    assert "L'établissement ferme" not in gone


def _row(siret: str):
    return finding.one(house(), siret)


def test_its_life_holds_takeovers_activities_and_procedures_in_order(client, register):
    told = timeline.moments(house(), _row(OPEN), "fr")

    assert [each.iso for each in told] == sorted(each.iso for each in told)
    titles = " / ".join(each.title for each in told)
    assert "Reprend l'activité de REPRISE ET FILS" in titles
    assert "Nouvelle activité : Mécanique industrielle" in titles
    opened = "Ouverture d'un redressement judiciaire"
    for words in (opened, "Plan arrêté", "La procédure est close"):
        assert words in titles
    taken = timeline.moments(house(), _row(TAKEN), "fr")
    assert any(each.title == "Reprise par ATELIER DU PONT" for each in taken)


def test_a_closed_one_says_so_since_when_and_what_came_after(client, register):
    page = read(client, address(OLD))

    assert "Cet établissement est fermé" in page
    assert "31 mai 2019" in page
    assert f'href="{address(OPEN)}"' in page


def test_what_is_hidden_is_called_by_its_activity_and_commune_and_says_why(client, register):
    expected = {PERSON: "Entrepreneur individuel", PARTIAL: "Entité en diffusion partielle",
                DOUBT: "Identité non diffusée"}  # fmt: skip
    for siret, start in expected.items():
        page = read(client, address(siret))
        assert f"<h1>{start} · Coiffure · Vitry-sur-Seine</h1>" in page
        assert "Son identité est masquée" in page
        assert "statut-diffusion-sirene.insee.fr" in page
        assert '<meta name="robots" content="noindex">' in page


def test_no_page_no_file_no_log_tells_a_hidden_name_or_address(
    client, register, caplog, awa, today
):
    caplog.set_level(logging.DEBUG)
    for siret in HIDDEN:
        actions.report(house(), _row(siret), column="naf_code", typed="25.62B", by=awa,
                       today=today)  # fmt: skip
    Correction.objects.filter(siret=PERSON).update(state="accepted", decided_on=today)
    names = ("establishment", "report", "reported", "mine")
    pages = [address(siret, name) for siret in (*HIDDEN, OPEN, NEAR) for name in names]
    pages += [f"{address(siret, 'report')}?donnee={column}" for siret in HIDDEN
              for column in ("name", "address", "naf_code")]  # fmt: skip
    pages += [f"{reverse('companies:mine_find')}?q={siret[:9]}" for siret in HIDDEN]
    pages += [reverse("companies:corrections_data"), address(UNKNOWN), address(UNKNOWN[:-1] + "0")]
    client.force_login(awa)
    pages.append(reverse("companies:corrections"))

    for page in pages:
        for language in ("fr", "en"):
            answer = client.get(page, {"lang": language} if "?" not in page else {}, follow=True)
            told = answer.content.decode() + str(dict(answer.headers)) + str(answer.redirect_chain)
            found = [word for word in PLANTED if word.casefold() in told.casefold()]
            assert found == [], (page, found)
    assert [word for word in PLANTED if word in caplog.text] == []


def test_a_number_that_is_no_siret_gets_a_sentence(client, register):
    answer = client.get("/entreprises/12345678901234/")

    assert answer.status_code == 400
    assert "clé de Luhn" in answer.content.decode()
    assert client.get("/entreprises/123/").status_code == 400
    assert client.get("/entreprises/abc/").status_code == 404


def test_a_siret_written_with_spaces_leads_to_its_card(client, register):
    spaced = f"{OPEN[:3]} {OPEN[3:6]} {OPEN[6:9]} {OPEN[9:]}"

    answer = client.get(f"/entreprises/{spaced}/")

    assert (answer.status_code, answer.url) == (302, address(OPEN))


@pytest.mark.parametrize("sample", [True, False])
def test_an_unknown_siret_says_what_to_do_and_a_sample_gives_one_that_works(
    client, register, monkeypatch, sample
):
    monkeypatch.setattr(type(house().installation), "sample", sample, raising=False)
    for name in ("establishment", "mine"):
        answer = client.get(address(UNKNOWN, name))
        page = answer.content.decode()
        assert answer.status_code == 404
        assert ("Exemple : essayez celui-ci" in page) is sample
        assert (f'href="{address(OPEN)}"' in page) is sample


def test_my_firm_is_found_by_its_siret_its_siren_and_nothing_else_is_guessed(client, register):
    find = reverse("companies:mine_find")

    assert client.get(find, {"q": NEAR}).url == address(NEAR, "mine")
    assert client.get(find, {"q": NEAR[:9]}).url == address(NEAR, "mine")
    several = read(client, find, q=OPEN[:9])
    assert f'href="{address(OPEN, "mine")}"' in several
    wrong = client.get(find, {"q": "12345678901234"})
    assert wrong.status_code == 400
    assert "clé de Luhn" in wrong.content.decode()


def test_my_firm_tells_works_that_touch_it_events_near_and_who_sees_what(client, register, works):
    page = read(client, address(OPEN, "mine"))

    assert "ZAC du Pont" in page
    assert "ZAC lointaine" not in page
    assert "ZAC secrète" not in page
    assert page.index("Forum de Vitry") < page.index("Forum de Choisy")
    assert "Erreurs signalées sur les entreprises" in page
    assert 'id="card-aids"' in page
    assert "Pas encore outillé" not in page


@pytest.fixture
def works(db):
    """A public operation that holds the establishment, one that is far, one kept internal; two
    events."""

    def square(x: float, y: float) -> dict:
        side = 0.002
        ring = [[x - side, y - side], [x + side, y - side], [x + side, y + side],
                [x - side, y + side], [x - side, y - side]]  # fmt: skip
        return {"type": "Polygon", "coordinates": [ring]}

    here, far = (2.39, 48.79), (2.45, 48.75)
    for slug, name, seen, at in (
        ("pont", "ZAC du Pont", "public", here),
        ("loin", "ZAC lointaine", "public", far),
        ("secrete", "ZAC secrète", "internal", here),
    ):
        made = Operation.objects.create(slug=slug, name=name, kind="development", visibility=seen)
        made.perimeters.create(valid_from="2020-01-01", geometry=square(*at), source="Essai")
    start = timezone.now() + timedelta(days=3)
    for slug, title, code in (("c", "Forum de Choisy", "94022"), ("v", "Forum de Vitry", "94081")):
        Event.objects.create(slug=slug, title=title, starts_at=start, ends_at=start,
                             commune_code=code)  # fmt: skip


@pytest.fixture(autouse=True)
def nobody_waits(db):
    """The throttle forgets between tests."""
    cache.clear()


def test_the_figures_of_a_sector_are_declared_ones_narrowed_to_its_division(client, register):
    made = sector.narrowed("establishments", "25", indicator("establishments").digest)

    assert made.id == "establishments_naf_25"
    assert made.numerator.where == 'naf_code in naf("25")'
    assert made.regime == indicator("establishments").regime


def test_the_sheet_of_a_commune_tells_its_open_establishments_and_their_jobs(client, register):
    card = cards.place("commune:94081", "fr")

    assert (card.context["total"].units_count, card.context["total"].minimum) == (6, 6 * 20)
    assert card.context["employers"] == 6
    assert "6 établissements ouverts" in read(client, "/lieux/commune/94081/une-page/")
    assert cards.place("commune:94022", "fr") is None


def test_others_point_to_a_firm_and_never_learn_a_hidden_name(register):
    found = systems.resolve_all([f"companies:firm:{OPEN}", f"companies:firm:{PERSON}"], "fr")

    assert found[f"companies:firm:{OPEN}"].title == "ATELIER DU PONT"
    told = found[f"companies:firm:{PERSON}"]
    assert told.title == "Entrepreneur individuel · Coiffure · Vitry-sur-Seine"


def test_the_search_box_of_every_page_opens_a_card_and_tells_no_hidden_name(client, register):
    assert client.get("/recherche/", {"q": OPEN}).url == address(OPEN)
    assert (
        "/entreprises/0"
        not in client.get("/recherche/", {"q": "Vitry-sur-Seine"}, follow=True).content.decode()
    )
    assert f'href="{address(OPEN)}"' in read(client, "/recherche/", q="atelier pont")
    assert f'href="{address(PERSON)}"' in read(client, "/recherche/", q="coiffure vitry")
    for word in PLANTED:
        assert address(PERSON) not in read(client, "/recherche/", q=word.lower())
        answers = read(client, reverse("companies:mine_find"), q=word.lower())
        assert address(PERSON, "mine") not in answers
