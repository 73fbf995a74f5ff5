"""Recruitment actions: one person once, one hire once, and what everyone may read of them."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bassin.commons import hires
from bassin.commons.models import Event, Placement
from bassin.errors import Refused
from bassin.match.jobs import actions_recruiting as actions
from bassin.match.jobs import receipts, recruiting
from bassin.match.jobs.models import Registration
from bassin.match.jobs.recruiting import Funnel
from bassin.match.jobs.tests.conftest import firm
from bassin.parties.privacy.actions import forget_what_is_over

PARIS = ZoneInfo("Europe/Paris")
DAY = date(2026, 12, 3)
BEFORE = datetime(2026, 11, 26, 9, tzinfo=PARIS)
SIRET = "00000000200016"
PAGES = "/accompagner/emplois/recrutements/"


def opened(by, **more):
    day = more.pop("day", DAY)
    at = datetime(day.year, day.month, day.day, 9, tzinfo=PARIS)
    event = {"title": "Rencontre au quai", "starts_at": at, "ends_at": at + timedelta(hours=3),
             "place": "Maison Exemple", "organiser": firm(by)}  # fmt: skip
    values = {"wanted": 3, "rome_codes": ["N1101"], "employer_name": "Atelier Exemple",
              "employer_siret": SIRET, **more}  # fmt: skip
    return actions.open_action(by=by, today=day - timedelta(days=10), event=event, **values)


@pytest.fixture
def action(db, bruno):
    return opened(bruno, places=2)


def phone(number):
    return {"person_name": "Ines", "person_telephone": number}


def test_an_action_is_in_the_agenda_and_its_event_points_back_at_it(action):
    event = Event.objects.get()
    assert (event.title, event.reference) == ("Rencontre au quai", action.reference)


def test_one_person_is_registered_once_however_their_telephone_is_written(action):
    actions.register(action, now=BEFORE, **phone("06 12 34 56 78"))

    for same in ("0612345678", "+33 6 12 34 56 78", "0033 612345678", "06.12.34.56.78"):
        with pytest.raises(Refused, match="déjà"):
            actions.register(action, now=BEFORE, **phone(same))
    assert Registration.objects.count() == 1


def test_what_stands_for_a_telephone_does_not_hold_it():
    assert "612345678" not in receipts.pseudonym("06 12 34 56 78")
    assert receipts.pseudonym("0612345678") != receipts.pseudonym("0612345679")


def test_a_full_meeting_takes_nobody_until_somebody_withdraws(action):
    first = actions.register(action, now=BEFORE, **phone("0600000001"))
    actions.register(action, now=BEFORE, **phone("0600000002"))
    with pytest.raises(Refused, match="prises"):
        actions.register(action, now=BEFORE, **phone("0600000003"))

    gone = actions.withdraw(first.receipt.lower(), today=DAY)

    assert (gone.person_name, gone.person_telephone) == ("", "")
    assert actions.register(action, now=BEFORE, **phone("0600000003"))


def test_nobody_registers_once_the_meeting_has_begun(action):
    with pytest.raises(Refused, match="plus s'inscrire"):
        actions.register(action, now=BEFORE + timedelta(days=10), **phone("0600000001"))


def test_a_partner_sends_people_by_its_own_numbers_and_no_other_body_does(action, bruno, eve):
    action.partners.add(firm(eve))
    sent = actions.register(action, now=BEFORE, by=eve, through=firm(eve), number="dossier-812")
    assert sent.person_name == ""

    action.partners.clear()
    with pytest.raises(PermissionDenied):
        actions.register(action, now=BEFORE, by=eve, through=firm(eve), number="dossier-813")


def test_a_hire_is_one_placement_for_every_system_that_helped(action, bruno):
    person = actions.register(action, now=BEFORE, **phone("0600000001"))
    hired_on = DAY + timedelta(days=4)
    hires.count("plie-77", by=bruno, today=hired_on, hired_on=hired_on, employer_siret=SIRET,
                reference="plie:path:3")  # fmt: skip

    actions.hire(person, by=bruno, today=hired_on, hired_on=hired_on, token="plie-77")

    kept = Placement.objects.get()
    assert kept.references == ["plie:path:3", action.reference]
    with pytest.raises(Refused, match="déjà"):
        actions.hire(person, by=bruno, today=hired_on, hired_on=hired_on)


def test_presence_is_said_when_its_time_has_come(action, bruno):
    person = actions.register(action, now=BEFORE, **phone("0600000001"))
    with pytest.raises(Refused, match="Personne"):
        actions.present(person, by=bruno, today=DAY, months=3, there=True)
    actions.hire(person, by=bruno, today=DAY, hired_on=DAY)

    with pytest.raises(Refused, match="tôt"):
        actions.present(person, by=bruno, today=DAY + timedelta(days=80), months=3, there=True)
    later = DAY + timedelta(days=95)
    assert actions.present(person, by=bruno, today=later, months=3, there=True).present_3


def test_one_person_at_two_meetings_counts_once_overall(action, bruno):
    other = opened(bruno, day=DAY + timedelta(days=7))
    both = phone("0600000001")
    for each in (action, other):
        person = actions.register(each, now=BEFORE, **both)
        actions.say(person, by=bruno, today=DAY + timedelta(days=8), attended=True)
    actions.register(other, now=BEFORE, **phone("0600000002"))

    assert recruiting.of_action(other) == Funnel(2, 1, 0, 0, 0, 0)
    assert recruiting.overall() == Funnel(2, 1, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (Funnel(40, 30, 20, 10, 5, 0), Funnel(40, 30, 20, 10, 5, 0)),
        (Funnel(12, 10, 6, 3, 0, 0), Funnel(12, None, 6, None, None, None)),
        (Funnel(4, 3, 2, 1, 0, 0), Funnel(None, None, None, None, 0, 0)),
    ],
)
def test_no_public_number_is_under_five_nor_found_by_subtraction(told, shown):
    public = told.public()
    steps = [n for _words, n in public.steps() if n is not None]
    assert all(n == 0 or n >= 5 for n in steps)
    assert all(a - b == 0 or a - b >= 5 for a, b in pairwise(steps))
    assert public.registered == shown.registered


def test_names_go_a_month_after_unless_hired_and_the_count_stays(action, bruno):
    gone = actions.register(action, now=BEFORE, **phone("0600000001"))
    kept = actions.register(action, now=BEFORE, **phone("0600000002"))
    actions.hire(kept, by=bruno, today=DAY, hired_on=DAY)

    forget_what_is_over(today=DAY + timedelta(days=45))

    gone.refresh_from_db()
    kept.refresh_from_db()
    assert (gone.person_telephone, kept.person_telephone) == ("", "0600000002")
    assert recruiting.of_action(action).registered == 2


def test_a_resident_registers_on_the_public_page_and_frees_the_place(client, here, bruno, chloe):
    today = timezone.localdate()
    action = opened(bruno, day=today + timedelta(days=20), places=2)
    page = f"{PAGES}{action.pk}/"
    assert "Rencontre au quai" in client.get(PAGES).content.decode()

    answer = client.post(page, phone("06 00 00 00 01")).content.decode()

    made = Registration.objects.get()
    assert made.receipt in answer
    freed = client.post(f"{PAGES}je-ne-viens-pas/", {"receipt": made.receipt}).content.decode()
    assert "supprimés" in freed
    client.force_login(chloe)
    assert client.get(f"{page}suivi/").status_code == 404


def test_who_runs_it_opens_it_and_says_what_became_of_each(client, here, bruno):
    client.force_login(bruno)
    today = timezone.localdate()
    client.post(f"{PAGES}nouvelle/", {
        "title": "Rencontre", "employer_name": "Atelier Exemple", "employer_siret": SIRET,
        "organiser": firm(bruno).pk, "starts_at": f"{today + timedelta(days=2)}T09:00",
        "ends_at": f"{today + timedelta(days=2)}T12:00", "place": "Maison Exemple",
        "wanted": "2", "rome_codes": "N1101 N1103",
    })  # fmt: skip
    made = recruiting.to_come(timezone.now())[0]
    assert made.rome_codes == ["N1101", "N1103"]

    sent = client.post(f"{PAGES}{made.pk}/suivi/",
                       {"number": "dossier-1", "through": firm(bruno).pk}, follow=True)  # fmt: skip
    person = Registration.objects.get()
    assert person.receipt in sent.content.decode()
    Registration.objects.update(event_on=today)
    became = {"attended": "yes", "interviewed": "yes", "hired_on": today.isoformat()}
    client.post(f"{PAGES}inscrits/{person.pk}/", became)

    person.refresh_from_db()
    assert (person.interviewed, person.placement.hired_on) == (True, today)
