"""Calls for projects beside actions: reasons in three values, and a person decides."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from bassin.errors import Refused
from bassin.steer.programmes import actions_calls as verbs
from bassin.steer.programmes import matching
from bassin.steer.programmes.models import Action, Call, CallMatch
from bassin.steer.programmes.standing import standings
from bassin.steer.programmes.tests.conftest import TODAY


@pytest.fixture
def call(db) -> Call:
    return Call.objects.create(
        title="Friches", funder="Région", themes=["Foncier", "Industrie"], kinds=["project"],
        closes_on=TODAY + timedelta(days=60), funding_pct=Decimal(50),
    )  # fmt: skip


def fitting(made, **more) -> Action:
    """An action that the call may fund on all four reasons."""
    facts = {
        "kind": "project", "tags": ["industrie"], "lifecycle": "approved",
        "starts_on": TODAY + timedelta(days=90),
    }  # fmt: skip
    action = made.action(**{**facts, **more})
    action.fundings.create(organisation=made.organisation(), year=2027, planned_eur=200_000)
    return action


def match(call: Call) -> list[matching.Match]:
    lines = standings(Action.objects.order_by("pk"), TODAY)
    return matching.matches(call, lines, TODAY)


def said(call: Call) -> list[str]:
    (found,) = match(call)
    return [each.says for each in found.reasons]


def test_four_reasons_speak_for_with_their_facts(call, made):
    fitting(made)

    (found,) = match(call)

    assert [each.says for each in found.reasons] == ["yes"] * 4
    told = " ".join(each.sentence for each in found.reasons)
    for fact in ("Industrie", "projet", "100\u202f000", "50"):
        assert fact in told


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"themes": []}, ["unknown", "yes", "yes", "yes"]),
        ({"themes": ["Tourisme"]}, ["no", "yes", "yes", "yes"]),
        ({"kinds": []}, ["yes", "unknown", "yes", "yes"]),
        ({"kinds": ["study"]}, ["yes", "no", "yes", "yes"]),
        ({"closes_on": None}, ["yes", "yes", "unknown", "yes"]),
        ({"closes_on": date(2026, 1, 1)}, ["yes", "yes", "no", "yes"]),
        ({"funding_pct": None}, ["yes", "yes", "yes", "unknown"]),
    ],
)
def test_what_the_call_does_not_say_is_a_question(call, made, typed, expected):
    fitting(made)
    for name, value in typed.items():
        setattr(call, name, value)

    assert said(call) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"tags": []}, ["unknown", "yes", "yes", "yes"]),
        ({"kind": "study"}, ["yes", "no", "yes", "yes"]),
        ({"starts_on": None}, ["yes", "yes", "unknown", "yes"]),
        ({"lifecycle": "in_progress"}, ["yes", "yes", "unknown", "yes"]),
        ({"starts_on": None, "ends_on": TODAY + timedelta(days=5)}, ["yes", "yes", "no", "yes"]),
    ],
)
def test_what_the_action_does_not_say_is_a_question(call, made, typed, expected):
    fitting(made, **typed)

    assert said(call) == expected


def test_an_action_without_a_known_cost_is_asked_about(call, made):
    fitting(made).fundings.all().delete()

    assert said(call)[3] == "unknown"


def test_an_action_funded_already_is_left_out_with_the_reason(call, made):
    fitting(made).fundings.update(committed_eur=200_000)

    (found,) = match(call)

    assert found.left_out is not None
    assert "déjà engagés" in found.left_out.sentence


def test_what_is_over_is_not_proposed(call, made):
    fitting(made, lifecycle="done")

    assert match(call) == []


def test_the_best_comes_first_and_what_is_left_out_last(call, made):
    out = fitting(made, kind="study")
    question = fitting(made, tags=[])
    best = fitting(made)

    assert [each.line.pk for each in match(call)] == [best.pk, question.pk, out.pk]


def test_a_person_decides_and_may_change_their_mind(both_databases, call, made, awa):
    action = fitting(made)

    verbs.settle(call, action, state="retained", by=awa, today=TODAY)
    verbs.settle(call, action, state="dismissed", why="Trop tard.", by=awa, today=TODAY)

    kept = CallMatch.objects.get()
    assert (kept.state, kept.why, kept.decided_on) == ("dismissed", "Trop tard.", TODAY)


def test_what_is_dismissed_says_why(call, made, awa):
    with pytest.raises(Refused, match="Dites pourquoi"):
        verbs.settle(call, fitting(made), state="dismissed", by=awa, today=TODAY)


def test_a_closed_call_is_retained_for_nothing(call, made, awa):
    call.closes_on = TODAY - timedelta(days=1)

    with pytest.raises(Refused, match="clos"):
        verbs.settle(call, fitting(made), state="retained", by=awa, today=TODAY)


def test_only_officers_decide(call, made, bruno):
    with pytest.raises(PermissionDenied):
        verbs.settle(call, fitting(made), state="retained", by=bruno, today=TODAY)


def test_a_call_that_closes_before_it_opens_is_refused(awa, db):
    typed = {"title": "X", "funder": "Y", "opens_on": TODAY, "closes_on": date(2026, 1, 1)}

    with pytest.raises(Refused, match="clos avant d'ouvrir"):
        verbs.write_call(typed=typed, by=awa, today=TODAY)


def test_an_officer_writes_a_call_and_settles_it_from_its_page(made, awa, client):
    client.force_login(awa)
    action = fitting(made, visibility="partners")
    sent = {
        "title": "Friches", "funder": "Région", "themes": "foncier, industrie",
        "kinds": ["project"], "closes_on": "2099-12-31", "funding_pct": "50",
    }  # fmt: skip
    client.post(reverse("programmes:write_call"), sent)
    call = Call.objects.get()
    page = reverse("programmes:call", args=[call.pk])
    assert action.title in client.get(page).content.decode()

    client.post(reverse("programmes:settle_call", args=[call.pk, action.pk]), {"state": "retained"})

    assert CallMatch.objects.get().action == action
    text = client.get(page).content.decode()
    assert "à préparer" in text


def test_a_partner_reads_proposals_of_what_they_see_and_decides_nothing(call, made, bruno, client):
    seen, secret = fitting(made, visibility="partners"), fitting(made)
    client.force_login(bruno)

    text = client.get(reverse("programmes:call", args=[call.pk])).content.decode()

    assert seen.title in text
    assert secret.title not in text
    assert client.get(reverse("programmes:write_call")).status_code == 403


def test_a_firm_does_not_open_the_calls(call, chloe, client):
    client.force_login(chloe)

    assert client.get(reverse("programmes:calls")).status_code == 403


def test_the_list_of_calls_costs_the_same_number_of_queries(
    call, made, awa, client, django_assert_max_num_queries
):
    for number in range(20):
        fitting(made)
        Call.objects.create(title=f"Appel {number}", funder="Région")
    client.force_login(awa)

    with django_assert_max_num_queries(14):
        client.get(reverse("programmes:calls"))
