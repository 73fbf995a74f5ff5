"""The explorer: a form that an address answers, counts, chips, and what to do when nothing is."""

import re
from html import unescape

import pytest
from django.http import QueryDict

from bassin.observe.companies import asking
from bassin.observe.companies.tests.drawing import drawn_rows
from bassin.observe.companies.tests.oracle import keeps

PAGE = "/entreprises/"


def read(visit, query: str = "", **headers) -> str:
    return unescape(visit(f"{PAGE}?{query}", headers=headers).content.decode())


def said(page: str) -> str:
    """The sentence that says what is shown."""
    words = re.search(r'<p class="firms-said" role="status">(.*?)</p>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", words[1]).split())


def counted(page: str, param: str, value: str) -> int:
    """How many a value of a filter would keep, as the form says it."""
    option = rf'id="o-{param}-{re.escape(value)}".*?firms-option__count">([^<]*)<'
    return int(re.sub(r"\D", "", re.search(option, page, re.DOTALL)[1]))


def test_a_form_with_empty_fields_and_two_halves_is_answered_at_a_short_address(visit):
    response = visit(f"{PAGE}?q=&naf=25&effectif_de=10&effectif_a=49&rayon_m=500&rayon_de=")

    assert response.status_code == 302
    assert response.url == f"{PAGE}?naf=25&effectif=10-49"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("creee_de=2019-01-01", "creee=2019-01-01.."),
        ("fermee_a=2020-01-01&etat=A", "fermee=..2020-01-01"),
        ("rayon_m=300&rayon_de=gares", "rayon=300@gares"),
        ("effectif=1-2&effectif_de=10", "effectif=10-"),
    ],
)
def test_the_ends_of_an_interval_are_put_together(sent, kept):
    assert asking.joined(QueryDict(sent)).urlencode(safe="@.") == kept


def test_the_sentence_says_how_many_and_what_was_chosen(visit):
    page = read(visit, "lieu=commune:94081&effectif=10-49")
    rows = [r for r in drawn_rows(2000) if keeps(r, {"lieu": ["commune:94081"],
                                                     "effectif": ["10-49"]})]  # fmt: skip

    assert said(page) == (
        f"{len(rows)} établissements actifs · Vitry-sur-Seine · de 10 à 49 salariés"
    )


def test_the_count_beside_a_value_is_what_choosing_it_would_show(visit):
    page = read(visit, "lieu=commune:94081")

    for value in ("C", "G"):
        chosen = said(read(visit, f"lieu=commune:94081&naf={value}"))
        assert counted(page, "naf", value) == int(chosen.split()[0])


def test_each_chosen_value_has_a_cross_that_takes_it_alone_off(visit):
    page = read(visit, "lieu=commune:94081&lieu=commune:94074&naf=25")

    crosses = re.findall(r'<a class="tag" href="\?([^"]*)"', page)

    assert crosses == [
        "lieu=commune:94074&naf=25",
        "lieu=commune:94081&naf=25",
        "lieu=commune:94081&lieu=commune:94074",
    ]


def test_a_wrong_value_is_said_and_the_rest_is_kept(visit):
    response = visit(f"{PAGE}?naf=99.99Z&naf=25&lieu=commune:94081&page=999")
    page = unescape(response.content.decode())

    assert response.status_code == 400
    assert "« 99.99Z » n'est pas une valeur de « naf »" in page.replace("\u202f", " ").replace(
        "\xa0", " "
    ).replace("’", "'")
    assert "La page 999 n'existe pas" in page.replace("’", "'")
    assert "25 Fabrication de produits métalliques" in said(page)
    assert "Vitry-sur-Seine" in said(page)


def test_an_empty_list_says_which_filter_to_set_aside_and_what_it_gives_back(visit):
    page = read(visit, "naf=25&naf=10&creee=1950..1960&lieu=commune:94081")

    given = re.search(r"sans « Création ».*?<strong>([^<]*)</strong>", page, re.DOTALL)

    rest = said(read(visit, "naf=25&naf=10&lieu=commune:94081"))
    assert re.sub(r"\D", "", given[1]) == rest.split()[0]


def test_words_look_into_a_long_list_of_activities_and_of_places(visit):
    page = read(visit, "cherche_naf=mecanique industrielle&cherche_lieu=val de marne")

    assert counted(page, "naf", "25.62B") > 0
    assert counted(page, "lieu", "departement:94") == sum(
        row["state"] == "A" and row["commune_code"][:2] == "94" for row in drawn_rows(2000)
    )


def test_what_is_hidden_is_told_as_a_sole_trader_with_activity_and_commune(visit, many):
    from bassin.observe.companies.lines import lines
    from bassin.observe.companies.rows import Establishment

    facts = dict.fromkeys(Establishment.__dataclass_fields__)
    facts |= {"siret": "1" * 14, "siren": "1" * 9, "state": "A", "is_hidden": True,
              "is_natural_person": True, "naf_code": "25.62B", "commune_code": "94081",
              "city": "VITRY-SUR-SEINE"}  # fmt: skip
    (line,) = lines(many, [Establishment(**facts)], "fr")

    assert (line.name, str(line.activity), line.commune, line.address) == (
        "Entrepreneur individuel", "Mécanique industrielle", "Vitry-sur-Seine", "",
    )  # fmt: skip


def test_a_part_asked_for_in_place_is_not_sent_elsewhere_and_says_its_short_address(visit):
    response = visit(f"{PAGE}?naf=25&effectif_de=10&q=", headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert 'data-address="?naf=25&amp;effectif=10-"' in response.content.decode()
    assert "HX-Request" in response.headers["Vary"]


def test_the_map_and_the_charts_of_a_selection_are_shown_on_other_sites(visit):
    query = "naf=25.62B&amp;effectif=10-49"
    page = visit(f"{PAGE}?{unescape(query)}").content.decode()
    framed = visit(f"/embed/entreprises/carte/?{unescape(query)}")
    drawn = framed.content.decode()
    chart = visit("/embed/entreprises/chiffres/specialisation/")
    nothing = visit("/embed/entreprises/carte/?lieu=commune:48095")

    assert "/embed/entreprises/carte/?naf=25.62B" in page
    assert not framed.cookies
    assert "<script" not in drawn
    assert "<form" not in drawn
    assert "moving__map" in drawn
    assert 'href="/entreprises/?' in drawn
    assert 'href="?' not in drawn
    assert "chiffres/specialisation.svg" in chart.content.decode()
    assert nothing.status_code == 200
    assert "Aucun établissement" in nothing.content.decode()
