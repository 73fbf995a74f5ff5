"""Offers from their first word to their end, on both databases."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from bassin.commons.models import Placement
from bassin.errors import Refused
from bassin.match.jobs import actions, actions_answers
from bassin.match.jobs.models import Application, Offer
from bassin.match.jobs.tests.conftest import TODAY, WRITTEN, firm

LATER = date(2026, 12, 25)


def test_an_offer_is_written_submitted_published_and_shown(people_on, drafted):
    actions.submit(drafted, by=people_on.chloe, today=TODAY)
    shown = actions.publish(drafted, by=people_on.awa, today=TODAY, until=LATER)

    assert list(Offer.objects.open(TODAY)) == [shown]
    assert (shown.published_on, shown.expires_on, shown.moderated_by) == (
        TODAY, LATER, people_on.awa,
    )  # fmt: skip
    assert shown.employer_said == "Test firm"
    assert shown.siret == "00000000100018"


def test_the_end_is_hard_even_if_no_task_has_run(published):
    assert Offer.objects.open(LATER).exists()
    assert not Offer.objects.open(LATER + timedelta(1)).exists()
    assert published.is_open(LATER)
    assert not published.is_open(LATER + timedelta(1))


def test_a_partner_posts_for_a_firm_that_it_names(people_on):
    chamber = firm(people_on.bruno)

    offer = actions.draft(
        by=people_on.bruno, today=TODAY, through=chamber, employer_name="Atelier Exemple",
        employer_siret="00000000200016", **WRITTEN,
    )  # fmt: skip

    assert (offer.employer_said, offer.siret) == ("Atelier Exemple", "00000000200016")
    with pytest.raises(PermissionDenied):
        actions.submit(offer, by=people_on.eve, today=TODAY)


@pytest.mark.parametrize("verb", ["edit", "submit", "close", "confirm", "renew", "duplicate"])
def test_nobody_acts_on_the_offer_of_another(people_on, published, verb):
    with pytest.raises(PermissionDenied):
        getattr(actions, verb)(published, by=people_on.eve, today=TODAY)


def test_who_posts_does_not_review(people_on, drafted):
    actions.submit(drafted, by=people_on.chloe, today=TODAY)

    with pytest.raises(PermissionDenied):
        actions.publish(drafted, by=people_on.chloe, today=TODAY)


def test_forbidden_words_are_named_with_their_law_before_publication(people_on, drafted):
    actions.edit(drafted, by=people_on.chloe, today=TODAY, text="Âge maximum : 35 ans.")

    with pytest.raises(Refused, match=r"Âge maximum.*L5331-2"):
        actions.submit(drafted, by=people_on.chloe, today=TODAY)
    with pytest.raises(Refused, match="L5331-2"):
        actions.publish(drafted, by=people_on.awa, today=TODAY)


def test_a_missing_pay_or_hours_never_refuses(people_on, drafted):
    assert drafted.pay_from_eur is None
    assert drafted.hours_week is None

    assert actions.submit(drafted, by=people_on.chloe, today=TODAY).state == "submitted"


def test_an_offer_that_nobody_could_answer_is_not_published(people_on, drafted):
    actions.edit(drafted, by=people_on.chloe, today=TODAY, contact_telephone="")

    with pytest.raises(Refused, match="comment postuler"):
        actions.submit(drafted, by=people_on.chloe, today=TODAY)


def test_a_refusal_gives_its_reason_and_the_offer_can_be_mended(people_on, drafted):
    actions.submit(drafted, by=people_on.chloe, today=TODAY)
    with pytest.raises(Refused, match=r"Dites pourquoi"):
        actions.refuse(drafted, by=people_on.awa, why=" ", today=TODAY)

    refused = actions.refuse(drafted, by=people_on.awa, why="Dites les horaires.", today=TODAY)

    assert (refused.state, refused.refused_why) == ("refused", "Dites les horaires.")
    mended = actions.edit(refused, by=people_on.chloe, today=TODAY, title="Cariste de nuit H/F")
    assert mended.state == "draft"
    assert actions.submit(mended, by=people_on.chloe, today=TODAY).state == "submitted"


def test_new_words_on_line_are_read_again_and_new_facts_are_not(people_on, published):
    same = actions.edit(published, by=people_on.chloe, today=TODAY, hours_week=35)
    assert same.state == "published"

    changed = actions.edit(published, by=people_on.chloe, today=TODAY, text="Autre chose.")
    assert changed.state == "submitted"

    back = actions.publish(published, by=people_on.awa, today=TODAY, until=LATER)
    by_officer = actions.edit(back, by=people_on.awa, today=TODAY, text="Encore autre chose.")
    assert by_officer.state == "published"


def test_what_someone_changed_meanwhile_is_not_written_over(people_on, drafted):
    actions.edit(drafted, by=people_on.awa, today=TODAY, edition=1, hours_week=35)

    with pytest.raises(Refused):
        actions.edit(drafted, by=people_on.chloe, today=TODAY, edition=1, hours_week=20)

    drafted.refresh_from_db()
    assert drafted.hours_week == 35


def test_an_offer_is_renewed_until_a_day_that_is_not_too_far(people_on, published):
    closed = actions.close(published, by=people_on.chloe, today=TODAY)
    assert (closed.state, closed.closed_why) == ("closed", "withdrawn")
    with pytest.raises(Refused, match="90"):
        actions.renew(closed, by=people_on.chloe, today=TODAY, until=TODAY + timedelta(91))

    renewed = actions.renew(closed, by=people_on.chloe, today=TODAY, until=TODAY + timedelta(90))

    assert renewed.is_open(TODAY + timedelta(90))
    assert (renewed.closed_on, renewed.closed_why) == (None, "")


def test_an_old_offer_is_written_again_rather_than_renewed(people_on, published):
    closed = actions.close(published, by=people_on.chloe, today=TODAY)

    with pytest.raises(Refused, match=TODAY.isoformat()):
        actions.renew(closed, by=people_on.chloe, today=TODAY + timedelta(181))


def test_a_duplicate_has_the_words_and_nothing_of_what_became_of_them(people_on, published):
    actions_answers.fill(published, by=people_on.chloe, today=TODAY)
    published.refresh_from_db()

    copy = actions.duplicate(published, by=people_on.chloe, today=TODAY)

    assert copy.pk != published.pk
    assert (copy.title, copy.state, copy.filled, copy.published_on) == (
        published.title, "draft", 0, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"pay_from_eur": 2000, "pay_to_eur": 1800, "pay_per": "month"},
        {"pay_from_eur": 2000},
        {"contract": "cdi", "contract_months": 6},
        {"licences": ["Z9"]},
        {"positions": 0},
        {"latitude": 48.7},
        {"rome_code": "cariste"},
        {"employer_siret": "123", "employer_name": "Atelier"},
        {"level": 9},
        {"contact_email": "pas une adresse"},
    ],
)
def test_a_value_that_cannot_be_right_is_refused_in_words(people_on, wrong):
    with pytest.raises(Refused) as refusal:
        actions.draft(by=people_on.awa, today=TODAY, **{**WRITTEN, **wrong})

    assert len(str(refusal.value)) > 15


def test_the_database_refuses_what_no_verb_would_write(published):
    for wrong in ({"expires_on": None}, {"level": 9}, {"filled": 2}, {"state": "closed"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Offer.objects.filter(pk=published.pk).update(**wrong)


def test_a_firm_says_a_position_is_filled_and_no_hire_is_counted(people_on, published):
    done = actions_answers.fill(published, by=people_on.chloe, today=TODAY)

    assert (done.filled, done.state, done.closed_why) == (1, "closed", "filled")
    assert Placement.objects.count() == 0
    with pytest.raises(PermissionDenied):
        actions_answers.fill(published, by=people_on.chloe, today=TODAY, hired_on=TODAY)


def test_a_hire_told_twice_is_counted_and_fills_once(people_on, published):
    Offer.objects.filter(pk=published.pk).update(positions=3)

    for _time in range(2):
        done = actions_answers.fill(
            published, by=people_on.awa, today=TODAY, hired_on=TODAY, token="t1", from_qpv=True
        )

    assert done.filled == 1
    hire = Placement.objects.get()
    assert (hire.employer_siret, hire.references, hire.from_qpv, hire.rome_code) == (
        "00000000100018", [published.reference], True, "N1101",
    )  # fmt: skip


def test_a_receipt_names_nobody_and_is_answered_by_its_number(people_on, published):
    made = actions_answers.say_applied(published, today=TODAY)
    typed = f"{made.receipt[:4].lower()}-{made.receipt[4:]} "

    actions_answers.answer(published, typed, by=people_on.chloe, today=TODAY + timedelta(3))

    made.refresh_from_db()
    assert made.answered_on == TODAY + timedelta(3)
    assert {field.name for field in Application._meta.fields} == {
        "id", "offer", "receipt", "applied_on", "answered_on", "denied_on", "origin",
    }  # fmt: skip
    with pytest.raises(PermissionDenied):
        actions_answers.answer(published, typed, by=people_on.eve, today=TODAY)
    with pytest.raises(Refused, match="reçu"):
        actions_answers.find("ABCD2345")


def test_a_candidate_denies_an_answer_once_the_time_to_answer_is_over(published):
    made = actions_answers.say_applied(published, today=TODAY)

    with pytest.raises(Refused, match="2026-12-11"):
        actions_answers.deny(made.receipt, today=TODAY + timedelta(14))
    denied = actions_answers.deny(made.receipt, today=TODAY + timedelta(15))

    assert denied.denied_on == TODAY + timedelta(15)


def test_the_answer_rate_counts_what_is_old_enough_in_time_and_not_denied(people_on, published):
    made = [actions_answers.say_applied(published, today=TODAY) for _time in range(6)]
    for late, one in enumerate(made[:4]):
        day = TODAY + timedelta(days=5 if late < 3 else 16)
        actions_answers.answer(published, one.receipt, by=people_on.chloe, today=day)
    actions_answers.deny(made[0].receipt, today=TODAY + timedelta(20))
    actions_answers.say_applied(published, today=TODAY + timedelta(19))

    employer = published.employer_id
    rate = actions_answers.rates([employer], TODAY + timedelta(20))[employer]

    assert (rate.applied, rate.answered, rate.known, rate.pct) == (6, 2, True, 33)
    assert actions_answers.rates([employer], TODAY + timedelta(14)) == {}


def test_words_that_nobody_reviewed_do_not_come_on_line_by_closing_and_renewing(people_on, drafted):
    closed = actions.close(drafted, by=people_on.chloe, today=TODAY)

    with pytest.raises(Refused):
        actions.renew(closed, by=people_on.chloe, today=TODAY)


def test_an_officer_cannot_put_forbidden_words_in_an_offer_on_line(people_on, published):
    with pytest.raises(Refused, match="L5331-2"):
        actions.edit(published, by=people_on.awa, today=TODAY, text="Âge maximum : 35 ans.")
