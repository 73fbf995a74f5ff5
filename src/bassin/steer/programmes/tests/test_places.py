"""What moved in a commune, the balance between communes, and figures read from the observatory."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from bassin import systems
from bassin.steer.programmes import cards, figures, search
from bassin.steer.programmes.models import Body
from bassin.steer.programmes.tests.conftest import organisation_of

VITRY, VALENTON = "94081", "94074"
RATE = "unemployment_rate_census"


@pytest.fixture
def house(installed, settings, db):
    """The pages show that installation."""
    settings.VAR = installed.var
    return installed


@pytest.fixture
def today():
    return timezone.localdate()


def text(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_an_elected_official_reads_what_moved_in_their_commune_since_a_day(
    house, client, made, awa, today
):
    action = made.action(title="Pont", commune_codes=[VITRY])
    made.update(action, on=today - timedelta(10), text="Les travaux commencent.")
    made.update(action, on=today - timedelta(400), text="Étude lancée.")
    action.milestones.create(title="Permis obtenu", done_on=today - timedelta(5))
    made.action(title="Ailleurs", commune_codes=[VALENTON])
    client.force_login(awa)

    recent = text(client, f"/piloter/communes/{VITRY}/")
    older = text(client, f"/piloter/communes/{VITRY}/?depuis={today - timedelta(500)}")

    assert "Ce qui a bougé à Vitry-sur-Seine" in recent
    assert "Les travaux commencent." in recent
    assert "Étape faite\u00a0: Permis obtenu" in recent
    assert "Étude lancée." not in recent
    assert "Étude lancée." in older
    assert "Ailleurs" not in older


def test_who_sits_in_one_body_is_led_to_its_last_meeting_whatever_others_met_since(
    house, client, dan, today
):
    for number in range(5):
        body = Body.objects.create(slug=f"body-{number}", kind="committee", name=f"Comité {number}")
        for ago in (number, number + 90):
            body.meetings.create(on=today - timedelta(ago))
    body.seats.create(person=dan, state="held", starts_on=today)
    client.force_login(dan)

    page = text(client, f"/piloter/communes/{VITRY}/")

    assert page.count("?depuis=") == 1
    assert f'<a href="?depuis={today - timedelta(4)}">' in page
    assert "Comité 4" in page


def test_a_day_that_is_none_is_refused_in_words(house, client):
    assert "2019-06-30" in text(client, f"/piloter/communes/{VITRY}/?depuis=hier", 400)


def test_a_commune_of_elsewhere_has_no_page(house, client, awa):
    client.force_login(awa)

    text(client, "/piloter/communes/48095/", 404)


def test_money_of_an_action_in_two_communes_is_not_cut_between_them(house, client, made, awa):
    payer = made.organisation()
    for codes, euros in (([VITRY], 1000), ([VITRY, VALENTON], 500)):
        action = made.action(commune_codes=codes)
        action.fundings.create(organisation=payer, year=2026, planned_eur=euros)
    client.force_login(awa)

    shown = client.get("/piloter/communes/")

    rows = {row.heading.text: row.cells for row in shown.context["table"][1]}
    assert [cell.sort for cell in rows["Vitry-sur-Seine"][:4]] == [1, 1, 1000.0, 500.0]
    assert [cell.sort for cell in rows["Valenton"][:2]] == [0, 1]
    assert (rows["Valenton"][2].why, rows["Valenton"][3].sort) == ("—", 500.0)
    assert len(rows) == 24
    assert "22 communes n'ont aucune action" in shown.content.decode().replace("&#x27;", "'")


def test_a_visitor_counts_public_actions_only(house, client, made):
    made.action(commune_codes=[VITRY])
    made.action(commune_codes=[VITRY], visibility="public", title="Visible")

    shown = text(client, f"/piloter/communes/{VITRY}/")

    assert "1 action se passe ici" in shown
    assert cards.place(f"commune:{VITRY}", "fr").context["count"] == 1
    assert cards.place(f"commune:{VALENTON}", "fr") is None
    assert cards.place("ept:200058014", "fr") is None


def test_observed_values_come_from_the_observatory(house, made, today):
    claim = made.action().contributions.create(
        indicator=RATE, hypothesis="…", baseline_value=12.0, baseline_period="2017"
    )
    claim.targets.create(on=date(2024, 12, 31), value=14.0)
    claim.targets.create(on=date(2035, 12, 31), value=20.0)

    (moved,) = figures.moved([claim], today)

    assert moved.observed == "15,0\u202f%"
    assert moved.said.endswith("+3 points")
    assert [reached for _day, _value, reached in moved.targets] == ["atteinte", "pas encore"]
    assert moved.origin == "real"
    assert moved.drawn.startswith("<svg")
    assert [(row.cells[0].text, row.cells[1].text) for row in moved.table[1]] == [
        ("12,0\u202f%", "valeur de départ"), ("10,0\u202f%", "observé"), ("12,0\u202f%", "observé"),
        ("15,0\u202f%", "observé"), ("14,0\u202f%", "cible"), ("20,0\u202f%", "cible"),
    ]  # fmt: skip


def test_an_indicator_that_should_go_down_reaches_its_target_from_above(house, made, today):
    claim = made.action().contributions.create(
        indicator=RATE, hypothesis="Moins", baseline_value=20.0, baseline_period="2017"
    )
    claim.targets.create(on=date(2020, 12, 31), value=13.0)
    claim.targets.create(on=date(2021, 12, 31), value=16.0)

    (moved,) = figures.moved([claim], today)

    assert [reached for _day, _value, reached in moved.targets] == ["non atteinte", "atteinte"]


def test_a_figure_that_nobody_publishes_says_why_instead_of_a_value(house, made, today):
    claims = [
        made.action().contributions.create(indicator=name, hypothesis="…")
        for name in ("no_such_figure", "jobs_at_workplace")
    ]

    unknown, absent = figures.moved(claims, today)

    assert (unknown.observed, absent.observed) == ("", "")
    assert "no_such_figure" in unknown.why
    assert absent.why


def test_an_action_page_shows_its_communes_on_the_map_with_its_figures(house, client, made, awa):
    action = made.action(commune_codes=[VITRY])
    action.contributions.create(indicator="population", hypothesis="Plus d'habitants")
    client.force_login(awa)

    shown = text(client, f"/piloter/actions/{action.pk}/")

    assert 'class="g g-communes"' in shown
    assert "Vitry-sur-Seine" in shown
    assert "Pas de valeur de départ" in shown


def test_search_and_references_give_public_records_only(house, made, bruno):
    plan = made.framework(public=True, title="Plan du fleuve")
    node = made.node(plan, ref="fleuve:axis:1", title="Berges")
    shown = made.action(node, title="Une passerelle sur le fleuve", visibility="public",
                        ref="fleuve:action:1")  # fmt: skip
    made.action(node, title="Le fleuve secret", ref="fleuve:action:2",
                holder=organisation_of(bruno))  # fmt: skip
    made.framework(public=True, state="draft", title="Projet de fleuve")

    found = search.search("fleuve", "fr", 10)

    assert {each.title for each in found} == {"Plan du fleuve", "Une passerelle sur le fleuve"}
    assert systems.resolve("fleuve:action:1", "fr").url == f"/piloter/actions/{shown.pk}/"
    assert systems.resolve("fleuve:action:2", "fr") is None
    assert systems.resolve("fleuve:axis:1", "fr").detail == "Plan du fleuve"
    assert systems.resolve(f"programmes:framework:{plan.slug}", "fr").title == "Plan du fleuve"
    assert systems.resolve("ailleurs:rien:1", "fr") is None
    assert cards.action("fleuve:action:1", "fr").context["line"].title == shown.title
    assert cards.action("fleuve:action:2", "fr") is None
