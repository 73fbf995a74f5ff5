"""Bodies, seats, meetings, agendas and decisions; the pack of a committee."""

from datetime import date, timedelta
from time import perf_counter

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from bassin.errors import Refused
from bassin.steer.programmes import actions_governance as verbs
from bassin.steer.programmes import actions_meetings
from bassin.steer.programmes import permissions_governance as permissions
from bassin.steer.programmes.models import BodyMembership, Decision
from bassin.steer.programmes.packs import committee, writing
from bassin.steer.programmes.tests.conftest import LAST, TODAY, organisation_of
from bassin.ui.charts.client import ask_all
from bassin.ui.papers import Picture, odt, pdf
from tests.support.papers import read_odt, read_pdf


def test_who_may_do_what_with_a_body(body, awa, bruno, chloe, dan):
    visitor = AnonymousUser()
    seat = BodyMembership(body=body, person=dan, state="asked")

    def allowed(rule, *about) -> list[bool]:
        return [rule(each, *about) for each in (awa, bruno, chloe, dan, visitor)]

    assert allowed(permissions.can_run_bodies, body) == [True, False, False, False, False]
    assert allowed(permissions.can_prepare, body) == [True, False, False, False, False]
    assert allowed(permissions.can_see_meeting, body) == [True, True, False, False, False]
    assert allowed(permissions.can_ask_to_join, body) == [True, True, True, True, False]
    assert allowed(permissions.can_answer_seat, seat) == [True, False, False, False, False]
    assert allowed(permissions.can_draft_next, body.framework) == [True] + 4 * [False]
    assert allowed(permissions.can_see_balance, body.framework) == [True, True] + 3 * [False]
    assert allowed(permissions.can_see_calls) == [True, True, False, False, False]
    assert allowed(permissions.can_match_calls) == [True, False, False, False, False]
    assert allowed(permissions.can_handle_obstacles) == [True, False, False, False, False]


def test_a_member_sees_the_meetings_of_the_body_where_they_sit(body, chloe):
    BodyMembership.objects.create(body=body, organisation=organisation_of(chloe))

    assert permissions.can_see_meeting(chloe, body)


def test_nobody_answers_their_own_request(body, awa):
    seat = verbs.ask_to_join(body, by=awa, today=TODAY, why="J'y travaille.")

    with pytest.raises(PermissionDenied):
        verbs.answer_seat(seat, accept=True, by=awa, today=TODAY)


def test_a_firm_asks_to_join_and_an_officer_accepts(both_databases, body, awa, chloe):
    firm = organisation_of(chloe)
    seat = verbs.ask_to_join(body, by=chloe, today=TODAY, why="Un quai.", organisation=firm)

    verbs.answer_seat(seat, accept=True, role="membre", by=awa, today=TODAY)

    seat.refresh_from_db()
    assert (seat.state, seat.starts_on, seat.role) == ("held", TODAY, "membre")


def test_a_request_is_answered_once(body, awa, dan):
    seat = verbs.ask_to_join(body, by=dan, today=TODAY, why="Habitant.")
    verbs.answer_seat(seat, accept=False, by=awa, today=TODAY)

    with pytest.raises(Refused, match="déjà répondu"):
        verbs.answer_seat(seat, accept=True, by=awa, today=TODAY)


def test_who_asked_already_does_not_ask_twice(body, dan):
    verbs.ask_to_join(body, by=dan, today=TODAY, why="Habitant.")

    with pytest.raises(Refused, match="en avez demandé un"):
        verbs.ask_to_join(body, by=dan, today=TODAY, why="Habitant.")


def test_a_closed_body_takes_nobody(body, dan):
    body.open = False
    body.save()

    with pytest.raises(Refused, match="nouveau membre"):
        verbs.ask_to_join(body, by=dan, today=TODAY, why="Habitant.")


def test_nobody_asks_in_the_name_of_another_organisation(body, bruno, chloe):
    with pytest.raises(PermissionDenied):
        verbs.ask_to_join(
            body, by=bruno, today=TODAY, why="Pour eux.", organisation=organisation_of(chloe)
        )


def test_a_seat_ends_and_stays_in_the_history(body, awa, made):
    seat = verbs.give_seat(body, by=awa, today=TODAY, organisation=made.organisation())

    with pytest.raises(Refused, match="ce jour-là ou plus tard"):
        verbs.end_seat(seat, on=TODAY - timedelta(days=1), by=awa, today=TODAY)
    verbs.end_seat(seat, on=TODAY, by=awa, today=TODAY)

    assert body.seats.get().ends_on == TODAY


def test_a_body_does_not_meet_twice_in_a_day(meeting, awa):
    with pytest.raises(Refused, match="déjà ce jour-là"):
        actions_meetings.call_meeting(meeting.body, on=TODAY, by=awa, today=TODAY)


def pack_of(meeting, user) -> committee.Pack:
    return committee.gather(meeting, user, TODAY)


def test_the_agenda_asks_for_the_decisions_that_the_actions_need(meeting, followed, awa):
    verbs.prepare_agenda(meeting, pack_of(meeting, awa), by=awa, today=TODAY)

    lines = [(each.kind, each.title) for each in meeting.agenda.all()]
    assert ("decide", "Débloquer : Friche") in lines
    assert ("decide", "Fixer une nouvelle date ou arrêter : École") in lines
    assert ("decide", "Relancer Région : Campus") in lines
    assert ("inform", "Ce dont personne n'a rendu compte") in lines
    assert not any("cachée" in title for _kind, title in lines)


def test_an_agenda_prepared_twice_adds_nothing_and_keeps_what_was_written(meeting, followed, awa):
    verbs.add_item(meeting, kind="inform", title="Mot du président", by=awa, today=TODAY)
    verbs.prepare_agenda(meeting, pack_of(meeting, awa), by=awa, today=TODAY)
    before = list(meeting.agenda.values_list("title", flat=True))

    assert verbs.prepare_agenda(meeting, pack_of(meeting, awa), by=awa, today=TODAY) == []
    assert list(meeting.agenda.values_list("title", flat=True)) == before
    assert before[0] == "Mot du président"


def test_progress_is_told_as_it_was_at_the_last_meeting(meeting, followed, awa):
    (quay,) = [e for e in pack_of(meeting, awa).actions if e.line.pk == followed["running"].pk]

    assert quay.before.value == 30
    assert quay.line.progress.value == 55
    assert [each.text for each in quay.news] == ["Dalle coulée."]


def test_a_step_done_since_counts_as_having_moved(meeting, followed, awa):
    step = followed["late"].milestones.get()
    step.done_on = TODAY - timedelta(days=1)
    step.save()

    (school,) = [e for e in pack_of(meeting, awa).actions if e.line.pk == followed["late"].pk]

    assert school.moved
    assert (school.before.value, school.line.progress.value) == (0, 100)


def test_the_pack_costs_the_same_number_of_queries_for_many_actions(
    meeting, followed, made, awa, django_assert_num_queries
):
    node = meeting.body.framework.nodes.first()
    for _number in range(30):
        made.update(made.action(node), on=TODAY)
    permissions.can_prepare(awa, meeting.body)

    with django_assert_num_queries(13):
        assert len(pack_of(meeting, awa).actions) == 35


def test_a_pack_of_sixty_actions_is_made_in_ten_seconds_and_read_back(meeting, followed, made, awa):
    for number in range(60):
        node = meeting.body.framework.nodes.all()[number % 2]
        action = made.action(node, title=f"Chantier {number}")
        made.update(action, on=TODAY, progress=number, text=f"Point {number}.")
    verbs.prepare_agenda(meeting, pack_of(meeting, awa), by=awa, today=TODAY)

    # A service keeps a process that draws; here the charts are drawn before the clock starts.
    paper = writing.committee(pack_of(meeting, awa), TODAY, "Une autorité")
    ask_all([(each.chart, "inline") for each in paper.blocks if isinstance(each, Picture)])

    began = perf_counter()
    paper = writing.committee(pack_of(meeting, awa), TODAY, "Une autorité")
    made_pdf = pdf(paper)
    assert perf_counter() - began < 10

    read = read_pdf(made_pdf)
    assert (read.ua_part, read.marked) == ("1", True)
    assert read.alternatives  # the chart is described
    for words in (
        "Comité de pilotage, 26 novembre 2026", "Débloquer : Friche", "Sol pollué",
        "Dalle coulée.", "30", "55", "Région", "250", "Chantier 59", "Avancement par axe",
        "fiche confidentielle", "61 actions sur 65",
    ):  # fmt: skip
        assert words in read.text, words
    for kept in ("Implantation cachée", "Négociation", "EXEMPLE"):
        assert kept not in read.text
    text, _raw = read_odt(odt(paper))
    assert "Débloquer : Friche" in text


def test_a_pack_of_invented_actions_is_an_example(meeting, followed, awa):
    followed["running"].origin = "invented"
    followed["running"].save()

    assert writing.committee(pack_of(meeting, awa), TODAY, "Une autorité").sample


def test_a_committee_without_anything_wrong_says_so(meeting, awa):
    paper = writing.committee(pack_of(meeting, awa), TODAY, "Une autorité")

    assert "Rien n'est en retard" in read_pdf(pdf(paper)).text


def test_a_decision_is_recorded_with_its_evidence(both_databases, meeting, followed, awa):
    reference = followed["running"].ref

    made = verbs.decide(
        meeting.body, meeting=meeting, on=TODAY, kind="fund", text="Le quai est financé.",
        evidence=[reference, "https://example.org/pv.pdf", reference], by=awa, today=TODAY,
    )  # fmt: skip

    assert made.evidence == [reference, "https://example.org/pv.pdf"]


def test_evidence_that_leads_nowhere_is_named(meeting, awa):
    with pytest.raises(Refused, match="roadmap:action:9999"):
        verbs.decide(
            meeting.body, on=TODAY, kind="adopt", text="Oui.", by=awa, today=TODAY,
            evidence=["roadmap:action:9999"],
        )  # fmt: skip


def test_a_decision_still_to_come_is_not_recorded(meeting, awa):
    with pytest.raises(Refused, match="à venir"):
        verbs.decide(
            meeting.body, on=TODAY + timedelta(days=1), kind="adopt", text="Oui.", by=awa,
            today=TODAY,
        )  # fmt: skip


def test_a_decision_is_replaced_by_a_later_one_and_both_stay(meeting, awa):
    def decided(on: date) -> Decision:
        return verbs.decide(meeting.body, on=on, kind="adopt", text="Oui.", by=awa, today=TODAY)

    first, second = decided(LAST), decided(TODAY)

    first = verbs.supersede(first, later=second, by=awa, today=TODAY)

    assert (first.state, first.superseded_by) == ("superseded", second)
    with pytest.raises(Refused, match="déjà été remplacée"):
        verbs.supersede(first, later=second, by=awa, today=TODAY)
    with pytest.raises(Refused, match="postérieure"):
        verbs.supersede(second, later=first, by=awa, today=TODAY)
