"""Files of offers: what is read, what is left and said, what is written once."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from bassin.errors import Refused
from bassin.match.jobs import actions, actions_imports
from bassin.match.jobs.imports import table, writing
from bassin.match.jobs.models import Feed, KeptApart, Offer, OfferSource
from bassin.match.jobs.tests.conftest import TODAY, WRITTEN, firm

HEADER = "Référence;Intitulé;Code ROME;Employeur;Code commune;Lieu;Postuler par;Téléphone"
ROW = "{};{};N1101;Atelier Exemple;94074;Valenton;appeler;01 00 00 00 00"


def file(*rows: str, header: str = HEADER) -> bytes:
    return "\r\n".join((header, *rows)).encode("utf-8-sig")


@pytest.fixture
def feed(people_on):
    return actions_imports.add_feed(
        by=people_on.awa, title="Fichier de la chambre", kind="csv",
        organisation=firm(people_on.bruno), trusted=True,
    )  # fmt: skip


def bring(feed, people, content, day=TODAY, **more):
    draft = actions_imports.bring(feed, content, by=people.awa, today=day, **more)
    return actions_imports.write(draft, by=people.awa, today=day).result


def test_every_column_is_read_as_people_type_it():
    header = ",".join(f'"{column.name}"' for column in table.COLUMNS)
    row = (
        'A1,Cariste H/F,Charger,n1101,Atelier,000 000 002 00016,CDD,6,01/12/2026,"35,5",5h30,13:00,'
        'non,"1 850,50",2100 €,mois,CAP,0,B1,"B, R489-3",oui,non,94074,Valenton,48.7,2.4,2,appeler,'
        "https://example.org/a,Sonnez,Lucie,0100000000,l@example.org,https://example.org/o,"
        "2026-11-20,31/12/2026"
    )

    reading = table.read(f"{header}\n{row}\n".encode())

    assert reading.problems == []
    [record] = reading.records
    said = record.fields
    assert (said["hours_week"], said["pay_from_eur"]) == (Decimal("35.5"), Decimal("1850.50"))
    assert (said["shift_start"], said["starts_on"]) == (time(5, 30), date(2026, 12, 1))
    assert (said["level"], said["french_level"], said["experience_months"]) == (3, 3, 0)
    assert (said["licences"], said["airport_badge"], said["weekend"]) == (["B", "R489-3"], True,
                                                                           False)  # fmt: skip
    assert (said["employer_siret"], said["rome_code"]) == ("00000000200016", "N1101")
    assert record.expires_on == date(2026, 12, 31)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_the_mark_and_the_encoding_are_found(encoding, mark):
    text = f"Référence{mark}Intitulé{mark}Lieu\nA1{mark}Employé H/F{mark}Évry\n"

    [record] = table.read(text.encode(encoding)).records

    assert (record.fields["title"], record.fields["place"]) == ("Employé H/F", "Évry")


def test_a_value_that_is_not_understood_is_left_and_its_line_kept():
    content = "Référence;Intitulé;SIRET;Début;Couleur\nA1;Cariste;12;demain;bleu\n".encode()

    reading = table.read(content)

    assert [record.external_id for record in reading.records] == ["A1"]
    assert [(each.line, each.column, each.whole) for each in reading.problems] == [
        (2, "siret", False), (2, "début", False),
    ]  # fmt: skip
    assert reading.left == ["Couleur"]


@pytest.mark.parametrize(
    ("rows", "line"),
    [((";Cariste",), 2), (("A1;",), 2), (("A1;Cariste", "A1;Autre"), 3), (("A" * 81 + ";x",), 2)],
)
def test_a_line_that_cannot_be_an_offer_is_left_with_its_number(rows, line):
    reading = table.read("\n".join(("Référence;Intitulé", *rows)).encode())

    assert [(each.line, each.whole) for each in reading.problems] == [(line, True)]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"PK\x03\x04", b"a;b\n1;2", b"x" * (table.LARGEST + 1), b"a\x00b", b"\xff\xfe",
        "référence;intitulé\n".encode() + b"A1;Cariste\n" * 900 + b"A2;Cari\x00ste\n",
    ],
)  # fmt: skip
def test_what_is_no_file_of_offers_is_refused_in_words(content):
    with pytest.raises(Refused) as refusal:
        table.read(content)

    assert len(str(refusal.value)) > 20


def test_a_trusted_file_is_on_line_once_and_read_again_changes_nothing(people_on, feed):
    content = file(ROW.format("A1", "Cariste H/F"), ROW.format("A2", "Cuisinier H/F"))

    first, second = bring(feed, people_on, content), bring(feed, people_on, content)

    assert (first["new"], second["same"], second["new"], second["gone"]) == (2, 2, 0, 0)
    assert Offer.objects.open(TODAY).count() == 2
    assert OfferSource.objects.count() == 2


def test_forbidden_words_wait_for_a_moderator_even_from_a_trusted_source(people_on, feed):
    bring(feed, people_on, file(ROW.format("A1", "Femme de ménage")))

    assert [offer.state for offer in Offer.objects.all()] == ["submitted"]


def test_a_source_that_is_not_trusted_waits_for_a_moderator(people_on, feed):
    Feed.objects.update(trusted=False)

    bring(feed, people_on, file(ROW.format("A1", "Cariste H/F")))

    assert list(Offer.objects.waiting()) == list(Offer.objects.all())


def test_what_changes_in_the_source_changes_here_and_what_it_unsays_is_unknown(people_on, feed):
    header = HEADER + ";Contrat"
    bring(feed, people_on, file(ROW.format("A1", "Cariste H/F") + ";CDI", header=header))

    done = bring(feed, people_on, file(ROW.format("A1", "Cariste de nuit H/F") + ";",
                                       header=header))  # fmt: skip

    offer = Offer.objects.get()
    assert done["changed"] == 1
    assert (offer.title, offer.contract, offer.state) == ("Cariste de nuit H/F", "", "published")


def test_an_offer_absent_three_days_running_is_over_and_comes_back_when_seen(people_on, feed):
    both = file(ROW.format("A1", "Cariste H/F"), ROW.format("A2", "Cuisinier H/F"))
    one = file(ROW.format("A1", "Cariste H/F"))
    bring(feed, people_on, both)
    gone = [bring(feed, people_on, one, TODAY + timedelta(day))["gone"] for day in (1, 1, 2, 3, 4)]

    assert gone == [0, 0, 0, 1, 0]
    offer = Offer.objects.get(title="Cuisinier H/F")
    assert (offer.state, offer.closed_why) == ("expired", "absent")

    bring(feed, people_on, both, TODAY + timedelta(5))
    offer.refresh_from_db()
    assert offer.is_open(TODAY + timedelta(5))


def test_a_part_of_a_source_makes_nothing_absent(people_on, feed):
    bring(feed, people_on, file(ROW.format("A1", "Cariste H/F")))

    bring(feed, people_on, file(ROW.format("A2", "Cuisinier H/F")), TODAY + timedelta(1),
          whole=False)  # fmt: skip

    assert {source.absent for source in OfferSource.objects.all()} == {0}


def test_a_reading_without_any_offer_changes_nothing(people_on, feed):
    bring(feed, people_on, file(ROW.format("A1", "Cariste H/F")))

    with pytest.raises(Refused, match="Fichier de la chambre"):
        bring(feed, people_on, file(), TODAY + timedelta(1))

    assert {source.absent for source in OfferSource.objects.all()} == {0}


def test_an_offer_of_two_sources_is_one_offer_that_says_why_and_can_be_split(people_on, feed):
    other = actions_imports.add_feed(by=people_on.awa, title="Autre", kind="csv", trusted=True)
    bring(feed, people_on, file(ROW.format("A1", "Cariste H/F")))

    done = bring(other, people_on, file(ROW.format("Z9", "Cariste (H/F)")))

    offer = Offer.objects.get()
    source = offer.sources.get(feed=other)
    assert done["joined"] == 1
    said = [each["fr"] for each in source.judged["reasons"]]
    assert "même commune" in said
    assert any("100 %" in each for each in said)

    apart = writing.split(source, by=people_on.awa, today=TODAY)

    assert apart.pk != offer.pk
    assert KeptApart.objects.get().decided_by == people_on.awa
    again = bring(other, people_on, file(ROW.format("Z9", "Cariste (H/F)")))
    assert (again["same"], Offer.objects.count()) == (1, 2)
    with pytest.raises(PermissionDenied):
        writing.split(source, by=people_on.bruno, today=TODAY)


def test_an_offer_that_its_employer_wrote_here_is_recognised_and_not_ended_by_the_feed(
    people_on, published, feed
):
    name = published.employer_said
    row = ROW.format("A1", "Cariste H/F").replace("Atelier Exemple", name)
    bring(feed, people_on, file(row, ROW.format("A2", "Cuisinier H/F")))
    assert published.sources.count() == 1

    for day in (1, 2, 3, 4):
        bring(feed, people_on, file(ROW.format("A2", "Cuisinier H/F")), TODAY + timedelta(day))

    published.refresh_from_db()
    assert published.state == "published"


def test_an_offer_closed_by_a_person_stays_closed_whatever_the_feed_says(people_on, feed):
    content = file(ROW.format("A1", "Cariste H/F"))
    bring(feed, people_on, content)
    actions.close(Offer.objects.get(), by=people_on.bruno, today=TODAY)

    bring(feed, people_on, content, TODAY + timedelta(1))

    assert Offer.objects.get().state == "closed"


def test_nothing_is_written_before_the_review_and_once_after(people_on, feed):
    draft = actions_imports.bring(
        feed, file(ROW.format("A1", "Cariste H/F")), by=people_on.bruno, today=TODAY
    )
    assert not Offer.objects.exists()
    with pytest.raises(PermissionDenied):
        actions_imports.write(draft, by=people_on.eve, today=TODAY)

    done = actions_imports.write(draft, by=people_on.bruno, today=TODAY)
    assert done.findings == {}
    with pytest.raises(Refused):
        actions_imports.write(draft, by=people_on.bruno, today=TODAY)
    assert Offer.objects.count() == 1


def test_the_contact_person_is_kept_on_the_offer_alone(people_on, feed):
    bring(feed, people_on, file(ROW.format("A1", "Cariste H/F") + ";Lucie Modèle",
                                header=HEADER + ";Contact"))  # fmt: skip

    assert Offer.objects.get().contact_name == "Lucie Modèle"
    assert "Lucie" not in str(list(OfferSource.objects.values()))


def test_a_draft_left_for_a_week_is_emptied(people_on, feed):
    draft = actions_imports.bring(
        feed, file(ROW.format("A1", "Cariste H/F")), by=people_on.awa, today=TODAY
    )

    assert actions_imports.forget_drafts(TODAY + timedelta(7)) == 0
    assert actions_imports.forget_drafts(TODAY + timedelta(8)) == 1

    draft.refresh_from_db()
    assert (draft.state, draft.findings) == ("dropped", {})


def test_the_pages_bring_a_file_in_and_show_what_was_left(here, client, awa, bruno):
    made = actions_imports.add_feed(
        by=awa, title="Fichier", kind="csv", organisation=firm(bruno), trusted=True
    )
    client.force_login(bruno)
    from django.core.files.uploadedfile import SimpleUploadedFile

    content = file(ROW.format("A1", "Cariste H/F"), ROW.format("", "Sans numéro"))
    brought = SimpleUploadedFile("offres.csv", content, "text/csv")
    answer = client.post(
        f"/accompagner/emplois/sources/{made.slug}/", {"file": brought, "whole": "on"}, follow=True
    )
    assert "ligne 3" in answer.content.decode()

    page = client.post(answer.request["PATH_INFO"], {"do": "write"}, follow=True)
    assert "Ajoutées : 1" in page.content.decode()
    assert Offer.objects.get().title == "Cariste H/F"
    assert WRITTEN["title"] in client.get("/accompagner/emplois/").content.decode()


def test_the_page_of_the_service_says_that_it_is_not_yet_tried(here, client, awa):
    made = actions_imports.add_feed(by=awa, title="France Travail", kind="france_travail")
    client.force_login(awa)

    page = client.get(f"/accompagner/emplois/sources/{made.slug}/").content.decode()
    assert "Pas encore essayé" in page
    refused = client.post(f"/accompagner/emplois/sources/{made.slug}/").content.decode()
    assert "BASSIN_FRANCE_TRAVAIL_CLIENT" in refused
