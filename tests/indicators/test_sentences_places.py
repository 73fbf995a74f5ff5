"""Places in French and English sentences, on every name of the official geography."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bassin.indicators.sentences import places, places_en
from bassin.types import Text
from tests.indicators.making_figures import FRANCE, IDF, METROPOLE, T12, place

GEOGRAPHY = Path(__file__).parents[2] / "node_modules/@etalab/decoupage-administratif/data"


def official(name: str) -> list[dict]:
    return json.loads((GEOGRAPHY / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "article", "where", "whose", "than"),
    [
        ("Orly", 1, "à Orly", "d'Orly", "qu'Orly"),
        ("Paris", 0, "à Paris", "de Paris", "que Paris"),
        ("Ivry-sur-Seine", 1, "à Ivry-sur-Seine", "d'Ivry-sur-Seine", "qu'Ivry-sur-Seine"),
        ("Évry-Courcouronnes", 1, "à Évry-Courcouronnes", "d'Évry-Courcouronnes", None),
        ("Le Kremlin-Bicêtre", 2, "au Kremlin-Bicêtre", "du Kremlin-Bicêtre", None),
        ("Le Mans", 2, "au Mans", "du Mans", "que Le Mans"),
        ("La Courneuve", 3, "à La Courneuve", "de La Courneuve", "que La Courneuve"),
        ("Les Lilas", 4, "aux Lilas", "des Lilas", "que Les Lilas"),
        ("L'Haÿ-les-Roses", 5, "à L'Haÿ-les-Roses", "de L'Haÿ-les-Roses", "que L'Haÿ-les-Roses"),
        ("Aux Marais", 6, "aux Marais", "des Marais", "qu'Aux Marais"),
        ("Los Masos", 8, "à Los Masos", "de Los Masos", "que Los Masos"),
        ("Houilles", 1, "à Houilles", "de Houilles", "que Houilles"),
        ("Hyères", 1, "à Hyères", "d'Hyères", "qu'Hyères"),
        ("Hénin-Beaumont", 1, "à Hénin-Beaumont", "d'Hénin-Beaumont", "qu'Hénin-Beaumont"),
        ("Honfleur", 0, "à Honfleur", "de Honfleur", "que Honfleur"),
        ("Haguenau", 0, "à Haguenau", "de Haguenau", "que Haguenau"),
        ("Yerres", 1, "à Yerres", "d'Yerres", "qu'Yerres"),
        ("Y", 1, "à Y", "d'Y", "qu'Y"),
        ("Œting", 1, "à Œting", "d'Œting", "qu'Œting"),
        ("Le Vernet-Chaméane", 0, "au Vernet-Chaméane", "du Vernet-Chaméane", None),
        (
            "Paris 13e Arrondissement",
            0,
            "dans le 13e arrondissement de Paris",
            "du 13e arrondissement de Paris",
            "que le 13e arrondissement de Paris",
        ),
    ],
)
def test_a_commune_keeps_or_contracts_the_article_of_its_name(name, article, where, whose, than):
    commune = place(name, "commune", article)

    assert places.at(commune) == where
    assert places.of(commune) == whose
    assert than is None or places.than(commune) == than


@pytest.mark.parametrize(
    ("name", "article", "where", "whose", "to"),
    [
        ("Val-de-Marne", 2, "dans le Val-de-Marne", "du Val-de-Marne", "au Val-de-Marne"),
        ("Essonne", 5, "en Essonne", "de l'Essonne", "à l'Essonne"),
        ("Ain", 5, "dans l'Ain", "de l'Ain", "à l'Ain"),
        ("Hérault", 5, "dans l'Hérault", "de l'Hérault", "à l'Hérault"),
        ("Hauts-de-Seine", 4, "dans les Hauts-de-Seine", "des Hauts-de-Seine", None),
        ("Yvelines", 4, "dans les Yvelines", "des Yvelines", "aux Yvelines"),
        ("Seine-Saint-Denis", 3, "en Seine-Saint-Denis", "de la Seine-Saint-Denis", None),
        ("Seine-et-Marne", 0, "en Seine-et-Marne", "de la Seine-et-Marne", None),
        ("Maine-et-Loire", 0, "dans le Maine-et-Loire", "du Maine-et-Loire", None),
        ("Ille-et-Vilaine", 1, "en Ille-et-Vilaine", "de l'Ille-et-Vilaine", None),
        ("Creuse", 3, "dans la Creuse", "de la Creuse", "à la Creuse"),
        ("Haute-Savoie", 3, "en Haute-Savoie", "de la Haute-Savoie", "à la Haute-Savoie"),
        ("Paris", 0, "à Paris", "de Paris", "à Paris"),
        ("La Réunion", 0, "à La Réunion", "de La Réunion", "à La Réunion"),
        ("Mayotte", 0, "à Mayotte", "de Mayotte", "à Mayotte"),
        ("Guadeloupe", 3, "en Guadeloupe", "de la Guadeloupe", "à la Guadeloupe"),
    ],
)
def test_a_departement_takes_its_article_and_its_preposition(name, article, where, whose, to):
    departement = place(name, "departement", article)

    assert places.at(departement) == where
    assert places.of(departement) == whose
    assert to is None or places.to(departement) == to


@pytest.mark.parametrize(
    ("name", "article", "where", "whose"),
    [
        ("Île-de-France", 1, "en Île-de-France", "de l'Île-de-France"),
        ("Grand Est", 2, "dans le Grand Est", "du Grand Est"),
        ("Centre-Val de Loire", 2, "dans le Centre-Val de Loire", "du Centre-Val de Loire"),
        ("Hauts-de-France", 4, "dans les Hauts-de-France", "des Hauts-de-France"),
        ("Pays de la Loire", 4, "dans les Pays de la Loire", "des Pays de la Loire"),
        ("Nouvelle-Aquitaine", 3, "en Nouvelle-Aquitaine", "de la Nouvelle-Aquitaine"),
        ("Bretagne", 0, "en Bretagne", "de la Bretagne"),
        ("Occitanie", 1, "en Occitanie", "de l'Occitanie"),
        ("Corse", 0, "en Corse", "de la Corse"),
    ],
)
def test_a_region_takes_its_article_and_its_preposition(name, article, where, whose):
    region = place(name, "region", article)

    assert places.at(region) == where
    assert places.of(region) == whose


@pytest.mark.parametrize(
    ("name", "scale", "where", "whose"),
    [
        ("Grand-Orly Seine Bièvre", "ept", "à Grand-Orly Seine Bièvre", None),
        ("Est Ensemble", "ept", "à Est Ensemble", "d'Est Ensemble"),
        ("Métropole du Grand Paris", "metropole", "dans la Métropole du Grand Paris", None),
        ("Eurométropole de Strasbourg", "metropole", None, "de l'Eurométropole de Strasbourg"),
        ("Bordeaux Métropole", "metropole", "à Bordeaux Métropole", "de Bordeaux Métropole"),
        (
            "CC du Pays de Lauzun",
            "epci",
            "dans la communauté de communes du Pays de Lauzun",
            "de la communauté de communes du Pays de Lauzun",
        ),
        ("CA de La Rochelle", "epci", "dans la communauté d'agglomération de La Rochelle", None),
        ("CU d'Arras", "epci", None, "de la communauté urbaine d'Arras"),
        ("CA Communauté Paris-Saclay", "epci", None, "de la communauté Paris-Saclay"),
        ("CA Agglomération d'Agen", "epci", "dans l'agglomération d'Agen", None),
        ("Balzac", "qpv", "dans le quartier Balzac", "du quartier Balzac"),
        ("Quartier Sud", "qpv", "dans le quartier Sud", "du quartier Sud"),
        ("Vieux-Bourg", "iris", "dans l'IRIS Vieux-Bourg", "de l'IRIS Vieux-Bourg"),
        ("Le Mans", "employment_area", None, "du bassin d'emploi du Mans"),
        ("Orly", "employment_area", "dans le bassin d'emploi d'Orly", None),
        ("France", "france", "en France", "de la France"),
        ("3 communes choisies", "selection", "dans les 3 communes choisies", None),
        ("Orly et Thiais", "selection", "dans la sélection «\u00a0Orly et Thiais\u00a0»", None),
    ],
)
def test_every_scale_of_place_has_its_grammar(name, scale, where, whose):
    assert where is None or places.at(place(name, scale)) == where
    assert whose is None or places.of(place(name, scale)) == whose


def test_a_comparator_goes_by_its_short_name_once_the_reader_knows_it():
    agglo = place("CA du Grand Cahors", "epci", short=Text("l'Agglo", "the Agglo"))

    assert places.the(METROPOLE, short=True) == "la Métropole"
    assert places.the(place("Eurométropole de Strasbourg", "metropole"), short=True) == (
        "l'Eurométropole"
    )
    assert places.than(agglo, short=True) == "que l'Agglo"
    assert places_en.the(agglo, short=True) == "the Agglo"
    assert places.at(agglo) == "dans la communauté d'agglomération du Grand Cahors"


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (T12, "in Grand-Orly Seine Bièvre"),
        (METROPOLE, "in the Métropole du Grand Paris"),
        (IDF, "in Île-de-France"),
        (FRANCE, "in France"),
        (place("Bretagne", "region"), "in Brittany"),
        (place("Hauts-de-Seine", "departement", 4), "in the Hauts-de-Seine"),
        (place("Seine-Saint-Denis", "departement", 3), "in Seine-Saint-Denis"),
        (place("Le Kremlin-Bicêtre", "commune", 2), "in Le Kremlin-Bicêtre"),
        (place("Balzac", "qpv"), "in the Balzac neighbourhood"),
        (place("Orly", "employment_area"), "in the Orly employment area"),
        (place("CU d'Arras", "epci"), "in the communauté urbaine d'Arras"),
    ],
)
def test_a_place_keeps_its_french_name_in_english_unless_english_has_one(where, expected):
    assert places_en.at(where) == expected


WRONG = re.compile(
    r"\b(?:à|de|dans) (?:Le|Les|Aux) |\b(?:de|à) (?:le|les) "  # not contracted
    r"|\b(?:de|que) [AEIOUÀÂÉÈÊËÎÏÔÖÛÜŒÆaeiouéèêîôœ]"  # not elided
    r"|\b(?:d|qu)'(?![AEIOUYHÀÂÉÈÊËÎÏÔÖÛÜŒÆaeiouyhéèêîôœ])"  # elided before a consonant
    r"|  |'' "
)


def wordings(where) -> Iterator[str]:
    yield from (says(where) for says in (places.at, places.of, places.to, places.than))


def test_all_communes_of_france_are_contracted_and_elided_as_insee_says():
    communes = [c for c in official("communes") if c["type"] == "commune-actuelle"]
    wrong, against_insee = [], []

    for commune in communes:
        where = place(commune["nom"], "commune", commune.get("typeLiaison", 0))
        wrong += [text for text in wordings(where) if WRONG.search(text)]
        starts = {0: "de ", 1: "d'", 2: "du ", 3: "de La ", 4: "des ", 5: "de L'", 6: "des "}
        expected = starts.get(commune.get("typeLiaison", -1), "d")
        if not places.of(where).startswith(expected):
            against_insee.append(commune["nom"])

    assert len(communes) > 34_000
    assert wrong == []
    assert against_insee == ["Le Vernet-Chaméane", "Houilles"]


@pytest.mark.parametrize(
    ("file", "scale"),
    [("departements", "departement"), ("regions", "region"), ("epci", "epci"), ("ept", "ept")],
)
def test_all_larger_places_of_france_are_contracted_and_elided(file, scale):
    found = [place(p["nom"], scale, p.get("typeLiaison") or 0) for p in official(file)]

    wrong = [text for where in found for text in wordings(where) if WRONG.search(text)]

    assert found
    assert wrong == []
