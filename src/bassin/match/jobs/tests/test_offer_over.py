"""The page of an offer that is over: what it may still say, and where it leads."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bassin.match.jobs import actions
from bassin.match.jobs import actions_helping as helping
from bassin.match.jobs.models import Offer
from bassin.match.jobs.tests.conftest import WRITTEN, firm

OFFERS = "/accompagner/emplois/offres/"


@pytest.fixture
def day():
    return timezone.localdate()


@pytest.fixture
def online(here, chloe, awa, day):
    def make(**more):
        offer = actions.draft(by=chloe, today=day, employer=firm(chloe), **{**WRITTEN, **more})
        actions.submit(offer, by=chloe, today=day)
        return actions.publish(offer, by=awa, today=day)

    return make


def seen(client, offer, **asked):
    answer = client.get(f"{OFFERS}{offer.pk}/", asked)
    return answer.status_code, answer.content.decode(), answer


def test_an_offer_that_is_over_says_since_when_and_who_helps(client, chloe, awa, online, day):
    offer = online()
    helping.add_structure(by=awa, today=day, name="Mission Exemple", kind="association")
    actions.close(offer, by=chloe, today=day)

    status, page, answer = seen(client, offer)

    assert (status, answer["X-Robots-Tag"]) == (410, "noindex")
    assert "Cette offre est terminée" in page
    assert "Elle est terminée depuis le" in page
    assert "Valenton" in page
    assert "Mission Exemple" in page
    assert offer.contact_telephone not in page


def test_an_offer_whose_last_day_has_passed_is_over_before_the_night_closes_it(client, online, day):
    offer = online()
    Offer.objects.filter(pk=offer.pk).update(expires_on=day - timedelta(days=1))

    for language, words in (("en", "This offer is over"), ("ar", "انتهى هذا العرض"),
                            ("pt", "Esta oferta terminou")):  # fmt: skip
        status, page, _answer = seen(client, offer, lang=language)
        assert (status, words in page) == (410, True)


def test_an_offer_put_away_is_gone_without_its_name(client, awa, online):
    offer = online()
    actions.put_away(offer, by=awa, why="Une fausse offre.", now=timezone.now())

    status, page, _answer = seen(client, offer)

    assert status == 410
    assert offer.title not in page
    assert "Valenton" not in page


def test_an_offer_that_nobody_saw_or_that_is_refused_is_not_found(client, chloe, awa, online, day):
    never = actions.draft(by=chloe, today=day, employer=firm(chloe), **WRITTEN)
    actions.submit(never, by=chloe, today=day)
    actions.close(never, by=chloe, today=day)
    refused = online()
    actions.refuse(refused, by=awa, today=day, why="Des mots à changer.")

    assert seen(client, never)[0] == 404
    assert seen(client, refused)[0] == 404
    assert client.get(f"{OFFERS}{never.pk + 1000}/").status_code == 404
