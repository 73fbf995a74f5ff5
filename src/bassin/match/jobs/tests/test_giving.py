"""What recruitment actions cost and whom they serve; changed by two people, nothing is lost."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from bassin.errors import Refused
from bassin.match.jobs import actions_recruiting as actions
from bassin.match.jobs import giving, recruiting
from bassin.match.jobs.models import Registration
from bassin.match.jobs.recruiting import Funnel
from bassin.match.jobs.tests.conftest import firm
from bassin.match.jobs.tests.test_recruiting import BEFORE, DAY, PAGES, opened, phone

COST = {"cost_eur": Decimal(3000), "cost_unit": "ttc", "cost_source": "facture 12"}


def hired(action, bruno, count, first=1, **more):
    for rank in range(first, first + count):
        person = actions.register(action, now=BEFORE, **phone(f"06000000{rank:02}"), **more)
        actions.hire(person, by=bruno, today=DAY, hired_on=DAY)


def shown(action):
    return recruiting.of_action(action).public()


def test_a_cost_says_its_unit_and_its_source(db, bruno):
    for missing in ("cost_unit", "cost_source"):
        with pytest.raises(Refused, match="unité"):
            opened(bruno, **{**COST, missing: ""})
    assert opened(bruno, **COST).cost_source == "facture 12"


def test_the_cost_per_hire_is_a_question_until_somebody_says_the_cost(db, bruno):
    action = opened(bruno)
    hired(action, bruno, 6)

    [unknown] = giving.costs([action], shown(action))
    assert (unknown.per_hire, unknown.eur) == (None, None)
    assert "demandez" in unknown.why

    actions.change(action, by=bruno, event={}, **COST)
    action.refresh_from_db()
    [known] = giving.costs([action], shown(action))
    assert (known.per_hire, known.hires, known.sources) == (Decimal(500), 6, ("facture 12",))


def test_a_cost_never_gives_away_a_small_number_of_hires(db, bruno):
    small, large = opened(bruno, **COST), opened(bruno, **{**COST, "cost_unit": "ht"})
    hired(small, bruno, 3)
    hired(large, bruno, 8, first=10)

    assert giving.costs([small], shown(small))[0].per_hire is None
    assert [each.hires for each in giving.costs([small, large], recruiting.overall().public())] == [
        None, None,
    ]  # fmt: skip
    assert giving.costs([small])[0].per_hire == 1000  # who runs it reads it


def test_a_partner_reads_of_the_others_what_everyone_does(client, here, bruno, people):
    action = opened(bruno, partners=[firm(people.eve)], **COST)
    hired(action, bruno, 1)

    client.force_login(people.eve)
    assert "pour 1 embauche" not in client.get(f"{PAGES}{action.pk}/suivi/").content.decode()
    client.force_login(bruno)
    page = client.get(f"{PAGES}{action.pk}/suivi/").content.decode()
    assert "pour 1 embauche<" in page


def test_a_hire_that_the_funnel_hides_is_hidden_with_its_cost_and_its_people(db, bruno):
    action = opened(bruno, **COST)
    hired(action, bruno, 6, woman=True)
    other = actions.register(action, now=BEFORE, **phone("0699999999"))
    actions.say(other, by=bruno, today=DAY, interviewed=True)
    assert shown(action).hired is None  # seven interviewed, six hired: one is told apart

    assert giving.costs([action], shown(action))[0].per_hire is None
    assert giving.served(action.registrations.all(), shown(action))[1].women == giving.Part(
        None, None, None
    )


def test_women_and_residents_of_neighbourhoods_are_counts_with_small_ones_hidden(db, bruno):
    action = opened(bruno)
    for rank, (woman, qpv) in enumerate([(True, True)] * 7 + [(False, None)] * 6):
        actions.register(action, now=BEFORE, woman=woman, from_qpv=qpv,
                         **phone(f"06000001{rank:02}"))  # fmt: skip
    registered = giving.served(action.registrations.all(), shown(action))[0]
    assert (registered.women.numbers, registered.women.pct) == ((7, 6, 0), 54)
    assert (registered.qpv.numbers, registered.qpv.pct) == ((7, 0, 6), 100)

    for rank in range(2):
        actions.register(action, now=BEFORE, woman=None, **phone(f"06000002{rank:02}"))
    women = giving.served(action.registrations.all(), shown(action))[0].women
    assert women.numbers == (7, None, None)
    assert women.pct is None


def test_one_person_hired_twice_is_one_person_and_one_hire_under_two_numbers_is_one(db, bruno):
    first, second = opened(bruno), opened(bruno, day=DAY + timedelta(days=7))
    later = DAY + timedelta(days=8)
    for action in (first, second):
        person = actions.register(action, now=BEFORE, **phone("0600000001"))
        actions.hire(person, by=bruno, today=later, hired_on=later)
    twice = actions.register(
        first, now=BEFORE, by=bruno, through=firm(bruno), number="dossier-9"
    )  # fmt: skip
    twice.placement = Registration.objects.exclude(placement=None).first().placement
    twice.save()

    assert recruiting.overall().hired == 1
    assert recruiting.of_action(first).hired == 1


def test_a_funnel_under_two_steps_stays_in_order(db, bruno):
    action = opened(bruno)
    hired(action, bruno, 2)

    assert recruiting.of_action(action) == Funnel(2, 2, 2, 2, 0, 0)


def sent(action, client, **more):
    page = client.get(f"{PAGES}{action.pk}/modifier/").content.decode()
    base = page.split('name="base" value="')[1].split('"')[0]
    event = action.event
    return {
        "base": base, "title": event.title, "employer_name": "Atelier Exemple",
        "employer_siret": action.employer_siret, "organiser": event.organiser_id,
        "starts_at": f"{timezone.localtime(event.starts_at):%Y-%m-%dT%H:%M}",
        "ends_at": f"{timezone.localtime(event.ends_at):%Y-%m-%dT%H:%M}", "place": event.place,
        "wanted": "3", "rome_codes": "N1101", **more,
    }  # fmt: skip


def test_two_people_who_change_an_action_lose_nothing(client, here, bruno, chloe):
    action = opened(bruno, day=timezone.localdate() + timedelta(days=9))
    page = f"{PAGES}{action.pk}/modifier/"
    client.force_login(chloe)
    assert client.get(page).status_code == 404
    client.force_login(bruno)
    mine = sent(action, client, place="Salle des fêtes")
    theirs = sent(action, client, wanted="9", **{k: str(v) for k, v in COST.items()})

    assert client.post(page, theirs).status_code == 302
    refused = client.post(page, mine)
    assert refused.status_code == 409
    again = refused.content.decode()
    assert "Salle des fêtes" in again
    assert 'value="9"' in again  # what only the other changed is kept

    base = again.split('name="base" value="')[1].split('"')[0]
    both = {**mine, "base": base, "wanted": "9", **{k: str(v) for k, v in COST.items()}}
    assert client.post(page, both).status_code == 302
    action.refresh_from_db()
    action.event.refresh_from_db()
    assert (action.wanted, action.event.place, action.cost_eur) == (9, "Salle des fêtes", 3000)


def test_a_meeting_called_off_takes_nobody_any_more(client, here, bruno):
    action = opened(bruno, day=timezone.localdate() + timedelta(days=9))
    client.force_login(bruno)

    client.post(f"{PAGES}{action.pk}/modifier/", {"do": "cancel"})

    assert "annulé" in client.get(f"{PAGES}{action.pk}/").content.decode()
    action.refresh_from_db()
    with pytest.raises(Refused, match="plus s'inscrire"):
        actions.register(action, now=timezone.now(), **phone("0600000001"))


def test_fewer_places_than_people_registered_are_refused(db, bruno):
    action = opened(bruno, places=5)
    for rank in range(3):
        actions.register(action, now=BEFORE, **phone(f"060000000{rank}"))

    with pytest.raises(Refused, match="3 personnes"):
        actions.change(action, by=bruno, event={}, places=2)
