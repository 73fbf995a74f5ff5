"""The pages of who writes offers and of who reviews them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bassin.match.jobs import actions
from bassin.match.jobs.models import Application, Feed, Offer, OfferSource
from bassin.match.jobs.tests.conftest import WRITTEN, firm

MINE = "/accompagner/emplois/mes-offres/"


@pytest.fixture
def day():
    return timezone.localdate()


@pytest.fixture
def draft(here, chloe, day):
    return actions.draft(by=chloe, today=day, employer=firm(chloe), **WRITTEN)


@pytest.fixture
def shown(draft, chloe, awa, day):
    actions.submit(draft, by=chloe, today=day)
    return actions.publish(draft, by=awa, today=day)


def typed(**more):
    return {**WRITTEN, "positions": "1", "weekend": "", "airport_badge": "no", **more}


def test_a_firm_writes_an_offer_and_sees_what_it_lacks(here, client, chloe):
    client.force_login(chloe)
    page = client.get(f"{MINE}nouvelle/").content.decode()
    assert "Test firm" in page

    answer = client.post(
        f"{MINE}nouvelle/",
        typed(employer=firm(chloe).pk, apply_by="", licences=["B", "R489-3"]), follow=True,
    )  # fmt: skip

    offer = Offer.objects.get()
    assert (offer.employer, offer.posted_through, offer.state) == (firm(chloe), None, "draft")
    assert (offer.weekend, offer.airport_badge, offer.licences) == (None, False, ["B", "R489-3"])
    page = answer.content.decode()
    assert "Dites comment postuler" in page
    assert "Combien ce travail est-il payé" in page


def test_a_partner_writes_for_a_firm_that_it_names(here, client, bruno):
    client.force_login(bruno)

    client.post(
        f"{MINE}nouvelle/", typed(employer_name="Atelier Exemple", employer_siret="00000000200016")
    )

    offer = Offer.objects.get()
    assert (offer.employer_said, offer.posted_through) == ("Atelier Exemple", firm(bruno))


def test_a_wrong_value_is_said_and_what_was_typed_stays(here, client, chloe):
    client.force_login(chloe)

    answer = client.post(
        f"{MINE}nouvelle/", typed(employer=firm(chloe).pk, pay_from_eur="2000", pay_to_eur="1800",
                                  pay_per="month")
    )  # fmt: skip

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "échangez" in page
    assert 'value="1800"' in page
    assert not Offer.objects.exists()


def test_an_offer_is_changed_on_its_page_and_keeps_what_is_not_said(client, chloe, draft):
    client.force_login(chloe)
    page = client.get(f"{MINE}{draft.pk}/modifier/").content.decode()
    assert 'value="Valenton"' in page

    client.post(f"{MINE}{draft.pk}/modifier/", typed(title="Cariste de nuit H/F", edition="1"))
    draft.refresh_from_db()
    assert (draft.title, draft.edition, draft.licences) == ("Cariste de nuit H/F", 2, None)

    late = client.post(f"{MINE}{draft.pk}/modifier/", typed(title="Autre H/F", edition="1"))
    assert "entre-temps" in late.content.decode()


def test_an_offer_is_submitted_reviewed_published_confirmed_and_closed(
    client, chloe, awa, draft, day
):
    client.force_login(chloe)
    client.post(f"{MINE}{draft.pk}/proposer/")
    client.force_login(awa)
    assert "Cariste H/F" in client.get("/accompagner/emplois/a-relire/").content.decode()
    review = f"/accompagner/emplois/a-relire/{draft.pk}/"
    client.post(review, {"do": "publish", "until": (day + timedelta(20)).isoformat()})
    draft.refresh_from_db()
    assert (draft.state, draft.expires_on) == ("published", day + timedelta(20))

    client.force_login(chloe)
    assert "Cariste H/F" in client.get(MINE).content.decode()
    client.post(f"{MINE}{draft.pk}/confirmer/")
    client.post(f"{MINE}{draft.pk}/pourvu/")
    draft.refresh_from_db()
    assert (draft.state, draft.closed_why) == ("closed", "filled")


def test_forbidden_words_stop_the_submission_with_their_law(client, chloe, draft, day):
    actions.edit(draft, by=chloe, today=day, text="Candidats de moins de 30 ans.")
    client.force_login(chloe)
    assert "L5331-2" in client.get(f"{MINE}{draft.pk}/").content.decode()

    answer = client.post(f"{MINE}{draft.pk}/proposer/")

    assert "L5331-2" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_an_officer_sends_an_offer_back_with_a_reason_that_its_author_reads(
    client, chloe, awa, draft, day
):
    actions.submit(draft, by=chloe, today=day)
    client.force_login(awa)
    client.post(f"/accompagner/emplois/a-relire/{draft.pk}/", {"do": "refuse", "why": "Précisez."})

    client.force_login(chloe)
    assert "Précisez." in client.get(f"{MINE}{draft.pk}/").content.decode()


@pytest.mark.parametrize("name", ["bruno", "eve", "dan"])
def test_the_pages_of_an_offer_do_not_exist_for_others(client, people, draft, name):
    client.force_login(getattr(people, name))

    assert client.get(f"{MINE}{draft.pk}/").status_code == 404
    assert client.post(f"{MINE}{draft.pk}/fermer/").status_code == 404
    assert client.get("/accompagner/emplois/a-relire/").status_code == 403
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_candidate_takes_a_receipt_without_saying_who_they_are(client, shown):
    answer = client.post(f"/accompagner/emplois/offres/{shown.pk}/postule/")

    made = Application.objects.get()
    assert made.receipt in answer.content.decode()
    found = client.post("/accompagner/emplois/recu/", {"receipt": made.receipt})
    assert "Cariste H/F" in found.content.decode()
    early = client.post("/accompagner/emplois/recu/", {"receipt": made.receipt, "do": "deny"})
    assert "Revenez" in early.content.decode()
    strange = client.post("/accompagner/emplois/recu/", {"receipt": "ABCD2345"})
    assert "Aucun reçu" in strange.content.decode()


def test_the_rules_of_words_are_public_in_both_languages(client, db):
    assert "L1142-1" in client.get("/accompagner/emplois/mots/").content.decode()
    assert "An age limit" in client.get("/accompagner/emplois/mots/?lang=en").content.decode()


def test_nobody_fills_the_registers_from_one_address(client, shown):
    codes = [
        client.post(f"/accompagner/emplois/offres/{shown.pk}/postule/").status_code
        for _time in range(21)
    ]

    assert codes == [200] * 20 + [400]


def test_a_trade_is_proposed_from_the_title_and_noted_on_a_word(client, chloe, draft, monkeypatch):
    from bassin.match.jobs import trades
    from bassin.pairing.titles import Guess

    class Titles:
        def find(self, text, top):
            assert text == "Cariste H/F"
            return [Guess("N1101", "Conduite d'engins", "Cariste", 0.9)]

    Offer.objects.update(rome_code="")
    client.force_login(chloe)
    assert client.get(f"{MINE}{draft.pk}/").status_code == 200  # no ROME is loaded: no guess
    monkeypatch.setattr(trades, "served", lambda reader: Titles())
    assert "Conduite d&#x27;engins (N1101)" in client.get(f"{MINE}{draft.pk}/").content.decode()

    client.post(f"{MINE}{draft.pk}/metier/", {"rome_code": "N1101"})
    wrong = client.post(f"{MINE}{draft.pk}/metier/", {"rome_code": "cariste"})

    draft.refresh_from_db()
    assert draft.rome_code == "N1101"
    assert "Cela n" in wrong.content.decode()


def test_the_page_of_an_offer_says_whether_its_employer_answers(client, chloe, shown, day):
    page = f"/accompagner/emplois/offres/{shown.pk}/"
    assert "trop peu de candidats" in client.get(page).content.decode()

    long_ago = day - timedelta(30)
    for number in range(5):
        Application.objects.create(
            offer=shown, receipt=f"R{number}", applied_on=long_ago,
            answered_on=long_ago + timedelta(2) if number else None,
        )  # fmt: skip

    said = client.get(page).content.decode()
    assert "4 candidatures sur 5" in said
    assert "80 %" in said


def test_the_page_of_an_offer_names_the_sources_it_was_seen_in(client, shown, day):
    feed = Feed.objects.create(slug="file", title="Fichier de la chambre", kind="csv")
    OfferSource.objects.create(
        offer=shown, feed=feed, external_id="1", first_seen_on=day, last_seen_on=day
    )

    page = client.get(f"/accompagner/emplois/offres/{shown.pk}/").content.decode()

    assert "Fichier de la chambre" in page
