"""One offer typed twice by hand: proposed while it is typed, merged, kept apart, given back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bassin.errors import Refused
from bassin.match.jobs import actions, actions_answers, resembling
from bassin.match.jobs import actions_twins as twins
from bassin.match.jobs.models import Feed, Offer, OfferPair, OfferSource
from bassin.match.jobs.tests.conftest import TODAY, WRITTEN, firm

MINE = "/accompagner/emplois/mes-offres/"
SIRET = "00000000100016"


@pytest.fixture
def first(db, chloe, awa):
    """An offer of Chloé's firm, on line."""
    made = actions.draft(by=chloe, today=TODAY, employer=firm(chloe), **WRITTEN)
    actions.submit(made, by=chloe, today=TODAY)
    return actions.publish(made, by=awa, today=TODAY)


@pytest.fixture
def second(first, chloe, bruno):
    """The same, that a partner typed for the firm, with other words."""
    same = {**WRITTEN, "title": "Cariste (H/F)", "employer_name": firm(chloe).name}
    made = actions.draft(by=bruno, today=TODAY, through=firm(bruno), **same)
    return actions.submit(made, by=bruno, today=TODAY)


def proposed(offer, by):
    return [each.offer for each in resembling.twins_of(offer, by=by, today=TODAY)]


def test_an_officer_sees_the_twin_with_its_reasons_and_an_author_only_what_is_on_line(
    first, second, awa, bruno, chloe
):
    [twin] = resembling.twins_of(second, by=awa, today=TODAY)

    assert twin.offer == first
    assert "même commune" in twin.reasons("fr")
    assert proposed(second, bruno) == [first]
    assert proposed(first, chloe) == []  # what a partner drafts is not the firm's to read
    assert proposed(Offer(**{**WRITTEN, "title": "Cuisinier"}, written_on=TODAY), awa) == []


def test_merged_one_offer_stays_with_the_sources_of_both(first, second, awa):
    feed = Feed.objects.create(slug="un", title="Un", kind="csv")
    source = OfferSource.objects.create(
        offer=second, feed=feed, external_id="7", first_seen_on=TODAY, last_seen_on=TODAY
    )

    pair = twins.merge(second, first, by=awa, today=TODAY)

    second.refresh_from_db()
    source.refresh_from_db()
    assert (second.state, second.closed_why) == ("closed", "merged")
    assert (source.offer, bool(source.judged)) == (first, True)
    assert proposed(first, awa) == []
    with pytest.raises(Refused, match="même"):
        actions_answers.fill(second, by=awa, today=TODAY)

    twins.undo(pair, by=awa, today=TODAY)

    second.refresh_from_db()
    source.refresh_from_db()
    assert (second.state, second.closed_why, second.closed_on) == ("submitted", "", None)
    assert (source.offer, source.judged) == (second, {})
    assert proposed(second, awa) == []  # decided once, not proposed again
    with pytest.raises(Refused, match="déjà"):
        twins.undo(pair, by=awa, today=TODAY)
    assert OfferPair.objects.get().undone_by == awa


def test_kept_apart_two_offers_are_not_proposed_as_one_again(first, second, awa):
    twins.keep_apart(first, second, by=awa, today=TODAY)

    assert proposed(second, awa) == proposed(first, awa) == []
    second.refresh_from_db()
    assert second.state == "submitted"


def test_only_an_officer_merges_and_the_one_on_line_stays(first, second, awa, bruno, chloe):
    for person in (bruno, chloe):
        with pytest.raises(PermissionDenied):
            twins.merge(second, first, by=person, today=TODAY)
    with pytest.raises(Refused, match="reste"):
        twins.merge(first, second, by=awa, today=TODAY)
    with pytest.raises(Refused, match="elle-même"):
        twins.merge(first, first, by=awa, today=TODAY)


def test_who_types_it_again_is_told_first_and_keeps_it_on_their_word(client, here, first, chloe):
    client.force_login(chloe)
    typed = {**WRITTEN, "positions": "1", "weekend": "", "airport_badge": "", "clause": "",
             "employer": firm(chloe).pk}  # fmt: skip

    page = client.post(f"{MINE}nouvelle/", typed).content.decode()
    assert "ressemble" in page
    assert Offer.objects.count() == 1

    client.post(f"{MINE}nouvelle/", {**typed, "alike": "seen"})
    assert Offer.objects.count() == 2


def test_the_page_of_the_merged_offer_leads_to_the_one_that_stays(client, here, first, second, awa):
    today = timezone.localdate()
    Offer.objects.filter(pk=first.pk).update(published_on=today, expires_on=today)
    client.force_login(awa)
    page = client.get(f"/accompagner/emplois/a-relire/{second.pk}/").content.decode()
    assert "ressemble" in page
    client.post(f"/accompagner/emplois/a-relire/{second.pk}/jumelles/",
                {"other": first.pk, "do": "merge"})  # fmt: skip
    client.logout()

    answer = client.get(f"/accompagner/emplois/offres/{second.pk}/", follow=True)

    assert answer.redirect_chain == [(f"/accompagner/emplois/offres/{first.pk}/", 302)]
    assert "Test chamber" in answer.content.decode()


@pytest.mark.parametrize("other", ["", "abc", "999999999", "9" * 40])
def test_a_twin_that_is_not_there_is_not_found(client, here, first, awa, other):
    client.force_login(awa)

    answer = client.post(f"/accompagner/emplois/a-relire/{first.pk}/jumelles/", {"other": other})

    assert answer.status_code == 404
