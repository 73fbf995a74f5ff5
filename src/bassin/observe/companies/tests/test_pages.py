"""The pages of the firms, as anyone may ask for them."""

import pytest


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_list_shows_the_establishments_that_the_address_asks_for(visit, language):
    response = visit("/entreprises/", {"naf": "25.62B", "lang": language})

    assert response.status_code == 200
    assert "ATELIER" in response.content.decode()


@pytest.mark.parametrize(
    "query", ["naf=99.99Z", "lieu=commune:00000", "zone=1,1;2,2", "effectif=dix", "page=0", "tri=x"]
)
def test_what_a_filter_does_not_know_is_refused_with_a_sentence(visit, query):
    response = visit(f"/entreprises/?{query}")

    assert response.status_code == 400
    assert query.partition("=")[0] in response.content.decode() or "zone" in query
