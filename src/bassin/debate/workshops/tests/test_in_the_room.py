"""A workshop for real: a served installation, and people with a telephone, a screen, a console.

Every kind of step and of question, in one workshop: on a telephone by keyboard alone, on another
whose browser runs no script, on the big screen and on the console. At each moment what a screen
reader is given is compared with `trees/`, and axe finds nothing.
"""

import json
import os
import re
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import expect

from bassin.debate.workshops.models import Option, Statement, Step, Workshop
from bassin.debate.workshops.tests.hall import Hall, enter, press, sees, send, show, tab_to
from tests.config.test_serve import service, until
from tests.support.browser import PHONE
from tests.support.made_once import first_start
from tests.support.people import seat
from tests.support.postgres import default_connection

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]

EVERY, KILLED, TAPS = "300001", "300002", "300003"
MISSIONS = {"a": "Mission A", "b": "Mission B", "c": "Mission C"}
HOSTILE = "</li><script>alert(1)</script>\u202e"
SHOWN = ("content", "presentation", "video", "discussion", "became", "synthesis")
"""Kinds of steps which ask nothing."""


def pick_two(page: Any) -> None:
    tab_to(page, "[value=a]")
    page.keyboard.press("Space")
    tab_to(page, "[value=b]")
    page.keyboard.press("Space")


def agree(page: Any) -> None:
    tab_to(page, "[name=level]")
    for _step in range(3):
        page.keyboard.press("ArrowDown")


def pick_one(page: Any) -> None:
    tab_to(page, "[name=pick]")
    page.keyboard.press("Space")


def rank(page: Any) -> None:
    """A number chosen in a list, a button that gives the next, one that moves up."""
    tab_to(page, "#rank-b")
    page.keyboard.press("1")
    for selector in ("#rank-a", "#rank-c"):
        tab_to(page, f".rank:has({selector}) .move")
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # and the last goes up one
    expect(page.get_by_role("status")).to_have_text("Mission C : rang 2")


def share_out(page: Any) -> None:
    """Points typed, then the rest by a button."""
    tab_to(page, "#points-b")
    page.keyboard.type("9")
    tab_to(page, "[aria-label='Un point de plus : Mission C']")
    page.keyboard.press("Enter")


def contribute(page: Any) -> None:
    tab_to(page, "textarea")
    page.keyboard.type("Ouvrir une halle")


def sort(page: Any) -> None:
    for selector, times in (("[name=place-a]", 1), ("[name=place-b]", 2)):
        tab_to(page, selector)
        for _step in range(times):
            page.keyboard.press("ArrowDown")


def say(page: Any) -> None:
    tab_to(page, "[name=text]")
    page.keyboard.type("ville vécue")


BY_KEYBOARD: dict[str, Callable[[Any], None]] = {
    "quiz": pick_two, "likert": agree, "choice": pick_one, "ranking": rank, "points": share_out,
    "contributions": contribute, "sorting": sort, "words": say,
}  # fmt: skip
PLAIN: dict[str, dict[str, str]] = {
    "quiz": {"[value=a]": ""}, "choice": {"[value=b]": ""},
    "likert": {"[name=level][value='4']": ""},
    "ranking": {"#rank-a": "1", "#rank-b": "2"}, "points": {"#points-a": "10"},
    "contributions": {"#text-1": "Ouvrir une halle"}, "sorting": {"[name=place-a][value='0']": ""},
    "words": {"#text-1": HOSTILE},
}  # fmt: skip
"""How a form is filled where no script runs: selectors, and what is written there or ticked."""

CROWD: dict[str, list[tuple[str, str]]] = {
    "quiz": [("pick", "a"), ("pick", "c")], "likert": [("level", "2")], "choice": [("pick", "b")],
    "ranking": [("rank-a", "1"), ("rank-b", "2")], "points": [("points-a", "10")],
    "contributions": [("text", HOSTILE)], "sorting": [("place-a", "1"), ("place-c", "0")],
    "words": [("text", HOSTILE), ("text", "Ville vécue")],
}  # fmt: skip
"""What four other people answer."""


def written(code: str, *kinds: str) -> None:
    """A workshop with its doors open."""
    workshop = Workshop.objects.create(
        code=code, state="lobby", title={"fr": "Atelier des élus"}, languages=["fr"]
    )
    for order, kind in enumerate(kinds):
        facts = {"workshop": workshop, "order": order, "title": {"fr": f"Étape {kind}"}}
        if kind in SHOWN:
            text = {"fr": f"Ce que montre l’étape {kind}."}
            Step.objects.create(**facts, kind=kind, text=text, source="Insee, 2021")
        else:
            Step.objects.create(**facts, kind="vote", statement=statement(code, kind))


def statement(code: str, kind: str) -> Statement:
    made = Statement.objects.create(
        slug=f"{kind}-{code}", kind=kind, text={"fr": f"Question {kind} ?"},
        columns=[{"fr": "Opportunités"}, {"fr": "Risques"}] if kind == "sorting" else [],
    )  # fmt: skip
    if kind in ("quiz", "choice", "ranking", "points", "sorting"):
        for order, (letter, text) in enumerate(MISSIONS.items()):
            truth = {"by": "hand", "right": letter != "c", "source": "Insee, 2021"}
            Option.objects.create(
                statement=made, code=letter, order=order, text={"fr": text},
                truth=truth if kind == "quiz" else {},
            )  # fmt: skip
    return made


def furnished() -> dict[str, str]:
    """Write the workshops, and two people who run them; their sessions."""
    written(EVERY, *SHOWN, *BY_KEYBOARD)
    written(KILLED, "likert")
    written(TAPS, "contributions", "likert")
    sessions = {}
    for name in ("Awa", "Binta"):
        client = Client()
        client.force_login(seat(name, "authority", "officer"))
        sessions[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return sessions


@pytest.fixture(scope="module")
def hall(migrated_file, django_db_blocker, tmp_path_factory):
    """A service on its own folder, where Awa and Binta run three workshops."""
    expect.set_options(timeout=30_000)  # long: the machine may be busy with others
    var = first_start(migrated_file, tmp_path_factory.mktemp("hall"))
    file = var / "bassin.sqlite3"
    here = default_connection({**connections.settings["default"], "NAME": str(file)})
    with django_db_blocker.unblock(), here:
        sessions = furnished()
    with service(var, BASSIN_SECRET_KEY=settings.SECRET_KEY) as running:
        yield Hall(running, sessions)


class Room:
    """Two telephones, the big screen and the console, before one workshop."""

    def __init__(self, hall: Hall, stack: ExitStack, browser: Any, axe: Any) -> None:
        self.hall = hall
        self.axe = axe
        self.phone = hall.page(stack, browser, viewport=PHONE, has_touch=True)
        self.bare = hall.page(stack, browser, viewport=PHONE, java_script_enabled=False)
        self.wall = hall.wall(stack, browser, EVERY)
        self.console = hall.console(stack, browser, EVERY)
        self.crowd = [hall.join(EVERY) for _one in range(4)]

    def look(self, name: str, moment: str, *who: str) -> None:
        """Each of them reads what it must, and axe finds nothing."""
        asked = "SELECT revision FROM workshops_workshop WHERE code = ?"
        revision = str(self.hall.rows(asked, EVERY)[0][0])
        for each in who or ("phone", "wall", "console"):
            page = getattr(self, each)
            now = page.locator("[data-revision]").first
            expect(now).to_have_attribute("data-revision", revision)
            place = page.locator(".run-now" if each == "console" else "main")
            sees(place, name, f"{each}, {moment}")
            assert self.axe(page) == [], f"{name}, {each}, {moment}"

    def ask(self, kind: str) -> str:
        """The question is announced, then open; the number of its round."""
        show(self.console, f"Étape {kind}")
        self.look(kind, "announced", "phone", "wall")
        press(self.console, "Ouvrir la question")
        self.look(kind, "asked")
        return str(self.phone.locator("[name=round]").get_attribute("value"))

    def answer(self, kind: str, asked: str) -> None:
        """By keyboard; without scripts; by four others."""
        BY_KEYBOARD[kind](self.phone)
        send(self.phone)
        self.look(kind, "recorded", "phone")
        assert "Changer ma réponse" in self.phone.evaluate("document.activeElement.textContent")
        self.bare.goto(f"/a/{EVERY}/")
        if kind == "ranking":
            self.refuse_two_first()
        fill(self.bare, kind)
        expect(self.bare).to_have_title("Réponse enregistrée - Atelier des élus - bassin")
        assert self.bare.locator("meta[http-equiv=refresh]").count() == 0
        sees(self.bare.locator("main"), kind, "bare, recorded")
        for cookie in self.crowd:
            assert self.hall.vote(EVERY, cookie, asked, CROWD[kind]) == 200

    def refuse_two_first(self) -> None:
        """What is refused stays as it was chosen."""
        for letter in ("a", "c"):
            self.bare.locator(f"#rank-{letter}").select_option("1")
        self.bare.get_by_role("button", name="Envoyer ma réponse").click()
        expect(self.bare.get_by_text("Deux réponses ont le rang 1.")).to_be_visible()
        for letter in ("a", "c"):
            expect(self.bare.locator(f"#rank-{letter}")).to_have_value("1")
        self.bare.locator("#rank-c").select_option("")

    def close(self, kind: str) -> None:
        """Nothing is told before it is shown."""
        expect(self.wall.locator("[data-answers]")).to_have_text("6")
        press(self.console, "Fermer la question")
        self.look(kind, "closed", "phone")
        assert self.wall.locator("table").count() == 0
        press(self.console, "Montrer le résultat")
        self.look(kind, "revealed")
        self.bare.goto(f"/a/{EVERY}/")
        sees(self.bare.locator("main"), kind, "bare, revealed")


def fill(page: Any, kind: str) -> None:
    for selector, value in PLAIN[kind].items():
        field = page.locator(selector)
        if not value:
            field.check()
        elif field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name="Envoyer ma réponse").click()


def test_every_kind_of_step_is_shown_asked_answered_and_told_to_everybody(hall, browser, axe):
    with ExitStack() as stack:
        room = Room(hall, stack, browser, axe)
        for page in (room.phone, room.bare):
            enter(page, EVERY)
        room.look("doors", "open")
        press(room.console, "Commencer")
        for number, kind in enumerate(SHOWN):
            if number:
                show(room.console, f"Étape {kind}")
            room.look(kind, "shown")
        for kind in BY_KEYBOARD:
            asked = room.ask(kind)
            room.answer(kind, asked)
            room.close(kind)
        press(room.console, "Clore l'atelier")
        room.look("over", "over")


def open_first(hall: Hall, stack: ExitStack, browser: Any, code: str) -> Any:
    """Awa begins, and opens the first question; her console."""
    console = hall.console(stack, browser, code)
    press(console, "Commencer")
    press(console, "Ouvrir la question")
    return console


def insist(hall: Hall, code: str, cookie: str, asked: str, level: int) -> None:
    """A telephone which sends its answer until it is told that it is recorded."""
    while True:
        with suppress(OSError, HTTPException):
            if hall.vote(code, cookie, asked, [("level", str(level))]) == 200:
                return
        time.sleep(0.2)


class Crowd:
    """Forty telephones that answer one question at once, while two others are in browsers."""

    def __init__(self, hall: Hall, asked: str) -> None:
        self.hall = hall
        self.asked = asked
        self.cookies = [hall.join(KILLED) for _one in range(40)]

    def count(self) -> int:
        """How many answers are kept."""
        kept = "SELECT count(*) FROM workshops_ballot WHERE round_id = ?"
        return int(self.hall.rows(kept, self.asked)[0][0])

    def levels(self) -> list[tuple[int, int]]:
        """Each degree, with how many gave it."""
        kept = "SELECT json_extract(answer, '$.level'), count(*) FROM workshops_ballot"
        return self.hall.rows(f"{kept} WHERE round_id = ? GROUP BY 1 ORDER BY 1", self.asked)

    def answer(self, meanwhile: Callable[[], None]) -> None:
        """All answer, until each is told that it is recorded; something happens in the middle."""
        with ThreadPoolExecutor(8) as burst:
            told = [
                burst.submit(insist, self.hall, KILLED, cookie, self.asked, 1 + number % 3)
                for number, cookie in enumerate(self.cookies)
            ]
            until(lambda: self.count() > 8)
            meanwhile()
        assert [each.result() for each in told] == [None] * len(self.cookies)


def test_a_service_killed_in_a_burst_loses_no_answer_and_all_come_back_where_they_were(
    hall, browser
):
    with ExitStack() as stack, ExitStack() as laptop:
        sent, slow = (hall.page(stack, browser, viewport=PHONE, has_touch=True) for _ in "12")
        for page in (sent, slow):
            enter(page, KILLED)
        open_first(hall, laptop, browser, KILLED)
        wall = hall.wall(stack, browser, KILLED)
        choose(sent, 4)
        tap_send(sent)
        is_recorded(sent)
        choose(slow, 5)
        crowd = Crowd(hall, str(slow.locator("[name=round]").get_attribute("value")))

        def everything_fails() -> None:
            """The service, then Awa's computer; who presses now reaches nobody."""
            os.killpg(hall.running.pids()["pages"], signal.SIGKILL)
            tap_send(slow)
            expect(slow.get_by_role("status")).to_contain_text("Pas encore envoyée")
            laptop.close()

        crowd.answer(meanwhile=everything_fails)

        is_recorded(slow)
        expect(wall.locator("[data-answers]")).to_have_text("42")
        sent.reload()
        expect(sent.locator("[data-mine]")).to_have_text("D’accord")
        # Binta takes over from another computer, where the room is.
        other = hall.console(stack, browser, KILLED, "Binta")
        press(other, "Fermer la question")
        press(other, "Montrer le résultat")
        for page in (sent, slow, wall):
            expect(page.locator("table").first).to_be_visible()
        assert crowd.levels() == [(1, 14), (2, 13), (3, 13), (4, 1), (5, 1)]


def is_recorded(page: Any) -> None:
    expect(page.get_by_role("heading", name="Réponse enregistrée")).to_be_visible()


def choose(page: Any, level: int) -> None:
    page.get_by_role("radio").nth(level - 1).check()


def tap_send(page: Any) -> None:
    page.get_by_role("button", name="Envoyer ma réponse").click()


def write(page: Any, text: str) -> None:
    if not page.locator("#text-1").is_visible():
        page.get_by_text("Changer ma réponse").click()
    page.locator("#text-1").fill(text)


def test_what_goes_wrong_on_a_telephone_counts_once_and_is_said(hall, browser):
    with ExitStack() as stack:
        phone = hall.page(stack, browser, viewport=PHONE, has_touch=True)
        phone.clock.set_fixed_time(datetime(2019, 2, 3, tzinfo=UTC))  # years late
        enter(phone, TAPS)
        console = open_first(hall, stack, browser, TAPS)
        wall = hall.wall(stack, browser, TAPS)
        phone.locator("#text-1").wait_for()
        asked = str(phone.locator("[name=round]").get_attribute("value"))

        def kept() -> list[str]:
            rows = hall.rows("SELECT answer FROM workshops_ballot WHERE round_id = ?", asked)
            return [json.loads(answer)["texts"][0] for (answer,) in rows]

        lose_the_acknowledgement(phone)
        assert kept() == ["Ouvrir une halle"]
        tap_twice_without_network(phone)
        assert kept() == ["Un marché </li><script>alert(1)</script>"]
        expect(wall.locator("[data-answers]")).to_have_text("1")
        come_with_a_forged_ticket(phone)
        assert kept() == ["Un marché </li><script>alert(1)</script>"]
        press(console, "Fermer la question")
        expect(phone.get_by_role("status")).to_contain_text("Le vote est clos")


def lose_the_acknowledgement(phone: Any) -> None:
    """The answer is kept, and the network goes before the telephone is told: it is sent again."""
    statuses = []

    def cut(route: Any) -> None:
        statuses.append(route.fetch().status)
        route.abort()

    phone.route(re.compile("/vote"), cut, times=1)
    write(phone, "Ouvrir une halle")
    tap_send(phone)
    is_recorded(phone)
    assert statuses == [200]


def tap_twice_without_network(phone: Any) -> None:
    phone.context.set_offline(True)
    write(phone, f"Un marché {HOSTILE}")
    phone.get_by_role("button", name="Envoyer ma réponse").dblclick()
    expect(phone.get_by_role("status")).to_contain_text("Pas encore envoyée")
    phone.context.set_offline(False)
    expect(phone.locator("[data-mine]")).to_contain_text("Un marché </li><script>alert(1)")


def come_with_a_forged_ticket(phone: Any) -> None:
    """It opens nothing, and that is said; what was written is there for who comes in again."""
    [ticket] = [each for each in phone.context.cookies() if each["name"] == f"ticket_{TAPS}"]
    phone.context.add_cookies([{**ticket, "value": "x" * 22}])
    write(phone, "Deux marchés")
    tap_send(phone)
    expect(phone.get_by_text("Votre billet n’ouvre pas cette question")).to_be_visible()
    phone.context.add_cookies([ticket])
    phone.goto(f"/a/{TAPS}/")
    phone.get_by_text("Changer ma réponse").click()
    expect(phone.locator("#text-1")).to_have_value("Deux marchés")
