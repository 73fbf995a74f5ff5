"""The pages of open data, as anyone may ask for them: no account, no script."""

import json
import re

import pytest

PAGES = (
    "/donnees/",
    "/donnees/?q=recensement",
    "/donnees/?theme=places&origine=real",
    "/donnees/?q=zzzzqqq",
    "/donnees/tables/census/",
    "/donnees/tables/outlines/",
    "/donnees/tables/establishments/",
    "/donnees/tables/establishments_shown/",
    "/embed/donnees/tables/census/",
    "/donnees/chiffres/unemployment_rate_census/",
    "/embed/donnees/chiffres/unemployment_rate_census/",
    "/donnees/qualite/",
    "/donnees/charte/",
    "/donnees/au-service-de-qui/",
    "/donnees/journal/",
)


def text_of(response) -> str:
    """A page as it is read, without markup, with plain spaces and apostrophes."""
    page = re.sub(r"<[^>]+>", " ", response.content.decode())
    for written, read in (("\u202f", " "), ("\xa0", " "), ("&#x27;", "'")):
        page = page.replace(written, read)
    return " ".join(page.split())


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_answers_anyone_in_both_languages(visit, address, language):
    sign = "&" if "?" in address else "?"

    response = visit(f"{address}{sign}lang={language}")

    assert response.status_code == 200
    assert "<h1" in response.content.decode()


def test_the_catalogue_lists_tables_and_figures_with_their_marks(visit):
    page = text_of(visit("/donnees/?q=recensement"))

    assert "Recensement de la population, communes" in page
    assert re.search(r"[1-9]/9 CSV Parquet JSON", page)


def test_a_filter_keeps_what_it_says_and_its_value_stays_in_the_address(visit):
    page = visit("/donnees/?origine=invented&genre=table").content.decode()

    titles = re.findall(r'<h3><a href="([^"]+)"', page)
    assert titles == ["/donnees/tables/establishments_shown/"]
    assert '<option value="invented" selected>' in page


@pytest.mark.parametrize(
    "query", ["theme=nowhere", "origine=%00", "producteur=%3Cscript%3E", "salle=observe%27--"]
)
def test_a_filter_that_nothing_has_is_refused_and_the_values_are_told(visit, query):
    response = visit(f"/donnees/?{query}")

    assert response.status_code == 400
    assert "Il y a :" in text_of(response)
    assert "<script>" not in response.content.decode().partition("<main")[2]


def test_a_table_tells_its_columns_its_key_its_licence_and_its_quality(visit):
    page = text_of(visit("/donnees/tables/census/"))

    assert "commune_code clé" in page
    assert "Population, habitants" in page
    assert "Licence Ouverte 2.0" in page
    assert re.search(r"\d critères sur 9 sont remplis", page)
    assert "20 communes du territoire sur 24 ont au moins une ligne" in page


def test_what_a_new_version_changed_is_told_and_the_older_one_can_be_taken(visit, installed):
    page = visit("/donnees/tables/census/")
    versions = re.findall(
        r"/donnees/tables/census/versions/([\w-]+)\.parquet", page.content.decode()
    )

    assert len(versions) == 2
    assert "−8" in text_of(page)
    taken = visit(f"/donnees/tables/census/versions/{versions[1]}.parquet")
    assert b"".join(taken.streaming_content)[:4] == b"PAR1"


def test_a_closed_table_is_described_never_shown_and_names_what_to_take_instead(visit):
    page = visit("/donnees/tables/establishments/")

    assert "Décrite, non donnée" in text_of(page)
    assert "/donnees/tables/establishments_shown/" in page.content.decode()
    assert "Les premières lignes" not in text_of(page)


def test_the_page_tells_search_engines_the_same_in_their_words(visit):
    page = visit("/donnees/tables/census/").content.decode()
    written = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1]

    told = json.loads(written)

    assert told["@type"] == "Dataset"
    assert told["license"] == "https://spdx.org/licenses/etalab-2.0"
    assert {each["encodingFormat"] for each in told["distribution"]} >= {"text/csv"}
    assert "<" not in written


def test_a_dataset_shown_on_another_site_runs_no_script_and_sets_no_cookie(visit):
    response = visit("/embed/donnees/tables/census/")

    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "<script" not in response.content.decode()
    assert not response.cookies


def test_the_page_of_whom_it_serves_names_every_algorithm_with_its_weights(visit):
    from bassin.pairing.registry import declared

    page = text_of(visit("/donnees/au-service-de-qui/"))

    for pairing in declared().values():
        assert pairing.title.fr.replace("\xa0", " ") in page
        assert all(signal.title.fr in page for signal in pairing.signals)
    assert "default-src 'self'" in page
    assert "frame-ancestors" in page


def test_the_charter_counts_the_tables_that_are_given(visit, installed):
    from bassin.observe.opendata.datasets import tables

    known = tables(installed)
    given = sum(each.is_open for each in known.values())

    assert f"{given} sur {len(known)} le sont" in text_of(visit("/donnees/charte/"))


def test_the_search_box_of_the_house_finds_a_table(visit):
    assert "/donnees/tables/census/" in visit("/recherche/?q=recensement").content.decode()
