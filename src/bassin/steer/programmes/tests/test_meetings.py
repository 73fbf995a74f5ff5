"""Meetings in the one agenda, their minutes, and decisions that replace others."""

from datetime import date, datetime, time, timedelta

import icalendar
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from bassin import systems
from bassin.commons import calendar
from bassin.commons import permissions as shared
from bassin.commons.models import Document, Event
from bassin.errors import Refused
from bassin.steer.programmes import actions_governance, actions_meetings
from bassin.steer.programmes.models import BodyMembership, Decision
from bassin.steer.programmes.tests.conftest import LAST, TODAY, organisation_of
from bassin.ui.shared.views.agenda import when

LATER = TODAY + timedelta(days=20)
PDF = b"%PDF-1.7\n%%EOF\n"


def at(name: str, *args: object) -> str:
    return reverse(f"programmes:{name}", args=args)


@pytest.fixture
def called(body, awa):
    """A meeting to come of a public body, from two to four."""
    return actions_meetings.call_meeting(
        body, on=LATER, starts_at=time(14), ends_at=time(16), place="Orly", by=awa, today=TODAY
    )


def lines() -> list[icalendar.Event]:
    """The agenda as calendars that follow it read it."""
    events = calendar.followed(timezone.make_aware(datetime.combine(TODAY, time(8))))
    feed = calendar.feed(events, name="Agenda", address=lambda each: f"https://x.fr/{each.slug}")
    return list(icalendar.Calendar.from_ical(feed).walk("VEVENT"))


def test_a_meeting_called_stands_once_in_the_agenda_and_moves_with_it(both_databases, called, awa):
    actions_meetings.move_meeting(
        called, on=LATER + timedelta(days=1), place="Choisy", by=awa, today=TODAY
    )
    actions_meetings.move_meeting(called, starts_at=time(15), by=awa, today=TODAY)

    (line,) = lines()
    starts = line.decoded("dtstart")
    assert (starts.date(), starts.hour) == (LATER + timedelta(days=1), 15)
    assert (str(line["location"]), line["sequence"]) == ("Choisy", 2)
    assert str(line["summary"]) == "Comité de pilotage"


def test_a_meeting_without_an_hour_is_said_for_the_whole_day(body, awa):
    made = actions_meetings.call_meeting(body, on=LATER, by=awa, today=TODAY)

    (line,) = lines()
    assert line.decoded("dtstart") == LATER
    assert line.decoded("dtend") == LATER + timedelta(days=1)
    assert when(made.event) == "mercredi 16 décembre 2026"


def test_a_meeting_called_off_is_cancelled_in_the_agenda_and_counts_no_more(called, awa):
    called = actions_meetings.cancel_meeting(called, by=awa, now=timezone.now())

    (line,) = lines()
    assert line["status"] == "CANCELLED"
    with pytest.raises(Refused, match="annulée"):
        actions_meetings.move_meeting(called, on=TODAY, by=awa, today=TODAY)
    with pytest.raises(Refused, match="ne décide rien"):
        actions_governance.decide(
            called.body, meeting=called, on=TODAY, kind="stop", text="Non.", by=awa, today=TODAY
        )
    assert actions_meetings.call_meeting(called.body, on=LATER, by=awa, today=TODAY).pk


def test_a_meeting_that_decided_is_not_called_off(meeting, awa):
    actions_governance.decide(
        meeting.body, meeting=meeting, on=TODAY, kind="fund", text="Oui.", by=awa, today=TODAY
    )

    with pytest.raises(Refused, match="a pris des décisions"):
        actions_meetings.cancel_meeting(meeting, by=awa, now=timezone.now())


@pytest.mark.parametrize(("public", "seen"), [(True, 4), (False, 2)])
def test_the_agenda_shows_a_meeting_to_those_who_see_its_body(
    public, seen, called, awa, bruno, chloe
):
    actions_governance.edit_body(called.body, public=public, by=awa, today=TODAY)
    event = Event.objects.get()

    people = (awa, bruno, chloe, AnonymousUser())
    assert [shared.can_see(person, event) for person in people] == [True] * seen + [False] * (
        4 - seen
    )
    assert len(lines()) == public
    found = systems.resolve(f"programmes:meeting:{called.pk}", "fr")
    assert (found is not None and found.url == at("body", called.body.slug)) is public


def test_only_officers_move_a_meeting_or_keep_its_minutes(called, bruno):
    with pytest.raises(PermissionDenied):
        actions_meetings.move_meeting(called, on=TODAY, by=bruno, today=TODAY)
    with pytest.raises(PermissionDenied):
        actions_meetings.cancel_meeting(called, by=bruno, now=timezone.now())
    with pytest.raises(PermissionDenied):
        actions_meetings.keep_minutes(called, by=bruno, today=TODAY, title="PV", url="https://a.fr")
    assert Event.objects.get().sequence == 0


def test_a_meeting_does_not_end_before_it_begins(body, awa):
    for hours in ({"starts_at": time(16), "ends_at": time(14)}, {"ends_at": time(14)}):
        with pytest.raises(Refused, match="heure"):
            actions_meetings.call_meeting(body, on=LATER, by=awa, today=TODAY, **hours)


def test_a_meeting_is_called_moved_and_called_off_from_its_page(body, awa, client):
    client.force_login(awa)
    client.post(at("call_meeting", body.slug),
                {"on": LATER.isoformat(), "starts_at": "09:30", "ends_at": "11:00"})  # fmt: skip
    meeting = body.meetings.get()
    page = client.get(at("meeting", meeting.pk)).content.decode()
    assert "09:30 – 11:00" in page
    assert reverse("shared:event", args=[meeting.event.slug]) in page

    client.post(at("move_meeting", meeting.pk), {"on": LATER.isoformat(), "place": "Thiais"})
    client.post(at("cancel_meeting", meeting.pk), {"sure": "on"})

    page = client.get(at("meeting", meeting.pk)).content.decode()
    assert "Thiais" in page
    assert "Cette réunion est annulée" in page
    assert at("move_meeting", meeting.pk) not in page
    assert "annulé" in client.get(at("body", body.slug)).content.decode()


@pytest.fixture
def minuted(meeting, awa, client, settings, tmp_path):
    """Today's meeting, whose minutes were sent from its page."""
    settings.MEDIA_ROOT = tmp_path
    client.force_login(awa)
    sent = {"title": "Compte rendu", "visibility": "partners",
            "file": SimpleUploadedFile("pv.pdf", PDF)}  # fmt: skip
    answer = client.post(at("keep_minutes", meeting.pk), sent, follow=True)
    assert "Compte rendu" in answer.content.decode()
    meeting.refresh_from_db()
    return meeting


def test_minutes_are_read_by_partners_and_by_those_who_sit_there(
    minuted, awa, bruno, chloe, dan, client
):
    BodyMembership.objects.create(body=minuted.body, organisation=organisation_of(chloe))
    found = {}
    for name, person in (("awa", awa), ("bruno", bruno), ("chloe", chloe), ("dan", dan)):
        client.force_login(person)
        found[name] = client.get(at("minutes", minuted.pk))

    assert [found[name].status_code for name in ("awa", "bruno", "chloe", "dan")] == [
        200, 200, 200, 404,
    ]  # fmt: skip
    read = [b"".join(found[name].streaming_content) for name in ("awa", "bruno", "chloe")]
    assert read == [PDF] * 3
    assert found["bruno"].headers["Cache-Control"] == "private, no-store"


def test_internal_minutes_are_for_officers_alone(minuted, awa, bruno, client):
    Document.objects.update(visibility="internal")

    client.force_login(bruno)
    assert client.get(at("minutes", minuted.pk)).status_code == 404
    assert "Compte rendu" not in client.get(at("meeting", minuted.pk)).content.decode()
    client.force_login(awa)
    opened = client.get(at("minutes", minuted.pk))
    assert b"".join(opened.streaming_content) == PDF


def test_minutes_of_a_kind_that_is_not_accepted_say_why(meeting, awa, client):
    client.force_login(awa)

    page = client.post(at("keep_minutes", meeting.pk), {
        "title": "PV", "visibility": "public",
        "file": SimpleUploadedFile("pv.pdf", b"<html><script>alert(1)</script>"),
    })  # fmt: skip

    assert "aucun des genres acceptés" in page.content.decode()
    assert not Document.objects.exists()


def test_minutes_wait_for_the_meeting(called, awa):
    with pytest.raises(Refused, match="à venir"):
        actions_meetings.keep_minutes(called, by=awa, today=TODAY, title="PV", url="https://a.fr")


@pytest.fixture
def two(meeting, awa):
    """A decision of the last meeting, and one of today; both public."""

    def decided(on: date, text: str) -> Decision:
        return actions_governance.decide(
            meeting.body, on=on, kind="adopt", text=text, public=True, by=awa, today=TODAY
        )

    return decided(LAST, "Deux quais."), decided(TODAY, "Un quai.")


def test_a_decision_replaced_and_the_one_that_replaces_it_show_each_other(two, awa, client):
    old, new = two
    client.force_login(awa)
    body = at("body", old.body.slug)
    assert at("supersede", old.pk) in client.get(body).content.decode()

    client.post(at("supersede", old.pk), {"later": new.pk})

    client.logout()
    page = client.get(body).content.decode()
    assert f'href="{body}#decision-{new.pk}"' in page
    assert f'href="{body}#decision-{old.pk}"' in page
    assert "remplacée le 26 novembre 2026" in page
    assert "Elle remplace la décision du 3 septembre 2026" in page


def test_a_decision_that_one_may_not_see_is_not_named_by_the_one_it_replaced(two, awa, client):
    old, new = two
    Decision.objects.filter(pk=new.pk).update(public=False)
    actions_governance.supersede(old, later=new, by=awa, today=TODAY)

    page = client.get(at("body", old.body.slug)).content.decode()

    assert "remplacée depuis" in page
    assert "remplacée le" not in page
    assert f"decision-{new.pk}" not in page


def test_two_decisions_never_replace_each_other(meeting, awa):
    first, second = (
        actions_governance.decide(
            meeting.body, on=TODAY, kind="adopt", text=text, by=awa, today=TODAY
        )
        for text in ("Oui.", "Non.")
    )
    actions_governance.supersede(first, later=second, by=awa, today=TODAY)

    with pytest.raises(Refused, match="postérieure"):
        actions_governance.supersede(second, later=first, by=awa, today=TODAY)


def test_nobody_but_an_officer_replaces_a_decision(two, bruno, client):
    client.force_login(bruno)

    assert client.get(at("supersede", two[0].pk)).status_code == 403
    assert (
        at("supersede", two[0].pk) not in client.get(at("body", two[0].body.slug)).content.decode()
    )
