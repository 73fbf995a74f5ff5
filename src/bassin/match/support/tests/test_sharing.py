"""Cases shared by the firm's agreement, partners asked, reminders that do not nag."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from bassin.errors import Refused
from bassin.match.support import actions_sharing as actions
from bassin.match.support import night, permissions
from bassin.match.support.models import Referral
from bassin.match.support.tests.conftest import AGREED, NAMES, TODAY, body


def asked(shared, awa, **more):
    return actions.refer(shared, by=awa, need="train", note="Un apprenti", today=TODAY, **more)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"person_name": " "}, "donné son accord"),
        ({"purpose": ""}, "pour quoi"),
        ({"agreed_on": TODAY + timedelta(days=1)}, "à venir"),
    ],
)
def test_nothing_is_shared_without_an_agreement_that_says_who_when_and_for_what(
    case, awa, bruno, more, words
):
    with pytest.raises(Refused, match=words):
        actions.share(
            case, by=awa, organisation=body(bruno), today=TODAY, **{**AGREED, **more}
        )  # fmt: skip

    assert not permissions.can_read(bruno, case)


def test_a_case_is_never_shared_with_a_firm_nor_twice_with_a_partner(
    case, shared, awa, bruno, chloe
):
    with pytest.raises(Refused, match="entreprise"):
        actions.share(case, by=awa, organisation=body(chloe), today=TODAY, **AGREED)
    with pytest.raises(Refused, match="déjà"):
        actions.share(case, by=awa, organisation=body(bruno), today=TODAY, **AGREED)


def test_a_partner_does_not_share_further_what_is_shared_with_it(case, shared, bruno, eve):
    with pytest.raises(PermissionDenied):
        actions.share(case, by=bruno, organisation=body(eve), today=TODAY, **AGREED)


def test_an_agreement_taken_back_closes_everything_at_once(case, shared, awa, bruno):
    referral = asked(shared, awa)
    assert permissions.can_read(bruno, case)

    actions.withdraw(shared, by=awa, today=TODAY)

    referral.refresh_from_db()
    assert not permissions.can_read(bruno, case)
    assert referral.state == Referral.State.WITHDRAWN
    with pytest.raises(PermissionDenied):
        actions.take(referral, by=bruno, today=TODAY)
    with pytest.raises(Refused, match="repris"):
        asked(shared, awa)


def test_a_partner_takes_a_request_in_charge_then_says_what_came_of_it(shared, awa, bruno, eve):
    referral = asked(shared, awa)
    with pytest.raises(PermissionDenied):
        actions.take(referral, by=eve, today=TODAY)
    with pytest.raises(PermissionDenied):
        actions.take(referral, by=awa, today=TODAY)

    taken = actions.take(referral, by=bruno, today=TODAY)
    with pytest.raises(Refused, match="une phrase"):
        actions.end(taken, by=bruno, state="done", answer="", today=TODAY)
    done = actions.end(taken, by=bruno, state="done", answer="Apprenti trouvé", today=TODAY)

    assert (done.taken_by, done.state) == (bruno, "done")
    with pytest.raises(Refused, match="terminée"):
        actions.take(done, by=bruno, today=TODAY)


def test_reminders_leave_once_a_week_three_times_then_it_is_no_news(shared, awa, bruno):
    referral = asked(shared, awa)

    sent = {
        day: night.remind(TODAY + timedelta(days=day)) for day in range(45)
    }  # fmt: skip

    assert [day for day, count in sent.items() if count] == [7, 14, 21]
    assert len(mail.outbox) == 3
    assert {each.to[0] for each in mail.outbox} == {bruno.email}
    assert all(NAMES not in each.body + each.subject for each in mail.outbox)
    referral.refresh_from_db()
    assert referral.state == Referral.State.NO_NEWS
    assert actions.take(referral, by=bruno, today=TODAY).state == Referral.State.TAKEN


def test_nobody_is_reminded_of_what_they_took_or_of_the_sample(shared, awa, bruno):
    actions.take(asked(shared, awa), by=bruno, today=TODAY)
    other = actions.refer(shared, by=awa, need="cash", note="", today=TODAY)
    other.share.case.origin = "invented"
    other.share.case.save()

    assert night.remind(TODAY + timedelta(days=8)) == 0


def test_a_partner_writes_in_the_history_that_is_shared_and_keeps_its_own_notes(
    case, shared, awa, bruno
):
    from bassin.match.support import actions_doing
    from bassin.match.support.tests.conftest import NOW

    ours = actions_doing.note(case, by=awa, kind="note", text="Pour nous", private=True, now=NOW)
    theirs = actions_doing.note(case, by=bruno, kind="call", now=NOW, private=True)
    both = actions_doing.note(case, by=bruno, kind="visit", now=NOW)

    assert theirs.organisation == body(bruno)
    assert [permissions.can_see_interaction(awa, each) for each in (ours, theirs, both)] == [
        True, False, True
    ]  # fmt: skip
    assert [permissions.can_see_interaction(bruno, each) for each in (ours, theirs, both)] == [
        False, True, True
    ]  # fmt: skip
