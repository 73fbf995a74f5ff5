"""In a real browser: the director, a holder on the phone, an elected official, a resident."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bassin.steer.programmes.models import Body, Meeting
from bassin.steer.programmes.tests.conftest import organisation_of
from tests.support.browser import faults
from tests.support.people import open_session, seat

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def life(installed, settings, live_server, made, awa, bruno):
    """A framework with one action that lives, late, funded, held by Bruno's chamber."""
    settings.VAR = installed.var
    today = timezone.localdate()
    plan = made.framework(slug="plan", title="Le plan", public=True)
    axis = made.node(plan, code="1", title="Recruter")
    chamber = organisation_of(bruno)
    action = made.action(
        axis, title="Une école de soudure", holder=chamber, visibility="public",
        commune_codes=["94081"], starts_on=today - timedelta(300), ends_on=today - timedelta(70),
    )  # fmt: skip
    action.milestones.create(title="Ouvrir", due_on=today - timedelta(80))
    made.update(action, on=today - timedelta(40), text="Les locaux sont trouvés.")
    action.fundings.create(organisation=chamber, year=2026, planned_eur=30000)
    claim = action.contributions.create(
        indicator="population", hypothesis="Plus d'habitants", baseline_value=600000,
        baseline_period="2012",
    )  # fmt: skip
    claim.targets.create(on=today + timedelta(900), value=720000)
    made.action(axis, title="Une affaire interne")
    plan.commitments.create(
        organisation=chamber, role="signatory", text="Accueillir", state="signed",
        signed_on=today - timedelta(500), due_on=today - timedelta(2),
    )  # fmt: skip
    return action


PAGES = (
    "/piloter/", "/piloter/cadres/plan/", "/piloter/cadres/plan/tableau/?retard=1",
    "/piloter/cadres/plan/frise/", "/piloter/cadres/plan/filiation/",
    "/piloter/cadres/plan/engagements/", "/piloter/communes/", "/piloter/communes/94081/",
    "/piloter/organismes/test-chamber/", "/piloter/actions/@/", "/piloter/actions/@/modifier/",
    "/piloter/actions/@/chiffres/nouveau/", "/piloter/actions/@/dire/",
)  # fmt: skip


def test_axe_finds_nothing_for_the_director_and_nothing_overflows_on_a_telephone(
    life, page, phone_page, axe, live_server, awa
):
    for window in (page, phone_page):
        open_session(window, live_server.url, awa)
    pages = [address.replace("@", str(life.pk)) for address in PAGES]

    found = faults((page, phone_page), axe, pages)

    assert found == [], "\n".join(found)


def test_the_director_goes_from_the_front_to_what_is_late_in_two_clicks(
    life, page, live_server, awa
):
    open_session(page, live_server.url, awa)
    page.goto("/piloter/")

    page.get_by_role("link", name="Le plan").click()
    page.get_by_role("link", name="1 action en retard").click()

    row = page.get_by_role("row", name="Une école de soudure")
    assert "80 jours de retard" in row.inner_text()
    assert page.get_by_role("row", name="Une affaire interne").count() == 0


def test_a_holder_reports_from_a_telephone_in_four_gestures(
    life, phone_page, axe, live_server, bruno
):
    open_session(phone_page, live_server.url, bruno)
    phone_page.goto("/piloter/a-dire/")
    assert axe(phone_page) == []

    phone_page.get_by_role("link", name="Dire où elle en est").tap()
    phone_page.get_by_label("Que s'est-il passé").fill("La première promotion est entrée.")
    phone_page.get_by_text("en bonne voie").tap()
    phone_page.get_by_text("Ouvrir").tap()
    phone_page.get_by_role("button", name="Le dire").tap()

    phone_page.get_by_text("Tout est dit pour ce mois-ci").wait_for()
    life.refresh_from_db()
    assert life.health == "on_track"
    assert life.milestones.get().done_on == timezone.localdate()


def test_the_whole_report_works_without_a_script(life, page_without_js, live_server, bruno):
    open_session(page_without_js, live_server.url, bruno)
    page_without_js.goto(f"/piloter/actions/{life.pk}/dire/")

    page_without_js.get_by_label("Que s'est-il passé").fill("Tout avance.")
    page_without_js.get_by_role("button", name="Le dire").click()

    assert "Merci" in page_without_js.content()
    assert life.updates.filter(text="Tout avance.").exists()


def test_a_resident_reads_public_actions_and_finds_no_way_to_write(life, page, axe):
    page.goto("/piloter/cadres/plan/")
    assert axe(page) == []
    assert "Une affaire interne" not in page.content()

    page.get_by_role("link", name="Une école de soudure").click()

    assert axe(page) == []
    assert page.get_by_role("link", name="Modifier l'action").count() == 0
    page.goto(f"/piloter/actions/{life.pk}/modifier/")
    assert "/modifier/" not in page.url.partition("?")[0]


@pytest.fixture
def elected(life):
    """An elected official of Vitry; the committee met fifty days ago."""
    body = Body.objects.create(slug="conseil", kind="committee", name="Conseil", public=True)
    Meeting.objects.create(body=body, on=timezone.localdate() - timedelta(50))
    life.updates.create(
        on=timezone.localdate() - timedelta(90), author_name="Awa", text="Une idée en l'air."
    )
    return seat("Estelle", "commune", "elected", commune_code="94081")


def focused(page) -> str:
    """The words of the link that holds the focus."""
    return page.evaluate("document.activeElement.closest('a')?.textContent.trim() ?? ''")


def go_by_keyboard(page, words: str) -> None:
    """Tab until a link of these words holds the focus, then open it."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if words in focused(page):
            break
    assert words in focused(page), f"no way to “{words}” by keyboard"
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_an_elected_official_asks_by_keyboard_what_moved_in_vitry_since_the_last_council(
    life, elected, phone_page, axe, live_server
):
    page = phone_page
    open_session(page, live_server.url, elected)
    page.goto("/piloter/")

    go_by_keyboard(page, "Ce qui a bougé dans ma commune")
    assert axe(page) == []
    go_by_keyboard(page, "Vitry-sur-Seine")
    assert "Une idée en l'air." in page.inner_text("main")
    go_by_keyboard(page, "Depuis la réunion du")

    told = page.inner_text("main")
    assert "Les locaux sont trouvés." in told
    assert "Une idée en l'air." not in told
    assert "80 jours de retard" in told
    assert "Une affaire interne" not in told
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    go_by_keyboard(page, "Une école de soudure")
    assert page.get_by_role("heading", level=1).inner_text() == "Une école de soudure"
    assert page.get_by_role("link", name="Modifier l'action").count() == 0


def test_a_signatory_reads_what_it_promised_and_shows_that_it_kept_it(
    life, phone_page, axe, live_server, bruno
):
    page = phone_page
    open_session(page, live_server.url, bruno)
    page.goto("/piloter/organismes/test-chamber/")
    assert axe(page) == []
    assert "Accueillir" in page.inner_text("main")
    assert "en retard" in page.inner_text("main")

    with page.expect_navigation():
        page.get_by_role("link", name="Dire qu'il a été tenu").tap()
    assert axe(page) == []
    page.get_by_label("Qu'est-ce qui le montre").fill("Registre d'accueil")
    page.get_by_label("Quel jour").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Enregistrer").tap()

    page.get_by_text("Registre d'accueil").wait_for()
    assert "tenue, en retard" in page.inner_text("main")


def test_filters_fold_on_a_telephone_and_change_the_results_in_place(
    life, phone_page, live_server, awa
):
    page = phone_page
    open_session(page, live_server.url, awa)
    page.goto("/piloter/cadres/plan/tableau/")
    page.evaluate("window.same = true")
    assert not page.get_by_label("Santé").is_visible()

    page.get_by_text("Filtres", exact=True).tap()
    page.get_by_label("en retard seulement").check()

    page.get_by_text("1 action sur 2").wait_for()
    assert page.evaluate("window.same")  # the page was not loaded again
    assert page.url.endswith("?tri=&retard=1") or page.url.endswith("?retard=1")
    assert "Une affaire interne" not in page.inner_text("#results")
    assert page.get_by_text("Filtres (1 actif)").is_visible()


def test_filters_are_open_on_a_wide_screen_and_work_without_a_script(
    life, page, page_without_js, live_server, awa
):
    open_session(page, live_server.url, awa)
    page.goto("/piloter/cadres/plan/tableau/")
    assert page.get_by_label("en retard seulement").is_visible()

    open_session(page_without_js, live_server.url, awa)
    page_without_js.goto("/piloter/cadres/plan/tableau/")
    page_without_js.get_by_label("en retard seulement").check()
    page_without_js.get_by_role("button", name="Afficher").click()

    assert "1 action sur 2" in page_without_js.inner_text("#results")
