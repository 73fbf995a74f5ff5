"""From the reminder to the report, through a mail server of this machine."""

import html
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connections
from django.urls import reverse

from bassin.errors import Refused
from bassin.parties.models import Membership
from bassin.steer.programmes.mail import following, inbox, reminders
from bassin.steer.programmes.mail.address import VALID_DAYS
from bassin.steer.programmes.models import Action, ActionRole, Letter, Reminder, Update
from bassin.steer.programmes.tests.conftest import Made, organisation_of
from bassin.types import Origin
from tests.support.mailbox import PASSWORD
from tests.support.people import seat

TODAY = date(2026, 12, 2)
NOW = datetime(2026, 12, 2, 3, tzinfo=UTC)


def read(today: date = TODAY) -> dict[str, int]:
    return dict(inbox.read(today, NOW))


@pytest.fixture
def held(bruno, made) -> Action:
    """An action that Bruno's chamber holds, silent for a month."""
    action = made.action(holder=organisation_of(bruno), title="Quai fluvial")
    made.update(action, on=date(2026, 10, 12), progress=40, text="Études finies.")
    return action


@pytest.fixture
def reminded(held, posted):
    """The reminder as Bruno received it."""
    assert reminders.send(TODAY, NOW) == 1
    return posted.sent[0]


def test_a_reminder_says_what_to_report_and_where_to_answer(reminded, held):
    text = reminded.get_content()

    assert reminded["To"] == "bruno@example.org"
    assert "Quai fluvial" in reminded["Subject"]
    assert reminded["Reply-To"].startswith("rapports+")
    assert reminded["Auto-Submitted"] == "auto-generated"
    for words in ("Études finies.", "40 %", "12 octobre 2026", "https://economie.example.fr/"):
        assert words in text


def test_a_month_is_reminded_once(reminded, posted):
    assert reminders.send(TODAY + timedelta(days=1), NOW) == 0
    assert Reminder.objects.count() == 1
    assert len(posted.sent) == 1


def test_who_has_reported_this_month_is_left_alone(held, made, posted):
    made.update(held, on=TODAY)

    assert reminders.send(TODAY, NOW) == 0


@pytest.mark.parametrize("lifecycle", ["done", "abandoned", "idea", "proposed"])
def test_nobody_is_asked_about_what_is_over_or_not_begun(held, posted, lifecycle):
    Action.objects.update(lifecycle=lifecycle, abandoned_why="faute de terrain")

    assert reminders.send(TODAY, NOW) == 0


def test_a_pilot_is_asked_in_the_place_of_the_holder(held, awa, posted):
    ActionRole.objects.create(action=held, role=ActionRole.Role.PILOT, person=awa)

    reminders.send(TODAY, NOW)

    assert [each["To"] for each in posted.sent] == ["awa@example.org"]


def test_an_invented_person_is_never_written_to(held, bruno, posted):
    bruno.origin = Origin.INVENTED
    bruno.save()

    assert reminders.send(TODAY, NOW) == 0


def test_the_middle_of_a_month_sends_nothing(held, posted):
    assert reminders.send(date(2026, 12, 11), NOW) == 0


def test_a_confidential_sheet_keeps_its_title_out_of_the_mail(held, posted):
    held.confidential = True
    held.save()

    reminders.send(TODAY, NOW)

    assert "Quai fluvial" not in posted.sent[0].as_string()
    assert held.ref in posted.sent[0]["Subject"]


def test_reminders_wait_when_the_mail_server_does_not_answer(held, posted, settings):
    settings.EMAIL_PORT = 1

    assert reminders.send(TODAY, NOW) == 0
    assert Reminder.objects.count() == 0


def test_who_is_due_costs_the_same_number_of_queries_for_many_actions(
    held, made, bruno, django_assert_num_queries
):
    for _number in range(20):
        made.action(holder=organisation_of(bruno))

    with django_assert_num_queries(4):
        (due,) = reminders.due(TODAY)

    assert len(due.actions) == 21


def test_an_answer_becomes_an_update_word_for_word_without_a_figure(reminded, held, posted):
    posted.answer(reminded, "La dalle est coulée, 60 % environ.\n\nCordialement,\nBruno")

    assert read() == {"recorded": 1}

    made = held.updates.first()
    assert made.text == "La dalle est coulée, 60 % environ."
    assert made.via == Update.Via.EMAIL
    assert made.author.email == "bruno@example.org"
    assert made.progress is None
    assert made.health == ""


def test_the_acknowledgement_shows_what_it_read_and_how_to_record_it(
    reminded, held, posted, client
):
    posted.answer(reminded, "La dalle est coulée, 60 %. Chantier bloqué par la crue.")
    read()
    ack = posted.sent[-1]
    text = ack.get_content()
    address = next(word for word in text.split() if "/compte-rendu/" in word)

    assert ack["To"] == "bruno@example.org"
    assert ack["Auto-Submitted"] == "auto-replied"
    assert "avancement : 60 %" in text
    assert "bloquée" in text

    page = client.get(address.removeprefix("https://economie.example.fr"))
    assert page.context["form"].initial["progress"] == 60
    sent = {"progress": "65", "health": "blocked", "blocked_cause": "La crue"}
    with time_machine.travel(NOW):
        for _twice in range(2):
            client.post(page.request["PATH_INFO"], sent)

    held.refresh_from_db()
    assert held.health == "blocked"
    assert held.blocked_cause == "La crue"
    assert [each.progress for each in held.updates.all()] == [65, None, 40]


def test_a_blocked_action_is_confirmed_with_what_blocks_it(reminded, held, posted, client):
    posted.answer(reminded, "Bloqué.")
    read()
    address = next(w for w in posted.sent[-1].get_content().split() if "/compte-rendu/" in w)

    page = client.post(address.removeprefix("https://economie.example.fr"), {"health": "blocked"})

    assert "Dites ce qui la bloque" in page.content.decode()
    assert held.updates.count() == 2


@pytest.fixture
def answered(reminded, held, posted):
    """The path of the page that confirms « c'est terminé », of an action with two steps."""
    held.milestones.create(title="Couler la dalle", due_on=TODAY)
    held.milestones.create(title="Poser le toit", due_on=TODAY + timedelta(days=30))
    posted.answer(reminded, "C'est terminé.")
    read()
    address = next(w for w in posted.sent[-1].get_content().split() if "/compte-rendu/" in w)
    return address.removeprefix("https://economie.example.fr")


def test_an_action_said_done_is_closed_in_one_tap_and_what_changed_is_said_back(
    answered, held, client
):
    page = client.get(answered).content.decode()
    assert page.count('name="finished"') == 1

    with time_machine.travel(NOW):
        thanks = client.post(answered, {"finished": "1"}, follow=True).content.decode()

    held.refresh_from_db()
    assert (held.lifecycle, held.done_on) == ("done", TODAY)
    assert "en cours" in thanks
    assert "terminée" in thanks
    assert "100" in thanks
    assert client.get(answered).status_code == 302
    assert held.updates.filter(via="email").count() == 2


def test_a_step_said_done_is_closed_in_one_tap_and_the_action_goes_on(answered, held, client):
    first = held.milestones.get(title="Couler la dalle")
    assert "L'étape « Couler la dalle » est terminée" in html.unescape(
        client.get(answered).content.decode()
    )

    with time_machine.travel(NOW):
        thanks = client.post(answered, {"steps": first.pk}, follow=True).content.decode()

    first.refresh_from_db()
    held.refresh_from_db()
    assert (first.done_on, held.lifecycle) == (TODAY, "in_progress")
    assert "Couler la dalle" in thanks
    assert "Poser le toit" not in thanks


def test_a_step_of_another_action_is_not_closed_from_here(answered, made, client):
    other = made.action().milestones.create(title="Ailleurs")

    client.post(answered, {"steps": other.pk})

    other.refresh_from_db()
    assert other.done_on is None


def test_the_thanks_say_nothing_that_was_not_signed(client):
    page = client.get(reverse("programmes:confirmed"), {"dit": "faux"})

    assert page.status_code == 200
    assert page.context["changes"] == []


def test_an_address_of_confirmation_that_was_changed_opens_nothing(reminded, posted, client):
    posted.answer(reminded, "60 %")
    read()
    address = next(w for w in posted.sent[-1].get_content().split() if "/compte-rendu/" in w)
    path = address.removeprefix("https://economie.example.fr").rstrip("/")

    assert client.get(f"{path[:-1]}{'a' if path[-1] != 'a' else 'b'}/").status_code == 410


def test_the_same_message_read_twice_is_one_update_and_one_answer(reminded, held, posted):
    reply = posted.answer(reminded, "Dalle coulée.")
    posted.server.deliver(reply)

    assert read() == {"recorded": 1}
    posted.server.deliver(reply)
    assert read() == {}

    assert held.updates.filter(via="email").count() == 1
    assert len(posted.sent) == 2


def refused(posted, outcome: str, words: str) -> None:
    """Nothing was recorded, and the sender was told why."""
    assert read() == {outcome: 1}
    assert not Update.objects.filter(via="email").exists()
    assert words in posted.sent[-1].get_content()
    assert read() == {}


def test_a_forged_address_is_refused_with_a_clear_answer(reminded, posted):
    kept = reminded["Reply-To"]
    del reminded["Reply-To"]
    reminded["Reply-To"] = kept.replace("+", "+z", 1)
    posted.answer(reminded, "Dalle coulée.")

    refused(posted, "forged", "Personne ici n'a fabriqué l'adresse")


def test_a_forged_address_from_a_stranger_carries_their_words_to_nobody(reminded, posted):
    kept = reminded["Reply-To"]
    del reminded["Reply-To"]
    reminded["Reply-To"] = kept.replace("+", "+z", 1)
    posted.answer(reminded, "Achetez.", sender="victime@example.net")

    assert read() == {"forged": 1}
    assert len(posted.sent) == 1


def test_an_address_out_of_date_is_refused(reminded, posted):
    posted.answer(reminded, "Dalle coulée.")

    assert read(TODAY + timedelta(days=VALID_DAYS + 1)) == {"expired": 1}
    assert "dernier rappel" in posted.sent[-1].get_content()


def test_someone_else_s_mailbox_cannot_use_the_address(reminded, chloe, posted):
    posted.answer(reminded, "Tout est fini, 100 %.", sender="Chloé <chloe@example.org>")

    refused(posted, "foreign", "appartient à quelqu'un d'autre")
    assert posted.sent[-1]["To"] == "chloe@example.org"


def test_who_left_the_holder_no_longer_reports(reminded, bruno, posted):
    Membership.objects.filter(person=bruno).update(ends_on=date(2021, 1, 1))
    posted.answer(reminded, "Dalle coulée.")

    refused(posted, "forbidden", "Vous ne rendez plus compte")


def test_an_answer_without_words_is_refused(reminded, posted):
    posted.answer(reminded, "")

    refused(posted, "empty", "au-dessus du texte du rappel")


def test_an_automatic_answer_is_read_and_never_answered(reminded, posted):
    posted.answer(reminded, "Je suis en congé.", Auto_Submitted="auto-replied")

    assert read() == {"automatic": 1}
    assert len(posted.sent) == 1


def test_a_stranger_who_writes_to_the_mailbox_gets_no_answer(posted, db, reminded):
    del reminded["Reply-To"]
    reminded["Reply-To"] = "rapports@example.org"
    posted.answer(reminded, "Achetez", sender="spam@example.net")

    assert read() == {"unaddressed": 1}
    assert len(posted.sent) == 1
    assert Letter.objects.get().person is None


def test_nothing_of_a_refused_message_is_kept(reminded, posted):
    posted.answer(reminded, "Un secret", sender="autre@example.net")
    read()

    (kept,) = Letter.objects.values()
    assert kept["person_id"] is None
    assert not any("secret" in str(value) or "autre" in str(value) for value in kept.values())


def test_a_connection_lost_before_the_mailbox_is_told_repeats_nothing(
    reminded, held, posted, monkeypatch
):
    posted.answer(reminded, "Dalle coulée.")
    posted.answer(reminded, "Et le toit.")
    flag = inbox.MailBoxUnencrypted.flag
    lost = []

    def lose(box, *words, **more):
        if not lost:
            lost.append(True)
            box.client.sock.close()
        return flag(box, *words, **more)

    monkeypatch.setattr(inbox, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(inbox.MailBoxUnencrypted, "flag", lose)

    assert read() == {"recorded": 2}

    assert {each.text for each in held.updates.filter(via="email")} == {
        "Dalle coulée.", "Et le toit."
    }  # fmt: skip
    assert len(posted.sent) == 3
    assert posted.server.unread() == 0


def test_a_server_that_stops_answering_is_said_and_loses_nothing(
    reminded, held, posted, monkeypatch
):
    posted.answer(reminded, "Dalle coulée.")
    monkeypatch.setattr(inbox, "PAUSE_SECONDS", 0)
    port = inbox.settings.IMAP_PORT
    inbox.settings.IMAP_PORT = 1

    with pytest.raises(Refused, match="did not answer"):
        read()

    inbox.settings.IMAP_PORT = port
    assert read() == {"recorded": 1}


def test_a_wrong_password_is_said(posted, settings, db):
    settings.IMAP_PASSWORD = "wrong"

    with pytest.raises(Refused, match="refuses its password"):
        read()


def test_an_answer_that_could_not_leave_leaves_with_the_next_reading(
    reminded, held, posted, settings
):
    posted.answer(reminded, "Dalle coulée.")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    read()
    assert len(posted.sent) == 1

    settings.EMAIL_PORT = port
    posted.server.unflag()
    assert read() == {}

    assert len(posted.sent) == 2
    assert held.updates.filter(via="email").count() == 1


@pytest.mark.postgres
def test_two_readers_at_once_record_and_answer_once(postgres_transactional_db, posted):
    # On PostgreSQL: SQLite in memory lets no two threads write.
    bruno = seat("Bruno", "chamber", "officer")
    held = Made().action(holder=organisation_of(bruno))
    reminders.send(TODAY, NOW)
    (reminded,) = posted.sent
    for number in range(4):
        posted.answer(reminded, f"Nouvelle {number}.")
    both = threading.Barrier(2)
    faults = []

    def one() -> None:
        both.wait()
        try:
            inbox.read(TODAY, NOW)
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    readers = [threading.Thread(target=one) for _number in range(2)]
    for each in readers:
        each.start()
    for each in readers:
        each.join()

    assert faults == []
    assert held.updates.filter(via="email").count() == 4
    assert len(posted.sent) == 5


def test_the_command_says_what_it_read(reminded, posted, capsys, monkeypatch):
    from bassin.cli import main

    posted.answer(reminded, "Dalle coulée.")
    monkeypatch.setattr("bassin.cli._set_up_django", lambda: None)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)

    assert main(["mail"]) == 0
    assert "1 (1 recorded)" in capsys.readouterr().out


def test_the_command_without_a_mailbox_says_which_settings_to_give(db, capsys, monkeypatch):
    from bassin.cli import main

    monkeypatch.setattr("bassin.cli._set_up_django", lambda: None)

    assert main(["mail"]) == 2
    assert "BASSIN_IMAP_HOST" in capsys.readouterr().err


def test_the_mailbox_is_followed_until_told_to_stop_whatever_goes_wrong(reminded, posted, settings):
    said = []
    stop = following.Stop()
    posted.answer(posted.sent[0], "Les travaux ont repris.")

    def tell(words):
        said.append(words)
        settings.IMAP_PASSWORD = PASSWORD
        if len(said) == 2:
            stop.set()

    settings.IMAP_PASSWORD = "no longer this one"
    with time_machine.travel(NOW):
        following.follow(0.01, stop, tell)

    assert "refuses its password" in said[0]
    assert said[1:] == ["E-mails read: 1 (1 recorded)."]


def test_a_stop_ends_between_two_messages_and_the_next_reading_goes_on(reminded, posted):
    for words in ("Un.", "Deux.", "Trois."):
        posted.answer(posted.sent[0], words)
    asked = iter((False, True))

    first = inbox.read(TODAY, NOW, until=lambda: next(asked))
    rest = inbox.read(TODAY, NOW)

    assert (first.total(), rest.total()) == (1, 2)


def test_a_second_signal_does_not_wait_for_the_mailbox():
    stop = following.Stop()

    stop._told(15, None)

    assert stop.is_set()
    with pytest.raises(SystemExit):
        stop._told(15, None)
