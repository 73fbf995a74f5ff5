"""The pages of shared records, for the four people of the tests."""

import json
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from bassin import systems
from bassin.commons import actions, permissions, sample
from bassin.commons.models import Document, Event, Operation, Placement
from bassin.parties import sample as people
from bassin.steer.programmes.models import Action
from tests.commons.test_actions import PDF

PAGES = ("/agenda/", "/operations/", "/documents/", "/embauches/",
         "/operations/ivry-confluences/", "/operations/exemple-quartier-des-ateliers/",
         "/agenda/exemple-forum-emploi/", "/agenda/exemple-atelier-reemploi/")  # fmt: skip
PEOPLE = ("awa", "bruno", "chloe", "dan", "nobody")


@pytest.fixture
def sampled(site, db):
    today = timezone.localdate()
    people.build(today)
    sample.build(today)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_answers_anyone_on_the_sample(client, sampled, language):
    for address in PAGES:
        response = client.get(address, {"lang": language})
        assert response.status_code == 200, address
        assert "<h1" in response.content.decode()


def test_the_sample_built_twice_is_the_same_and_names_its_documents(sampled):
    before = (Operation.objects.count(), Event.objects.count(), Placement.objects.count())

    sample.build(timezone.localdate())

    assert (Operation.objects.count(), Event.objects.count(), Placement.objects.count()) == before
    cited = Operation.objects.filter(origin="cited")
    assert cited.count() == 7
    assert all(each.source and each.phase == "unknown" and not each.lead for each in cited)
    assert not cited.filter(floors__isnull=False).exists()
    assert set(Event.objects.values_list("origin", flat=True)) == {"invented"}


SEES = {
    "public": {"awa": True, "bruno": True, "chloe": True, "dan": True, "nobody": True},
    "partners": {"awa": True, "bruno": True, "chloe": False, "dan": False, "nobody": False},
    "internal": {"awa": True, "bruno": False, "chloe": False, "dan": False, "nobody": False},
}


@pytest.mark.parametrize("visibility", list(SEES))
@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_sees_what_is_shown_to_them_and_nothing_else(
    client, request, db, site, make_event, who, visibility
):
    operation = Operation.objects.create(
        slug="o", name="Quartier", kind="development", visibility=visibility
    )
    event = make_event(title="Réunion", slug="r", visibility=visibility)
    document = Document.objects.create(
        title="Note", visibility=visibility, file=ContentFile(PDF, "x.pdf")
    )
    if who != "nobody":
        client.force_login(request.getfixturevalue(who))
    expected = SEES[visibility][who]

    for address, word in (("/operations/", "Quartier"), ("/operations/o/", "Quartier"),
                          ("/agenda/", "Réunion"), ("/agenda/r/", "Réunion"),
                          ("/documents/", "Note")):  # fmt: skip
        assert (word in client.get(address).content.decode()) == expected, address
    rows = client.get("/operations.json").json()["operations"]
    assert bool(rows) == expected
    sent = client.get(f"/documents/{document.pk}/")
    assert sent.status_code == (200 if expected else 404)
    if expected:
        assert b"".join(sent.streaming_content) == PDF
    assert operation.name
    assert event.slug


@pytest.mark.parametrize("who", PEOPLE)
def test_what_is_put_away_is_seen_by_officers_only(client, request, db, site, make_event, who):
    make_event(title="Réunion", slug="r", archived_at=timezone.now())
    if who != "nobody":
        client.force_login(request.getfixturevalue(who))

    assert client.get("/agenda/r/").status_code == (200 if who == "awa" else 404)
    assert "Réunion" not in client.get("/agenda/").content.decode()


@pytest.mark.parametrize(
    ("who", "adds", "announces", "counts"),
    [
        ("awa", True, True, True),
        ("bruno", False, True, True),
        ("chloe", False, False, False),
        ("dan", False, False, False),
    ],
)
def test_who_may_write_what(request, client, site, who, adds, announces, counts):
    person = request.getfixturevalue(who)
    client.force_login(person)

    assert permissions.can_add_document(person) == adds
    assert permissions.can_edit_operation(person) == adds
    assert permissions.can_count(person) == counts
    assert client.get("/documents/nouveau/").status_code == (200 if adds else 403)
    assert client.get("/agenda/nouveau/").status_code == (200 if announces else 403)


@pytest.mark.parametrize("address", ["/documents/nouveau/", "/agenda/nouveau/"])
def test_a_visitor_is_asked_to_sign_in_before_writing(client, db, site, address):
    assert client.get(address).status_code == 302


def test_an_officer_announces_changes_and_calls_off_from_the_pages(client, awa, site):
    client.force_login(awa)
    form = {"title": "Forum", "starts_at": "2030-06-03T09:00", "ends_at": "2030-06-03T12:00",
            "commune_code": "94054", "visibility": "public"}  # fmt: skip

    made = client.post("/agenda/nouveau/", form)
    client.post(f"{made.url}modifier/", {**form, "title": "Forum de l’emploi"})
    refused = client.post(f"{made.url}annuler/", {})
    assert Event.objects.get().cancelled_at is None
    client.post(f"{made.url}annuler/", {"sure": "on"})

    event = Event.objects.get()
    assert (event.title, event.sequence) == ("Forum de l’emploi", 2)
    assert event.cancelled_at is not None
    assert timezone.localtime(event.starts_at).hour == 9
    assert refused.status_code == 400
    assert "annulé" in client.get(made.url).content.decode()


def test_an_event_is_told_in_english_where_it_was_written_and_else_said_to_be_french(
    client, db, site, make_event
):
    told = make_event(slug="dit", title="Forum", title_en="Fair", text="Venez.", text_en="Come.")
    untold = make_event(slug="tu", title="Rencontre", text="Venez aussi.")

    pages = [
        client.get(f"/agenda/{each.slug}/?lang=en").content.decode() for each in (told, untold)
    ]
    agenda = client.get("/agenda/?lang=en").content.decode()

    assert "<h1>Fair</h1>" in pages[0]
    assert "Venez" not in pages[0]
    assert '<h1><bdi lang="fr">Rencontre</bdi></h1>' in pages[1]
    assert '<div class="prose" lang="fr"><p>Venez aussi.' in pages[1]
    assert ">Fair</a>" in agenda
    assert '<bdi lang="fr">Rencontre</bdi>' in agenda


def test_a_partner_cannot_write_in_anothers_event(client, bruno, site, make_event):
    make_event(slug="theirs")
    client.force_login(bruno)

    assert client.get("/agenda/theirs/modifier/").status_code == 403
    assert client.post("/agenda/theirs/annuler/", {"sure": "on"}).status_code == 403
    assert Event.objects.get().cancelled_at is None


def test_the_agenda_is_filtered_by_commune_and_month_and_a_strange_choice_breaks_nothing(
    client, db, site, make_event
):
    make_event(title="Juin à Orly")
    make_event(title="Juin à Vitry", commune_code="94081")

    def shown(query):
        page = client.get(f"/agenda/?{query}").content.decode()
        return [name for name in ("Juin à Orly", "Juin à Vitry") if name in page]

    assert shown("commune=94081") == ["Juin à Vitry"]
    assert shown("mois=2030-06") == ["Juin à Orly", "Juin à Vitry"]
    assert shown("mois=2030-07") == []
    assert shown("mois=2030-13&page=zz&commune=zz") == ["Juin à Orly", "Juin à Vitry"]


def test_a_file_is_sent_so_that_it_can_do_no_harm(client, awa, site):
    client.force_login(awa)
    file = SimpleUploadedFile("../évil.html", PDF, content_type="text/html")

    added = client.post(
        "/documents/nouveau/",
        {"title": "Note\r\nSet-Cookie: x", "visibility": "internal", "file": file},
    )
    document = Document.objects.get()
    sent = client.get(f"/documents/{document.pk}/")

    assert added.status_code == 302
    assert sent["Content-Type"] == "application/pdf"
    assert sent["Content-Disposition"].startswith('attachment; filename="note')
    assert sent["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert sent["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in sent
    sent.close()


def test_a_refused_file_says_why_on_its_form(client, awa, site):
    client.force_login(awa)
    file = SimpleUploadedFile("x.pdf", b"<html><script>", content_type="application/pdf")

    response = client.post(
        "/documents/nouveau/", {"title": "Note", "visibility": "public", "file": file}
    )

    assert response.status_code == 400
    assert "jugé sur son contenu" in response.content.decode()


def test_a_file_that_left_the_disk_is_not_an_accident(client, db, site):
    document = Document.objects.create(title="Note", visibility="public", file="documents/gone.pdf")

    assert client.get(f"/documents/{document.pk}/").status_code == 404


def test_an_operation_shows_its_floor_space_its_outline_and_what_is_not_said(client, sampled):
    whole = client.get("/operations/exemple-quartier-des-ateliers/?lang=en").content.decode()
    cited = client.get("/operations/senia/?lang=en").content.decode()

    assert "18,000" in whole
    assert 'fill="#A63D25"' in whole, "its outline"
    assert "cited" in cited
    assert cited.count("the document does not say") == 2
    assert "No document entered here gives its floor space." in cited


def test_an_operation_lists_its_public_actions_and_no_other(client, sampled):
    operation = Operation.objects.get(slug="ivry-confluences")
    known = {"operation": operation, "lifecycle": "in_progress"}
    Action.objects.create(ref="t:action:1", title="Atelier ouvert", visibility="public", **known)
    Action.objects.create(ref="t:action:2", title="Atelier caché", **known)

    page = client.get("/operations/ivry-confluences/").content.decode()

    assert "Atelier ouvert" in page
    assert "Atelier caché" not in page


def test_a_total_of_which_a_part_is_unknown_is_not_a_total(client, awa, site):
    operation = actions.add_operation(by=awa, name="Quartier", kind="development")
    actions.set_floor(operation, "bureaux", by=awa, source="ZAC", planned_m2=1000)
    actions.set_floor(operation, "logements", by=awa, source="ZAC")

    page = client.get("/operations/?lang=en").content.decode()

    assert "known in part" in page
    assert "1,000" not in page


def test_a_place_is_told_its_operations_and_what_is_to_come(sampled, make_event):
    card = systems.cards("place", "commune:94074", "fr")
    shared = next(each for each in card if each.system == "commons")

    assert [each.slug for each in shared.context["operations"]] == ["exemple-quartier-des-ateliers"]
    assert [event.slug for event, _when in shared.context["events"]] == ["exemple-visite-atelier"]
    none = systems.cards("place", "commune:48095", "fr")
    assert [each.system for each in none if each.system == "commons"] == []


def test_the_page_before_a_council_shows_them_and_no_private_event(client, sampled):
    Event.objects.filter(slug="exemple-preparation-du-comite").update(commune_code="94074")

    page = client.get("/lieux/commune/94074/une-page/").content.decode()

    assert "quartier des Ateliers" in page
    assert "Visite d’un atelier" in page
    assert "Préparation du comité" not in page


def test_search_and_references_find_public_records_only(sampled):
    found = {each.title for each in systems.search("ivry confluences", "fr")}
    private = systems.search("préparation du comité", "fr")
    event = systems.resolve("commons:event:exemple-forum-emploi", "fr")

    assert "Ivry Confluences" in found
    assert [each for each in private if "agenda" in each.url] == []
    assert event is not None
    assert event.url == "/agenda/exemple-forum-emploi/"
    assert systems.resolve("commons:event:exemple-preparation-du-comite", "fr") is None
    assert systems.resolve("commons:operation:nothing", "fr") is None


def test_the_lists_ask_a_constant_number_of_queries(
    client, sampled, django_assert_max_num_queries, make_event
):
    for number in range(40):
        Operation.objects.create(slug=f"o{number}", name=f"O {number}", kind="development")
        make_event(title=f"E {number}", slug=f"s{number}")

    for address in ("/agenda/", "/operations/", "/documents/"):
        with django_assert_max_num_queries(4):
            client.get(address)


def test_operations_are_given_as_data(client, sampled):
    rows = json.loads(client.get("/operations.json?commune=94041").content)["operations"]
    table = client.get("/operations.csv").content.decode("utf-8-sig")

    assert [row["slug"] for row in rows] == ["ivry-confluences"]
    assert table.splitlines()[0].startswith("slug,name,kind,phase")
    assert client.get("/operations.xml").status_code == 404


def test_hires_under_five_are_not_on_the_page(client, sampled):
    page = client.get("/embauches/?lang=en").content.decode()

    assert f">{timezone.localdate().year - 1}<" in page
    assert "secret" in page
    assert ">47<" in page.replace(' class="is-invented"', "")


def test_an_officer_writes_the_whole_sheet_of_an_operation_then_puts_it_away(client, awa, site):
    client.force_login(awa)
    form = {"name": "Quartier", "kind": "development", "phase": "works", "source": "ZAC",
            "commune_codes": ["94054"], "visibility": "public"}  # fmt: skip
    ring = [[2.36, 48.74], [2.38, 48.74], [2.38, 48.75], [2.36, 48.74]]
    outline = json.dumps({"type": "Polygon", "coordinates": [ring]})

    made = client.post("/operations/nouvelle/", form).url
    client.post(f"{made}modifier/", {**form, "phase": "delivered"})
    client.post(f"{made}surface/", {"use": "ateliers", "planned_m2": "1200", "source": "ZAC"})
    client.post(
        f"{made}contour/", {"geometry": outline, "valid_from": "2024-01-01", "source": "ZAC"}
    )
    refused = client.post(
        f"{made}contour/", {"geometry": "{}", "valid_from": "2025-01-01", "source": "ZAC"}
    )
    page = client.get(f"{made}?lang=en").content.decode()

    assert "delivered" in page
    assert "1,200" in page
    assert 'fill="#A63D25"' in page
    assert refused.status_code == 400
    client.post(f"{made}archiver/", {"why": "doublon"})
    client.logout()
    assert client.get(made).status_code == 404


@pytest.mark.parametrize("who", ["bruno", "chloe", "dan"])
@pytest.mark.parametrize(
    "address",
    ["nouvelle/", "senia/modifier/", "senia/surface/", "senia/contour/", "senia/archiver/"],
)
def test_only_officers_write_operations(client, request, site, who, address):
    client.force_login(request.getfixturevalue(who))
    Operation.objects.create(slug="senia", name="Sénia", kind="development")

    assert client.get(f"/operations/{address}").status_code == 403
    assert client.post(f"/operations/{address}", {"why": "x"}).status_code == 403


def test_a_form_opened_and_sent_as_it_is_changes_nothing(client, awa, site, make_event):
    operation = Operation.objects.create(
        slug="o", name="Quartier", kind="development", phase_on=date(2024, 3, 1), source="ZAC"
    )
    event = make_event(slug="e")
    client.force_login(awa)

    for address in ("/operations/o/modifier/", "/agenda/e/modifier/"):
        form = client.get(address).context["form"]
        sent = {field.name: field.value() for field in form}
        client.post(address, {name: value or "" for name, value in sent.items()})

    operation.refresh_from_db()
    event.refresh_from_db()
    assert operation.phase_on == date(2024, 3, 1)
    assert 'value="2024-03-01"' in client.get("/operations/o/modifier/").content.decode()
    assert 'value="2030-06-03T09:00"' in client.get("/agenda/e/modifier/").content.decode()
    assert event.sequence == 0
