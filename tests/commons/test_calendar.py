"""The agenda as a calendar: read back as calendar software does."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.utils import timezone

from bassin.commons import actions
from bassin.parties.models import Organisation


def read(client, address="/agenda.ics"):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(response.content)


def events(calendar):
    return {str(each["summary"]): each for each in calendar.walk("VEVENT")}


def test_an_event_is_read_in_the_time_of_paris_summer_and_winter(client, db, site, make_event):
    make_event(title="Juin")
    make_event(
        title="Janvier",
        starts_at=datetime(2031, 1, 6, 7, tzinfo=UTC),
        ends_at=datetime(2031, 1, 6, 9, tzinfo=UTC),
    )

    found = events(read(client))

    assert found["Juin"]["dtstart"].dt == datetime(2030, 6, 3, 9, tzinfo=ZoneInfo("Europe/Paris"))
    assert found["Janvier"]["dtstart"].dt.hour == 8
    assert found["Juin"]["dtstart"].params["TZID"] == "Europe/Paris"


def test_the_time_zone_travels_with_the_calendar(client, db, site, make_event):
    make_event()

    zones = read(client).walk("VTIMEZONE")

    assert [str(zone["tzid"]) for zone in zones] == ["Europe/Paris"]
    offsets = {part["tzoffsetto"].td for zone in zones for part in zone.subcomponents}
    assert offsets == {timedelta(hours=1), timedelta(hours=2)}


def test_a_change_keeps_the_name_and_raises_the_number(client, awa, site, make_event):
    event = make_event()
    before = events(read(client))["Forum"]

    actions.change_event(event, by=awa, title="Forum 2")
    actions.cancel(event, by=awa, now=timezone.now())

    after = events(read(client))["Forum 2"]
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 2)
    assert (str(before["status"]), str(after["status"])) == ("CONFIRMED", "CANCELLED")


@pytest.mark.parametrize("who", ["awa", "bruno", None])
def test_what_is_not_public_never_enters_a_calendar_whoever_asks(
    client, request, db, site, make_event, who
):
    if who:
        client.force_login(request.getfixturevalue(who))
    make_event(title="Secret partners", slug="p", visibility="partners")
    make_event(title="Secret internal", slug="i", visibility="internal")
    make_event(title="Put away", slug="a", archived_at=timezone.now())

    assert events(read(client)) == {}
    for slug in ("p", "i", "a"):
        assert client.get(f"/agenda/{slug}.ics").status_code == 404


def test_a_calendar_of_one_commune_holds_no_other(client, db, site, make_event):
    make_event(title="Orly")
    make_event(title="Vitry", commune_code="94081")

    assert set(events(read(client, "/agenda.ics?commune=94081"))) == {"Vitry"}
    assert set(events(read(client, "/agenda.ics?commune=' OR 1=1"))) == set()


def test_long_texts_commas_and_line_breaks_come_back_whole(client, db, site, make_event):
    text = "Un, deux; trois\nquatre \\ cinq — " + "é" * 200
    organiser = Organisation.objects.create(slug="o", kind="other", name="L’organisme")
    make_event(text=text, organiser=organiser, place="Salle A, 1er étage")

    response = client.get("/agenda.ics")
    found = events(icalendar.Calendar.from_ical(response.content))["Forum"]

    assert str(found["description"]) == f"{text}\n\nL’organisme"
    assert str(found["location"]) == "Salle A, 1er étage"
    assert max(len(line) for line in response.content.split(b"\r\n")) <= 75
