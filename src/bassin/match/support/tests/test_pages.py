"""The pages of the follow-up, as an adviser and as a partner read them."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bassin.match.support import actions_doing, actions_sharing, firms, night, packing
from bassin.match.support.models import Case
from bassin.match.support.tests.conftest import NAMES, NOW, SIRET, TODAY, body, opened
from bassin.parties.models import Membership, Person
from bassin.types import Origin
from tests.support.installing import install, put

HOME = "/accompagner/suivi/"


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(plain.replace("\u202f", " ").replace("\xa0", " ").split())


def test_a_visitor_without_an_office_learns_what_this_is_for(client, dan, here):
    client.force_login(dan)

    assert "réservées aux conseillers" in read(client, HOME)


def test_a_monday_shows_who_waits_and_the_page_says_who_sees_it(client, case, awa, here):
    client.force_login(awa)

    page = read(client, HOME)

    assert NAMES in page
    assert "Qui attend une première réponse" in page
    assert "Qui voit cette page" in page
    assert "jours fériés" in page


def test_a_case_says_who_sees_what_from_the_permission_itself(client, shared, awa, bruno, here):
    address = reverse("support:case", args=[shared.case_id])
    client.force_login(awa)
    mine = read(client, address)
    client.force_login(bruno)
    theirs = read(client, address)

    for page in (mine, theirs):
        assert "Test authority : tout" in page
        assert "Test chamber : le besoin" in page
        assert "Lucie Modèle a donné son accord" in page
        assert "Supprimé le 26 novembre 2029" in page
    assert "L'entreprise le reprend" in mine.replace("&#x27;", "'")
    assert "L'entreprise le reprend" not in theirs.replace("&#x27;", "'")


def test_a_call_is_written_down_in_two_taps(client, case, awa, here):
    client.force_login(awa)
    page = client.get(reverse("support:case", args=[case.pk])).content.decode()
    assert 'name="kind" value="call"' in page

    client.post(reverse("support:note", args=[case.pk]), {"kind": "call"})

    case.refresh_from_db()
    assert case.interactions.get().kind == "call"
    assert case.answered_at is not None


def test_a_case_is_opened_from_a_signal_and_keeps_where_it_comes_from(client, awa, here):
    client.force_login(awa)
    address = f"{HOME}nouveau/?de=watch:signal:12&besoin=Chute+des+offres&quoi=holder"
    page = client.get(address).content.decode()
    assert "Chute des offres" in page

    answer = client.post(address, {
        "kind": "holder", "source": "watch:signal:12", "firm_name": NAMES, "title": "Chute",
        "organisation": body(awa).pk, "asked_on": TODAY.isoformat(),
    })  # fmt: skip

    made = Case.objects.get()
    assert answer["Location"] == reverse("support:case", args=[made.pk])
    assert made.source == "watch:signal:12"


def test_a_partner_answers_from_its_inbox(client, shared, awa, bruno, here):
    referral = actions_sharing.refer(shared, by=awa, need="train", note="Un apprenti", today=TODAY)
    client.force_login(bruno)
    page = read(client, f"{HOME}demandes/")
    assert NAMES in page
    assert "Un apprenti" in page

    client.post(reverse("support:answer", args=[referral.pk]), {"do": "take"})
    client.post(
        reverse("support:answer", args=[referral.pk]), {"do": "done", "answer": "Trouvé"}
    )  # fmt: skip

    referral.refresh_from_db()
    assert (referral.state, referral.answer) == ("done", "Trouvé")
    client.force_login(awa)
    assert "Trouvé" in read(client, reverse("support:case", args=[shared.case_id]))


def test_cases_are_found_by_name_need_place_and_theme(client, awa, here):
    opened(awa, naf_code="25.62B", siret=SIRET, kind="firm")
    opened(awa, firm_name="AUTRE EXEMPLE", needs=["cash"], commune_code="94081")
    client.force_login(awa)

    def found(query):
        page = read(client, f"{HOME}dossiers/?{query}")
        return (NAMES in page, "AUTRE EXEMPLE" in page)

    assert found("") == (True, True)
    assert found("q=mecanique") == (True, False)
    assert found(f"q={SIRET}") == (True, False)
    assert found("besoin=cash") == (False, True)
    assert found("commune=94081") == (False, True)
    assert found("theme=industry") == (True, False)
    assert found("besoin=nothing") == (False, False)


def test_an_action_born_of_a_case_is_given_its_number_and_nothing_else(client, case, awa, here):
    client.force_login(awa)

    page = client.get(reverse("support:case", args=[case.pk])).content.decode()
    link = re.search(r'href="([^"]*source=support[^"]*)"', page)

    assert link
    assert f"support%3Acase%3A{case.pk}" in link[1]
    assert "MECANIQUE" not in link[1]


@pytest.fixture
def moved(france, settings, db, tmp_path):
    """A territory where an establishment moved to another one."""
    house = install(france, tmp_path / "var")
    settings.VAR = house.var
    put(house, Origin.INVENTED, establishments_shown=[
        _establishment(SIRET, "F", moved_to="00000000100024", moved_to_on=TODAY),
        _establishment("00000000100024", "A", commune_code="94081"),
    ])  # fmt: skip
    return house


def _establishment(siret, state, **more):
    return {
        "siret": siret, "siren": siret[:9], "state": state, "is_hidden": False, "name": NAMES,
        "commune_code": "94074", "naf_code": "25.62B", "has_position": False, **more,
    }  # fmt: skip


def test_the_case_of_an_establishment_that_moved_follows_it(moved, awa):
    case = opened(awa, kind="firm", siret=SIRET)
    assert firms.followed(moved, SIRET) == "00000000100024"

    assert night.follow_moves(moved) == 1
    assert night.follow_moves(moved) == 0

    case.refresh_from_db()
    assert (case.siret, case.commune_code) == ("00000000100024", "94081")


def test_a_siret_fills_in_a_new_case_and_tells_that_a_colleague_follows_the_firm(
    client, moved, awa
):
    first = opened(awa, kind="firm", siret=SIRET, title="Premier besoin")
    client.force_login(awa)

    page = client.get(f"{HOME}nouveau/?siret=00000000100024").content.decode()

    assert f'value="{NAMES}"' in page
    assert "Premier besoin" in page
    assert reverse("support:case", args=[first.pk]) in page


def test_every_page_of_the_follow_up_is_private_to_robots_too(client, case, awa, here):
    client.force_login(awa)
    actions_doing.note(case, by=awa, kind="call", now=NOW)

    for address in (HOME, f"{HOME}dossiers/", reverse("support:case", args=[case.pk])):
        assert 'name="robots" content="noindex"' in client.get(address).content.decode()


def test_a_prospect_is_answered_with_public_facts_alone(client, awa, eve, here):
    prospect = opened(awa, kind="prospect", title="Une ligne d'assemblage")
    holder = opened(awa)
    client.force_login(awa)
    address = reverse("support:pack", args=[prospect.pk])

    page = client.get(address).content.decode()

    assert "S'installer à Valenton" in page.replace("&#x27;", "'")
    assert "Une phrase que personne" not in page
    assert "/accompagner/emplois/?minutes=45" in page
    assert client.get(reverse("support:pack", args=[holder.pk])).status_code == 404
    client.force_login(eve)
    assert client.get(address).status_code == 404


def test_a_pack_is_sent_by_a_link_that_ends_and_holds_nothing_of_the_case(client, awa, here):
    prospect = opened(awa, kind="prospect", title="Une ligne secrète", jobs_count=40)
    client.force_login(awa)
    address = reverse("support:pack", args=[prospect.pk])
    today = timezone.localdate()
    page = client.get(f"{address}?jusqu={today + timedelta(days=30)}").content.decode()
    link = re.search(r"(/accueillir/[^\"]+)", page)[1]
    client.logout()

    given = client.get(link)
    text = given.content.decode()

    assert given.status_code == 200
    assert "40 emplois" in text
    assert not any(
        each in text for each in (NAMES, "Une ligne secrète", f"dossiers/{prospect.pk}/")
    )
    assert client.get(link[:-2] + "/").status_code == 404
    over = packing.sealed(packing.Wanted("94074", today), today - timedelta(days=1))
    assert client.get(reverse("support:given", args=[over])).status_code == 410


def test_a_link_is_never_given_for_longer_than_may_be(client, awa, here):
    client.force_login(awa)
    address = reverse("support:pack", args=[opened(awa, kind="prospect").pk])

    answer = client.get(f"{address}?jusqu=2099-01-01")

    assert answer.status_code == 400
    assert "/accueillir/" not in answer.content.decode()


def test_the_cases_of_who_left_are_given_to_a_colleague_at_once(client, case, awa, here):
    lea = Person.objects.create_user("lea@example.org", name="Léa")
    Membership.objects.create(
        person=lea, organisation=body(awa), role="officer", starts_on=date(2020, 1, 1),
        ends_on=date(2025, 1, 1),
    )  # fmt: skip
    Case.objects.update(adviser=lea)
    client.force_login(awa)
    assert "De qui le conseiller est-il parti" in read(client, HOME)

    client.post(reverse("support:take_over"), {"adviser": awa.pk})

    case.refresh_from_db()
    assert case.adviser == awa
    assert {each.why for each in case.leads.all()} == {"", "le conseiller est parti"}


def test_a_day_that_cannot_be_read_is_said_and_the_chain_stays(client, case, awa, here):
    client.force_login(awa)
    address = reverse("support:chain", args=[case.pk])

    for wrong in ("hier", "2999-01-01"):
        answer = client.get(f"{address}?au={wrong}")
        assert answer.status_code == 400
        assert "La chaîne est montrée à la date" in answer.content.decode()
    assert "Pas encore de dossier" in read(client, f"{address}?au=2023-06-15")
