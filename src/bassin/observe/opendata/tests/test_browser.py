"""In a real browser: a re-user finds a table, learns what it is worth, takes it; axe on the way."""

import pandas as pd
import pyarrow.parquet as pq
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OTHERS = (
    "/donnees/chiffres/unemployment_rate_census/",
    "/donnees/tables/establishments/",
    "/embed/donnees/tables/establishments_shown/",
    "/donnees/qualite/",
    "/donnees/charte/",
    "/donnees/au-service-de-qui/?lang=en",
    "/donnees/journal/?lang=fr",
)


@pytest.fixture
def site(installed, settings, live_server):
    """The live server shows the installation of these tests."""
    settings.VAR = installed.var
    return live_server.url


def test_a_re_user_finds_a_table_reads_what_it_is_worth_and_takes_it(
    site, phone_page, axe, tmp_path
):
    phone_page.goto("/donnees/")
    assert axe(phone_page) == []
    phone_page.get_by_label("Que cherchez-vous ?").fill("recensement population")
    phone_page.locator("main").get_by_role("button", name="Chercher").click()
    phone_page.get_by_role("link", name="Recensement de la population, communes").click()

    assert phone_page.get_by_text("critères sur 9 sont remplis").is_visible()
    assert axe(phone_page) == []
    assert phone_page.evaluate("document.documentElement.scrollWidth") <= 390
    with phone_page.expect_download() as taken:
        phone_page.get_by_role("link", name="Parquet", exact=True).click()
    taken.value.save_as(tmp_path / "census.parquet")
    address = phone_page.get_by_role("link", name="CSV", exact=True).get_attribute("href")

    told = pd.read_csv(f"{site}{address}", dtype={"commune_code": str})
    assert len(told) == pq.read_metadata(tmp_path / "census.parquet").num_rows == 40
    assert told["commune_code"].str.len().eq(5).all()


def test_axe_finds_nothing_on_the_other_pages(site, page, axe):
    found = {}
    for address in OTHERS:
        page.goto(address)
        found[address] = axe(page)

    assert found == {address: [] for address in OTHERS}
