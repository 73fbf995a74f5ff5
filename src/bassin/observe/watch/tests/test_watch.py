"""Signals as they are kept: found once, handled by people, seen by their circle and nobody else."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from bassin import systems
from bassin.errors import Refused
from bassin.observe.watch import actions, finding, measures, sample, tasks
from bassin.observe.watch.filters import seen_by
from bassin.observe.watch.models import Passing, Remembered, Signal, Step
from bassin.observe.watch.signals import looking
from bassin.observe.watch.signals.signal import Sight
from bassin.observe.watch.tests.conftest import HIDDEN, NAME, SIREN, TODAY
from bassin.taxonomies.interval import Interval

HOME = "/observer/veille/"


def find(house, today=TODAY):
    return finding.find(house, today=today, now=timezone.now())


def test_a_night_finds_each_failure_once_with_the_jobs_of_this_territory_alone(register):
    tasks.watch.call()
    again = find(register)

    first, hidden = Signal.objects.order_by("on")
    assert again.found == 0
    assert (first.siren, first.name, first.communes) == (SIREN, NAME, " 94081 ")
    assert (first.jobs_low, first.jobs_high) == (100, 199)
    assert first.sites == [f"{SIREN}00013"]
    assert first.priority == sum(worth for _name, worth, _known in first.points)
    assert Remembered.objects.get().band == "22"
    assert (hidden.siren, hidden.name, hidden.sites, hidden.jobs_low) == ("", "", [], 3)
    assert HIDDEN not in json.dumps(list(Signal.objects.values()), default=str)
    assert Passing.objects.first().looks[0]["counts"] == {
        "notices": 3, "here": 2, "opening": 2, "bdf": 2, "joined": 2, "listed": 0}  # fmt: skip
    assert {each["of"]: each["sight"] for each in Passing.objects.first().looks} == {
        "openings": "seen", "leaving": "seen", "bursts": "short", "closures": "blind",
        "offers": "blind", "figures": "blind", "data": "seen",
    }  # fmt: skip


def test_what_a_look_no_longer_gives_is_withdrawn_unless_it_saw_nothing(
    register, looked, monkeypatch
):
    nights = iter([looked(SIREN), looked(sight=Sight.BLIND), looked(), looked(SIREN)])
    monkeypatch.setattr(looking, "looks", lambda *_given: [next(nights)])
    states = []
    for _night in range(4):
        find(register)
        states.append(Signal.objects.get().withdrawn_on)

    assert states == [None, None, TODAY, None]


def test_a_signal_is_given_contacted_put_off_and_closed_with_a_reason(made, awa, bruno):
    signal = made()
    with pytest.raises(Refused, match="Bruno"):
        actions.assign(signal, bruno, by=awa, today=TODAY)
    actions.assign(signal, awa, by=awa, today=TODAY)
    actions.contact(signal, by=awa, on=TODAY, today=TODAY, text="Appel")
    actions.snooze(signal, TODAY + timedelta(days=7), by=awa, today=TODAY)
    assert list(Signal.objects.waiting(TODAY)) == []
    assert list(Signal.objects.waiting(TODAY + timedelta(days=7))) == [signal]
    with pytest.raises(Refused):
        actions.close(signal, "helped", "  ", by=awa, today=TODAY)
    actions.close(signal, "helped", "Plan d'étalement", by=awa, today=TODAY)
    with pytest.raises(Refused):
        actions.snooze(signal, TODAY + timedelta(days=7), by=awa, today=TODAY)

    assert [each.what for each in signal.steps.all()] == [
        "assigned", "contacted", "snoozed", "closed"]  # fmt: skip
    assert finding.last_contacts({SIREN}) == {SIREN: TODAY}


def test_contacts_within_five_working_days_are_counted_and_what_is_early_is_not(made, awa):
    asked = TODAY - timedelta(days=30)
    for contacted in (asked + timedelta(days=3), asked + timedelta(days=20), None):
        made(found_on=asked, on=asked, contacted_on=contacted)
    made()
    made(found_on=asked, kind="burst")
    made(found_on=asked, outcome="known", outcome_why="x", closed_on=TODAY)

    found = measures.measures(Signal.objects.all(), TODAY)

    assert (found.asked, found.in_time, found.late, found.never) == (3, 1, 1, 1)


def test_a_partner_tells_what_it_knows_and_sees_that_alone(register, made, bruno, eve):
    body = bruno.memberships.get().organisation
    made()
    told = actions.note(
        register, by=bruno, today=TODAY, on=TODAY, text="Commande perdue", number=SIREN,
        organisation=body,
    )  # fmt: skip

    assert (told.name, told.jobs_low, told.jobs_high) == (NAME, 100, 199)
    assert list(seen_by(bruno)) == [told]
    assert list(seen_by(eve)) == []
    with pytest.raises(PermissionDenied):
        actions.note(
            register, by=eve, today=TODAY, on=TODAY, text="x", number=SIREN, organisation=body
        )


def test_a_note_in_words_weighs_what_the_adviser_says_and_hides_whom_the_register_hides(
    register, awa
):
    told = actions.note(
        register, by=awa, today=TODAY, on=TODAY, text="Ferme", name="EXEMPLE", commune="94074",
        naf_code="25.62B", jobs=Interval(140, 140),
    )  # fmt: skip

    assert (told.jobs_low, told.jobs_high, told.priority) == (140, 140, 6)
    assert told.parts == {"25.62B": [140, 140]}
    with pytest.raises(Refused):
        actions.note(register, by=awa, today=TODAY, on=TODAY, text="x", number=HIDDEN)


def test_a_signal_is_forgotten_after_two_years(made):
    old = made(found_on=date(2024, 11, 1))
    kept = made(found_on=date(2024, 12, 31))

    assert actions.forget(TODAY) == 1
    assert list(Signal.objects.all()) == [kept]
    assert not Step.objects.filter(signal_id=old.pk).exists()


def pages(signal):
    return [HOME, f"{HOME}?etat=tous", f"{HOME}{signal.pk}/", f"{HOME}noter/"]


def test_pages_answer_an_officer_and_a_partner_of_the_circle_and_refuse_everybody_else(
    register, made, people, client_factory
):
    signal = made(circle=people.bruno, jobs_low=100, jobs_high=199,
                  points=[["jobs", 4, True]], parts={"25.62B": [100, 199]},
                  evidence=[{"kind": "receivership", "on": "2026-09-01", "notice": "A202600011",
                             "nature": "", "court": "Créteil"}])  # fmt: skip
    answers = {}
    for name in ("awa", "bruno", "eve", "chloe", "dan"):
        client = client_factory()
        client.force_login(getattr(people, name))
        answers[name] = [client.get(page) for page in pages(signal)]

    assert {name: [each.status_code for each in got] for name, got in answers.items()} == {
        "awa": [200] * 4, "bruno": [200] * 4, "eve": [200, 200, 404, 200],
        "chloe": [403] * 4, "dan": [403] * 4,
    }  # fmt: skip
    read = {name: b"".join(each.content for each in got) for name, got in answers.items()}
    assert {name for name, raw in read.items() if NAME.encode() in raw} == {"awa", "bruno"}


def test_every_verb_of_the_page_is_done_or_refused_with_words(register, made, awa, client):
    signal = made()
    client.force_login(awa)

    def send(name, **words):
        return client.post(reverse(f"watch:{name}", args=[signal.pk]), words)

    assert send("assign", to=awa.pk).status_code == 302
    assert send("contact", on=TODAY.isoformat()).status_code in (302, 400)
    assert send("snooze", until="2020-01-01").status_code == 400
    assert send("close", outcome="helped", why="").status_code == 400
    assert send("say", text="Rappeler lundi").status_code == 302
    assert send("rate", useful="0", reason="known").status_code == 302
    assert send("close", outcome="no_need", why="Tout va bien").status_code == 302
    assert send("reopen").status_code == 302
    signal.refresh_from_db()
    assert (signal.assigned_to, signal.outcome) == (awa, "")
    assert signal.ratings.get().useful is False


def test_what_a_signal_becomes_is_asked_by_its_number_alone(register, made, awa, client):
    signal = made(parts={"25.62B": [100, 199]}, sites=[f"{SIREN}00013"])
    client.force_login(awa)
    page = client.get(f"{HOME}{signal.pk}/").content.decode()
    links = [each.partition('"')[0] for each in page.split('href="')[1:]]
    addresses = [each for each in links if "?" in each]

    assert any(f"watch%3Asignal%3A{signal.pk}" in each for each in addresses)
    assert not [each for each in addresses if SIREN in each or "CHAUDRONNERIE" in each]
    assert systems.firm_of(signal.reference, awa) == f"{SIREN}00013"


def test_the_firm_of_a_signal_is_told_to_nobody_out_of_its_circle(made, people):
    signal = made(circle=people.bruno, sites=[f"{SIREN}00013"])

    told = {name for name in ("awa", "bruno", "eve", "chloe", "dan", "visitor")
            if systems.firm_of(signal.reference, getattr(people, name))}  # fmt: skip

    assert told == {"awa", "bruno"}


def test_the_sample_tells_its_stories_once(register, awa, bruno):
    sample.build(TODAY)
    first = list(Signal.objects.order_by("pk").values_list("key", "origin"))
    sample.build(TODAY)

    workshop = Signal.objects.get(key=sample.WORKSHOP)
    assert list(Signal.objects.order_by("pk").values_list("key", "origin")) == first
    assert {origin for _key, origin in first} == {"invented"}
    assert (workshop.naf_code, workshop.jobs_low, workshop.jobs_high) == ("25.62B", 140, 140)
    assert len(seen_by(bruno)) == 1


def test_a_newspaper_is_kept_by_its_name_and_address_alone(register, awa, client):
    client.force_login(awa)
    words = {"name": "EXEMPLE", "on": TODAY.isoformat(), "text": "Contrat perdu, dit-on.",
             "outlet": "Le Courrier d'Exemple"}  # fmt: skip

    refused = client.post(f"{HOME}noter/", words)
    address = "https://courrier.example.org/a"
    taken = client.post(f"{HOME}noter/", {**words, "link": address})

    told = Signal.objects.get()
    assert (refused.status_code, taken.status_code) == (400, 302)
    assert "Contrat perdu" in refused.content.decode()
    assert (told.kind, told.reliability, told.link) == ("press", "press", address)
    page = client.get(f"{HOME}{told.pk}/").content.decode()
    assert f'href="{address}"' in page
    assert "appartient à son éditeur" in page


def test_an_officer_asks_the_watch_to_look_and_sees_how_far_it_is(
    register, awa, bruno, client, client_factory
):
    client.force_login(awa)
    waiting = Passing.objects.create(at=timezone.now(), ended=False, done=3)
    same = client.post(f"{HOME}regarder/")
    page = client.get(same.url).content.decode()
    tasks.asked.call(waiting.pk)
    waiting.refresh_from_db()
    over = client.get(same.url).content.decode()
    again = client.post(f"{HOME}regarder/")
    other = client_factory()
    other.force_login(bruno)

    assert same.url == f"{HOME}regarder/{waiting.pk}/", "who asks while it looks waits for it"
    assert 'http-equiv="refresh"' in page
    assert f"3 / {looking.FAMILIES}" in page
    assert (waiting.done, waiting.ended, waiting.found) == (looking.FAMILIES, True, 2)
    assert "2 nouveaux signaux" in over
    assert "0 nouveau signal" in client.get(again.url).content.decode()
    assert other.post(f"{HOME}regarder/").status_code == 403


def test_a_look_that_fails_says_so_and_changes_nothing(register, monkeypatch):
    passing = Passing.objects.create(at=timezone.now(), ended=False)
    monkeypatch.setattr(looking, "looks", lambda *_given: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        tasks.asked.call(passing.pk)

    passing.refresh_from_db()
    assert (passing.ended, passing.failed) == (True, True)
    assert not Signal.objects.exists()


def test_the_sample_shows_every_kind_of_signal_and_no_look_takes_an_example_back(
    register, awa, bruno
):
    sample.build(TODAY)
    find(register)

    assert set(Signal.objects.values_list("kind", flat=True)) == set(Signal.Kind.values)
    examples = Signal.objects.filter(key__startswith=finding.EXAMPLE)
    assert {each.withdrawn_on for each in examples} == {None}
    assert {each.text.startswith("Exemple inventé") for each in examples} == {True}
    assert {(each.siren, each.origin) for each in examples} == {("", "invented")}
