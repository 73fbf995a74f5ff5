"""What is kept of a reply, what it proposes, and which addresses are answered to."""

from datetime import date, timedelta

import pytest

from bassin.steer.programmes.mail.address import VALID_DAYS, Asked, Fault, address, read
from bassin.steer.programmes.mail.reading import MARKER, understood, written

TODAY = date(2026, 11, 26)
QUOTED = f"""
Le jeu. 26 nov. 2026 à 09:12, Grand-Orly Seine Bièvre <rapports+1.2.abc@example.org>
a écrit :

> {MARKER} Écrivez au-dessus de cette ligne
> Ce que vous devez dire ce mois-ci : 80 %
"""


@pytest.mark.parametrize(
    "signature",
    ["Cordialement,\nBruno Martin\n01 02 03 04 05", "--\nBruno Martin", "Envoyé de mon iPhone",
     "Télécharger Outlook pour Android", "Best regards,\nBruno", "Sent from my phone"],
)  # fmt: skip
def test_quotation_and_signature_are_left_out(signature):
    text = f"Bonjour,\n\nLa dalle est coulée.\n\n{signature}\n{QUOTED}"

    assert written(text) == "Bonjour,\n\nLa dalle est coulée."


def test_a_list_with_hyphens_is_kept_whole():
    text = f"Ce mois-ci :\n- dalle coulée\n- réseaux posés\n\nCordialement,\nBruno\n{QUOTED}"

    assert written(text) == "Ce mois-ci :\n- dalle coulée\n- réseaux posés"


def test_what_follows_the_line_is_left_out_even_when_nothing_marks_a_quotation():
    text = f"C'est fini.\n{MARKER} Écrivez au-dessus de cette ligne\nVotre rapport : 80 %"

    assert written(text) == "C'est fini."


def test_an_outlook_header_ends_the_reply():
    text = (
        "Travaux engagés.\n\nDe : Grand-Orly <x@example.org>\nEnvoyé : jeudi 26 novembre 2026\n"
        "À : Bruno\nObjet : Votre rapport\n\nCe que vous devez dire"
    )

    assert written(text) == "Travaux engagés."


def test_a_message_in_html_alone_is_read_without_what_it_quotes():
    html = (
        "<html><head><style>p {color: red}</style></head><body><p>Dalle&nbsp;coulée.</p>"
        "<p>Reste le toit.</p><blockquote><p>80 %</p></blockquote></body></html>"
    )

    assert written("", html) == "Dalle coulée.\nReste le toit."


def test_a_reply_without_words_of_its_own_is_empty():
    assert written(QUOTED) == ""


@pytest.mark.parametrize(
    ("text", "progress", "health", "done"),
    [
        ("Nous en sommes à 60 %.", 60, "", False),
        ("60% fait, 60 % exactement", 60, "", False),
        ("à 45 pour cent", 45, "", False),
        ("C'est bloqué par l'architecte des bâtiments de France.", None, "blocked", False),
        ("Le chantier a du retard, 40\u202f%", 40, "at_risk", False),
        ("Le projet est terminé.", None, "", True),
        ("The work is finished, 100 %", 100, "", True),
        ("Rien de neuf.", None, "", False),
        ("La situation est débloquée.", None, "", False),
        ("Terminées les études : 0 %", 0, "", True),
    ],
)
def test_a_percentage_and_some_words_are_proposed(text, progress, health, done):
    found = understood(text)

    assert (found.progress, found.health, found.done) == (progress, health, done)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Les lots 1 et 2 sont à 30 % et 70 %.", "percentages"),
        ("Fréquentation : 140 %", "percentages"),
        ("Ce n'est plus bloqué.", "words"),
        ("Le dossier n'est pas encore terminé.", "words"),
        ("Lot 1 terminé, lot 2 bloqué.", "words"),
        ("Not finished yet", "words"),
    ],
)
def test_what_may_be_read_two_ways_proposes_nothing_and_says_so(text, doubt):
    found = understood(text)

    assert not found
    assert doubt in found.doubt


@pytest.mark.parametrize(
    "text", ["Montant : 1 250 000 €", "12,5 % de hausse", "tome 3 sur 4", "n° 100", "deux tiers"]
)
def test_a_number_that_is_not_a_whole_percentage_is_never_a_progress(text):
    assert understood(text).progress is None


def test_an_address_is_read_back_whatever_the_case_of_its_letters(settings):
    settings.IMAP_ADDRESS = "rapports@example.org"
    asked = Asked(person_id=12_345, action_id=987_654)

    given = address(asked, today=TODAY)

    assert len(given.partition("@")[0]) <= 64
    assert read([f"Rapports <{given.upper()}>"], today=TODAY) == asked


def test_an_address_expires(settings):
    settings.IMAP_ADDRESS = "rapports@example.org"
    given = address(Asked(1, 2), today=TODAY)
    last = TODAY + timedelta(days=VALID_DAYS)

    assert read([given], today=last) == Asked(1, 2)
    assert read([given], today=last + timedelta(days=1)) is Fault.EXPIRED


@pytest.mark.parametrize("at", range(4))
def test_an_address_changed_anywhere_is_forged(settings, at):
    settings.IMAP_ADDRESS = "rapports@example.org"
    parts = address(Asked(71, 82), today=TODAY).partition("@")[0].partition("+")[2].split(".")
    parts[at] = ("b" if parts[at][0] == "a" else "a") + parts[at][1:]

    assert read([f"rapports+{'.'.join(parts)}@example.org"], today=TODAY) is Fault.FORGED


def test_a_retired_key_still_opens_the_addresses_it_signed(settings):
    settings.IMAP_ADDRESS = "rapports@example.org"
    settings.SECRET_KEY = "the key of before, long enough to sign"
    given = address(Asked(1, 2), today=TODAY)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the key of now, long enough to sign too"

    assert read([given], today=TODAY) == Asked(1, 2)


def test_an_ordinary_address_holds_no_token():
    assert read(["Bruno <bruno@example.org>", "service+presse@example.org"], today=TODAY) is None
