"""Home-to-work flows, and what may and may not be added from them."""

import pytest

from bassin.sources.workplaces import Commuting
from tests.support.loading import DATA, derived, edited, loaded, published

SAMPLE = DATA / "workplaces" / "census" / "base-flux-mobilite-domicile-lieu-travail-2021.csv"


def test_a_pair_of_communes_has_its_workers_with_decimals(tmp_path):
    found = loaded(Commuting(), tmp_path, SAMPLE)
    flows = {(r["home_commune_code"], r["work_commune_code"]): r["workers"] for r in found.rows}
    assert flows["94081", "94081"] == 9200.5
    assert flows["94081", "75113"] == 4300.25
    assert {(r["period"], r["cog"]) for r in found.rows} == {("2021", 2024)}


def test_a_workplace_abroad_is_kept_and_told_apart(tmp_path):
    found = loaded(Commuting(), tmp_path, SAMPLE)
    abroad = {r["work_commune_code"] for r in found.rows if r["is_abroad"]}
    assert abroad == {"99140", "MO001"}


def test_the_share_of_one_commune_is_a_plain_ratio(tmp_path):
    # given flows into Vitry: 9,200.5 from Vitry, 700 from Orly, 2,100 from Paris 13e
    rows = derived(tmp_path, "local_jobs_held", (Commuting(), SAMPLE))

    # when its row is read
    vitry = next(r for r in rows if r["commune_code"] == "94081")

    # then both terms are there
    assert (vitry["jobs_held"], vitry["held_by_residents"]) == (12000.5, 9200.5)
    assert vitry["residents_at_work"] == pytest.approx(9200.5 + 1800 + 4300.25)


def test_a_commune_where_nobody_works_still_counts_its_residents(tmp_path):
    rows = derived(tmp_path, "local_jobs_held", (Commuting(), SAMPLE))
    menton = next(r for r in rows if r["commune_code"] == "06083")
    assert (menton["jobs_held"], menton["residents_at_work"]) == (0, 2900)
    assert menton["residents_working_abroad"] == 2900


def test_a_group_of_communes_needs_pairs_because_the_sum_understates(tmp_path):
    # given Vitry and Orly as one territory
    group = {"94081", "94054"}
    by_commune = derived(tmp_path, "local_jobs_held", (Commuting(), SAMPLE))
    pairs = published(tmp_path, "commuting_pairs")

    # when jobs held by residents of the group are counted both ways
    summed = sum(r["held_by_residents"] for r in by_commune if r["commune_code"] in group)
    held = sum(
        r["workers"]
        for r in pairs
        if r["commune_code"] in group and r["home_commune_code"] in group
    )

    # then the sum over communes misses those who cross from one to the other
    assert summed == 9200.5 + 2500
    assert held == summed + 1800 + 700


def test_pairs_leave_out_work_abroad(tmp_path):
    derived(tmp_path, "commuting_pairs", (Commuting(), SAMPLE))
    assert len(published(tmp_path, "commuting_pairs")) == 7


def test_a_renamed_count_fails(tmp_path):
    path = edited(SAMPLE, tmp_path / "census", ("NBFLUX_C21_ACTOCC15P", "IPONDI"))
    found = loaded(Commuting(), tmp_path / "store", path)
    assert "has no column like NBFLUX_C" in found.run.error


def test_a_flow_given_twice_is_refused_once(tmp_path):
    path = edited(SAMPLE, tmp_path / "census", ("94081;Vitry-sur-Seine;94054", "94054;Orly;94054"))
    source = Commuting()
    source.max_refused_pct = 50
    found = loaded(source, tmp_path / "store", path)
    assert [r["line"] for r in found.refused] == [5]
