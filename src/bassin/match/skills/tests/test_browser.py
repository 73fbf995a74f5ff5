"""The pages of the network in a real browser, examined by axe, wide and narrow."""

import pytest

from bassin.match.skills import actions_catalogues
from bassin.match.skills.tests.campus import course, site
from bassin.match.skills.tests.test_catalogues import BAD_DAY, WELDING, csv
from bassin.ui.reader import today
from tests.support.browser import faults
from tests.support.people import open_session

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CAMPUS = "/accompagner/competences/campus/"


def test_axe_finds_nothing_on_the_pages_of_the_network(
    here, live_server, page, phone_page, axe, awa
):
    made = course(site(), (30, 12, 4), (90, None, None), certification_code="RNCP99002")
    catalogue = actions_catalogues.add_catalogue(by=awa, title="Région", kind="csv")
    draft = actions_catalogues.bring(catalogue, csv(WELDING, BAD_DAY), by=awa, today=today())
    ours = f"{CAMPUS}nos-formations/"
    pages = (
        CAMPUS, f"{CAMPUS}?de=94074", f"{CAMPUS}manques/?mode=car&prevision=1",
        f"{CAMPUS}sites/{made.site_id}/", f"{CAMPUS}formations/{made.pk}/", ours,
        f"{ours}formations/{made.pk}/", f"{CAMPUS}catalogues/", f"{CAMPUS}catalogues/region/",
        f"{CAMPUS}imports/{draft.pk}/",
    )  # fmt: skip
    for window in (page, phone_page):
        open_session(window, live_server.url, awa)

    found = faults((page, phone_page), axe, pages)

    assert found == [], "\n".join(found)
