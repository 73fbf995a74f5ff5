"""OGC API – Features, as a program of maps asks it; and GDAL itself, which QGIS reads with."""

import json
import subprocess
import sys
from datetime import date

import pytest
import shapely
from django.contrib.auth import get_user_model

from bassin.commons.models import Operation, Perimeter, Visibility
from bassin.observe.opendata.features import united
from bassin.observe.opendata.features.outlines import read as read_outlines
from bassin.store import made
from bassin.types import Scale

ROOT = "/ogc"
SQUARE = {"type": "Polygon",
          "coordinates": [[[2.38, 48.78], [2.4, 48.78], [2.4, 48.8], [2.38, 48.8],
                           [2.38, 48.78]]]}  # fmt: skip


def read(api, path: str, **asked) -> dict:
    answer = api(f"{ROOT}{path}", {"f": "json", **asked})
    assert answer.status_code == 200, answer.content
    return answer.json()


def hrefs(document: dict, rel: str) -> list[str]:
    return [each["href"] for each in document["links"] if each["rel"] == rel]


def whole(api, path: str, **asked) -> list[dict]:
    found, address = [], f"{ROOT}{path}"
    while address:
        page = api(address, asked).json()
        found += page["features"]
        address, asked = next(iter(hrefs(page, "next")), ""), {}
    return found


@pytest.fixture
def operation(db):
    """A public operation whose outline changed once, and one that is nobody else's business."""
    shown = Operation.objects.create(slug="gare", name="La gare", kind="development")
    closer = Operation.objects.create(
        slug="secret", name="Projet", kind="development", visibility=Visibility.INTERNAL
    )
    days = ((shown, date(2020, 1, 1), date(2025, 1, 1)), (shown, date(2025, 1, 1), None),
            (closer, date(2020, 1, 1), None))  # fmt: skip
    for of, since, until in days:
        Perimeter.objects.create(operation=of, valid_from=since, valid_to=until, geometry=SQUARE,
                                 source="délibération")  # fmt: skip
    return shown


def test_the_landing_page_leads_to_everything(api):
    root = read(api, "/")

    for rel in ("self", "service-desc", "service-doc", "conformance", "data"):
        for href in hrefs(root, rel):
            assert api(href).status_code == 200
    assert any(each.endswith("/core") for each in read(api, "/conformance")["conformsTo"])


def test_each_collection_says_where_it_is_and_gives_its_features(api):
    listed = read(api, "/collections")["collections"]

    assert [each["id"] for each in listed] == [
        "communes", "groupings", "qpv", "operations", "establishments", "stations"
    ]  # fmt: skip
    for each in listed:
        assert api(hrefs(each, "self")[0]).json()["id"] == each["id"]
        page = api(f"{ROOT}/collections/{each['id']}/items", {"limit": "2"})
        assert page.headers["Content-Type"] == "application/geo+json"
        for feature in page.json()["features"]:
            one = read(api, f"/collections/{each['id']}/items/{feature['id']}")
            assert one["geometry"] == feature["geometry"]


def test_a_box_gives_what_really_meets_it(api):
    box = "2.3,48.7,2.5,48.8"

    found = whole(api, "/collections/communes/items", bbox=box, limit="7")

    inside = shapely.box(2.3, 48.7, 2.5, 48.8)
    assert len(found) == len({each["id"] for each in found}) > 20
    assert all(shapely.geometry.shape(each["geometry"]).intersects(inside) for each in found)
    assert "94081" in {each["id"] for each in found}


def test_a_box_may_cross_the_180th_meridian(api):
    across = whole(api, "/collections/communes/items", bbox="170,-30,-179,30", limit="100")
    around = whole(api, "/collections/establishments/items", bbox="2.38,48,2.37,49")

    assert across == []
    assert len(around) == 30


def test_features_are_chosen_by_their_properties(api):
    found = read(api, "/collections/communes/items", departement="94", limit="100")
    young = read(api, "/collections/qpv/items", generation="2024")

    assert found["numberMatched"] == found["numberReturned"] == 47
    assert [each["id"] for each in young["features"]] == ["QN09401M"]


def test_a_group_has_the_outline_of_its_communes_together(api):
    one = read(api, "/collections/groupings/items/ept-200058014")

    assert one["properties"]["communes_count"] == 24
    assert shapely.geometry.shape(one["geometry"]).contains(shapely.Point(2.39, 48.79))


def test_outlines_made_at_publication_are_those_of_the_communes_together(open_house):
    places = open_house.territory.gazetteer().by_scale[Scale.EPT]
    asked = united.united(open_house, places)
    with open_house.store.writing():
        made.prepare(open_house.store, open_house.store.current, [united.UNITED])

    kept = united.united(open_house, places)

    assert open_house.reader.made(united.UNITED).is_file()
    assert len(places) == len(kept) == len(asked) > 0
    for place in places:
        inside = read_outlines(open_house.reader, "shapes", "commune_code", place.communes)
        straight = shapely.union_all(list(inside.values()), grid_size=1e-6)
        assert kept[place.key].equals(asked[place.key])
        assert kept[place.key].area == pytest.approx(straight.area, rel=1e-6)


def test_firms_are_chosen_by_the_days_of_their_life(api):
    before = read(api, "/collections/establishments/items", datetime="../2009-12-31", limit="50")
    everyone = read(api, "/collections/establishments/items", limit="50")

    assert everyone["numberMatched"] == 30, "a person has no position, and is not there"
    assert 0 < before["numberMatched"] < 30
    assert all(e["properties"]["created_on"] < "2010" for e in before["features"])


def test_only_public_operations_are_given_in_their_outline_of_the_day(api, operation):
    today = read(api, "/collections/operations/items")
    then = read(api, "/collections/operations/items", datetime="2022-06-01")

    assert [each["id"] for each in today["features"]] == ["gare-20250101"]
    assert [each["id"] for each in then["features"]] == ["gare-20200101"]
    assert api(f"{ROOT}/collections/operations/items/secret-20200101").status_code == 404


def test_an_officer_gets_no_more_than_everyone(api, client, operation):
    client.force_login(get_user_model().objects.create(email="awa@example.fr"))

    assert len(read(api, "/collections/operations/items")["features"]) == 1


def test_an_archived_operation_leaves_the_list_at_once(api, operation):
    read(api, "/collections/operations/items")
    operation.visibility = Visibility.PARTNERS
    operation.save()

    assert read(api, "/collections/operations/items")["features"] == []


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"bbox": "1,2,3"}, "ouest,sud,est,nord"),
        ({"bbox": "a,b,c,d"}, "ouest,sud,est,nord"),
        ({"bbox": "2,49,3,48"}, "sud vient avant"),
        ({"bbox": "2,48,3,1e300"}, "latitudes"),
        ({"bbox": "2,48,3,1e999"}, "ouest,sud,est,nord"),
        ({"bbox": "2,48,3,nan"}, "ouest,sud,est,nord"),
        ({"datetime": "yesterday"}, "2026-01-31"),
        ({"datetime": "2026-12-31/2026-01-01"}, "avant le début"),
        ({"datetime": "2026-02-31"}, "2026-01-31"),
        ({"limit": "0"}, "nombre entier"),
        ({"colour": "red"}, "bbox, datetime"),
        ({"f": "xml"}, "json, html"),
        ({"mode": "BOAT"}, "METRO"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(api, asked, words):
    answer = api(f"{ROOT}/collections/stations/items", asked)

    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert words in answer.json()["detail"]


def test_what_is_not_there_is_told(api):
    gone = ("rivers", "rivers/items", "stations/items/none", "communes/items/94999",
            "establishments/items?naf_code=99.99Z", "establishments/items?naf_code=C",
            "establishments/items?commune_code=00000")  # fmt: skip

    for path in ("/nothing", *(f"/collections/{each}" for each in gone)):
        assert api(f"{ROOT}{path}").status_code == 404


def test_a_very_large_page_is_only_as_large_as_it_may_be(api):
    page = read(api, "/collections/groupings/items", scale="epci", limit="999999")

    assert page["numberReturned"] == 50
    assert hrefs(page, "next")


def test_a_cursor_of_another_box_is_refused(api):
    page = read(api, "/collections/communes/items", bbox="2.3,48.7,2.5,48.8", limit="2")
    cursor = hrefs(page, "next")[0].partition("cursor=")[2]

    answer = api(f"{ROOT}/collections/communes/items", {"bbox": "2,48,3,49", "cursor": cursor})

    assert answer.status_code == 400
    assert "autre demande" in answer.json()["detail"]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "path",
    ["/", "/conformance", "/collections", "/collections/communes", "/collections/qpv/items",
     "/collections/stations/items/0-C01"],
)  # fmt: skip
def test_people_read_it_as_pages(api, path, language):
    answer = api(f"{ROOT}{path}", {"lang": language}, headers={"accept": "text/html"})

    assert answer.headers["Content-Type"].startswith("text/html")
    assert "<h1>" in answer.content.decode()


def test_a_page_that_cannot_be_shown_says_why_as_a_page(api):
    answer = api(f"{ROOT}/collections/communes/items", {"bbox": "1,2,3", "f": "html"})

    assert answer.status_code == 400
    assert "ouest,sud,est,nord" in answer.content.decode()


GDAL = """
import json, sys, pyogrio, shapely
address = sys.argv[1]
layers = [row[0] for row in pyogrio.list_layers(address)]
_, _, shapes, values = pyogrio.raw.read(address, layer="establishments", PAGE_SIZE="7")
_, _, near, _ = pyogrio.raw.read(address, layer="communes", bbox=(2.38, 48.78, 2.4, 48.8))
rows = {tuple(map(str, each)) for each in zip(*values, strict=True)}
inside = shapely.box(2.38, 48.78, 2.4, 48.8)
met = [bool(shapely.from_wkb(each).intersects(inside)) for each in near]
print(json.dumps([layers, len(shapes), len(rows), met]))
"""


@pytest.mark.django_db(transaction=True)
def test_gdal_reads_all_pages_of_a_collection_and_a_box(api, live_server):
    # In a process of its own: it waits for answers without letting other threads of this one work.
    words = [sys.executable, "-c", GDAL, f"OAPIF:{live_server.url}/ogc"]

    said = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)

    assert said.returncode == 0, said.stderr
    layers, shapes, rows, met = json.loads(said.stdout)
    assert {"communes", "qpv", "establishments", "stations"} <= set(layers)
    assert (shapes, rows) == (30, 30)
    assert 0 < len(met) < 12
    assert all(met)
