"""A workshop for real: a served installation, and people with a telephone, a screen, a console."""

from contextlib import ExitStack, closing
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from bassin.debate.workshops import devices
from bassin.debate.workshops.models import Option, Statement, Step, Workshop
from tests.config.test_serve import service
from tests.support.browser import PHONE, watched_page
from tests.support.people import seat
from tests.support.postgres import default_connection

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]

SCREEN = {"width": 1920, "height": 1080}
THREE, KEYS, BARE = "300001", "300002", "300003"
ASKED = """
- main:
  - status: Vote ouvert. Faut-il une agence numérique ?
  - paragraph: Vote ouvert étape 1 sur 2
  - group:
    - group "Faut-il une agence numérique ?":
      - heading "Faut-il une agence numérique ?" [level=1]
      - list:
        - listitem:
          - radio /accord du tout/
        - listitem:
          - radio /Pas d.accord/
        - listitem:
          - radio "Mitigé"
        - listitem:
          - radio /D.accord/
        - listitem:
          - radio /Tout à fait d.accord/
        - listitem:
          - radio "Je ne peux pas me prononcer"
      - button "Envoyer ma réponse"
"""
RECORDED = """
- main:
  - status: /Réponse enregistrée/
  - paragraph: /Vote ouvert/
  - heading "Réponse enregistrée" [level=1]
"""
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


def written(code: str) -> None:
    """A workshop with its doors open: a degree of agreement, then a ranking."""
    workshop = Workshop.objects.create(
        code=code, state="lobby", title={"fr": "Atelier des élus"}, languages=["fr"]
    )
    agree = Statement.objects.create(
        slug=f"agree-{code}", kind="likert", text={"fr": "Faut-il une agence numérique ?"}
    )
    rank = Statement.objects.create(
        slug=f"rank-{code}", kind="ranking", text={"fr": "Ses missions prioritaires"}
    )
    for order, text in enumerate(["Réemploi", "Médiation", "Réseau"]):
        Option.objects.create(statement=rank, code=f"m{order}", order=order, text={"fr": text})
    for order, asked in enumerate([agree, rank]):
        Step.objects.create(
            workshop=workshop, order=order, kind="vote", title={"fr": "Votre avis"}, statement=asked
        )


def furnished() -> str:
    """Write the workshops, and Awa who runs them; her session."""
    for code in (THREE, KEYS, BARE):
        written(code)
    client = Client()
    client.force_login(seat("Awa", "authority", "officer"))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


class Hall:
    """The served installation, who runs its workshops, and how one of them is driven."""

    def __init__(self, home: str, session: str) -> None:
        self.home = home
        self.session = session

    def page(self, stack: ExitStack, browser, **options):
        return stack.enter_context(watched_page(browser, self.home, **options))

    def console(self, stack: ExitStack, browser, code: str):
        """The facilitator's page."""
        page = self.page(stack, browser)
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": self.session, "url": self.home}]
        )
        page.goto(f"/debattre/ateliers/{code}/animer/")
        return page

    def key(self, code: str) -> str:
        """What opens the big screen to whoever has no account."""
        return devices.screen_key(code)

    def post(self, path: str, cookie: str = "", **fields: str):
        host = self.home.removeprefix("http://")
        with closing(HTTPConnection(host, timeout=20)) as line:
            line.request("POST", path, urlencode(fields), {**FORM, "Cookie": cookie})
            answer = line.getresponse()
            answer.read()
            return answer

    def crowd(self, code: str, asked: str, count: int, **fields: str) -> None:
        """Other people, each with a telephone, who answer."""
        for _one in range(count):
            came = self.post(f"/live/workshops/{code}/join")
            cookie = came.headers["Set-Cookie"].partition(";")[0]
            told = self.post(f"/live/workshops/{code}/vote", cookie, round=asked, **fields)
            assert told.status == 200


@pytest.fixture(scope="module")
def hall(django_db_setup, django_db_blocker, tmp_path_factory):
    """A service on its own folder, where Awa may run three workshops."""
    expect.set_options(timeout=30_000)  # long: the machine may be busy with others
    file = tmp_path_factory.mktemp("hall") / "bassin.sqlite3"
    with django_db_blocker.unblock():
        connection.ensure_connection()
        file.write_bytes(connection.connection.serialize())
        with default_connection({**connection.settings_dict, "NAME": str(file)}):
            session = furnished()
    with service(file.parent, BASSIN_SECRET_KEY=settings.SECRET_KEY) as running:
        yield Hall(f"http://127.0.0.1:{running.port}", session)


def press(console, words: str) -> None:
    """Press a button of the console; what cannot be undone is asked twice."""
    console.locator(".run-now").get_by_text(words).first.click()
    if console.locator(".run-sure[open]").count():
        console.locator(".run-sure[open] button").click()


def enter(page, code: str) -> None:
    page.goto("/a/")
    page.get_by_label("Les six chiffres affichés dans la salle").fill(f"{code[:3]} {code[3:]}")
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("button", name="Entrer dans").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vous y êtes.")


def test_three_people_at_once_vote_change_their_mind_and_see_the_result(hall, browser, axe):
    with ExitStack() as stack:
        phone = hall.page(stack, browser, viewport=PHONE, has_touch=True)
        console = hall.console(stack, browser, THREE)
        wall = hall.page(stack, browser, viewport=SCREEN)
        enter(phone, THREE)
        wall.goto(f"/debattre/ateliers/{THREE}/ecran/?key={hall.key(THREE)}")
        expect(wall.get_by_text("300 001")).to_be_visible()
        assert axe(phone) + axe(wall) == []
        press(console, "Commencer")
        press(console, "Ouvrir la question")
        expect(phone.locator("main")).to_match_aria_snapshot(ASKED)
        assert axe(phone) + axe(wall) == []

        answer(phone, 3)
        expect(phone.get_by_role("status")).to_contain_text("Réponse enregistrée.")
        expect(phone.locator("main")).to_match_aria_snapshot(RECORDED)
        assert axe(phone) == []
        hall.crowd(THREE, phone.locator("[name=round]").get_attribute("value"), 5, level="4")
        expect(wall.locator("[data-answers]")).to_have_text("6")

        agree = phone.locator(".target").nth(3).text_content().strip()

        # The network goes just when they change their mind: nothing is lost, nothing counts twice.
        phone.context.set_offline(True)
        phone.get_by_text("Changer ma réponse").click()
        answer(phone, 4)
        expect(phone.get_by_role("status")).to_contain_text("Pas encore envoyée")
        phone.context.set_offline(False)
        expect(phone.locator("[data-mine]")).to_have_text(agree)
        expect(wall.locator("[data-answers]")).to_have_text("6")

        press(console, "Fermer la question")
        expect(phone.get_by_role("status")).to_contain_text("Le vote est clos")
        assert wall.locator("table").count() == 0
        press(console, "Montrer le résultat")
        for page in (phone, wall):
            expect(page.locator("table")).to_contain_text("100")
            assert axe(page) == []


def test_a_ranking_is_made_with_the_keyboard_alone(hall, browser, axe):
    with ExitStack() as stack:
        page = hall.page(stack, browser)
        console = hall.console(stack, browser, KEYS)
        enter(page, KEYS)
        press(console, "Commencer")
        console.locator(".run-sheet button").last.click()
        press(console, "Ouvrir la question")
        expect(page.get_by_role("group", name="Ses missions prioritaires")).to_be_visible()
        assert axe(page) == []

        lines = page.locator(".rank__text")
        first, second = lines.nth(0).inner_text(), lines.nth(1).inner_text()
        keys = ["Tab", "Enter", "Tab", "Tab", "Tab", "Enter", "Enter"]
        page.get_by_role("combobox").first.focus()
        for key in keys:
            page.keyboard.press(key)
        expect(page.get_by_role("status")).to_have_text(f"{second} : rang 1")
        page.keyboard.press("Tab")
        while page.evaluate("document.activeElement.type") != "submit":
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        expect(page.locator("[data-mine] li")).to_have_text([f"1. {second}", f"2. {first}"])
        assert "Changer ma réponse" in page.evaluate("document.activeElement.textContent")


def test_without_javascript_an_answer_refused_is_kept_and_the_next_is_recorded(hall, browser):
    with ExitStack() as stack:
        page = hall.page(stack, browser, viewport=PHONE, java_script_enabled=False)
        console = hall.console(stack, browser, BARE)
        enter(page, BARE)
        press(console, "Commencer")
        console.locator(".run-sheet button").last.click()
        press(console, "Ouvrir la question")
        page.get_by_role("link", name="Voir où en est").click()

        ranks = page.get_by_role("combobox")
        ranks.nth(0).select_option("1")
        ranks.nth(2).select_option("1")
        page.get_by_role("button", name="Envoyer ma réponse").click()
        expect(page.get_by_text("Deux réponses ont le rang 1.")).to_be_visible()
        expect(ranks.nth(0)).to_have_value("1")
        expect(ranks.nth(2)).to_have_value("1")
        ranks.nth(2).select_option("2")
        page.get_by_role("button", name="Envoyer ma réponse").click()

        expect(page).to_have_url(f"{hall.home}/a/{BARE}/")
        expect(page).to_have_title("Réponse enregistrée - Atelier des élus - bassin")
        expect(page.locator("[data-mine] li")).to_have_count(2)
        assert page.locator("meta[http-equiv=refresh]").count() == 0


def answer(page, level: int) -> None:
    page.get_by_role("radio").nth(level - 1).check()
    page.get_by_role("button", name="Envoyer ma réponse").click()
