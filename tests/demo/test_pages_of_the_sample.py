"""The pages of the sample: each value says where it is from, and nothing invented hides."""

import csv
import io
import re

import pytest

pytestmark = pytest.mark.slow

HOME = "/lieux/ept/200058014/"


@pytest.fixture
def page(sampled, client, settings, db):
    """The text of an address of the sample, without its markup where `plain`."""
    settings.VAR = sampled.var

    def read(address: str, *, plain: bool = False) -> str:
        text = client.get(address).content.decode()
        return " ".join(re.sub(r"<[^>]+>", " ", text).split()) if plain else text

    return read


def test_the_framing_table_marks_each_value_and_shows_none_invented(page):
    table = page(HOME).partition('class="question framing"')[2].partition("</table>")[0]
    cells = re.findall(r'data-label="Valeur"([^>]*)>(.*?)</td>', table, re.DOTALL)
    values = [text for facts, text in cells if "is-absent" not in facts]

    assert len(cells) > 9
    assert values
    assert "is-invented" not in table
    assert [each for each in values if not re.search("réel|cité", each)] == []


@pytest.mark.parametrize(
    "address",
    [HOME, "/indicateurs/", "/comparer/?lieu=commune:94081&lieu=commune:94054",
     "/lieux/commune/94054/une-page/"],
)  # fmt: skip
def test_a_page_that_underlines_invented_values_says_what_the_dots_mean(page, address):
    assert 'class="is-invented"' in page(address)
    assert "Souligné de points : inventé" in page(address, plain=True).replace("\xa0", " ")


def test_the_values_of_larger_places_are_marked_on_the_page_before_a_council(page):
    sheet = page("/lieux/commune/94054/une-page/")

    ours, theirs = (
        re.search(rf'data-label="{label}"[^>]*><span class="is-invented">\d', sheet)
        for label in ("Valeur", "Grand-Orly Seine Bièvre")
    )
    assert ours
    assert theirs


def test_the_page_before_a_council_names_every_source_it_rests_on(page):
    sources = page("/lieux/commune/94054/une-page/", plain=True).partition("Sources : ")[2]

    for title in ("Revenus et pauvreté par commune", "Offres d'emploi", "Fiscalité locale"):
        assert title.replace("'", "&#x27;") in sources


def test_no_publisher_answers_for_an_invented_scenario(page):
    exposure = page(HOME).partition('id="exposure"')[2].partition("</section>")[0]

    assert "Urssaf, effectifs" not in exposure
    assert "Insee, Sirene" not in exposure
    assert exposure.count("Exemple inventé, calé sur des chiffres publics") >= 2


def test_a_map_explains_its_dots(page):
    maps = page(HOME).split('<figure class="small-map">')[1:]
    dotted = [each for each in maps if "url(#dots)" in each.partition("</figure>")[0]]

    assert dotted
    assert all("petit effectif" in each.partition("</figure>")[0] for each in dotted)


@pytest.mark.parametrize("name", ["birth_rate", "hiring_difficult_share"])
def test_no_place_outside_the_24_communes_has_an_invented_value(page, name):
    region = page(f"/indicateurs/{name}.csv?lieu=region:11")
    rows = csv.DictReader(io.StringIO(region.lstrip("\ufeff")))

    assert [row["value"] for row in rows if row["place"] == "region:11" and row["value"]] == []


def test_paris_has_no_zero_in_a_sample_that_says_nothing_of_it(page):
    assert "0 établissement à Paris" not in page("/indicateurs/establishments/?lieu=commune:75056")
