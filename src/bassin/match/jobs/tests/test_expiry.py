"""Offers that end by themselves, and what their authors are told before."""

from datetime import date, timedelta

import pytest

from bassin.match.jobs import actions, expiry
from bassin.match.jobs.models import Feed, Offer, OfferSource
from bassin.match.jobs.tests.conftest import TODAY, WRITTEN, firm

LATER = date(2026, 12, 25)


def test_an_offer_whose_last_day_has_passed_is_marked_over_once(published):
    assert expiry.night(LATER).over == 0

    first, second = expiry.night(LATER + timedelta(1)), expiry.night(LATER + timedelta(1))

    published.refresh_from_db()
    assert (first.over, second.over) == (1, 0)
    assert (published.state, published.closed_why) == ("expired", "date")


def test_a_ghost_offer_ends_thirty_days_after_its_last_confirmation(people_on, published):
    actions.renew(published, by=people_on.chloe, today=TODAY, until=TODAY + timedelta(90))

    assert expiry.night(TODAY + timedelta(30)).unconfirmed == 0
    assert expiry.night(TODAY + timedelta(31)).unconfirmed == 1

    published.refresh_from_db()
    assert (published.state, published.closed_why) == ("expired", "unconfirmed")


def test_an_offer_of_a_feed_is_confirmed_by_its_feed_and_by_nobody_else(people_on, published):
    actions.renew(published, by=people_on.chloe, today=TODAY, until=TODAY + timedelta(90))
    feed = Feed.objects.create(slug="ft", title="Flux", kind="csv")
    OfferSource.objects.create(
        offer=published, feed=feed, external_id="1", first_seen_on=TODAY, last_seen_on=TODAY
    )

    assert expiry.night(TODAY + timedelta(31)).unconfirmed == 0


def test_the_author_is_told_once_seven_days_before_and_a_confirmation_is_enough(
    people_on, published, mailoutbox
):
    expiry.night(LATER - timedelta(8))
    assert mailoutbox == []

    expiry.night(LATER - timedelta(7))
    expiry.night(LATER - timedelta(6))

    [letter] = mailoutbox
    assert letter.to == ["chloe@example.org"]
    assert "Cariste H/F" in letter.body
    assert "/mes-offres/" in letter.body
    actions.confirm(published, by=people_on.chloe, today=LATER - timedelta(5))
    published.refresh_from_db()
    assert published.reminded_on is None


def test_one_letter_tells_all_the_offers_of_a_person_in_their_language(people_on, mailoutbox):
    people_on.chloe.language = "en"
    people_on.chloe.save()
    for title in ("Cariste H/F", "Cuisinier H/F"):
        offer = actions.draft(
            by=people_on.chloe, today=TODAY, employer=firm(people_on.chloe),
            **{**WRITTEN, "title": title},
        )  # fmt: skip
        actions.submit(offer, by=people_on.chloe, today=TODAY)
        actions.publish(offer, by=people_on.awa, today=TODAY, until=TODAY + timedelta(5))

    assert expiry.remind(TODAY) == 1

    [letter] = mailoutbox
    assert letter.subject.startswith("2 of your offers")
    assert "Cariste H/F" in letter.body
    assert "Cuisinier H/F" in letter.body


def test_a_letter_that_does_not_leave_stops_neither_the_night_nor_the_next_try(
    published, monkeypatch, caplog
):
    from django.core.mail import EmailMessage

    def closed(self):
        raise OSError("the server is closed")

    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", closed)
        assert expiry.remind(LATER - timedelta(3)) == 0

    assert Offer.objects.get(pk=published.pk).reminded_on is None
    assert expiry.remind(LATER - timedelta(3)) == 1


@pytest.mark.django_db
def test_the_night_is_on_the_schedule():
    from bassin.config.schedule import jobs

    assert "bassin.match.jobs.tasks.end_offers" in {job.task for job in jobs()}
