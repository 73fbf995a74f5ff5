"""The directory of who helps, and referrals: what is kept of a person, who reads it, who waits."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bassin.errors import Refused
from bassin.match.jobs import actions_helping as actions
from bassin.match.jobs import helping
from bassin.match.jobs.models import Referral, Structure
from bassin.match.jobs.tests.conftest import TODAY, firm
from bassin.parties.privacy.actions import forget_what_is_over

HELP = "/accompagner/emplois/qui-aide/"
LIAISONS = "/accompagner/emplois/liaisons/"
PERSON = {"person_name": "Ines", "person_telephone": "06 00 00 00 00", "need": "job"}


@pytest.fixture
def mission(db, bruno):
    """A Mission locale kept by Bruno's chamber, for one commune."""
    return actions.add_structure(
        by=bruno, today=TODAY, organisation=firm(bruno), name="Mission locale Exemple",
        kind="mission_locale", needs=["job", "training"], age_from=16, age_to=25,
        commune_codes=["94074"], wait_days=12, wait_on=TODAY,
        structure_telephone="01 00 00 00 01",
    )  # fmt: skip


def asked(mission, **more):
    given = {**PERSON, "agreed_how": "themselves", **more}
    return actions.refer(mission, today=TODAY, **given)


def test_the_directory_answers_by_commune_and_need_and_the_shortest_wait_comes_first(
    mission, bruno, awa
):
    everywhere = actions.add_structure(
        by=awa, today=TODAY, name="Partout", kind="association", needs=["french"]
    )
    sooner = actions.add_structure(
        by=awa, today=TODAY, name="Plus tôt", kind="town", wait_days=2, wait_on=TODAY
    )

    assert helping.structures("94074", "job") == [sooner, mission]
    assert helping.structures("94022") == [sooner, everywhere]
    assert helping.structures("94074", "french") == [sooner, everywhere]


def test_an_adviser_reads_before_writing_that_nobody_receives_referrals_here(
    client, mission, bruno, awa, here
):
    alone = actions.add_structure(by=awa, today=TODAY, name="Seule", kind="association")
    client.force_login(bruno)

    read = client.get(f"{LIAISONS}vers/{mission.pk}/").content.decode()
    unread = client.get(f"{LIAISONS}vers/{alone.pk}/").content.decode()

    assert "un prénom suffit" in read
    assert "Personne ne lit ici les demandes" in unread
    assert "person_name" not in unread


def test_a_partner_keeps_its_own_structures_and_no_other(mission, bruno, eve):
    with pytest.raises(PermissionDenied):
        actions.change_structure(mission, by=eve, today=TODAY, wait_days=3)

    assert actions.change_structure(mission, by=bruno, today=TODAY, wait_days=3).wait_days == 3


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"adviser_name": "Paul Exemple"}, "jusqu'à quand"),
        ({"wait_on": None}, "délai"),
        ({"age_from": 30}, "échangez"),
        ({"structure_email": "pas une adresse"}, "adresse"),
    ],
)
def test_a_sheet_that_cannot_be_right_is_refused_in_words(mission, bruno, fields, words):
    with pytest.raises(Refused, match=words):
        actions.change_structure(mission, by=bruno, today=TODAY, **fields)


def test_an_adviser_is_named_until_the_end_date_then_forgotten(mission, bruno):
    until = TODAY + timedelta(days=3)
    kept = actions.change_structure(
        mission, by=bruno, today=TODAY, adviser_name="Paul Exemple", adviser_agreed_on=TODAY,
        adviser_until=until,
    )  # fmt: skip

    assert kept.adviser_on(until) == "Paul Exemple"
    assert kept.adviser_on(until + timedelta(days=1)) == ""


def test_nothing_is_kept_of_a_request_before_it_is_confirmed(client, here, mission):
    page = client.post(f"{HELP}{mission.pk}/rappel/", PERSON).content.decode()

    assert "Ines" in page
    assert not Referral.objects.exists()

    sent = client.post(f"{HELP}{mission.pk}/rappel/", {**PERSON, "do": "send"}).content.decode()
    made = Referral.objects.get()
    assert made.receipt in sent
    assert (made.agreed_how, made.owner, made.due_on - made.sent_on) == (
        "themselves", None, timedelta(days=15),
    )  # fmt: skip


def test_a_request_that_nobody_could_call_back_is_not_sent(client, here, mission):
    silent = {**PERSON, "person_telephone": "", "do": "send"}

    page = client.post(f"{HELP}{mission.pk}/rappel/", silent).content.decode()

    assert "rappeler" in page
    assert not Referral.objects.exists()


def test_a_structure_that_nobody_keeps_receives_no_referral(here, awa):
    alone = actions.add_structure(by=awa, today=TODAY, name="Seule", kind="other")

    with pytest.raises(Refused, match="appelez"):
        asked(alone)


def test_an_adviser_refers_only_with_the_person_s_agreement(mission, eve):
    with pytest.raises(Refused, match="sans accord"):
        actions.refer(
            mission, by=eve, through=firm(eve), today=TODAY, agreed_how="themselves", **PERSON
        )


def test_who_is_referred_is_read_by_the_two_services_and_not_by_an_officer(
    client, here, mission, awa, bruno, eve, chloe
):
    sent = actions.refer(
        mission, by=eve, through=firm(eve), today=TODAY, agreed_how="spoken", **PERSON
    )
    for person, code, reads in ((bruno, 200, True), (eve, 200, True), (awa, 200, False),
                                (chloe, 404, False)):  # fmt: skip
        client.force_login(person)
        answer = client.get(f"{LIAISONS}{sent.pk}/")
        assert (answer.status_code, "Ines" in answer.content.decode()) == (code, reads)


def test_the_structure_acknowledges_then_says_what_came_of_it(client, here, mission, bruno, eve):
    sent = asked(mission)
    with pytest.raises(PermissionDenied):
        actions.acknowledge(sent, by=eve, today=TODAY)

    client.force_login(bruno)
    page = f"{LIAISONS}{sent.pk}/"
    client.post(page, {"do": "receive", "meeting_on": "2026-12-10"})
    sent.refresh_from_db()
    assert (sent.acknowledged_by, sent.meeting_on) == (bruno, date(2026, 12, 10))

    client.post(page, {"do": "close", "outcome": "met"})
    sent.refresh_from_db()
    assert sent.outcome == "met"
    with pytest.raises(Refused, match="déjà"):
        actions.close(sent, by=bruno, today=TODAY, outcome="job")


def test_a_person_sees_where_it_stands_and_takes_it_back(client, here, mission):
    sent = asked(mission)
    typed = {"receipt": f"{sent.receipt[:4].lower()} {sent.receipt[4:]}"}
    assert "Mission locale Exemple" in client.post(f"{HELP}ma-demande/", typed).content.decode()

    client.post(f"{HELP}ma-demande/", {**typed, "do": "withdraw"})

    sent.refresh_from_db()
    assert (sent.outcome, sent.person_name, sent.person_telephone) == ("withdrawn", "", "")


def test_after_fifteen_days_those_concerned_are_told_once(mission, bruno, eve):
    actions.refer(mission, by=eve, through=firm(eve), today=TODAY, agreed_how="spoken", **PERSON)
    answered = asked(mission)
    actions.close(answered, by=bruno, today=TODAY, outcome="met")
    late = TODAY + timedelta(days=16)

    assert helping.alert(TODAY + timedelta(days=15)) == 0
    assert helping.alert(late) == 2
    assert helping.alert(late) == 0

    told = {message.to[0] for message in mail.outbox}
    assert told == {bruno.email, eve.email}
    assert not any("Ines" in message.body for message in mail.outbox)
    said = {message.to[0]: message.body for message in mail.outbox}
    assert "Vous l'avez envoyée" in said[eve.email]
    assert "appelez la personne" in said[bruno.email]
    assert helping.answered(late) == helping.Answered(sent=2, in_time=1, late_open=1)


def test_six_months_later_nothing_names_the_person(mission):
    sent = asked(mission, note="Le matin")
    forget_what_is_over(today=TODAY + timedelta(days=170))
    sent.refresh_from_db()
    assert sent.person_name == "Ines"

    forget_what_is_over(today=TODAY + timedelta(days=190))

    sent.refresh_from_db()
    assert (sent.person_name, sent.person_telephone, sent.note) == ("", "", "")


def test_a_partner_writes_a_sheet_and_everyone_reads_whom_it_is_for(client, here, bruno):
    client.force_login(bruno)
    client.post(
        "/accompagner/emplois/nos-structures/nouvelle/",
        {"name": "École Exemple", "kind": "e2c", "organisation": firm(bruno).pk,
         "publics": ["no_diploma"], "age_from": "16", "age_to": "25", "languages": ["ar"],
         "conditions": "Pour apprendre un métier.", "wait_days": "9",
         "wait_on": timezone.localdate().isoformat()},
    )  # fmt: skip
    made = Structure.objects.get()
    client.logout()

    page = client.get(f"{HELP}{made.pk}/").content.decode()

    for words in ("Pour apprendre un métier.", "de 16 à 25 ans", "personnes sans diplôme",
                  "arabe", "9 jours"):  # fmt: skip
        assert words in page


def test_nobody_floods_a_service_from_one_address(client, here, mission):
    for _time in range(6):
        page = client.post(f"{HELP}{mission.pk}/rappel/", {**PERSON, "do": "send"})

    assert "Trop de demandes" in page.content.decode()
    assert Referral.objects.count() == 5
