"""The pages of partners in a real browser, examined by axe on a computer and a telephone."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = (
    "/piloter/qui-fait-quoi/",
    "/piloter/qui-fait-quoi/ecarts/",
    "/piloter/qui-fait-quoi/service/",
    "/piloter/agence-numerique/",
    "/piloter/agence-numerique/demander/ingenierie/",
    "/piloter/agence-numerique/veille/",
    "/piloter/reseau/tres-haut-debit/",
)


@pytest.fixture
def signed_in(partners, live_server, client, awa):
    """An officer's cookie for a browser: `signed_in(page)`."""
    client.force_login(awa)
    value = client.cookies["sessionid"].value

    def enter(page):
        cookie = {"name": "sessionid", "value": value, "url": live_server.url}
        page.context.add_cookies([cookie])

    return enter


def test_axe_finds_nothing_and_nothing_overflows(signed_in, live_server, page, phone_page, axe):
    found = {}
    for browser_page in (page, phone_page):
        signed_in(browser_page)
        for address in PAGES:
            browser_page.goto(live_server.url + address)
            wide = browser_page.evaluate("document.documentElement.scrollWidth - innerWidth")
            found[address, browser_page is page] = (axe(browser_page), max(wide, 0))

    assert {key: said for key, said in found.items() if said != ([], 0)} == {}
