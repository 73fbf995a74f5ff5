"""What Piloter does with the results of other rooms, and what it says became of them."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from bassin import systems
from bassin.steer.programmes.models import Body, Decision
from bassin.steer.programmes.tests.conftest import TODAY
from bassin.systems import Found
from bassin.types import Text

RESULT = "workshops:round:7"
FOUND = Found("L'agence numérique", "/debattre/", Text("résultat", "result"))


SOUGHT: list[str] = []


def picked(query, language, limit):
    """The results that another room lists."""
    SOUGHT.append(query)
    return {RESULT: FOUND}


@pytest.fixture
def known(monkeypatch):
    """A result of another room, that the registry resolves."""
    resolve = systems.resolve
    monkeypatch.setattr(
        systems,
        "resolve",
        lambda reference, language: FOUND if reference == RESULT else resolve(reference, language),
    )


@pytest.fixture
def decided(body, made):
    """A public action that follows from a public decision resting on the result."""
    action = made.action(title="Ouvrir l'agence", visibility="public")
    action.milestones.create(title="Préfigurer", done_on=date(2026, 10, 2))
    action.milestones.create(title="Ouvrir", due_on=date(2027, 1, 4))
    made.decision(body=body, text="Créer l'agence.", evidence=[RESULT], action=action, public=True)
    return action


def test_what_became_of_a_result_is_told_from_the_decision_to_the_stages_reached(decided):
    told = systems.became([RESULT], "fr")[RESULT]

    assert [(each.kind, each.title) for each in told] == [
        ("decision", "Créer l'agence."), ("action", "Ouvrir l'agence"), ("stage", "Préfigurer"),
    ]  # fmt: skip
    assert told[0].on == TODAY
    assert told[1].state == "en cours"
    assert told[2].on == date(2026, 10, 2)


def test_nothing_became_of_a_result_that_nobody_cites(decided):
    assert systems.became(["workshops:round:70"], "fr") == {"workshops:round:70": []}


def test_what_is_not_public_is_not_told(body, made):
    hidden = made.action(title="Dossier interne")
    made.decision(body=body, evidence=[RESULT], text="Interne.", public=False, action=hidden)
    made.decision(body=body, evidence=[RESULT], text="Publique.", public=True, action=hidden)

    assert [each.title for each in systems.became([RESULT], "fr")[RESULT]] == ["Publique."]


def test_an_action_born_of_a_note_is_told_with_the_note(db, made):
    made.action(title="Prêter des ordinateurs", visibility="public", source="workshops:note:3")

    told = systems.became(["workshops:note:3"], "fr")["workshops:note:3"]

    assert [each.title for each in told] == ["Prêter des ordinateurs"]


def test_many_records_are_asked_about_with_as_few_queries_as_one(
    decided, body, made, django_assert_num_queries
):
    other = made.action(title="Suivre", visibility="public", source="workshops:note:3")
    made.decision(body=body, text="Aussi.", evidence=[RESULT], action=other, public=True)

    for many in (1, 40):
        asked = [RESULT, *(f"workshops:note:{n}" for n in range(1, many))]
        with django_assert_num_queries(3):
            told = systems.became(asked, "fr")
        assert [each.title for each in told[RESULT] if each.kind != "stage"] == [
            "Créer l'agence.", "Ouvrir l'agence", "Aussi.", "Suivre",
        ]  # fmt: skip
    assert [each.title for each in told["workshops:note:3"]] == ["Suivre"]


def test_a_result_leads_to_the_form_of_a_decision_with_its_evidence_written(
    known, body, meeting, client, people
):
    client.force_login(people.awa)
    taking = systems.takings("evidence", RESULT, "Créer l'agence.", "fr")[0]

    chosen = client.get(taking.url)

    address = f"/piloter/reunions/{meeting.pk}/decisions/nouvelle/"
    form = client.get(address, parse_qs(urlsplit(taking.url).query)).content.decode()
    assert "L&#x27;agence numérique" in chosen.content.decode()
    assert address in chosen.content.decode()
    assert RESULT in form
    assert "Créer l&#x27;agence." in form


def test_a_decision_rests_on_a_result_chosen_in_a_list_and_each_leads_to_the_other(
    known, body, meeting, client, people, monkeypatch
):
    monkeypatch.setitem(systems.system("workshops").picks, "result", f"{__name__}.picked")
    SOUGHT.clear()
    client.force_login(people.awa)
    address = f"/piloter/reunions/{meeting.pk}/decisions/nouvelle/"
    typed = {"on": TODAY.isoformat(), "kind": "adopt", "text": "Créer l'agence.", "public": "on"}

    first = client.get(address).content.decode()
    sought = client.post(address, {**typed, "result-sought": "agence", "result-was": ""})
    client.post(address, {**typed, "result": RESULT, "evidence": "https://example.org/pv"})

    decision = Decision.objects.get()
    assert f'value="{RESULT}"' in first
    assert SOUGHT == ["", "agence"]
    assert "field__error" not in sought.content.decode()
    assert decision.evidence == [RESULT, "https://example.org/pv"]
    assert systems.became([RESULT], "fr")[RESULT][0].title == "Créer l'agence."


def test_a_result_is_added_once_to_a_decision_that_was_recorded(known, made, body, client, people):
    decision = made.decision(body=body, text="Créer l'agence.", public=True)
    client.force_login(people.awa)
    address = f"/piloter/decisions/{decision.pk}/preuve/"

    done = client.post(address, {"result": RESULT})
    again = client.post(address, {"result": RESULT})
    nowhere = client.post(address, {"result": "workshops:round:99999"})
    client.force_login(people.chloe)
    refused = client.post(address, {"result": RESULT})

    decision.refresh_from_db()
    assert (done.status_code, refused.status_code) == (302, 403)
    assert "repose déjà" in again.content.decode()
    assert "workshops:round:99999" in nowhere.content.decode()
    assert decision.evidence == [RESULT]


def test_a_meeting_to_come_takes_no_decision(known, body, client, people):
    body.meetings.create(on=TODAY + timedelta(days=9000))
    client.force_login(people.awa)

    assert "/decisions/nouvelle/" not in client.get("/piloter/decider/").content.decode()


def test_only_who_runs_bodies_chooses_where_to_decide(body, client, people):
    client.force_login(people.chloe)

    assert client.get("/piloter/decider/").status_code == 403


def test_a_note_leads_to_the_form_of_an_idea_that_remembers_it(db, client, people):
    client.force_login(people.awa)
    taking = systems.takings("idea", "workshops:note:3", "Prêter des ordinateurs", "fr")[0]

    page = client.get(taking.url).content.decode()

    assert 'value="Prêter des ordinateurs"' in page
    assert 'value="workshops:note:3"' in page
    assert 'value="idea" selected' in page


def test_the_page_of_an_action_says_what_it_comes_from(known, made, client, db):
    action = made.action(visibility="public", source=RESULT)

    page = client.get(f"/piloter/actions/{action.pk}/").content.decode()

    assert "L&#x27;agence numérique" in page
    assert RESULT not in page


def test_public_records_are_picked_by_words_of_their_name_and_private_ones_are_not(made, body):
    plan = made.framework(slug="route", title="Feuille de route", public=True)
    hidden = made.framework(slug="autre", title="Feuille interne")
    made.node(plan, ref="roadmap:axis:4", code="4", title="Former demain")
    made.node(hidden, ref="interne:axis:4", title="Former en secret")
    made.action(ref="roadmap:action:7", title="Former les jeunes", visibility="public")
    made.action(ref="roadmap:action:8", title="Former en secret")
    Body.objects.filter(pk=body.pk).update(public=True)

    picked = systems.picks(["action", "node", "framework"], "former", "fr")
    bodies = systems.picks(["body"], "", "fr")
    body.refresh_from_db()

    assert set(picked) == {"roadmap:action:7", "roadmap:axis:4"}
    assert set(systems.picks(["framework"], "feuille", "fr")) == {"programmes:framework:route"}
    assert list(bodies) == [f"programmes:body:{body.slug}"]
    assert {key: systems.resolve(key, "fr") for key in (*picked, *bodies)} == picked | bodies
