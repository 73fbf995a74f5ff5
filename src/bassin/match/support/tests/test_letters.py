"""Letters to firms: who is written to, nothing sent twice, and one click to refuse the next."""

from collections import Counter
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from bassin import systems
from bassin.errors import Refused
from bassin.match.support import actions, tasks
from bassin.match.support import actions_mailing as letters
from bassin.match.support.mailing import fields, merging, recipients, refusing, sending
from bassin.match.support.models import Contact, Delivery, Mailing, OptOut, Reach
from bassin.match.support.tests.conftest import NOW, TODAY, body, opened
from bassin.parties.models import Person
from bassin.parties.privacy.actions import erase, forget_what_is_over
from bassin.taxonomies.siret import is_siret
from tests.support.mailbox import HOST, free_port

LETTERS = "/accompagner/suivi/lettres/"
KEPT = "companies:selection:1"
COMMUNES = {"94074": "Exempleville"}
WORDS = {
    "selection": KEPT, "purpose": "les travaux de la gare", "subject": "Travaux à {Commune}",
    "body": "{Personne à joindre|Madame, Monsieur},\n{Nom de l'entreprise} est à côté.",
}  # fmt: skip


def siret(number):
    tried = (f"{100 + number:09}{last:05}" for last in range(100))
    return next(each for each in tried if is_siret(each))


def firm(by, number, *, ground="told", address=None, **more):
    """A case of a firm of the selection, with a contact who may be written to."""
    made = opened(
        by, kind="firm", siret=siret(number), **{"firm_name": f"EXEMPLE {number}", **more}
    )  # fmt: skip
    contact = actions.add_contact(
        made, by=by, contact_name=f"Contact {number}", contact_telephone="01 00",
        contact_email=f"firme{number}@example.org" if address is None else address,
    )  # fmt: skip
    if ground and contact.contact_email:
        letters.ground(contact, by=by, ground=ground, today=TODAY)
    return contact


def audience(*contacts):
    return letters.Audience({each.case.siret for each in contacts}, COMMUNES)


def written(by, **more):
    return letters.write(by=by, organisation=body(by), today=TODAY, **{**WORDS, **more})


def confirmed(by, *contacts):
    made = written(by)
    count = len(letters.found(made, audience(*contacts)).recipients)
    return letters.confirm(made, by=by, now=NOW, audience=audience(*contacts), count=count)


def states(mailing):
    return Counter(mailing.deliveries.values_list("state", flat=True))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bonjour {Nom de la boite}", "Nom de la boite"),
        ("Bonjour {}", "n'est pas un champ"),
        ("Bonjour {Commune", "accolade"),
        ("Bonjour Commune}", "accolade"),
        ("Bonjour {Com\nmune}", "accolade"),
    ],
)
def test_a_field_that_is_not_known_is_refused_before_anything_is_kept(awa, text, words):
    with pytest.raises(Refused) as refusal:
        written(awa, body=text)
    assert words in str(refusal.value)
    assert not Mailing.objects.exists()


@tries(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_characters="{}"), max_size=40), st.text(max_size=20))
def test_what_is_no_field_stays_as_written_and_a_name_is_never_read_as_a_field(text, name):
    assert fields.filled(text, {"firm": name}) == text
    told = fields.filled("{nom de l'entreprise}", {"firm": "{Commune} " + name, "commune": "X"})
    assert told == ("{Commune} " + name).strip()


def test_a_bar_gives_the_words_that_stand_in_and_a_hole_is_told():
    assert fields.filled("{Conseiller|notre service}", {"adviser": " "}) == "notre service"
    assert fields.missing({"adviser": ""}, "{Conseiller|x} {COMMUNE} {fonction}") == [
        "commune", "function"
    ]  # fmt: skip


def test_who_is_not_written_to_is_counted_with_the_reason(awa, bruno):
    told = firm(awa, 1)
    held = [
        told, firm(awa, 2, ground=""), firm(awa, 3, address=""), firm(awa, 4, commune_code=""),
        firm(awa, 5, address="FIRME1@example.org "), firm(awa, 6),
    ]  # fmt: skip
    refusing.refuse(refusing.digest("firme6@example.org"), TODAY)
    theirs = firm(bruno, 7)

    found = letters.found(written(awa), audience(*held, theirs))

    assert [refusing.plain(each.address) for each in found.recipients] == ["firme1@example.org"]
    assert dict(found.left_out) == {
        "no_contact": 1, "no_ground": 1, "no_address": 1, "hole": 1, "twice": 1, "refused": 1
    }  # fmt: skip
    assert {code for code, count in found.left_out.items() if count} <= set(recipients.REASONS)
    assert [(label.fr, count) for label, count in found.missing] == [("Commune", 1)]


def test_a_letter_leaves_once_its_number_is_typed_and_only_then(awa):
    held, made = (firm(awa, 1), firm(awa, 2)), written(awa)
    with pytest.raises(Refused, match="2 messages partiraient"):
        letters.confirm(made, by=awa, now=NOW, audience=audience(*held), count=3)
    assert not Delivery.objects.exists()

    letters.confirm(made, by=awa, now=NOW, audience=audience(*held), count=2)
    assert Delivery.objects.count() == 2
    with pytest.raises(Refused, match="déjà partie"):
        letters.confirm(made, by=awa, now=NOW, audience=audience(*held), count=2)
    with pytest.raises(Refused, match="déjà partie"):
        written(awa, mailing=made, body="autre")


class _Server:
    """A mail server that keeps what it takes, and knows one address no more."""

    def __init__(self):
        self.sent = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  aiosmtpd's name
        if address.startswith("firme2@"):
            return "550 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's name
        self.sent.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def server(settings):
    """A real mail server on this machine."""
    post = _Server()
    controller = Controller(post, hostname=HOST, port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = HOST, controller.port
    settings.SITE = "https://economie.example.fr"
    yield post
    controller.stop()


def test_messages_leave_by_smtp_each_with_its_names_and_its_way_out(server, awa):
    made = confirmed(awa, firm(awa, 1), firm(awa, 2), firm(awa, 3, origin="invented"))

    tasks.send_letter.call(made.pk)

    made.refresh_from_db()
    assert states(made) == {"sent": 1, "refused": 1, "invented": 1}
    assert made.state == "sent"
    (message,) = server.sent
    text = message.get_content().replace("\r\n", "\n")
    assert message["Subject"] == "Travaux à Exempleville"
    assert message["To"] == "firme1@example.org"
    assert message["Reply-To"] == awa.email
    assert text.startswith("Contact 1,\nEXEMPLE 1 est à côté.")
    assert "les travaux de la gare" in text
    link = message["List-Unsubscribe"].strip(" <>")
    assert link.startswith("https://economie.example.fr/accompagner/lettres/stop/")
    assert link in text
    assert "example.org" not in link
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


class Crashing(EmailBackend):
    """The process dies in the middle of the second message, which may have left."""

    def send_messages(self, email_messages):
        super().send_messages(email_messages)
        if len(mail.outbox) == CRASH_AT:
            raise SystemExit
        return 1


CRASH_AT = 2


def test_after_a_crash_nobody_is_sent_a_letter_twice_and_doubt_is_told(awa, settings, mailoutbox):
    made = confirmed(awa, *(firm(awa, number) for number in range(5)))
    settings.EMAIL_BACKEND = f"{__name__}.Crashing"
    with pytest.raises(SystemExit):
        sending.send(made, NOW)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert states(made) == {"sent": 1, "leaving": 1, "waiting": 3}

    sending.send(made, NOW + timedelta(hours=1))
    sending.send(made, NOW + timedelta(hours=2))

    assert states(made) == {"sent": 4, "unsure": 1}
    assert Counter(each.to[0] for each in mailoutbox).most_common(1)[0][1] == 1
    assert len(mailoutbox) == 5


def test_a_mail_server_that_does_not_answer_keeps_everything_waiting(awa, settings):
    made = confirmed(awa, firm(awa, 1), firm(awa, 2))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = HOST, free_port()

    tasks.send_letter.call(made.pk)

    assert states(made) == {"waiting": 2}
    assert Mailing.objects.get().state == "sending"


def test_a_letter_that_is_stopped_goes_no_further(awa, mailoutbox):
    made = confirmed(awa, firm(awa, 1), firm(awa, 2))
    sending.send(made, NOW, most=1)
    letters.stop(made, by=awa)
    tasks.send_letter.call(made.pk)
    assert states(made) == {"sent": 1, "stopped": 1}
    assert len(mailoutbox) == 1


def test_one_click_refuses_every_letter_and_reading_the_page_refuses_none(awa, here, mailoutbox):
    contact = firm(awa, 1)
    made = confirmed(awa, contact)
    anybody = Client(enforce_csrf_checks=True)
    address = reverse("support:stop", args=[refusing.token("Firme1@example.org")])

    page = anybody.get(address)
    assert page.status_code == 200
    assert "example.org" not in page.content.decode()
    assert not OptOut.objects.exists()
    assert anybody.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert states(made) == {"opted_out": 1}
    assert "firme1" not in str(OptOut.objects.values())
    with pytest.raises(Refused, match="personne à qui écrire"):
        confirmed(awa, contact)
    tasks.send_letter.call(made.pk)
    assert mailoutbox == []


def test_a_forged_link_refuses_nothing(here):
    answer = Client().post(reverse("support:stop", args=["abc:def"]))
    assert answer.status_code == 404
    assert not OptOut.objects.exists()


def test_a_refusal_outlives_erasure_and_a_change_of_key(awa, settings):
    refusing.refuse(refusing.digest("lucie@example.org"), TODAY)
    erase(Person.objects.create_user("lucie@example.org", name="Lucie"), by=None, today=TODAY)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the tests, long enough to be one" * 2
    assert refusing.refused(["Lucie@example.org", "x@example.org"]) == {"lucie@example.org"}


@pytest.fixture
def chosen(monkeypatch, awa, here):
    """A kept selection of two followed firms that Awa may see, as the companies tell it."""
    held = audience(firm(awa, 1), firm(awa, 2)).sirets
    monkeypatch.setattr(systems, "selections", lambda person: {KEPT: "Autour de la gare"})
    monkeypatch.setattr(
        systems, "selected",
        lambda reference, person: frozenset(held) if person == awa else None,
    )  # fmt: skip
    return held


def test_a_letter_is_written_read_on_real_firms_confirmed_and_followed(client, chosen, awa):
    client.force_login(awa)
    sent = {**WORDS, "organisation": body(awa).pk}
    refused = client.post(f"{LETTERS}ecrire/", {**sent, "body": "Bonjour {Patron}"})
    assert "Patron" in refused.content.decode()

    address = client.post(f"{LETTERS}ecrire/", sent)["Location"]
    page = client.get(address).content.decode()
    assert "Contact 1," in page
    assert "EXEMPLE 2 est à côté." in page
    assert "2 messages" in page
    client.post(address, {"do": "send", "count": "1"})
    assert not Delivery.objects.exists()
    client.post(address, {"do": "send", "count": "2"})

    assert Delivery.objects.count() == 2
    assert "Autour de la gare" in client.get(LETTERS).content.decode()
    table = client.get(f"{address}publipostage.csv").content.decode("utf-8-sig")
    assert table.startswith("Adresse électronique;Nom de l'entreprise;Commune")


def test_formulas_are_neutralised_in_the_table_for_a_word_processor():
    one = recipients.Recipient("a@example.org", {"firm": "=1+1"}, "told", "real")
    assert "'=1+1" in merging.written([one], "fr").decode()


@pytest.mark.parametrize("name", ["bruno", "eve", "chloe", "dan"])
def test_no_letter_nor_ground_exists_for_a_stranger(client, request, chosen, awa, name):
    made, contact = written(awa), Contact.objects.first()
    client.force_login(request.getfixturevalue(name))
    pages = [f"{LETTERS}{made.pk}/", f"{LETTERS}{made.pk}/ecrire/",
             f"{LETTERS}{made.pk}/publipostage.csv"]  # fmt: skip
    ground = reverse("support:ground", args=[contact.pk])

    answers = {client.get(each).status_code for each in pages}
    answers |= {client.post(pages[0], {"do": "drop"}).status_code}
    answers |= {client.post(ground, {"ground": ""}).status_code}

    assert answers <= {403, 404}
    assert Mailing.objects.count() == 1
    assert Reach.objects.count() == 2
    assert "Travaux à" not in client.get(LETTERS).content.decode()


def test_addresses_are_forgotten_a_year_after_a_letter_and_its_numbers_stay(awa, mailoutbox):
    made = confirmed(awa, firm(awa, 1))
    tasks.send_letter.call(made.pk)
    forget_what_is_over(today=TODAY + timedelta(days=364))
    assert Delivery.objects.exists()
    forget_what_is_over(today=TODAY + timedelta(days=400))
    assert not Delivery.objects.exists()
    assert Mailing.objects.exists()
