"""What advisers do with a case."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from bassin.errors import Refused
from bassin.match.support import actions, actions_doing, portfolio
from bassin.match.support.models import Case
from bassin.match.support.tests.conftest import NOW, SIRET, TODAY, body, opened
from tests.support.people import seat


def test_a_creator_is_followed_before_their_firm_exists_then_linked_to_it(awa):
    case = opened(awa, kind="holder")
    assert (case.siren, case.stage) == ("", "idea")

    made = actions.change(case, by=awa, stage="created", siret=SIRET, created_on=TODAY)

    assert (made.siren, made.stage) == (SIRET[:9], "created")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"kind": "firm"}, "SIRET"),
        ({"siret": "12345678901234"}, "Luhn"),
        ({"title": " "}, "besoin"),
        ({"firm_name": ""}, "nom"),
        ({"stage": "lead"}, "étape"),
        ({"needs": ["gold"]}, "gold"),
        ({"asked_at": NOW + timedelta(days=1)}, "à venir"),
    ],
)
def test_a_case_that_cannot_be_right_is_refused_in_words(awa, more, words):
    with pytest.raises(Refused, match=words):
        opened(awa, **more)


def test_the_first_time_somebody_is_reached_is_the_first_answer(case, awa):
    actions_doing.note(case, by=awa, kind="tried", now=NOW)
    case.refresh_from_db()
    assert case.answered_at is None

    actions_doing.note(case, by=awa, kind="call", now=NOW + timedelta(hours=1))
    actions_doing.note(case, by=awa, kind="visit", now=NOW + timedelta(days=3))

    case.refresh_from_db()
    assert case.answered_at == NOW + timedelta(hours=1)
    assert case.last_contact_on == TODAY + timedelta(days=3)


def test_a_call_written_down_later_keeps_its_own_day(awa):
    case = opened(awa, asked_at=NOW - timedelta(days=5))

    actions_doing.note(case, by=awa, kind="call", now=NOW, on=TODAY - timedelta(days=4))

    case.refresh_from_db()
    assert case.answered_at.date() == TODAY - timedelta(days=4)
    with pytest.raises(Refused, match="à venir"):
        actions_doing.note(case, by=awa, kind="call", now=NOW, on=TODAY + timedelta(days=1))


def test_who_led_a_case_before_is_still_told_when_they_leave(case, awa):
    successor = seat("Fatou", "authority", "officer")
    actions.hand_over(case, by=awa, adviser=successor, today=TODAY, why="mutation")

    awa.delete()

    assert [each.adviser for each in case.leads.all()] == [successor, None]
    assert case.interactions.count() == 0


def test_a_case_is_handed_over_to_a_colleague_and_to_nobody_else(case, awa, bruno):
    with pytest.raises(Refused, match="conseiller"):
        actions.hand_over(case, by=awa, adviser=bruno, today=TODAY)


def test_a_closed_case_says_what_came_of_it_and_can_be_taken_up_again(case, awa, bruno):
    with pytest.raises(PermissionDenied):
        actions.close(case, by=bruno, outcome="answered", today=TODAY)
    actions.close(case, by=awa, outcome="answered", today=TODAY)
    with pytest.raises(Refused, match="déjà"):
        actions.close(case, by=awa, outcome="answered", today=TODAY)

    assert actions.reopen(case, by=awa).is_open


def test_a_document_is_judged_by_its_content_and_leaves_with_its_file(here, case, awa):
    page = SimpleUploadedFile("devis.pdf", b"<html><script>alert(1)</script></html>")
    with pytest.raises(Refused, match="contenu"):
        actions_doing.add_paper(case, by=awa, file=page, title="Devis", today=TODAY)

    devis = SimpleUploadedFile("Nom de la firme.pdf", b"%PDF-1.4 devis")
    kept = actions_doing.add_paper(case, by=awa, file=devis, title="Devis", today=TODAY)

    assert "firme" not in kept.file.name
    assert kept.extension == "pdf"


def test_a_portfolio_tells_who_waits_what_is_late_and_whom_nobody_saw(awa):
    waiting = opened(awa, asked_at=NOW - timedelta(days=7))
    busy, idle = opened(awa), opened(awa)
    silent = opened(awa, siret=SIRET, kind="firm", asked_at=NOW - timedelta(days=400))
    for each in (busy, idle):
        actions_doing.note(each, by=awa, kind="call", now=NOW)
    for days in (-1, 0, 1):
        actions_doing.add_task(
            busy, by=awa, what=f"Dans {days}", due_on=TODAY + timedelta(days=days), today=TODAY
        )

    found = portfolio.monday(Case.objects.all(), awa, NOW)

    assert [each.case for each in found.unanswered] == [silent, waiting]
    assert all(each.late for each in found.unanswered)
    assert [[t.what for t in part] for part in (found.late, found.today, found.week)] == [
        ["Dans -1"], ["Dans 0"], ["Dans 1"]
    ]  # fmt: skip
    assert found.idle == [idle]
    assert [each.case for each in portfolio.silent(Case.objects.all(), TODAY)] == [silent]


def test_first_answers_in_time_are_counted_once_their_time_is_over(awa):
    quick, slow = opened(awa, asked_at=NOW - timedelta(days=9)), opened(awa)
    opened(awa, asked_at=NOW - timedelta(days=9))  # never answered
    actions_doing.note(
        quick, by=awa, kind="call", now=NOW, on=TODAY - timedelta(days=9)
    )  # fmt: skip

    told = portfolio.answered(Case.objects.all(), NOW)

    assert slow.answered_at is None  # its time is not over: not counted
    assert (told.asked, told.in_time, told.percent) == (2, 1, 50)


def test_a_task_is_for_an_adviser_of_the_organisation(case, awa, bruno):
    with pytest.raises(Refused, match="conseiller"):
        actions_doing.add_task(
            case, by=awa, what="Appeler", due_on=TODAY, today=TODAY, assignee=bruno
        )

    made = actions_doing.add_task(case, by=awa, what="Appeler", due_on=TODAY, today=TODAY)
    assert actions_doing.do_task(made, by=awa, today=TODAY).done_on == TODAY
    assert actions_doing.do_task(made, by=awa, today=TODAY).done_on is None


def test_only_who_writes_for_an_organisation_opens_its_cases(awa, bruno, chloe):
    with pytest.raises(PermissionDenied):
        actions.open_case(
            by=bruno, organisation=body(awa), kind="holder", asked_at=NOW, now=NOW,
            title="x", firm_name="x",
        )  # fmt: skip
    with pytest.raises(PermissionDenied):
        opened(chloe)
