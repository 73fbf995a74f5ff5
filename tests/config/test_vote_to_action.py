"""From a vote to a delivered action, in real browsers against the real service.

Somebody answers on a telephone a quiz, a ranking, a degree of agreement and words; an officer asks
them, closes and shows each result to the room and its big screen, where the ways of counting a
ranking do not agree; publishes them, makes a decision and an action; the next workshop opens on
what became of the votes.
"""

import json
import re
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.config.test_serve import service
from tests.support.browser import PHONE, watched_page
from tests.support.installing import install
from tests.support.made_once import first_start

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODE = "482913"
ASKED = {
    "quiz": "Ce qui emploie le plus", "ranking": "Les missions d'abord",
    "likert": "Confier l'agence à l'EPT", "words": "Deux mots",
}  # fmt: skip
OTHERS: dict[str, list[dict[str, str]]] = {
    "quiz": [{"pick": "a"}] * 3 + [{"pick": "b"}] * 3,
    # With the telephone's: three put Réemploi first, and Médiation wins all the same.
    "ranking": [
        {f"rank-{code}": str(place) for place, code in enumerate(order, start=1)}
        for order in ("abc", "abc", "bca", "bca", "cba", "cba")
    ],
    "likert": [{"level": level} for level in ("5", "5", "4", "2", "cannot_say", "cannot_say")],
    "words": [{"text": "RÉEMPLOI"}] * 3 + [{"text": "ville vécue"}] * 3,
}
"""What six other telephones answer."""

TOLD = {
    "quiz": "4 personnes (57\u202f%) ont coché exactement les bonnes réponses.",
    "ranking": "Par points : « Médiation » ; par premières places : « Réemploi » ; "
    "deux à deux : « Médiation ».",
    "likert": "80\u202f% d’accord, 20\u202f% pas d’accord",
    "words": "« RÉEMPLOI » (4 personnes)",
}  # fmt: skip
"""What the room is told."""
SEED = """
import json
from django.conf import settings
from django.test import Client
from django.utils import timezone
from bassin.debate.workshops.models import Note, Statement, Workshop
from bassin.steer.programmes.models import Body, Framework
from tests.support.people import seat

awa = seat("Awa", "authority", "officer")
facts = {"slug": "plan", "kind": "roadmap", "title": "Plan", "state": "in_force"}
plan = Framework.objects.create(**facts, public=True)
plan.nodes.create(kind="axis", code="1", title="Numérique", order=1)
facts = {"slug": "copil", "kind": "committee", "name": "Comité"}
body = Body.objects.create(**facts, framework=plan, public=True)
body.meetings.create(on=timezone.localdate())
title = {"fr": "Atelier des élus"}
workshop = Workshop.objects.create(code="CODE", title=title, languages=["fr"])
for order, (kind, words) in enumerate(ASKED.items(), start=1):
    asked = Statement.objects.create(slug=kind, kind=kind, text={"fr": words})
    if kind in ("quiz", "ranking"):
        for place, text in enumerate(("Réemploi", "Médiation", "Réseau")):
            truth = {"by": "hand", "right": place == 0, "source": "Insee, 2021"}
            asked.options.create(code="abc"[place], order=place, text={"fr": text}, truth=truth)
    facts = {"order": order, "kind": "vote", "title": {"fr": words}, "statement": asked}
    step = workshop.steps.create(**facts)
Note.objects.create(workshop=workshop, step=step, kind="action", text="Prêter des ordinateurs")
client = Client()
client.force_login(awa)
name = settings.SESSION_COOKIE_NAME
kept = {"name": name, "value": client.cookies[name].value}
(settings.VAR / "seed.json").write_text(json.dumps(kept))
""".replace("CODE", CODE).replace("ASKED", repr(ASKED))
CHECK = """
import json
from django.conf import settings
from bassin.debate.workshops.models import Ballot, Round, Ticket
from bassin.steer.programmes.models import Action, Decision

held = Round.objects.get(step__statement__kind="likert")
ranking = Round.objects.get(step__statement__kind="ranking")
decision = Decision.objects.get()
action = Action.objects.get()
(settings.VAR / "check.json").write_text(json.dumps({
    "secrets": Round.objects.exclude(secret=None).count(),
    "joined": bool(set(Ballot.objects.values_list("key", flat=True))
                   & set(Ticket.objects.values_list("token_hash", flat=True))),
    "spoke": held.results["spoke"], "cannot_say": held.results["cannot_say"],
    "agree": held.results["agree"]["pct"],
    "evidence": decision.evidence == [f"workshops:round:{ranking.pk}"],
    "parent": decision.action_id == action.pk, "lifecycle": action.lifecycle,
    "source": action.source,
}))
"""


def vote(port: int, **answer: str) -> str:
    """One more telephone, by HTTP: it comes in and answers the question that is open."""
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    line.request("POST", f"/live/workshops/{CODE}/join", "", headers)
    came = line.getresponse()
    came.read()
    cookie = came.headers["Set-Cookie"].partition(";")[0]
    line.request("GET", f"/live/workshops/{CODE}/state", headers={"Cookie": cookie})
    opened = json.loads(line.getresponse().read())["round"]["id"]
    fields = urlencode({"round": opened, **answer})
    line.request("POST", f"/live/workshops/{CODE}/vote", fields, {**headers, "Cookie": cookie})
    verdict = json.loads(line.getresponse().read())["verdict"]
    line.close()
    return str(verdict)


def press(page, name: str, *, sure: bool = False) -> None:
    """A button of the console; those that cannot be undone are pressed twice."""
    if sure:
        page.locator("summary", has_text=name).click()
        page.get_by_role("button", name=f"Oui : {name}").click()
    else:
        page.get_by_role("button", name=name).first.click()


def send(page, button) -> None:
    """Press what sends a form, and wait for the page that answers: leaving sooner would call the
    form back."""
    with page.expect_navigation():
        button.click()


@pytest.fixture
def town(france, migrated_file, tmp_path):
    """A service over all of France, with a workshop whose doors are still closed."""
    house = install(france, tmp_path / "var")
    first_start(migrated_file, house.var)
    with service(house.var) as running:
        running.manage("shell", "-c", SEED)
        running.home = f"http://127.0.0.1:{running.port}"
        yield running


@pytest.fixture
def officer(town, browser):
    """Awa, signed in, at her desk."""
    with watched_page(browser, town.home) as page:
        seed = json.loads((town.var / "seed.json").read_text())
        page.context.add_cookies([{**seed, "url": town.home}])
        yield page


@pytest.fixture
def phone(town, browser):
    """Somebody in the room, without an account."""
    with watched_page(browser, town.home, viewport=PHONE, has_touch=True) as page:
        yield page


@pytest.fixture
def wall(town, browser):
    """The big screen of the room."""
    with watched_page(browser, town.home, viewport={"width": 1920, "height": 1080}) as page:
        seed = json.loads((town.var / "seed.json").read_text())
        page.context.add_cookies([{**seed, "url": town.home}])
        yield page


def answer(phone, kind: str) -> None:
    """Fill the form of a kind of question with one thumb, and send it."""
    phone.get_by_role("heading", name=ASKED[kind]).wait_for()
    if kind == "quiz":
        phone.get_by_label("Réemploi").tap()
    elif kind == "ranking":
        for _rank in range(3):
            phone.get_by_role("button", name="Donner le rang").first.tap()
        order = {"a": "1", "b": "2", "c": "3"}
        for code, rank in order.items():
            phone.locator(f"#rank-{code}").select_option(rank)
    elif kind == "likert":
        phone.get_by_label("D’accord", exact=True).tap()
    else:
        phone.locator("#text-1").fill("Réemploi")
    phone.get_by_role("button", name="Envoyer ma réponse").tap()
    phone.get_by_role("heading", name="Réponse enregistrée").wait_for()


def hold(town, officer, phone, wall) -> None:
    """The votes: opened by the officer, answered by seven telephones, closed and shown."""
    officer.goto(f"/debattre/ateliers/{CODE}/animer/")
    press(officer, "Ouvrir les portes")
    phone.goto(f"/a/{CODE}/")
    phone.get_by_role("button", name="Entrer dans l'atelier").tap()
    wall.goto(f"/debattre/ateliers/{CODE}/ecran/")
    press(officer, "Commencer l'atelier")
    for kind in ASKED:
        press(officer, "Ouvrir la question")
        answer(phone, kind)
        told = [vote(town.port, **fields) for fields in OTHERS[kind]]
        assert told == ["recorded"] * 6
        officer.reload()
        press(officer, "Fermer la question", sure=True)
        press(officer, "Montrer le résultat à la salle")
        for page in (phone, wall):
            shown = page.locator(".result__sentence").first
            expect(shown).to_contain_text(re.compile(spaced(TOLD[kind])), timeout=30_000)
        if kind == "ranking":
            tables = wall.get_by_role("table", name="Par points et par premières places")
            expect(tables).to_contain_text("Médiation")
        press(officer, "Clore l'atelier" if kind == "words" else "Suite", sure=kind == "words")


def spaced(text: str) -> str:
    """A pattern of the text, whatever its spaces are."""
    return r"\s".join(re.escape(word) for word in text.replace("\u202f", " ").split())


def publish(officer) -> None:
    """The synthesis: validated by a body, then published."""
    officer.goto(f"/debattre/ateliers/{CODE}/compte-rendu/")
    officer.get_by_label("Validé par").fill("Comité")
    send(officer, officer.locator("form:has([value=validate]) button"))
    send(officer, officer.locator("form:has([value=publish]) button"))


def follow(officer) -> None:
    """An action of what was proposed, then a decision that rests on the vote."""
    officer.goto(f"/debattre/ateliers/{CODE}/suites/")
    send(officer, officer.get_by_role("link", name="En faire une action"))
    assert officer.locator("[name=title]").input_value() == "Prêter des ordinateurs"
    officer.locator("[name=visibility]").select_option("public")
    send(officer, officer.get_by_role("button", name="Écrire l'action"))
    assert "Prêter des ordinateurs" in officer.inner_text("h1")
    officer.get_by_role("link", name="La placer dans un cadre").click()
    officer.locator("[name=node]").select_option(index=1)
    send(officer, officer.locator("form.editing button[type=submit]"))
    officer.goto(f"/debattre/ateliers/{CODE}/suites/")
    ranking = officer.locator("section", has=officer.get_by_text(ASKED["ranking"]))
    ranking.get_by_role("link", name="En faire une décision").click()
    officer.get_by_role("link", name=re.compile("Réunion du")).click()
    officer.locator("[name=kind]").select_option("adopt")
    officer.locator("[name=text]").fill("L'EPT devient l'agence numérique.")
    officer.locator("[name=action]").select_option(label="Prêter des ordinateurs")
    officer.locator("[name=public]").check()
    officer.get_by_role("button", name="Enregistrer").click()
    officer.get_by_text("La décision est enregistrée.").first.wait_for()


def come_back(officer, phone) -> str:
    """The next workshop, opened; what a telephone reads first."""
    officer.goto(f"/debattre/ateliers/{CODE}/preparer/")
    send(officer, officer.get_by_role("button", name="Préparer l'atelier suivant"))
    code = re.search(r"/ateliers/(\d{6})/", officer.url)[1]
    officer.goto(f"/debattre/ateliers/{code}/animer/")
    press(officer, "Ouvrir les portes")
    press(officer, "Commencer l'atelier")
    phone.goto(f"/a/{code}/")
    phone.get_by_role("button", name="Entrer dans l'atelier").tap()
    phone.get_by_text("Ce que sont devenus vos votes").first.wait_for()
    return str(phone.inner_text("main"))


def test_a_vote_becomes_a_decision_and_an_action_and_the_next_workshop_says_so(
    town, officer, phone, wall, axe
):
    hold(town, officer, phone, wall)
    publish(officer)
    follow(officer)

    told = come_back(officer, phone)

    town.manage("shell", "-c", CHECK)
    kept = json.loads((town.var / "check.json").read_text())
    assert re.search(spaced(TOLD["ranking"]), told)
    assert "Confier l'agence à l'EPT" in told
    assert "80\u202f% d'accord, 2 ne se prononcent pas" in told
    assert told.index("L'EPT devient l'agence numérique.") < told.index("Prêter des ordinateurs")
    assert kept["evidence"], "the decision rests on the vote"
    assert kept["parent"], "the action follows from the decision"
    assert (kept["lifecycle"], kept["source"]) == ("idea", "workshops:note:1")
    assert kept["secrets"] == 0, "the secrets of rounds are destroyed"
    assert not kept["joined"], "no ballot leads to a ticket"
    assert (kept["spoke"], kept["cannot_say"], kept["agree"]) == (5, 2, 80.0)
    assert axe(phone) == []
