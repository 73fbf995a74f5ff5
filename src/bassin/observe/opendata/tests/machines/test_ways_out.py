"""Whatever the way out, an answer in which secrecy hid something is counted."""

from datetime import date

import pytest
from django.utils import timezone

from bassin.client.local import Local
from bassin.indicators.house import House
from bassin.indicators.secrecy import journal
from bassin.indicators.secrecy.journal import Journal
from bassin.observe.opendata.models import Departure
from bassin.ui import kept

SECRET = "salaried_under_secrecy"
FEW, HOME = "commune:94081", "ept:200058014"
WAYS = {
    "a file of figures": ("files", f"/donnees/chiffres/{SECRET}.csv"),
    "the same as JSON": ("files", f"/donnees/chiffres/{SECRET}.json"),
    "one observation": ("api", f"/api/v1/observations/{SECRET}/{FEW}"),
    "observations": ("api", f"/api/v1/observations?indicator={SECRET}&within={HOME}"),
    "observations as CSV": (
        "api", f"/api/v1/observations?indicator={SECRET}&within={HOME}&format=csv",
    ),
    "the page of a figure": ("pages", f"/indicateurs/{SECRET}/"),
    "its page for a place": ("pages", f"/indicateurs/{SECRET}/?lieu={FEW}"),
    "its numbers as CSV": ("files", f"/indicateurs/{SECRET}.csv"),
    "its numbers as JSON": ("files", f"/indicateurs/{SECRET}.json"),
    "the catalogue's page": ("pages", f"/donnees/chiffres/{SECRET}/"),
    "every figure of a place": ("pages", f"/indicateurs/?lieu={FEW}"),
    "a portrait": ("pages", "/lieux/commune/94081/"),
    "a chart's numbers": ("files", f"/graphiques/{SECRET}/ept/200058014/map.csv"),
    "a chart": ("charts", f"/graphiques/{SECRET}/ept/200058014/map.svg"),
    "a figure embedded": ("embeds", f"/embed/chiffres/{SECRET}/commune/94081/"),
    "a dataset embedded": ("embeds", f"/embed/donnees/chiffres/{SECRET}/"),
    "a comparison": ("pages", f"/comparer/?lieu={FEW}&lieu=commune:94041"),
    "a comparison as CSV": ("files", f"/comparer.csv?lieu={FEW}&lieu=commune:94041"),
    "a portrait as CSV": ("files", "/lieux/commune/94081.csv"),
    "establishments": ("api", "/api/v1/establishments?legal=1"),
    "the explorer": ("pages", "/entreprises/?forme=1"),
    "a selection of firms": ("files", "/entreprises/emporter/entreprises.csv?forme=1"),
    "a whole table": ("files", "/donnees/tables/establishments_shown.csv"),
}  # fmt: skip


@pytest.fixture
def counted(open_house):
    """What the journal counts more of, by way, since the test began."""
    today = timezone.localdate()
    before = Journal(open_house.var).counts(today)

    def since() -> dict[str, int]:
        now = Journal(open_house.var).counts(today)
        return {
            way: cells - before.get(way, (0, 0))[1]
            for way, (_answers, cells) in now.items()
            if cells > before.get(way, (0, 0))[1]
        }

    return since


@pytest.mark.parametrize(("way", "address"), WAYS.values(), ids=WAYS)
def test_an_answer_with_hidden_cells_is_counted_by_its_way(api, counted, way, address):
    answer = api(address)
    body = b"".join(answer)

    assert answer.status_code == 200, address
    assert list(counted()) == [way]
    # The cell is worth 20: neither it, nor what gives it back, is written.
    assert b'"value":20.0' not in body
    assert b",20.0,salari" not in body


def test_an_answer_that_is_given_again_from_memory_is_counted_again(api, counted):
    address = f"/api/v1/observations/{SECRET}/{FEW}"
    page = f"/indicateurs/?lieu={FEW}"

    for _again in range(2):
        api(address)
    assert counted() == {"api": 2}
    kept.forget()
    api(page)
    once = counted()["pages"]
    api(page)
    assert counted()["pages"] == 2 * once


def test_the_client_of_this_machine_counts_what_it_gives(open_house, counted):
    client = Local(open_house.var)

    told = client.observe(FEW, [SECRET], None, "latest", "").arrow()
    client.establishments(within=FEW)

    assert told["value"].to_pylist() == [None]
    assert counted() == {"client": 2}


def test_an_answer_that_hides_nothing_and_one_that_is_not_changed_count_for_nothing(api, counted):
    first = api("/api/v1/observations/population/departement:48")
    api("/donnees/")
    assert counted() == {}

    answer = api(f"/api/v1/observations/{SECRET}/{FEW}")
    again = api(f"/api/v1/observations/{SECRET}/{FEW}", headers={"If-None-Match": answer["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert counted() == {"api": 1}


def test_the_journal_shows_what_was_hidden_by_way_and_never_who_asked(api, open_house):
    api(f"/donnees/chiffres/{SECRET}.csv")
    kept.forget()

    page = api("/donnees/journal/").content.decode()

    assert "Réponses où le secret a caché quelque chose" in page
    assert "Fichiers" in page
    assert Departure.objects.get(form="csv").masked > 1
    days = [path.name for path in (open_house.var / "journal").iterdir()]
    assert f"hidden-{timezone.localdate()}.tsv" in days


class TestFile:
    """The file of a day, which several processes write in."""

    def test_days_that_are_over_are_written_short_and_count_the_same(self, tmp_path):
        kept_file = Journal(tmp_path)
        for _each in range(400):
            kept_file.note("pages", 3, date(2026, 11, 1))
        before = kept_file.counts(date(2026, 11, 1))

        kept_file.shorten(date(2026, 11, 26))

        assert kept_file.counts(date(2026, 11, 1)) == before == {"pages": (400, 1200)}
        [path] = (tmp_path / "journal").iterdir()
        assert path.read_text("utf-8") == "pages\t400\t1200\n"

    def test_a_disk_that_is_full_keeps_nobody_from_reading(self, tmp_path, caplog):
        (tmp_path / "journal").write_text("", "utf-8")  # a file where the folder should be

        Journal(tmp_path).note("api", 2, date(2026, 11, 26))

        assert "not counted" in caplog.text

    def test_outside_of_an_answer_nothing_is_counted(self, open_house: House):
        house = House.open(open_house.var)
        house.figure(SECRET, FEW)

        assert journal.current().hidden == 0
