"""The pages of partners in a real browser, examined by axe on a computer and a telephone."""

import pytest

from tests.support.browser import faults
from tests.support.people import open_session

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


def test_axe_finds_nothing_and_nothing_overflows(partners, live_server, page, phone_page, axe, awa):
    for window in (page, phone_page):
        open_session(window, live_server.url, awa)

    found = faults((page, phone_page), axe, PAGES)

    assert found == [], "\n".join(found)
