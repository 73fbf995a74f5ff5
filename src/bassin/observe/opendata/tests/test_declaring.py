"""An officer makes a figure, a colleague publishes it, it is changed, then withdrawn."""

import os
import tomllib
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from bassin.errors import Refused
from bassin.indicators import catalogue
from bassin.indicators.catalogue import everything, indicators
from bassin.indicators.house import House
from bassin.observe.opendata.api.serving import ANSWERS
from bassin.observe.opendata.declaring import actions
from bassin.observe.opendata.models import DeclaredFigure, Departure
from bassin.types import Origin
from bassin.ui import kept
from tests.support.installing import install, put
from tests.support.people import open_session

LIST = "/donnees/vos-chiffres/"
TODAY = date(2026, 11, 26)
MEASURE = {
    "what": "rows", "rule": "sum", "absent": "zero", "part_join": "all",
    "part_0_column": "state", "part_0_operator": "in", "part_0_values": "A",
}  # fmt: skip
WORDS = {
    "label_fr": "Ateliers zinzolins", "label_en": "Purple workshops",
    "definition_fr": "Les ouverts.",
    "universe_fr": "Les ateliers", "unit": "établissements", "decimals": "0",
    "difference": "relative", "polarity": "neutral", "chapter": "establishments",
    "visibility": "public", "regime": "already_protected",
}  # fmt: skip
NAME = "ateliers_zinzolins"


def workshops(house: House) -> list[dict[str, Any]]:
    """Three open workshops and a closed one in each commune, five in the first."""
    return [
        {
            "siret": f"{at:06}{number:08}", "siren": f"{at:09}", "commune_code": place.code,
            "state": "F" if number == 3 else "A", "is_hidden": False, "period": "2026-10-31",
            "cog": 2026, "name": f"Atelier {number}",
        }
        for at, place in enumerate(house.territory.communes(house.home))
        for number in range(6 if at == 0 else 4)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def house(france, tmp_path_factory) -> House:
    made = install(france, tmp_path_factory.mktemp("declaring") / "var")
    put(made, Origin.REAL, establishments_shown=workshops(made), establishments=[])
    return made


@pytest.fixture(autouse=True)
def here(house, settings, db):
    """That installation, without the figures that another test declared."""
    settings.VAR = house.var
    settings.API_PER_MINUTE = 0
    folder = actions.folder(house)
    before = {path.name: path.read_bytes() for path in folder.glob("*.toml")}
    yield
    for path in folder.glob("*.toml"):
        if path.name not in before:
            path.unlink()
    catalogue.follow(house.var / "nobody")
    ANSWERS.forget()
    kept.forget()


@pytest.fixture
def officer(client, awa):
    client.force_login(awa)
    return client


def drafted(person, house: House, **words: Any) -> DeclaredFigure:
    """A draft that is ready to be published."""
    figure = actions.begin(house, "establishments_shown", by=person, today=TODAY)
    answers = actions.Answers.of({
        **figure.answers, **WORDS, "decimals": 0, "name": NAME, "absent": "zero",
        "part": {"conditions": [{"column": "state", "operator": "in", "values": ["A"]}]}, **words,
    })  # fmt: skip
    return actions.answer(figure, answers, by=person, today=TODAY)


def published(person, house: House, **words: Any) -> DeclaredFigure:
    figure = drafted(person, house, **words)
    actions.publish(house, figure, by=person, today=TODAY)
    figure.refresh_from_db()
    return figure


def test_an_officer_makes_a_figure_without_code_and_everyone_reads_it(officer, awa, client, house):
    begun = officer.post(f"{LIST}nouveau/", {"table": "establishments_shown"})
    address = begun["Location"].removesuffix("mesure/")
    proposed = officer.post(f"{address}mesure/", {**MEASURE, "again": "1"}).content.decode()
    officer.post(f"{address}mesure/", MEASURE)
    said = officer.post(f"{address}mots/", WORDS)
    seen = officer.get(said["Location"]).content.decode()
    total = len(house.territory.communes(house.home)) * 3 + 2

    assert 'value="A" checked' in proposed
    assert f"<strong>{total}" in seen or f">{total}<" in seen
    assert "Aucun" not in indicators()
    assert NAME not in everything()
    file = officer.get(f"{address}declaration.toml").content.decode()
    assert tomllib.loads(file)["measure"]["numerator"]["where"] == 'state in ["A"]'

    officer.post(f"{address}publier/")

    written = actions.folder(house) / f"{NAME}.toml"
    assert tomllib.loads(written.read_text("utf-8")) == tomllib.loads(file)
    for public in (f"/indicateurs/{NAME}/", f"/donnees/chiffres/{NAME}/", "/indicateurs/",
                   "/donnees/?q=zinzolins", f"/donnees/chiffres/{NAME}.package.json",
                   f"/api/v1/indicators/{NAME}", "/donnees/catalogue.ttl"):  # fmt: skip
        answer = client.get(public)
        assert answer.status_code == 200, public
        assert b"zinzolins" in b"".join(answer), public
    told = client.get(f"/api/v1/observations/{NAME}/{house.home.key}").json()
    assert told["value"] == total
    kept_figure = DeclaredFigure.objects.get(name=NAME)
    assert (kept_figure.author, kept_figure.published_by) == (awa, awa)
    assert "personne d&#x27;autre ne l&#x27;a lu" in officer.get(LIST).content.decode()


WRONG = {
    "a rate that is summed": ({"what": "ratio"}, "Les taux ne s&#x27;additionnent pas"),
    "a median that is summed": (
        {"what": "median", "column": "longitude"}, "n&#x27;est ni la somme ni la moyenne",
    ),
    "two tables": (
        {"what": "ratio", "rule": "recompute_from_parts", "whole_table": "areas_not_there"},
        "Sélectionnez un choix valide",
    ),
    "no value": ({"part_0_values": " "}, "Écrivez une valeur"),
}  # fmt: skip


@pytest.mark.parametrize(("answers", "said"), WRONG.values(), ids=WRONG)
def test_what_would_be_wrong_is_refused_beside_the_question_and_nothing_is_lost(
    officer, house, answers, said
):
    begun = officer.post(f"{LIST}nouveau/", {"table": "establishments_shown"})

    page = officer.post(begun["Location"], {**MEASURE, **answers})

    assert page.status_code == 400
    assert said in page.content.decode()
    assert 'class="field__error"' in page.content.decode()


def test_a_percentage_without_points_is_refused_with_the_words_of_the_form(officer, awa, house):
    figure = drafted(awa, house)

    page = officer.post(f"{LIST}{figure.pk}/mots/", {**WORDS, "name": NAME, "unit": "%"})

    assert "Choisissez « en points »" in page.content.decode().replace("\xa0", " ")
    english = officer.post(f"{LIST}{figure.pk}/mots/?lang=en", {**WORDS, "unit": "%"})
    assert "differs from another by points" in english.content.decode()


def test_an_id_that_exists_or_cannot_be_one_is_refused(officer, awa, house):
    figure = drafted(awa, house)

    for name, said in (("population", "existe déjà"), ("9 vies", "ne peut pas servir de nom")):
        page = officer.post(f"{LIST}{figure.pk}/mots/", {**WORDS, "name": name})
        assert said in page.content.decode()
    published(awa, house)
    with pytest.raises(Refused, match="exists already"):
        actions.publish(house, drafted(awa, house), by=awa, today=TODAY)


@pytest.mark.parametrize("level", ["partners", "internal"])
def test_a_reserved_figure_is_in_no_public_answer_and_is_read_by_those_who_may(
    client, awa, bruno, chloe, house, level
):
    published(awa, house, visibility=level)

    publics = ["/", "/indicateurs/", "/donnees/", "/donnees/?q=zinzolins", "/donnees/catalogue.ttl",
               "/donnees/catalogue.csv", "/donnees/nouveautes.atom", "/donnees/journal.csv",
               "/recherche/?q=zinzolins", "/api/v1/indicators?limit=1000", "/donnees/charte/",
               f"/api/v1/observations?place={house.home.key}&limit=1000",
               "/donnees/tables/establishments_shown/", "/sources/establishments/",
               f"/lieux/ept/{house.home.code}/", "/couverture/"]  # fmt: skip
    closed = [f"/indicateurs/{NAME}/", f"/donnees/chiffres/{NAME}/",
              f"/donnees/chiffres/{NAME}.csv", f"/donnees/chiffres/{NAME}.ttl",
              f"/embed/donnees/chiffres/{NAME}/",
              f"/embed/chiffres/{NAME}/ept/{house.home.code}/", f"/api/v1/indicators/{NAME}",
              f"/graphiques/{NAME}/ept/{house.home.code}/map.svg"]  # fmt: skip
    for address in publics:
        body = b"".join(client.get(address)).lower()
        assert b"ateliers_zinzolins" not in body, address
        assert b"ateliers zinzolins" not in body, address
    assert {client.get(address).status_code for address in closed} <= {400, 404}

    page = f"/donnees/chiffres-reserves/{NAME}/"
    assert client.get(page).status_code == 302  # to the door of the house
    answers = {}
    for person in (awa, bruno, chloe):
        client.force_login(person)
        answers[person.name] = client.get(page).status_code
    assert answers == {"Awa": 200, "Bruno": 200 if level == "partners" else 404, "Chloe": 404}
    client.force_login(awa)
    assert b"zinzolins" in client.get(LIST).content
    assert client.get(f"/donnees/chiffres-reserves/{NAME}.csv").status_code == 200
    assert Departure.objects.get().dataset == f"reserved:{NAME}"
    client.logout()
    assert b"zinzolins" not in client.get("/donnees/journal.csv").content


def test_a_figure_is_never_read_by_more_people_nor_less_protected_than_its_table(
    awa, house, monkeypatch
):
    from bassin.observe.opendata.declaring import offered

    monkeypatch.setattr(offered, "_level", lambda _known: "partners")
    monkeypatch.setattr(offered, "_regime", lambda _known, _made: "business")

    with pytest.raises(Refused, match="more people than its table"):
        actions.declared(house, drafted(awa, house), today=TODAY)
    with pytest.raises(Refused, match="hide less"):
        actions.declared(house, drafted(awa, house, visibility="partners"), today=TODAY)
    made = actions.declared(
        house, drafted(awa, house, visibility="internal", regime="fiscal_person"), today=TODAY
    )
    assert (made.visibility, made.regime) == ("internal", "fiscal_person")


def test_secrecy_hides_small_communes_and_what_would_give_them_back(awa, house):
    # Three workshops everywhere but five somewhere: the rule of taxpayers, eleven, hides them all.
    made = actions.declared(house, drafted(awa, house, regime="fiscal_person"), today=TODAY)
    places = house.territory.communes(house.home)

    observed = house.engine.observe(made, [house.home, *places])

    assert observed[house.home.key][-1].value == 3 * len(places) + 2
    assert {observed[each.key][-1].value for each in places} == {None}
    plain = actions.declared(house, drafted(awa, house, regime="business"), today=TODAY)
    shown = house.engine.observe(plain, places)
    assert {shown[each.key][-1].value for each in places} == {3.0, 5.0}


def test_two_counts_of_one_table_under_secrecy_do_not_hide_each_other_whole(awa, house):
    published(awa, house, regime="business")
    closed = {"conditions": [{"column": "state", "operator": "in", "values": ["F"]}]}
    other = drafted(awa, house, regime="business", name="ateliers_clos", part=closed)
    places = house.territory.communes(house.home)

    first = house.engine.observe(indicators()[NAME], places)
    second = house.engine.observe(actions.declared(house, other, today=TODAY), places)

    assert {first[each.key][-1].value for each in places} == {3.0, 5.0}
    assert {second[each.key][-1].status.value for each in places} == {"secret"}  # one in each


def test_a_new_version_tells_its_reason_and_its_break_and_keeps_the_former(officer, awa, house):
    first = published(awa, house)
    asked = officer.post(f"{LIST}{first.pk}/changer/", {"why": "Sans les fermés."})
    second = DeclaredFigure.objects.get(version=2)
    assert asked["Location"] == f"{LIST}{second.pk}/mesure/"
    assert indicators()[NAME].version == 1

    officer.post(
        f"{LIST}{second.pk}/mots/",
        {**WORDS, "break_at": "2025", "break_fr": "Nouveau périmètre."},
    )
    officer.post(f"{LIST}{second.pk}/publier/")

    made = indicators()[NAME]
    assert made.version == 2
    assert made.raw["history"][-1]["why"] == {"fr": "Sans les fermés."}
    assert [each["version"] for each in made.raw["history"]] == [1, 2]
    assert made.breaks[0][0] == "2025"
    first.refresh_from_db()
    assert first.state == "replaced"
    with pytest.raises(Refused, match="ce qui change et pourquoi"):
        actions.revise(DeclaredFigure.objects.get(version=2), why=" ", by=awa, today=TODAY)


@pytest.mark.parametrize(("gone", "status"), [("0", 200), ("1", 404)])
def test_a_figure_ends_with_its_reason(officer, awa, client, house, gone, status):
    figure = published(awa, house)

    officer.post(f"{LIST}{figure.pk}/retirer/", {"gone": gone, "why": "La source s'arrête."})

    client.logout()
    assert client.get(f"/indicateurs/{NAME}/").status_code == status
    made = everything()[NAME]
    assert made.status == ("withdrawn" if gone == "1" else "deprecated")
    assert made.raw["withdrawn"]["why"] == {"fr": "La source s'arrête."}
    figure.refresh_from_db()
    assert (figure.ended_by, figure.ended_why) == (awa, "La source s'arrête.")


def test_a_folder_that_cannot_be_written_says_so_and_keeps_the_draft(
    officer, awa, house, monkeypatch
):
    figure = drafted(awa, house)

    def full(*_args: Any, **_more: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    page = officer.post(f"{LIST}{figure.pk}/publier/", follow=True).content.decode()

    assert "ne peut pas être écrit" in page
    figure.refresh_from_db()
    assert figure.is_draft
    assert NAME not in everything()


def test_a_figure_that_fails_a_check_of_its_own_is_not_published(awa, house, monkeypatch):
    figure = drafted(awa, house)
    blocking = [{"name": "impossible", "assert": "value < 0", "severity": "block"}]
    from bassin.observe.opendata.declaring import facts

    monkeypatch.setattr(facts, "_checks", lambda _answers: blocking)

    with pytest.raises(Refused, match="impossible"):
        actions.publish(house, figure, by=awa, today=TODAY)
    assert NAME not in everything()


def test_another_process_sees_the_figure_without_restarting(awa, house):
    other = House.open(house.var)
    before = catalogue.stamp()

    published(awa, house)
    catalogue.follow(house.var / "nobody")
    other.refresh()

    assert indicators()[NAME].version == 1
    assert catalogue.stamp() != before


def test_a_page_kept_in_memory_gives_way_when_a_figure_is_declared(awa, client, house):
    first, second = (client.get("/indicateurs/").content for _each in range(2))
    assert first == second

    published(awa, house)

    assert b"Ateliers zinzolins" in client.get("/indicateurs/").content


def test_a_draft_is_seen_by_officers_and_its_author_alone(client, awa, bruno, dan, house):
    figure = drafted(awa, house)
    addresses = [f"{LIST}{figure.pk}/", f"{LIST}{figure.pk}/mesure/", f"{LIST}{figure.pk}/mots/",
                 f"{LIST}{figure.pk}/declaration.toml"]  # fmt: skip

    for person, expected in ((bruno, 404), (dan, 404), (awa, 200)):
        client.force_login(person)
        assert {client.get(each).status_code for each in addresses} == {expected}
        assert (b"zinzolins" in client.get(LIST).content) is (person == awa)
        assert client.get(f"{LIST}nouveau/").status_code == (200 if person == awa else 403)


def test_steps_lead_from_one_to_the_next(officer, awa, house):
    figure = drafted(awa, house)
    page = officer.get(f"{LIST}{figure.pk}/mots/").content.decode()

    steps = page.split('class="declare-steps')[1].split("</ol>")[0]
    found = [steps.index(words) for words in ("Ce qui est compté", "Mots et règles", "Aperçu")]

    assert all(a < b for a, b in pairwise(found))
    officer.post(f"{LIST}{figure.pk}/jeter/")
    assert not DeclaredFigure.objects.exists()


@pytest.mark.browser
@pytest.mark.slow
def test_in_a_browser_the_whole_path_leads_from_a_table_to_a_public_page(
    live_server, awa, house, phone_page, axe
):
    open_session(phone_page, live_server.url, awa)
    phone_page.goto(f"{LIST}nouveau/")
    phone_page.get_by_role("searchbox", name="Chercher dans les noms").fill("tels qu'ils peuvent")
    phone_page.locator("main").get_by_role("button", name="Chercher").click()
    phone_page.get_by_role("button", name="Choisir").click()
    phone_page.get_by_label("Seulement les lignes où").first.select_option("state")
    phone_page.get_by_role("button", name="Proposer des valeurs").click()
    phone_page.locator("input[name=part_0_ticked][value=A]").check()
    assert axe(phone_page) == []
    phone_page.get_by_role("button", name="Continuer").click()
    for label, typed in (("Son nom, en français", "Ateliers zinzolins"), ("Unité", "structures"),
                         ("Définition, en français", "Ceux qui sont ouverts."),
                         ("De qui ou de quoi il parle, en français", "Les ateliers")):  # fmt: skip
        phone_page.get_by_label(label, exact=False).first.fill(typed)
    phone_page.get_by_label("Décimales").fill("0")
    assert axe(phone_page) == []
    phone_page.get_by_role("button", name="Voir ce qu'il dit").click()

    assert phone_page.get_by_text("Ateliers zinzolins : ").is_visible()
    assert axe(phone_page) == []
    assert phone_page.evaluate("document.documentElement.scrollWidth") <= 390
    phone_page.get_by_role("button", name="Publier").click()
    assert phone_page.get_by_text("est publié, version 1").is_visible()
    phone_page.get_by_role("link", name="Le lire où il est publié").click()

    assert phone_page.get_by_role("heading", name="Ateliers zinzolins", exact=True).is_visible()
    phone_page.goto(LIST)
    assert axe(phone_page) == []
