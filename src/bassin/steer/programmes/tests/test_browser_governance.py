"""In a real browser: a committee prepared in a click, an obstacle filed on a telephone."""

import pytest

from bassin.steer.programmes.models import BodyMembership, Call, Obstacle
from bassin.steer.programmes.tests.conftest import TODAY
from tests.support.browser import faults
from tests.support.people import open_session

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def life(installed, settings, live_server, meeting, followed, chloe):
    """A committee with a meeting, a decision, someone who asks to join, a call, an obstacle."""
    settings.VAR = installed.var
    meeting.decisions.create(
        body=meeting.body, on=TODAY, kind="fund", text="Oui.", evidence=["https://example.org/pv"]
    )
    BodyMembership.objects.create(body=meeting.body, person=chloe, state="asked", why="Un quai.")
    call = Call.objects.create(title="Friches", funder="Région", themes=["foncier"])
    filed = Obstacle.objects.create(
        procedure="Permis", text="Long.", filed_on=TODAY, public=True, delay_days=30
    )
    return {"body": meeting.body.slug, "meeting": meeting.pk, "call": call.pk, "told": filed.pk,
            "plan": meeting.body.framework.slug}  # fmt: skip


PAGES = (
    "/piloter/instances/", "/piloter/instances/{body}/", "/piloter/instances/{body}/rejoindre/",
    "/piloter/reunions/{meeting}/", "/piloter/cadres/{plan}/bilan/",
    "/piloter/cadres/{plan}/suite/", "/piloter/cadres/{plan}/signataires/",
    "/piloter/obstacles/", "/piloter/obstacles/signaler/", "/piloter/obstacles/a-traiter/",
    "/piloter/obstacles/{told}/", "/piloter/appels/", "/piloter/appels/{call}/",
)  # fmt: skip


def test_axe_finds_nothing_and_nothing_overflows_on_a_telephone(
    life, page, phone_page, axe, live_server, awa
):
    for window in (page, phone_page):
        open_session(window, live_server.url, awa)
    pages = [address.format(**life) for address in PAGES]

    found = faults((page, phone_page), axe, pages)

    assert found == [], "\n".join(found)


def test_the_director_prepares_a_committee_in_a_click_without_javascript(
    life, page_without_js, live_server, awa
):
    page = page_without_js
    open_session(page, live_server.url, awa)
    page.goto(f"/piloter/reunions/{life['meeting']}/")

    page.get_by_role("button", name="Préparer le dossier").click()

    assert "Débloquer : Friche" in page.inner_text("main")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Dossier en PDF").click()
    assert waiting.value.suggested_filename == "copil-2026-11-26.pdf"
