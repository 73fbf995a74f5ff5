"""The five meanings of "productive" and the ecological sets: named, owned, versioned, honest."""

import pytest

from bassin.errors import Refused
from bassin.taxonomies import naf
from bassin.taxonomies.perimeters import naf_codes, perimeter, perimeters

FIVE = {
    "industry",
    "productive_activities_authority",
    "productive_sphere",
    "production_functions",
    "technical_jobs",
}
GOOD = """
id = "mine"
version = 1
family = "ecological"
basis = "naf"
valid_from = 2026-01-01
owner = "A town"
label = "Mine"
definition = "What we mean"
source = { title = "Council, 2026" }
[[parts]]
label = "Repair of bicycles and the like"
naf_rev2 = ["95.29"]
"""


def test_there_are_five_meanings_of_productive_and_one_reading_by_bassin():
    productive = {one.id for one in perimeters().values() if one.family == "productive"}

    assert productive == FIVE | {"productive_activities_bassin"}


def test_every_perimeter_names_its_owner_its_source_and_both_languages():
    for one in perimeters().values():
        assert one.owner.fr
        assert one.source
        assert one.version >= 1
        assert one.label.fr
        assert one.label.en
        assert one.definition.fr
        assert one.definition.en
        assert one.computable is (one.basis == "naf")
        assert one.limits.fr if one.computable else one.not_computable.en


def test_industry_is_sections_b_to_e():
    codes = naf_codes("industry")

    assert {naf.section_of(code) for code in codes} == {"B", "C", "D", "E"}
    assert len(codes) == len(naf.rev2().subclasses(["B", "C", "D", "E"]))


@pytest.mark.parametrize("unknown", sorted(FIVE - {"industry"}))
def test_what_no_activity_code_tells_is_refused_with_the_reason(unknown):
    with pytest.raises(Refused, match="non calculable ici"):
        naf_codes(unknown)


def test_bassins_reading_is_named_as_such_and_holds_making_building_storing_and_repairing():
    reading = perimeter("productive_activities_bassin")
    codes = set(reading.naf_codes())

    assert reading.owner.fr == "bassin"
    assert reading.reading_of == "productive_activities_authority"
    assert "lecture de bassin" in reading.label.fr
    assert {"25.62B", "43.21A", "45.20A", "52.10B", "49.41A", "46.31Z", "95.11Z"} <= codes
    assert not {"41.10A", "46.19B", "49.32Z", "53.20Z", "62.01Z", "47.11F", "70.10Z"} & codes
    assert set(naf_codes("industry")) < codes


def test_repair_and_waste_hold_the_codes_that_indicators_need():
    repair = naf_codes("repair")

    assert {code[:2] for code in repair} == {"33", "45", "95"}
    assert "33.20A" not in repair
    assert "45.40Z" not in repair
    assert naf_codes("waste") == (
        "38.11Z",
        "38.12Z",
        "38.21Z",
        "38.22Z",
        "38.31Z",
        "38.32Z",
        "39.00Z",
    )


def test_an_unknown_perimeter_is_refused_with_those_that_exist():
    with pytest.raises(Refused, match=r"no perimeter “usines”.*industry"):
        naf_codes("usines")


def test_an_authority_adds_its_own_perimeters(tmp_path):
    (tmp_path / "mine.toml").write_text(GOOD)

    assert naf_codes("mine", tmp_path) == ("95.29Z",)
    assert "mine" not in perimeters()


def test_an_authority_replaces_a_perimeter_by_giving_its_id(tmp_path):
    (tmp_path / "waste.toml").write_text(GOOD.replace('"mine"', '"waste"'))

    assert perimeter("waste", tmp_path).owner.fr == "A town"
    assert perimeter("waste").owner.fr == "bassin"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('owner = "A town"', "", "lacks owner"),
        ("version = 1", 'version = 1\ncolour = "red"', "unknown keys colour"),
        ('basis = "naf"', 'basis = "taste"', "basis is one of"),
        ("[[parts]]", 'not_computable = "no"\n[[parts]]', "either parts"),
        ("id =", "id", "Expected"),
        ('["95.29"]', '"95.29"', "naf_rev2 is not a list"),
        ("2026-01-01", '"2026"', "valid_from is not a date"),
    ],
)
def test_a_malformed_perimeter_is_refused_with_its_file_and_its_fault(tmp_path, old, new, why):
    (tmp_path / "mine.toml").write_text(GOOD.replace(old, new, 1))

    with pytest.raises(Refused, match=rf"mine\.toml is not a perimeter.*{why}"):
        perimeters(tmp_path)
