"""The sample: the same everywhere, held to the cited totals, and touching nothing real."""

import hashlib
import json
import re
import shutil
from datetime import date

import pytest

from bassin.demo import facts, failures, sample, sirene
from bassin.demo.draws import Draws, shared
from bassin.demo.parts import PARTS, Part
from bassin.demo.world import World
from bassin.errors import Refused, SourceError
from bassin.indicators.catalogue import indicator
from bassin.indicators.house import House
from bassin.sources import Run
from bassin.territory import Installation
from bassin.types import Origin
from tests.demo.conftest import TODAY, runner_of

pytestmark = pytest.mark.slow

COMMUNES = {commune.code for commune in facts.communes()}


def one(house, sql):
    return house.reader.rows(sql)[0]


def right_key(number: str) -> bool:
    """Luhn: the digits, every second one doubled, add up to a multiple of ten."""
    doubled = [int(d) * (2 if n % 2 else 1) for n, d in enumerate(reversed(number))]
    return sum(v - 9 if v > 9 else v for v in doubled) % 10 == 0


def test_the_same_bytes_come_out_each_time(sampled, tmp_path):
    again = World(sample._outlines(sampled))

    for part in PARTS:
        part.write(again, tmp_path)

    for part in PARTS:
        kept = sampled.store.root / "raw" / part.source / Origin.INVENTED / "index.json"
        first = {name: entry["sha256"] for name, entry in json.loads(kept.read_text()).items()}
        now = {n: hashlib.sha256((tmp_path / n).read_bytes()).hexdigest() for n in part.files}
        assert now == first, part.source


def test_building_again_does_nothing(copied):
    release = copied.store.current

    runs = sample.build(runner_of(copied), copied, TODAY)

    assert runs == []
    assert copied.store.current == release


def test_no_row_of_the_sample_is_refused(sampled):
    refused = {
        name: served.version.refused
        for name, served in sampled.store.release().tables.items()
        if served.version.origin == Origin.INVENTED and served.version.refused
    }

    assert refused == {}


def test_every_part_is_served_as_invented(sampled):
    release = sampled.store.release()

    assert {release.origin(part.source) for part in PARTS} == {Origin.INVENTED}
    assert release.origin("communes") == Origin.REAL


def test_there_are_57_828_active_establishments(sampled):
    active = one(sampled, "SELECT count(*) FROM establishments WHERE state = 'A'")
    in_june_2019 = one(
        sampled,
        "SELECT count(*) FROM establishments WHERE created_on <= DATE '2019-06-30' "
        "AND (closed_on IS NULL OR closed_on > DATE '2019-06-30')",
    )

    assert active == (57_828,)
    assert in_june_2019[0] == pytest.approx(57_828, rel=0.01)


def test_the_flows_of_2019_are_the_cited_ones(sampled):
    births, closures = one(
        sampled,
        "SELECT sum(births), sum(closures) FROM establishment_flows WHERE period = '2019'",
    )

    assert births == pytest.approx(10_065, rel=0.01)
    assert closures == pytest.approx(5_217, rel=0.01)


def test_every_year_since_2009_has_flows_and_most_firms_survive_three_years(sampled):
    rows = sampled.reader.rows(
        "SELECT period, sum(births), sum(survivors_3y) / sum(cohort_3y) FROM establishment_flows "
        "WHERE births IS NOT NULL GROUP BY period ORDER BY period"
    )

    assert [row[0] for row in rows] == [str(year) for year in range(2009, 2026)]
    assert all(births > 5_000 and 0.5 < survival < 0.8 for _, births, survival in rows)


def test_failures_are_a_tenth_to_a_fifth_of_the_closures_of_2019(sampled):
    rows = sampled.reader.rows(
        "SELECT period, sum(openings) FROM failures_local WHERE period < '2026' GROUP BY period"
    )

    assert len(rows) == 17
    assert all(520 <= openings <= 1_040 for _, openings in rows), rows


def test_the_interval_of_jobs_holds_the_cited_number_of_jobs(sampled):
    least, most = one(
        sampled, "SELECT sum(headcount_min), sum(headcount_max) FROM establishment_stock"
    )

    assert least < 281_735 < most
    assert one(sampled, "SELECT sum(jobs) FROM jobs_at_workplace WHERE period = '2016'") == (
        281_735,
    )


def test_invented_firms_have_numbers_that_begin_with_000_and_names_that_say_so(sampled):
    siren = sampled.reader.rows("SELECT siren, name FROM legal_units")
    siret = sampled.reader.rows("SELECT siret, name, sign FROM establishments")

    assert all(number.startswith("000") and right_key(number) for number, _ in siren)
    assert all(number.startswith("000") and right_key(number) for number, _, _ in siret)
    names = {name for row in (*siren, *siret) for name in row[1:] if name}
    assert all(re.fullmatch(r"EXEMPLE .+ \d{5}", name) for name in names)
    assert len(names) > 10_000


def test_persons_in_partial_diffusion_have_no_address(sampled):
    hidden = one(
        sampled,
        "SELECT count(*), count(address), count(x_m), count(sign) FROM establishments "
        "WHERE diffusion = 'P'",
    )
    companies = one(
        sampled,
        "SELECT count(*) FROM legal_units WHERE diffusion = 'P' AND NOT is_natural_person",
    )

    assert hidden[0] > 10_000
    assert hidden[1:] == (0, 0, 0)
    assert companies == (0,)


def test_nothing_is_invented_outside_the_24_communes(sampled):
    outside = {}
    for name, served in sampled.store.release().tables.items():
        if served.version.origin != Origin.INVENTED:
            continue
        for column in ("commune_code", "work_commune_code"):
            if column in served.version.columns:
                rows = sampled.reader.rows(f'SELECT DISTINCT {column} FROM "{name}"')
                outside[name, column] = {row[0] for row in rows} - COMMUNES - {None}

    assert len(outside) > 20
    assert {where for where, codes in outside.items() if codes} == set()
    assert set(sampled.home.communes) == COMMUNES


def test_what_mixes_a_real_and_an_invented_table_is_invented(sampled):
    def origin(name):
        return sampled.figure(indicator(name)).observation.origin

    assert origin("population") == Origin.REAL
    assert origin("population_density") == Origin.REAL
    assert origin("establishments") == Origin.INVENTED
    assert origin("green_fund_per_inhabitant") == Origin.INVENTED  # invented euros, real people
    assert sampled.store.release().origin("failures_local") == Origin.INVENTED


def test_the_sample_refuses_another_territory(copied):
    other = copied.place("departement:48")
    Installation(territory=other.key, name=other.name).write(copied.var)
    copied._read_installation()

    with pytest.raises(Refused, match="Lozère"):
        sample.build(runner_of(copied), copied, TODAY)


def test_the_sample_refuses_a_clock_behind_its_own_date(copied):
    with pytest.raises(Refused, match="2026-10-31"):
        sample.build(runner_of(copied), copied, date(2026, 1, 1))


def test_a_build_cut_short_leaves_what_was_in_service(prepared, tmp_path, monkeypatch):
    shutil.copytree(prepared, tmp_path / "var")
    house = House.open(tmp_path / "var")
    before = house.store.current

    def stop(world, folder):
        raise KeyboardInterrupt

    cut = Part("offers", ("offers.csv",), stop)
    monkeypatch.setattr(sample, "PARTS", (*PARTS[3:5], cut))
    with pytest.raises(KeyboardInterrupt):
        sample.build(runner_of(house), house, TODAY)

    assert house.store.current == before
    assert not sample.is_built(house.store)
    assert not (house.store.root / "sample").exists()
    monkeypatch.setattr(sample, "PARTS", PARTS[3:5])
    runs = sample.build(runner_of(house), house, TODAY)
    assert [run.status for run in runs] == ["unchanged", "unchanged"]
    assert house.store.release().origin("insertion_employers") == Origin.INVENTED


def test_a_part_that_fails_is_said_and_nothing_is_published(copied, monkeypatch):
    monkeypatch.setattr(sample, "is_built", lambda *_: False)
    monkeypatch.setattr(sample, "PARTS", PARTS[3:4])
    before = copied.store.current
    runner = runner_of(copied)
    failed = Run("establishments_by_size", "", "failed", Origin.INVENTED, error="No space left.")
    monkeypatch.setattr(runner, "load", lambda *_, **__: failed)

    with pytest.raises(SourceError, match="No space left"):
        sample.build(runner, copied, TODAY)

    assert copied.store.current == before


def test_the_files_of_the_register_are_in_the_publishers_layout(sampled):
    kept = sampled.store.root / "raw"
    [path] = (kept / "establishments" / Origin.INVENTED).glob(f"*{sirene.ESTABLISHMENTS}")
    [notices] = (kept / "failures" / Origin.INVENTED).glob(f"*{failures.NAME}")
    columns = [row[0] for row in sampled.reader.rows(f"DESCRIBE SELECT * FROM '{path}'")]

    assert columns[:4] == ["siren", "nic", "siret", "statutDiffusionEtablissement"]
    assert len(columns) == len(facts.toml("layouts")["establishments"]) > 50
    assert "familleavis;" in notices.read_text(encoding="utf-8")[:400]


def test_a_total_is_split_without_losing_a_unit():
    parts = shared(57_828, [1, 2, 3, 0, 94])

    assert parts.tolist() == [578, 1157, 1735, 0, 54_358]


def test_draws_do_not_depend_on_the_machine():
    assert Draws("a name").below(1_000_000, 4).tolist() == [235_511, 802_837, 548_005, 172_729]


def test_each_trade_has_one_fiche_of_rome_4_per_ecological_tag():
    # given the sample's own small table
    tags = facts.rows("tags")

    # then nothing more than shares of green offers need, for every trade of the offers
    assert len({(each["trade"], each["tag"]) for each in tags}) == len(tags)
    assert {each["trade"] for each in tags} == {t["rome_code"] for t in facts.rows("occupations")}
