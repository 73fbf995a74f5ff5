"""Sharing: a file is brought, checked row by row, published at its level, counted, withdrawn."""

import io
import json
from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse

from bassin.errors import NO_ROOM, Refused
from bassin.observe.opendata import actions_sharing as actions
from bassin.observe.opendata import datasets, openness
from bassin.observe.opendata.models import Agreement, Departure, Deposit, Use
from bassin.observe.opendata.sharing import checking, forgetting, places, uses
from bassin.sources import registry
from bassin.types import Origin
from bassin.ui.opened import house as opened_house
from tests.support import disk
from tests.support.browser import faults
from tests.support.installing import install, put
from tests.support.people import open_session

TODAY = date(2026, 11, 20)
CODE = "94081"
SECRET = "Ruelle-Introuvable"
HEADER = "Rue;Code commune;Vacants;Relevé le\n"
GOOD = f"{SECRET} 1;{CODE};3;2026-03-31\n{SECRET} 2;{CODE};4;2026-03-31\n"


@pytest.fixture(scope="module")
def house(france, tmp_path_factory):
    made = install(france, tmp_path_factory.mktemp("sharing") / "var")
    put(made, Origin.REAL, census=[])
    yield made
    registry.follow(made.var / "nobody")


@pytest.fixture
def here(house, settings, time_machine, request):
    """That installation on a day, with nothing shared, and its people."""
    time_machine.move_to(datetime.combine(TODAY, time(10), UTC))
    people = request.getfixturevalue("people")
    settings.VAR = house.var
    for path in (house.var / "authority" / "tables").glob("*.toml"):
        path.unlink()
    opened_house().store.forget("shared_locaux_vides")
    opened_house().refresh()
    return people


@pytest.fixture
def here_on_both(both_databases, request):
    """The same, on SQLite and on PostgreSQL."""
    return request.getfixturevalue("here")


def agreement(people, level="internal", **more):
    kept = Agreement.objects.create(
        slug=f"accord-{level}", title=f"Accord {level}", purpose="Voir ensemble",
        producer=people.bruno.memberships.get().organisation, level=level,
        starts_on=date(2026, 1, 1), review_on=date(2027, 1, 1), **more,
    )  # fmt: skip
    kept.readers.add(people.chloe.memberships.get().organisation)
    return kept


def proposed(people, level="internal", text=HEADER + GOOD, name="locaux.csv", **more):
    """A file that Bruno brought for a new table."""
    made = actions.propose(
        agreement(people, level, **more), by=people.bruno, title="Locaux « vides »", document=name,
        chunks=[text.encode()], dated_on="2026", today=TODAY,
    )  # fmt: skip
    actions.declare(made.table, made.table.made, by=people.bruno, today=TODAY)
    made.refresh_from_db()
    return made


def published(people, level="internal", **more):
    made = proposed(people, level, **more)
    actions.publish(made, by=people.awa, today=TODAY)
    made.refresh_from_db()
    assert made.state == Deposit.State.PUBLISHED, made.said
    opened_house().refresh()
    return made.table


def test_a_file_becomes_a_table_like_any_other(here):
    table = published(here, "public")

    found = datasets.tables(opened_house())[table.key]

    assert table.key == "shared_locaux_vides"
    assert (found.version.rows, found.version.refused, found.is_open) == (2, 0, True)
    assert list(found.columns) == [
        "rue", "commune_code", "vacants", "releve_le", "period", "cog",
    ]  # fmt: skip
    assert openness.level_of(table.key) == "public"
    assert found.publisher == "Test chamber"
    rows = opened_house().reader.rows(f"SELECT rue, vacants, period, cog FROM {table.key}")
    assert rows[0] == (f"{SECRET} 1", 3, "2026", 2026)


def test_a_new_version_takes_the_place_of_the_last_and_a_bad_one_changes_nothing(here):
    table = published(here, "public")
    before = opened_house().reader.release.tables[table.key].version

    bad = actions.bring(table, by=here.bruno, document="x.csv", chunks=[b"a;b\n1;2\n"], today=TODAY)
    half = actions.bring(
        table, by=here.bruno, document="y.csv", today=TODAY,
        chunks=[(HEADER + GOOD + f"Rue 3;{CODE};trois;\n").encode()],
    )  # fmt: skip

    assert (bad.state, half.state, half.refused) == ("refused", "checked", 1)
    assert "Il manque à ce fichier" in bad.said.fr
    with pytest.raises(Refused, match=r"refused|refusées"):
        actions.publish(half, by=here.awa, today=TODAY)
    opened_house().refresh()
    assert opened_house().reader.release.tables[table.key].version == before

    good = actions.bring(
        table, by=here.bruno, document="z.csv", today=TODAY, dated_on="2026-11",
        chunks=[(HEADER + f"Rue 9;{CODE};1;2026-06-30\n").encode()],
    )  # fmt: skip
    actions.publish(good, by=here.bruno, today=TODAY)
    opened_house().refresh()
    reader = opened_house().reader
    assert reader.rows(f"SELECT rue, period FROM {table.key}") == [("Rue 9", "2026-11")]
    assert len(reader.store.versions(table.key)) == 2


def test_a_commune_that_nobody_knows_is_told_before_anything_is_published(here, client):
    made = proposed(here, text=HEADER + GOOD + "Rue 3;94999;3;2026-03-31\n")
    assert (made.state, made.refused) == ("checked", 0)
    assert made.found["strangers"] == {"count": 1, "codes": ["94999"]}
    client.force_login(here.bruno)
    page = client.get(reverse("opendata:deposit", args=[made.pk])).content.decode()
    assert "94999" in page


PUBLIC = (
    "/donnees/", "/donnees/catalogue.ttl", "/donnees/catalogue.jsonld", "/donnees/catalogue.rdf",
    "/donnees/catalogue.csv", "/donnees/nouveautes.atom", "/donnees/charte/",
    "/donnees/au-service-de-qui/", "/donnees/partages/", "/donnees/journal/",
    "/donnees/journal.csv", "/donnees/?q=locaux", "/api/v1/openapi.json", "/api/v1/indicators",
    "/ogc/collections?f=json", "/ogc/api", "/sources/", "/sources.json", "/sources.csv",
    "/mentions-legales/", "/recherche/?q=locaux+vides",
)  # fmt: skip


@pytest.mark.parametrize("level", ["partners", "internal"])
def test_what_is_not_public_is_in_no_page_file_feed_or_address(here, client, level):
    table = published(here, level)
    own = [f"/donnees/tables/{table.key}{end}" for end in (
        "/", ".csv", ".parquet", ".json", ".schema.json", ".ttl", "/refus.csv",
    )] + [f"/embed/donnees/tables/{table.key}/", f"/ogc/collections/{table.key}?f=json",
          f"/ogc/collections/{table.key}/items?f=json", f"/sources/{table.key}/"]  # fmt: skip

    for address in (*PUBLIC, f"/donnees/partages/accords/accord-{level}/"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        body = b"".join(answer) if answer.streaming else answer.content
        for told in (table.key, "Locaux", SECRET):
            asked = told == "Locaux" and "q=" in address
            assert asked or told.encode() not in body, (address, told)
    for address in own:
        assert client.get(address).status_code in (403, 404), address
    private = reverse("opendata:shared", kwargs={"key": table.key})
    assert client.get(private).status_code == 302  # asks to sign in


def test_partners_read_what_is_shared_with_them_and_uses_are_counted_by_organisation(
    here_on_both, client
):
    here = here_on_both
    table = published(here, "partners")
    page = reverse("opendata:shared", kwargs={"key": table.key})
    file = reverse("opendata:shared_file", kwargs={"key": table.key, "extension": "csv"})

    seen = {}
    for name in ("bruno", "chloe", "dan", "eve"):
        client.force_login(getattr(here, name))
        answer = client.get(file)
        body = b"".join(answer) if answer.streaming else answer.content
        seen[name] = answer.status_code, SECRET.encode() in body, client.get(page).status_code

    assert seen == {
        "bruno": (200, True, 200), "chloe": (200, True, 200), "dan": (404, False, 404),
        "eve": (404, False, 404),
    }  # fmt: skip
    assert sorted(Use.objects.values_list("organisation__name", "form", "times")) == [
        ("Test chamber", "csv", 1), ("Test chamber", "page", 1), ("Test firm", "csv", 1),
        ("Test firm", "page", 1),
    ]  # fmt: skip
    client.force_login(here.bruno)
    shown = client.get(page).content.decode()
    assert "Test firm" in shown
    assert "Chloe" not in shown + client.get(f"{page}usages.csv").content.decode()
    client.force_login(here.chloe)
    assert client.get(f"{page}usages.csv").status_code == 403
    assert not Departure.objects.exists()


def test_readings_of_a_public_table_are_counted_by_way_and_name_nobody(here_on_both, client):
    here = here_on_both
    table = published(here, "public")
    home = f"/donnees/tables/{table.key}"

    for address in (f"{home}/", f"{home}/", f"/embed{home}/", f"{home}.ttl", f"{home}.schema.json",
                    f"{home}.csv", f"{home}/refus.csv", "/donnees/tables/census/"):  # fmt: skip
        assert client.get(address).status_code == 200, address
    client.head(f"{home}/")
    client.force_login(here.chloe)
    client.get(reverse("opendata:shared", kwargs={"key": table.key}))

    kept = Use.objects.values_list("organisation", "form", "times").order_by("form")
    assert list(kept) == [
        (None, "embed", 1), (None, "linked", 2), (None, "page", 3), (None, "refused", 1),
    ]  # fmt: skip
    assert set(uses.counted(table, TODAY)) == {
        ("", "page", 3), ("", "linked", 2), ("", "embed", 1), ("", "refused", 1), ("", "csv", 1),
    }  # fmt: skip
    client.force_login(here.bruno)
    shown = client.get(reverse("opendata:shared", kwargs={"key": table.key})).content.decode()
    assert "Chloe" not in shown
    days = client.get(reverse("opendata:uses_csv", kwargs={"key": table.key})).content.decode()
    assert "2026-11-20,,embed,1" in days


def test_a_reading_that_cannot_be_counted_is_still_a_reading(here, client, monkeypatch):
    table = published(here, "public")

    def full(*_args, **_facts):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(Use.objects, "get_or_create", full)

    assert client.get(f"/donnees/tables/{table.key}/").status_code == 200


def test_a_level_that_widens_forgets_what_was_made_for_fewer(here, client):
    table = published(here)
    store = opened_house().store
    more = actions.bring(table, by=here.bruno, document="z.csv", today=TODAY,
                         chunks=[(HEADER + f"Rue 9;{CODE};1;2026-06-30\n").encode()])  # fmt: skip
    actions.publish(more, by=here.awa, today=TODAY)
    assert len(store.versions(table.key)) == 2
    kept = table.agreement
    facts = {"title": kept.title, "starts_on": kept.starts_on, "review_on": kept.review_on}

    actions.amend(kept, by=here.awa, level="public", **facts)

    opened_house().refresh()
    assert len(store.versions(table.key)) == 1
    body = b"".join(client.get(f"/donnees/tables/{table.key}.csv").streaming_content)
    assert b"Rue 9" in body
    assert SECRET.encode() not in body
    actions.amend(kept, by=here.awa, level="internal", **facts)
    assert client.get(f"/donnees/tables/{table.key}.csv").status_code == 404


def test_a_table_under_secrecy_is_told_of_and_never_given_whole(here, client):
    table = published(here, "public", regime="business")

    assert client.get(f"/donnees/tables/{table.key}.csv").status_code == 403
    page = client.get(f"/donnees/tables/{table.key}/")
    assert page.status_code == 200
    assert SECRET not in page.content.decode()
    assert client.get(f"/sources/{table.key}/refus.csv").status_code == 404
    client.force_login(here.awa)
    file = reverse("opendata:shared_file", kwargs={"key": table.key, "extension": "csv"})
    assert client.get(file).status_code == 403
    assert SECRET not in client.get(f"/donnees/partages/tables/{table.key}/").content.decode()


def test_two_people_publish_where_the_agreement_says_so(here_on_both):
    here = here_on_both
    made = proposed(here, four_eyes=True)

    with pytest.raises(PermissionDenied):
        actions.publish(made, by=here.bruno, today=TODAY)

    actions.publish(made, by=here.awa, today=TODAY)
    made.refresh_from_db()
    assert (made.begun_by, made.published_by) == (here.bruno, here.awa)


def test_withdrawal_takes_the_rows_away_and_keeps_the_record(here, client):
    table = published(here, "public")
    with pytest.raises(Refused, match=r"[Ww]hy|raison"):
        actions.withdraw(table, by=here.bruno, why=" ", today=TODAY)

    actions.withdraw(table, by=here.bruno, why="Mauvaise rue", today=TODAY)

    opened_house().refresh()
    store = opened_house().store
    assert client.get(f"/donnees/tables/{table.key}.csv").status_code == 404
    assert not store.versions(table.key)
    assert not opened_house().reader.has(table.key)
    assert not [path for path in store.root.rglob("*") if table.key in path.name]
    line = table.deposits.get()
    assert (line.state, line.rows, bool(line.version)) == ("withdrawn", 2, True)
    assert not places.files(line.pk).folder.exists()


def test_an_agreement_that_ends_takes_its_tables_with_it(here):
    table = published(here, "public")

    actions.end(table.agreement, by=here.awa, why="La commune a changé d'avis", today=TODAY)

    assert openness.level_of(table.key) == ""
    assert not registry.is_public(table.key)


def test_a_file_too_large_is_refused_before_it_is_read(here, client, monkeypatch):
    table = published(here)
    monkeypatch.setattr(places, "MOST_BYTES", 1_000)
    client.force_login(here.bruno)
    page = reverse("opendata:shared", kwargs={"key": table.key})
    count = Deposit.objects.count()
    folders = set(places.files(0).folder.parent.glob("*"))

    said = client.post(
        page, {"do": "bring", "file": io.BytesIO(b"x" * 200_000)}, headers={"accept-language": "fr"}
    )
    small = io.BytesIO(b"x" * 2_000)
    small.name = "x.csv"
    told = client.post(page, {"do": "bring", "file": small})

    assert said.status_code == 413
    assert "trop lourd" in said.content.decode()
    assert (told.status_code, Deposit.objects.count()) == (400, count)
    assert set(places.files(0).folder.parent.glob("*")) <= folders


def test_a_disk_without_room_refuses_in_a_sentence_and_leaves_nothing(here, client):
    table = published(here)
    client.force_login(here.bruno)
    page = reverse("opendata:shared", kwargs={"key": table.key})
    lines = GOOD.encode() * 4_000
    before = {*places.files(0).folder.parent.iterdir()}

    with disk.no_file_longer_than(100_000):
        told = client.post(page, {"do": "bring", "file": SimpleUploadedFile("x.csv", lines)},
                           headers={"accept-language": "fr"})  # fmt: skip

    assert "disque du serveur est plein" in told.content.decode()
    kept = table.deposits.get()
    assert kept.state == Deposit.State.PUBLISHED
    assert {*places.files(0).folder.parent.iterdir()} <= before

    late = actions.bring(table, by=here.bruno, document="y.csv", today=TODAY,
                         chunks=[(HEADER + GOOD).encode()])  # fmt: skip
    with disk.no_file_longer_than(50):
        checking.check(late, TODAY)
    assert (late.state, late.said.fr) == ("refused", NO_ROOM.fr)
    assert [each.name for each in places.files(late.pk).folder.iterdir()] == ["received"]


def test_a_writer_goes_from_a_file_to_a_table_without_javascript(here, client):
    kept = agreement(here, "public")
    client.force_login(here.bruno)
    file = io.BytesIO((HEADER + f"Rue 1;{CODE};3,5;31/03/2026\nRue 1;{CODE};x;\n").encode())
    file.name = "locaux.csv"

    begun = client.post(f"/donnees/partages/accords/{kept.slug}/nouvelle-table/",
                        {"title": "Locaux", "file": file, "dated_on": "2026"})  # fmt: skip
    form = client.get(begun.url)
    columns = form.context["columns"]
    said = {**{f"columns-{n}": v for n, v in columns.management_form.initial.items()},
            **form.context["form"].initial, "do": "declare"}  # fmt: skip
    for at, each in enumerate(columns):
        for name, value in each.initial.items():
            if value not in (None, False):
                said[f"columns-{at}-{name}"] = value
    said |= {"columns-0-unique": "on", "columns-2-kind": "number", "columns-3-kind": "date"}
    checked = client.post(begun.url, said)
    page = client.get(checked.url)

    assert (page.context["deposit"].rows, page.context["deposit"].refused) == (0, 2)
    assert [each["value"] for each in page.context["proposals"]] == [
        "vacants:comma", "releve_le:day",
    ]  # fmt: skip
    client.post(checked.url, {"do": "repair", "repair": ["vacants:comma", "releve_le:day"]})
    page = client.get(f"{checked.url}?column=vacants")
    assert page.context["deposit"].rows == 1
    assert "un nombre" in page.content.decode()
    listed = client.get(f"{checked.url}refus.csv").content.decode()
    assert listed.count("\r\n") == 2
    assert client.post(checked.url, {"do": "publish"}).status_code == 400  # too many refused
    client.post(checked.url, {"do": "drop"})
    assert not places.files(page.context["deposit"].pk).folder.exists()


def test_a_public_layer_is_a_collection_of_the_feature_service(here, client):
    spots = [(2.39, 48.79), (2.40, 48.80)]
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": spot},
         "properties": {"nom": f"Marché {at}", "commune_code": CODE}}
        for at, spot in enumerate(spots)
    ]  # fmt: skip
    text = json.dumps({"type": "FeatureCollection", "features": features})

    table = published(here, "public", text=text, name="marches.geojson")

    home = f"/ogc/collections/{table.key}"
    assert client.get(f"{home}?f=json").json()["title"] == "Locaux « vides »"
    found = client.get(f"{home}/items?f=json&bbox=2.395,48.7,2.5,48.9").json()
    assert [each["properties"]["nom"] for each in found["features"]] == ["Marché 1"]
    drawn = json.loads(b"".join(client.get(f"/donnees/tables/{table.key}.geojson")))
    assert len(drawn["features"]) == 2
    assert set(Departure.objects.values_list("form", flat=True)) == {"ogc", "geojson"}


def test_an_overdue_review_is_told_to_everyone_and_first_in_the_list(here, client):
    agreement(here, "public")
    late = agreement(here, "internal")
    Agreement.objects.filter(pk=late.pk).update(review_on=date(2026, 2, 1))

    page = client.get("/donnees/partages/", headers={"accept-language": "fr"}).content.decode()

    assert page.index("Accord internal") < page.index("Accord public")
    assert "aurait dû être revu" in page
    charter = client.get("/donnees/charte/", headers={"accept-language": "fr"}).content.decode()
    assert "Accord internal" in charter
    assert "Voir ensemble" in charter


def test_uses_and_files_are_kept_for_the_time_that_is_said(here):
    made = proposed(here)
    body = here.chloe.memberships.get().organisation
    for day in (date(2024, 1, 1), date(2026, 11, 1)):
        Use.objects.create(day=day, table=made.table, form="csv", organisation=body, times=1)
    Deposit.objects.filter(pk=made.pk).update(begun_on=date(2025, 1, 1))

    assert forgetting.forget_old(TODAY) == 1

    assert [each.day for each in Use.objects.all()] == [date(2026, 11, 1)]
    assert not places.files(made.pk).folder.exists()


@pytest.mark.browser
@pytest.mark.slow
def test_axe_finds_nothing_on_the_pages_of_sharing(here, live_server, phone_page, axe):
    open_session(phone_page, live_server.url, here.awa)
    table = published(here, "partners")
    bad = actions.bring(table, by=here.bruno, document="z.csv", today=TODAY,
                        chunks=[(HEADER + GOOD + f"Rue 3;{CODE};trois;\n").encode()])  # fmt: skip
    own, kept = f"/donnees/partages/tables/{table.key}/", table.agreement.slug
    pages = (
        "/donnees/partages/", "/donnees/partages/nouvel-accord/", own, f"{own}declaration/",
        *(f"/donnees/partages/accords/{kept}/{end}" for end in ("", "modifier/")),
        f"/donnees/partages/accords/{kept}/nouvelle-table/", f"/donnees/partages/depots/{bad.pk}/",
    )  # fmt: skip

    found = faults([phone_page], axe, pages)

    assert found == [], "\n".join(found)
