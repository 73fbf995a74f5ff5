"""Crisis scenarios: what an officer supposes, sums and secrecy, what is kept, what happened."""

from dataclasses import replace

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bassin.errors import Refused
from bassin.indicators.activity_sets import ActivitySet
from bassin.indicators.scenarios import declared, trades
from bassin.indicators.scenarios.declared import Scenario, Shock
from bassin.indicators.scenarios.exposure import Exposure, hit
from bassin.indicators.scenarios.jobs import Cell, Range
from bassin.observe.watch import actions_scenarios
from bassin.observe.watch.models import CrisisScenario, CrisisScore
from bassin.observe.watch.scenarios import files
from bassin.observe.watch.scenarios.asked import Asked
from bassin.observe.watch.scenarios.scoring import HIT, LESS, MORE, UNSURE, score
from bassin.observe.watch.tests.conftest import NAME, SIREN, TODAY
from bassin.types import Origin, Text
from tests.support.installing import install, put

LIST = "/observer/veille/scenarios/"
TRIAL = f"{LIST}essai/"
AIR = declared.scenarios()[0]
SETS = {"industrie": ActivitySet("industrie", Text("Industrie", "Industry"), frozenset({"25.62B"}))}
ENDS = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(lambda pair: tuple(sorted(pair)))


def ask(**given_):
    return Asked.read(given_, AIR, TODAY)


def one(codes, low, high, within=()):
    words = Text("essai", "trial")
    shock = Shock("s", codes, words, words, low, high, frozenset(within))
    return Scenario("e", 1, 1, words, words, words, words, words, 24, (shock,))


@st.composite
def cells(draw):
    employers = draw(st.integers(1, 30))
    least = draw(st.integers(employers, 400))
    most = draw(st.none() | st.integers(least, 3 * least))
    besides = draw(st.integers(0, least))
    largest = None if most is None else float(most)
    return Cell(Range(float(least), None if most is None else float(most)), employers, largest,
                float(besides))  # fmt: skip


PLACES = st.dictionaries(st.sampled_from(["51.10Z", "51.21Z", "25.62B", "55.10Z"]), cells())
CROSSED = {"51.10Z": {"N2101": 0.25, "N2203": 0.75}, "51.21Z": {"N2203": 1.0}}


@given(PLACES, ENDS)
@hypothesis_settings(max_examples=40)
def test_the_trades_and_what_no_hire_tells_sum_to_the_whole(found, ends):
    supposed = one(("51", "55"), *ends)

    told = trades.by_trade(found, supposed, CROSSED)

    whole = sum((hit(cell, supposed.shocks[0]) for code, cell in found.items()
                 if code in supposed.activities()), Exposure())  # fmt: skip
    again = sum(told.known.values(), told.unknown)
    assert again.exposed.low == pytest.approx(whole.exposed.low)
    assert (again.exposed.high is None) == (whole.exposed.high is None)
    if whole.exposed.high is not None:
        assert again.exposed.high == pytest.approx(whole.exposed.high)
    assert (told.unknown.exposed.low > 0) == ("55.10Z" in found and ends[0] > 0)


@given(PLACES)
@hypothesis_settings(max_examples=20)
def test_no_shock_exposes_nobody(found):
    told = trades.by_trade(found, one(("51", "55"), 0, 0), CROSSED)

    assert sum(told.known.values(), told.unknown).exposed == Range(0.0, 0.0)


def test_a_written_code_wins_over_a_perimeter_whatever_their_order():
    code, area = one(("25",), 1, 2).shocks[0], one((), 5, 9, ("25.62B", "28.11Z")).shocks[0]
    for both in ((code, replace(area, id="all")), (replace(area, id="all"), code)):
        found = replace(one(("25",), 1, 2), shocks=both).activities()
        assert (found["25.62B"], found["28.11Z"]) == ("s", "all")


@pytest.mark.parametrize(
    ("said", "then", "now", "verdict", "error"),
    [
        ((10, 20), (100, 100), (85, 85), HIT, 0.0),
        ((10, 20), (100, 100), (95, 95), LESS, -5.0),
        ((10, 20), (100, 100), (120, 120), LESS, -30.0),
        ((10, 20), (100, 100), (70, 70), MORE, 10.0),
        ((10, 20), (100, 199), (100, 199), UNSURE, None),
        ((10, None), (100, None), (20, 30), UNSURE, None),
        ((10, None), (100, 100), (20, 30), HIT, 0.0),
    ],
)
def test_what_went_is_inside_the_interval_or_missed_by_so_many_jobs(
    said, then, now, verdict, error
):
    found = score(Range(*said), Range(*then), Range(*now))

    assert (found.verdict, found.error) == (verdict, error)


def test_a_declared_scenario_that_nobody_changed_is_not_an_edited_one():
    assert ask().scenario({}).edited is False
    assert ask().scenario({}).activities().keys() == AIR.activities().keys()
    assert {each.id for each in declared.scenarios()} >= {"aviation", "energie", "consommation"}
    assert all(each.sources for each in declared.scenarios())


def test_a_sector_is_a_code_of_any_level_or_a_perimeter_and_its_label_comes_by_itself():
    given_ = {"codes-0": "c 51, 49.32z", "bas-0": "5", "haut-0": "7,5",
              "perimetre-1": "industrie", "bas-1": "1", "haut-1": "2 %"}  # fmt: skip

    supposed = ask(**given_).scenario(SETS)

    assert [each.naf for each in supposed.shocks] == [("C", "51", "49.32Z"), ()]
    assert supposed.shocks[1].within == {"25.62B"}
    assert supposed.shocks[1].label.fr == "Industrie"
    assert supposed.shocks[0].high == 7.5


@pytest.mark.parametrize(
    "wrong",
    [
        {"codes-0": "99.99Z", "bas-0": "1", "haut-0": "2"},
        {"codes-0": "51", "bas-0": "30", "haut-0": "20"},
        {"codes-0": "51", "bas-0": "trois", "haut-0": "20"},
        {"codes-0": "51", "bas-0": "", "haut-0": "20"},
        {"codes-0": "51", "bas-0": "-1", "haut-0": "120"},
        {"codes-0": " ", "bas-0": "1", "haut-0": "2"},
        {"perimetre-0": "inconnu", "bas-0": "1", "haut-0": "2"},
    ],
)
def test_what_cannot_be_supposed_is_refused_with_words(wrong):
    with pytest.raises(Refused, match=r"."):
        ask(**wrong).scenario(SETS)


@pytest.fixture(scope="module")
def counted(france, tmp_path_factory):
    """Two communes with jobs of three years, trades, and establishments of one neighbourhood."""
    house = install(france, tmp_path_factory.mktemp("crisis") / "var")

    def jobs(commune, naf, count, jobs, year):
        return {"commune_code": commune, "naf_code": naf, "establishments": count,
                "headcount": jobs, "headcount_masked": False, "period": year}  # fmt: skip

    codes = sorted(house.home.communes)
    put(
        house, Origin.INVENTED,
        urssaf_headcounts=[
            jobs(code, naf, 60, here, year)
            for code in codes for year, here in (("2019", 100), ("2021", 85), ("2024", 120))
            for naf in ("51.10Z", "47.11F")
        ] + [jobs(codes[0], "55.10Z", 1, 900, year) for year in ("2019", "2021", "2024")],
        occupation_hirings=[
            {"naf_code": "51.10Z", "rome_code": "N2101", "hirings": 3, "period": "2019"},
            {"naf_code": "51.10Z", "rome_code": "N2203", "hirings": 1, "period": "2019"},
        ],
    )  # fmt: skip
    return house


@pytest.fixture
def crisis(counted, undrawn, settings, db):
    settings.VAR = counted.var
    return counted


def words(**more):
    return {"base": "aviation", "codes-0": "51", "bas-0": "10", "haut-0": "20",
            "horizon": "2021-12-31", "depart": "2019", **more}  # fmt: skip


def kept_by(client, **more):
    answer = client.post(TRIAL, words(name="Creux", why="Comme en 2020", **more))
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return CrisisScenario.objects.order_by("-pk")[0]


def test_a_scenario_goes_from_start_to_score_and_is_never_rewritten(crisis, awa, client):
    client.force_login(awa)
    assert b"aviation" in client.get(LIST).content
    assert client.get(TRIAL, words()).status_code == 200

    kept = kept_by(client)

    communes = len(kept.result["communes"])
    assert kept.result["total"]["exposed"] == [10.0 * communes, 20.0 * communes]
    assert sum(each["exposed"][0] for each in kept.result["communes"]) == 10.0 * communes
    assert (kept.author, kept.version, kept.period, kept.afterwards) == (awa, 1, "2019", True)
    told = kept.scores.get()
    assert (told.period, told.final) == ("2021", True)
    assert told.result["counted"][HIT] == communes
    assert told.result["total"]["lost"] == [15.0 * communes, 15.0 * communes]
    before = kept.result
    assert actions_scenarios.score_all(crisis, TODAY) == 0
    kept.refresh_from_db()
    assert kept.result == before
    page = client.get(reverse("watch:scenario", args=[kept.pk])).content.decode()
    assert "dans l'intervalle" in page.replace("&#x27;", "'")
    again = kept_by(client, suite=str(kept.pk), **{"haut-0": "12"})
    assert (again.family, again.version) == (kept.family, 2)
    assert again.scores.get().result["counted"][MORE] == communes


def test_a_horizon_to_come_is_scored_for_now_then_for_good(crisis, awa, client):
    client.force_login(awa)
    kept = kept_by(client, horizon="2026-12-31")

    assert [(each.period, each.final) for each in CrisisScore.objects.all()] == [("2024", False)]
    assert kept.scores.get().result["counted"][LESS] > 0
    assert actions_scenarios.score_all(crisis, TODAY) == 0


def test_hidden_cells_are_counted_and_in_no_file(crisis, awa, client):
    client.force_login(awa)
    answer = client.get(
        f"{LIST}essai.json", words(**{"codes-1": "55", "bas-1": "1", "haut-1": "100"})
    )

    rows = answer.json()["rows"]
    secret = [each for each in rows if each["status"] == "secret"]
    assert {each["level"] for each in secret} >= {"commune", "sector"}
    assert all(each["exposed_low"] is None and each["why"] for each in secret)
    assert all(each["sector_jobs_low"] is None for each in secret)
    assert "900" not in str(secret)
    for each in rows:
        assert all(each[name] for name in ("unit", "period", "source", "definition", "name"))
    trade = [each for each in rows if each["level"] == "trade"]
    assert {each["code"] for each in trade} >= {"N2101", "N2203", ""}
    for extension in ("csv", "xlsx", "ods"):
        got = client.get(f"{LIST}essai.{extension}", words())
        assert got.status_code == 200
        assert got["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "wrong",
    [
        {"horizon": "demain"}, {"horizon": "2018-01-01"}, {"horizon": "2099-01-01"},
        {"depart": "zut"}, {"depart": "2001"}, {"codes-0": "99.99Z"}, {"haut-0": "5"},
    ],
)  # fmt: skip
def test_bad_input_gives_a_sentence_and_loses_nothing(crisis, awa, client, wrong):
    client.force_login(awa)

    answer = client.get(TRIAL, words(**{"motif-0": "Mot <gardé>", **wrong}))

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Mot &lt;gardé&gt;" in page
    assert 'name="haut-0"' in page
    assert client.post(TRIAL, words(name=" ", why="")).status_code == 400


def test_a_scenario_holds_no_signal_and_is_shown_to_officers_alone(
    crisis, people, made, client_factory
):
    made()
    officer = client_factory()
    officer.force_login(people.awa)
    kept = kept_by(officer)
    addresses = [LIST, TRIAL, f"{LIST}essai.csv", f"{LIST}{kept.pk}/", f"{LIST}{kept.pk}.csv"]
    raw = b"".join(officer.get(each).content for each in addresses)
    answers = {}
    for name in ("bruno", "chloe", "dan"):
        client = client_factory()
        client.force_login(getattr(people, name))
        answers[name] = {client.get(each).status_code for each in addresses}

    assert answers == {name: {403} for name in answers}
    assert {client_factory().get(each).status_code for each in addresses} <= {302, 403}
    assert not [word for word in (NAME, SIREN) if word.encode() in raw]
    assert files.definition()
