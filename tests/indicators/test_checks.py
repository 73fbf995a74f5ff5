"""Checks run on a release: what fails a blocking one is shown nowhere, what fails a warning is."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bassin.config.commands import status
from bassin.indicators import checks, findings
from bassin.indicators.catalogue import folders, indicator, indicators
from bassin.indicators.declaration import Indicator, declare
from bassin.indicators.figure import Status
from bassin.indicators.house import House
from bassin.indicators.sentences import sentence
from bassin.territory import Installation
from tests.indicators.tiny_country import METROPOLE, PEOPLE, build, everywhere, facts, term

COUNT, RATE = "unemployed_census", "unemployment_rate_census"


def census(period: str = "2018", **changes):
    """A census where every commune has one active person in ten without a job."""
    columns = {
        "population": lambda code, people: people,
        "active": lambda code, people: people / 2,
        "unemployed": lambda code, people: people / 20,
    }
    return everywhere(period, **{**columns, **changes})


def spoilt(value: float | None):
    """The unemployed, with one commune of EPT 1 whose number cannot be."""
    return lambda code, people: value if code == "91002" else people / 20


@pytest.fixture
def install(tmp_path: Path):
    """`install(census=[…])`: an installation of EPT 1, checked as a load does."""

    def make(territory: str = "ept:E1", **tables) -> House:
        release = build(tmp_path / "store", **tables).engine.reader.name
        Installation(territory=territory).write(tmp_path)
        checks.inspect(tmp_path, release)
        return House.open(tmp_path)

    return make


class TestBlocked:
    """A census with a negative number of unemployed people."""

    @pytest.fixture
    def house(self, install):
        return install(census=census(unemployed=spoilt(-400)))

    def test_the_figure_is_not_shown_and_says_which_check_failed_with_which_value(self, house):
        found = house.figure(COUNT)

        assert (found.observation.value, found.observation.status) == (None, Status.MISSING)
        assert found.observation.why.fr == (
            "publication suspendue : le contrôle « positive » (value >= 0) échoue pour "
            "Ville 91002, 2018 : −400. Corrigez la donnée ou la déclaration, puis chargez à nouveau"
        )
        told = sentence(found, "en")
        assert "the check “positive” (value >= 0) fails for Ville 91002, 2018: −400." in told

    @pytest.mark.parametrize("place", ["ept:E1", "commune:94001", "commune:77001", METROPOLE])
    def test_nothing_of_it_is_shown_anywhere(self, house, place):
        figure = house.figure(COUNT, place)
        every = [figure.observation, *figure.series, *figure.peers]
        every += [each.observation for each in figure.comparisons]

        assert {(o.value, o.numerator, o.units_count) for o in every} == {(None, None, None)}
        assert (figure.rank, figure.change) == (None, None)

    def test_pages_that_ask_for_many_places_get_no_value_either(self, house):
        places = [house.place(f"commune:{code}") for code in PEOPLE]
        observed = house.engine.observe(indicator(COUNT), places)

        assert {each.value for listed in observed.values() for each in listed} == {None}
        assert all(observed.values())

    def test_a_rate_made_of_it_is_blocked_and_the_rest_of_the_census_is_shown(self, house):
        assert house.figure(RATE).observation.value is None
        assert house.figure("population_census").observation.value == 30_000

    def test_it_is_shown_again_once_a_release_passes(self, house, install):
        shutil.rmtree(house.store.root / "tables" / "census")
        house.store.database().unlink()
        mended = install(census=census())

        assert mended.figure(COUNT).observation.value == 1500
        assert checks.findings(mended) == []

    def test_a_process_already_open_follows_new_checks_of_the_same_release(self, house):
        findings.keep(house.store, house.reader.name, "other", [])
        house.refresh()

        assert house.figure(COUNT).observation.value == 1000 - 400

    def test_status_says_what_is_suspended(self, house):
        said = status.installation(house)

        assert said["checks"] == "2 suspended, 0 warnings"
        lines = [line for line in status.checked(house) if line.startswith("suspended")]
        assert any(COUNT in line and "−400" in line for line in lines)


def test_a_clean_dataset_is_shown_and_nothing_is_found(install):
    house = install(census=census())

    assert checks.findings(house) == []
    assert house.figure(COUNT).observation.value == 1500


def test_a_warning_is_told_and_the_figure_is_shown(install):
    house = install(census=[*census("2013"), *census("2018", unemployed=spoilt(1000))])

    (found,) = (each for each in checks.findings(house) if each.indicator == RATE)
    assert (found.check, found.blocks, found.place) == ("jump", False, "ept:E1")
    assert (found.period, found.value) == ("2018", pytest.approx(100 * 2000 / 15_000))
    assert found.others == 1  # the commune itself
    assert house.figure(RATE).observation.value == found.value
    assert found.said.fr.startswith("le contrôle « jump » (abs(value - previous) <= 3) échoue")


def test_a_whole_that_is_not_the_sum_of_its_communes_is_blocked(install, monkeypatch):
    house = install(census=census())
    bare = house.engine.guard.bare

    def doubled(declared, places, on):
        """The territory's people counted twice, as a join gone wrong would."""
        found = bare(declared, places, on)
        twice = [replace(each, value=2 * (each.value or 0)) for each in found["ept:E1"]]
        return {**found, "ept:E1": twice}

    monkeypatch.setattr(house.engine.guard, "bare", doubled)

    failed = {each.indicator: each for each in checks.run(house)}
    assert failed[COUNT].check == "parts_to_whole"
    assert failed[RATE].check == "within_parts"


def test_a_masked_commune_leaves_unasked_what_needs_all_of_them(install):
    house = install(census=census(unemployed=spoilt(None)))

    assert checks.findings(house) == []
    assert house.figure(RATE, "commune:91002").observation.value is None


def test_before_a_territory_is_chosen_nothing_is_checked(tmp_path):
    release = build(tmp_path / "store", census=census()).engine.reader.name
    checks.inspect(tmp_path, release)

    assert findings.stamp(House.open(tmp_path).store, release) is None


def test_the_same_release_is_checked_once_until_the_territory_or_a_declaration_changes(
    install, tmp_path, monkeypatch
):
    house = install(census=census())
    runs = []
    monkeypatch.setattr(checks, "run", lambda opened: runs.append(opened.home.key) or [])

    checks.inspect(tmp_path, house.reader.name)
    assert runs == []

    Installation(territory="ept:E2").write(tmp_path)
    checks.inspect(tmp_path, house.reader.name)
    assert runs == ["ept:E2"]

    own = tmp_path / "authority" / "indicators"
    own.mkdir(parents=True)
    text = _file(COUNT).read_text("utf-8").replace(COUNT, "our_unemployed")
    (own / "our_unemployed.toml").write_text(text, "utf-8")
    checks.inspect(tmp_path, house.reader.name)
    assert runs == ["ept:E2", "ept:E2"]


def test_what_was_found_in_a_release_that_is_gone_is_forgotten(install):
    house = install(census=census())
    gone = house.store.root / "checks" / "gone.json"
    gone.write_text("{}")

    findings.keep(house.store, house.reader.name, "", [])

    assert not gone.exists()
    assert findings.kept(house.store, house.reader.name) == []


class TestSecrecy:
    """The staff of firms, two of which make up a whole commune."""

    CHECKS = (
        {"name": "small", "assert": "value <= 400", "severity": "warn"},
        {"name": "positive", "assert": "value >= 0"},
    )

    @pytest.fixture
    def staffed(self, install, monkeypatch):
        measure = {
            "numerator": term("headcount", "urssaf_headcounts"),
            "units": term("establishments", "urssaf_headcounts"),
        }
        secrecy = {"regime": "business", "waiver": {"fr": "le plus gros n'est pas connu"}}
        declared = declare(facts(measure=measure, secrecy=secrecy, checks=list(self.CHECKS)))
        monkeypatch.setattr(checks, "everything", lambda: {declared.id: declared})

        def make(secret: float) -> tuple[House, Indicator]:
            firms, staff = {"94001": 12, "91002": 2}, {"94001": 500, "91002": secret}
            rows = everywhere(
                establishments=lambda code, people: firms.get(code, 30),
                headcount=lambda code, people: staff.get(code, 50),
                naf_code="10.11Z",
            )
            return install(urssaf_headcounts=rows), declared

        return make

    def test_the_value_of_a_secret_cell_that_fails_is_not_said(self, staffed):
        house, declared = staffed(-7)
        (found,) = checks.findings(house)

        assert (found.check, found.place, found.value) == ("positive", "commune:91002", None)
        assert "7" not in found.why.fr
        assert house.figure(declared).observation.why == found.said

    def test_no_warning_tells_of_a_cell_that_is_hidden(self, staffed):
        house, _ = staffed(450)
        (found,) = checks.findings(house)

        # Both communes are above 400, and hidden; their territory is shown.
        assert (found.check, found.place, found.value) == ("small", "ept:E1", 950)
        assert found.others == len([METROPOLE, "region:11", "france:FR"])


def test_every_summed_indicator_is_checked_against_its_communes():
    for each in indicators().values():
        summed = each.additive and each.native in ("commune", "iris")

        asserted = {check.assertion.text for check in each.checks if check.blocks}
        assert ("sum(communes) == value" in asserted) is summed, each.id


def test_what_was_found_is_kept_as_plain_values(install):
    house = install(census=census(unemployed=spoilt(-400)))
    path = house.store.root / "checks" / f"{house.reader.name}.json"

    kept = json.loads(path.read_text("utf-8"))["findings"]
    assert {each["indicator"] for each in kept} >= {COUNT, RATE}


def _file(name: str) -> Path:
    return next(path for folder in folders() for path in folder.glob(f"{name}.toml"))
