"""The pages of the observatory, as anyone may ask for them: no account, no script, any place."""

import csv
import io
import json
import zipfile

import pyarrow as pa
import pytest

from bassin.observe.observatory.tests.conftest import census
from bassin.sources.runner import Run
from bassin.types import Origin
from tests.support.installing import install, put

HOME = "/lieux/ept/200058014/"
UNEMPLOYMENT = "/indicateurs/unemployment_rate_census/"
PAGES = (
    "/",
    "/recherche/",
    "/recherche/?q=orly",
    HOME,
    "/lieux/ept/200058014/une-page/",
    "/lieux/commune/94054/",
    "/lieux/commune/94054/une-page/",
    "/lieux/commune/48095/",
    "/lieux/commune/01004/",
    "/lieux/commune/12218/",
    "/lieux/commune/75056/",
    "/lieux/commune/75101/",
    "/lieux/commune/69123/",
    "/lieux/departement/48/",
    "/lieux/region/11/",
    "/lieux/metropole/200054781/",
    "/lieux/france/FR/",
    "/lieux/qpv/QP094001/",
    "/lieux/selection/94016-94037/",
    "/selection/",
    "/indicateurs/",
    UNEMPLOYMENT,
    f"{UNEMPLOYMENT}?lieu=commune:48095",
    "/comparer/",
    "/comparer/?lieu=commune:94081&lieu=commune:94054",
    "/comparer/?lieu=commune:94081&lieu=departement:94",
    "/sources/",
    "/sources/census/",
    "/sources/jobseekers/",
    "/methode/",
    "/mentions-legales/",
    "/accessibilite/",
    "/donnees-personnelles/",
    "/contact/",
)


def text_of(response) -> str:
    """A page as it is read, with plain spaces and apostrophes."""
    page = response.content.decode()
    for written, read in (("\u202f", " "), ("\xa0", " "), ("&#x27;", "'")):
        page = page.replace(written, read)
    return page


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_answers_anyone_in_both_languages(visit, address, language):
    response = visit(address, {"lang": language} if "?" not in address else None)

    assert response.status_code == 200
    assert "<h1" in response.content.decode()


def test_a_profile_asks_nothing_of_the_database(visit, django_assert_num_queries):
    with django_assert_num_queries(0):
        visit("/lieux/commune/94081/")


def test_the_framing_table_tells_value_date_change_gaps_share_rank_reliability_and_source(visit):
    page = text_of(visit(HOME))

    headings = ("Indicateur", "Valeur", "Millésime", "Évolution", "Métropole du Grand Paris",
                "Île-de-France", "Écart", "Part", "Rang", "Fiabilité", "Source")  # fmt: skip
    table = page[page.index('class="question framing"') :]
    positions = [table.index(f">{word}<") for word in headings]
    assert positions == sorted(positions)
    assert "730 551 habitants" in table
    assert "2e sur 12, après Paris" in table
    assert "+1,7 %" in table
    assert "10,2 %" in table


def test_a_row_without_data_says_what_to_load(visit):
    page = text_of(visit(HOME))

    assert "À charger : recensement, emploi au lieu de travail (Insee)" in page


def test_a_profile_keeps_the_order_of_its_parts(visit):
    page = visit(HOME).content.decode()

    parts = ("crumbs", "<h1>", 'id="with"', 'id="at"', "framing-title", "news-title",
             "population-title", "unemployment-title", "quarters-title", "communes-title",
             "similar-title",
             'id="to-load"', "method-title", "page-cite", "counter-title")  # fmt: skip
    assert [page.index(part) for part in parts] == sorted(page.index(part) for part in parts)


def test_a_chapter_answers_its_question_with_a_figure_a_strip_a_line_and_maps(visit):
    page = visit(HOME).content.decode()
    chapter = page[page.index('id="unemployment"') :]
    chapter = chapter[: chapter.index("</section>")]

    for mark in ("Qui travaille, qui cherche", "g-strip", "chart__picture", "g-map", "<details>"):
        assert mark in chapter
    assert chapter.count('href="#c94054"') == 3


def test_the_outlines_of_communes_are_on_the_page_once(visit):
    page = visit(HOME).content.decode()

    assert page.count('id="c94054"') == 1
    assert 'class="profile-outline"' in page


@pytest.mark.parametrize("where", ["commune/12218", "commune/48095", "commune/01004"])
def test_any_commune_of_france_has_a_true_page(visit, where):
    page = text_of(visit(f"/lieux/{where}/"))

    assert "Population" in page
    assert "(2023)" in page
    assert "Quels lieux lui ressemblent" in page


def test_a_commune_without_outline_says_so(visit):
    assert "contour de ce lieu" in text_of(visit("/lieux/commune/12218/"))


def test_figures_of_an_earlier_date_are_those_known_then(visit):
    page = text_of(visit(HOME, {"at": "2014"}))

    assert "Chiffres tels qu'ils étaient connus le 31 décembre 2014" in page
    assert "2022" not in page[page.index("framing-title") : page.index("method-title")]


@pytest.mark.parametrize("at", ["demain", "2019-13-45", "'; DROP TABLE"])
def test_a_date_that_is_none_is_refused_in_words(visit, at):
    response = visit(HOME, {"at": at})

    assert response.status_code == 400
    assert "n&#x27;est pas une date" in response.content.decode()


# Data


@pytest.mark.parametrize(
    "address",
    ["/lieux/ept/200058014", "/indicateurs/population", "/comparer", "/sources"],
)
def test_a_page_is_also_given_as_json_and_csv(visit, address):
    query = {"lieu": "commune:94081"} if "comparer" in address else None

    given = json.loads(visit(f"{address}.json", query).content)
    rows = list(csv.reader(io.StringIO(visit(f"{address}.csv", query).content.decode("utf-8-sig"))))

    assert given
    assert len(rows) > 1
    assert visit(f"{address}.parquet", query).status_code == 404


def test_a_csv_says_where_each_value_is_from(visit):
    rows = csv.DictReader(
        io.StringIO(visit("/lieux/ept/200058014.csv").content.decode("utf-8-sig"))
    )
    rows = list(rows)
    known = [row for row in rows if row["value"]]

    assert known
    assert "'" not in {cell for row in rows for cell in row.values()}  # an empty cell stays empty
    assert {"unit", "period", "source", "definition", "origin", "licence"} <= set(known[0])
    assert all(row["source"] and row["period"] and row["origin"] == "real" for row in known)


def test_workbooks_hold_numbers_and_their_sources(visit):
    xlsx = zipfile.ZipFile(io.BytesIO(visit("/lieux/ept/200058014.xlsx").content))
    ods = zipfile.ZipFile(io.BytesIO(visit("/lieux/ept/200058014.ods").content))

    assert "<v>730551</v>" in xlsx.read("xl/worksheets/sheet1.xml").decode()
    assert "Insee" in xlsx.read("xl/sharedStrings.xml").decode()
    content = ods.read("content.xml").decode()
    assert 'office:value="730551.0"' in content
    assert "Insee" in content


def test_invented_values_are_marked_and_their_files_say_example(
    france, tmp_path, client, settings, db
):
    house = install(france, tmp_path / "var")
    flows = [
        {"commune_code": "94081", "naf_code": "62.01Z", "period": str(year), "cog": 2026,
         "births": 100 + year % 7, "closures": 50, "stock": 1000}
        for year in range(2015, 2025)
    ]  # fmt: skip
    put(house, Origin.INVENTED, establishment_flows=flows)
    settings.VAR = house.var

    page = text_of(client.get("/lieux/commune/94081/"))
    file = client.get("/lieux/commune/94081.csv")

    assert "is-invented" in page
    framing = page[page.index("framing-title") : page.index("news-title")]
    assert "la valeur de l'exemple n'est pas montrée ici" in framing
    assert "EXEMPLE" in file.headers["Content-Disposition"]
    assert file.content.decode("utf-8-sig").startswith("EXEMPLE,")


# What people type


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("zzzzqqq", "Rien trouvé"),
        ("<script>alert(1)</script>" * 4, "script&gt;"),
        ("' OR 1=1; DROP TABLE communes; --", "DROP TABLE communes"),
        ("\0\0orly", "Orly"),
        ("orlyy", "Orly"),
        ("vitri sur seine", "Vitry-sur-Seine"),
        ("a" * 20_000, "Seuls les 120 premiers"),
        ("94800", "Villejuif"),
    ],
)
def test_whatever_is_typed_gets_a_clear_answer(visit, typed, answer):
    response = visit("/recherche/", {"q": typed}, follow=True)

    assert response.status_code == 200
    assert answer in text_of(response)
    assert "<script>alert" not in response.content.decode()


def test_an_exact_name_opens_its_page_at_once(visit):
    response = visit("/recherche/", {"q": "Mende"})

    assert response.status_code in (200, 302)
    assert "Mende" in text_of(visit("/recherche/", {"q": "48095"}, follow=True))


def test_a_door_finds_a_figure_of_a_place(visit):
    page = text_of(visit("/recherche/", {"q": "chômage à Orly"}))

    assert "Taux de chômage au sens du recensement : Orly" in page


def test_a_figure_is_found_by_what_it_measures_with_its_value_date_and_mark(visit):
    page = text_of(visit("/recherche/", {"q": "habitants par kilomètre carré"}))
    found = page.partition("Densité de population : ")[2].partition("</li>")[0]

    assert "5 933 hab./km² (2023), réel" in found


@pytest.mark.parametrize(
    "address", ["/lieux/commune/99999/", "/lieux/ept/1/", "/indicateurs/nothing/", "/sources/x/"]
)
def test_an_unknown_address_offers_a_search(visit, address):
    response = visit(address)

    assert response.status_code == 404
    assert 'role="search"' in response.content.decode()


@pytest.mark.parametrize("typed", ["zzzzqqq", "<b>x</b>", "\0"])
def test_a_comparison_says_that_a_name_is_unknown(visit, typed):
    response = visit("/comparer/", {"ajouter": typed, "lieu": "commune:94081"})

    assert response.status_code == 200
    assert "<b>x" not in response.content.decode()


def test_a_seventh_place_is_refused(visit):
    keys = [f"commune:940{code}" for code in (81, 54, 41, 22, 73, 76, 77)]

    assert visit("/comparer/", {"lieu": keys}).status_code == 400


def test_places_of_two_scales_are_compared_on_rates_only(visit):
    page = text_of(visit("/comparer/?lieu=commune:94081&lieu=departement:94"))

    assert "Taux de chômage au sens du recensement" in page
    assert "Population municipale" not in page
    assert "pas de la même échelle" in page


def test_a_comparison_says_on_which_part_of_a_place_it_rests(
    france, client, settings, tmp_path, db
):
    house = install(france, tmp_path / "var")
    known = [row for row in census(house) if row["commune_code"][:2] != "75"]
    put(house, Origin.REAL, census=known)
    settings.VAR = house.var
    address = "/comparer{}?lieu=commune:94081&lieu=region:11&lieu=france:FR"

    page = text_of(client.get(address.format("/")))
    rows = client.get(address.format(".json")).json()["rows"]
    row = next(each for each in rows if each["indicator"] == "unemployment_rate_census")

    assert "sur 8" in page
    assert "données pour" in page
    assert row["region:11 partial"].startswith("sur 8")
    assert (row["commune:94081 partial"], row["france:FR"]) == ("", None)


def test_a_selection_is_made_from_names_and_says_how_secrecy_is_kept(visit):
    made = visit("/selection/", {"communes": "orly, 94073"})
    page = text_of(visit(made.headers["Location"]))

    assert made.headers["Location"] == "/lieux/selection/94054-94073/"
    assert "arrondis à 5" in page
    assert "Introuvable" in text_of(visit("/selection/", {"communes": "zzzzqq"}))


# Neighbourhoods


def test_a_priority_neighbourhood_has_its_own_figures_and_never_its_communes(visit):
    page = text_of(visit("/lieux/qpv/QP094001/"))

    assert "génération 2015" in page
    assert "35,0" in page  # women in precarious jobs
    assert "54,0" in page
    assert "24 658" not in page  # the population of its commune


def test_a_commune_lists_its_neighbourhoods_of_both_generations(visit):
    page = text_of(visit("/lieux/commune/94054/"))

    assert "/lieux/qpv/QP094001/" in page
    assert "/lieux/qpv/QN09401M/" in page


def test_where_no_perimeter_is_loaded_the_page_says_so(visit):
    assert "périmètres des quartiers prioritaires, générations 2015 et 2024" in text_of(
        visit("/lieux/commune/48095/")
    )


# Sources


def test_a_source_that_fails_says_so_on_every_page_that_uses_it(
    france, observed, tmp_path, client, settings, db
):
    # given: a census received today, whose next update fails
    from bassin.observe.observatory.tests.conftest import census

    house = install(france, tmp_path / "var")
    put(house, Origin.REAL, census=census(house))
    settings.VAR = house.var
    assert "en échec" not in text_of(client.get(HOME))

    # when
    failed = Run("census", "2026-11-18T08:00:00+00:00", "failed", Origin.REAL, error="delimiter")
    record = {name: getattr(failed, name) for name in failed.__slots__}
    with (house.store.root / "runs.jsonl").open("a") as log:
        log.write(json.dumps(record) + "\n")

    # then
    for address in (HOME, UNEMPLOYMENT, "/lieux/ept/200058014/une-page/", "/sources/",
                    "/sources/census/", "/comparer/?lieu=commune:94081"):  # fmt: skip
        page = text_of(client.get(address))
        assert "Recensement de la population, communes : donnée reçue le" in page, address
        assert "mise à jour en échec depuis" in page, address
    assert "delimiter" in text_of(client.get("/sources/census/"))
    assert '<span lang="en">delimiter</span>' in text_of(client.get("/sources/census/"))


def test_a_failure_is_told_in_the_language_of_the_page(france, tmp_path, client, settings, db):
    house = install(france, tmp_path / "var")
    put(house, Origin.REAL, census=census(house))
    settings.VAR = house.var
    with (house.store.root / "runs.jsonl").open("a") as log:
        log.write(json.dumps({
            "source": "census", "started_at": "2026-11-18T08:00:00+00:00", "status": "failed",
            "origin": "real", "files": [], "error": "It is cut.", "error_fr": "Il est tronqué.",
        }) + "\n")  # fmt: skip

    french = text_of(client.get("/sources/census/"))
    english = text_of(client.get("/sources/census/", {"lang": "en"}))

    assert "Il est tronqué." in french
    assert "It is cut." not in french
    assert "It is cut." in english


def test_the_list_of_sources_tells_what_is_loaded_and_what_waits(visit):
    page = text_of(visit("/sources/"))

    assert "Recensement de la population" in page
    assert "Qu'est-ce qui pourrait être chargé" in page
    assert "/sources/jobseekers/" in page


def test_a_refused_row_is_told_in_french_with_the_name_of_its_column_in_the_file(
    visit, monkeypatch
):
    row = {
        "file": "census/rp2018.csv", "line": 12, "file_column": "code_insee",
        "column_name": "commune_code", "value": "1004", "reason": "is in the future",
    }  # fmt: skip
    refused = pa.Table.from_pylist([row])
    monkeypatch.setattr("bassin.observe.observatory.views.sources.refused_rows", lambda *_: refused)

    page = text_of(visit("/sources/census/"))

    assert "code_insee" in page
    assert "est dans le futur" in page


def test_refused_rows_are_given_as_csv(visit):
    response = visit("/sources/census/refus.csv")

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/csv")


def test_the_method_page_states_the_thresholds_the_regimes_and_the_unknown_list(visit):
    page = text_of(visit("/methode/"))

    assert "à moins de 2 % l" in page
    assert "0,5 point" in page
    assert "85 %" in page
    assert "n'est dans aucun document publié" in page or "n'est pas publiée" in page
    assert "Grand Paris Seine Ouest" in page
