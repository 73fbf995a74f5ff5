"""Offers in trades of the ecological transition: a floor and a ceiling, never a made-up middle."""

import pytest

from bassin.sources.employment_areas import EmploymentAreas
from bassin.sources.offers import Offers
from bassin.sources.rome import Rome4Occupations
from tests.support.loading import DATA, derived, published

OFFERS = DATA / "offers" / "labour" / "20211221_villes_offre_full.csv"
FICHES = DATA / "rome" / "rome" / "unix_referentiel_code_rome_v460_utf8.csv"


@pytest.fixture
def communes(tmp_path):
    rows = derived(tmp_path, "offers_green", (Offers(), OFFERS), (Rome4Occupations(), FICHES))
    return {row["commune_code"]: row for row in rows}


def test_offers_without_a_commune_are_left_out(communes):
    assert set(communes) == {"01001", "75056", "75108", "94081", "94054"}


def test_a_trade_of_which_every_fiche_is_green_counts_in_floor_and_ceiling(communes):
    # A1203 has two fiches, both green
    ambérieu = communes["01001"]
    assert (ambérieu["offers_green_sure"], ambérieu["offers_green"]) == (2, 2)


def test_a_trade_with_one_tagged_fiche_of_two_counts_in_the_ceiling_only(communes):
    # F1703 has one fiche that is strategic and one that is not: 4 + 9 offers in Vitry
    vitry = communes["94081"]
    assert (vitry["offers_greening_sure"], vitry["offers_greening"]) == (0, 13)


def test_floor_is_never_above_ceiling_and_ceiling_never_above_all_offers(communes):
    for row in communes.values():
        for tag in ("green", "greening", "ecological"):
            assert row[f"offers_{tag}_sure"] <= row[f"offers_{tag}"] <= row["offers"]
        assert row["offers_ecological"] <= row["offers_green"] + row["offers_greening"]


def test_a_brown_or_digital_fiche_makes_no_offer_ecological(communes):
    # M1607 has a neutral fiche and a brown one
    assert communes["75056"]["offers_ecological"] == 0


def test_a_trade_unknown_to_rome_4_is_counted_apart(tmp_path):
    # given fiches without M1607
    fiches = tmp_path / "rome" / FICHES.name
    fiches.parent.mkdir()
    kept = [line for line in FICHES.read_text("utf-8").splitlines() if "M1607" not in line]
    fiches.write_text("\n".join(kept) + "\n", "utf-8")

    # when offers are tagged
    rows = derived(
        tmp_path / "store", "offers_green", (Offers(), OFFERS), (Rome4Occupations(), fiches)
    )

    # then its offers are said to be without a tag, and are not lost
    vitry = next(r for r in rows if r["commune_code"] == "94081")
    assert (vitry["offers"], vitry["offers_untagged"]) == (21, 5)


@pytest.mark.pack
def test_the_pack_frames_green_offers_of_area_1129(tmp_path, pack):
    rows = derived(
        tmp_path,
        "offers_green",
        (Offers(), pack / "labour" / f"{OFFERS.name}.bz2"),
        (Rome4Occupations(), pack / "rome" / FICHES.name),
        (EmploymentAreas(), pack / "labour" / "bassin_emploi-bmo.csv"),
    )
    areas = published(tmp_path, "employment_areas")
    inside = {r["commune_code"] for r in areas if r["employment_area_code"] == "1129"}
    local = [row for row in rows if row["commune_code"] in inside]
    totals = {
        name: sum(row[name] for row in local) for name in local[0] if name.startswith("offers")
    }
    assert totals == {
        "offers": 7_126,
        "offers_untagged": 0,
        "offers_green": 538,
        "offers_green_sure": 19,
        "offers_greening": 1_652,
        "offers_greening_sure": 596,
        "offers_ecological": 1_748,
        "offers_ecological_sure": 689,
    }
    raw_rows = [r for r in published(tmp_path, "offers") if r["commune_code"] in inside]
    assert (len(raw_rows), sum(r["offers"] for r in raw_rows)) == (2_688, 7_126)
