"""The supposed growth before what came: the errors that docs/skills.md publishes."""

import csv
import gzip
from pathlib import Path

import pytest
from django.conf import settings

from bassin.match.skills.backtest import Tried, inside, mean_error, tried
from bassin.match.skills.forecast import Values
from bassin.match.skills.hypotheses import Hypotheses
from tests.support.t12 import COMMUNES

GROUPS = {
    "farmers": "pop_agric", "self-employed": "pop_indep", "managers": "pop_cadres",
    "intermediate": "pop_interm", "clerical": "pop_empl", "workers": "pop_ouvr",
}  # fmt: skip
SUPPOSED = Hypotheses.of([]).growth("", "")


def test_what_grows_as_the_central_scenario_says_has_no_error():
    found = tried({"a": 100.0, "b": 50.0}, {"a": 121.0, "b": 40.0}, Values(0, 0.1, 0.2), 2)

    assert found[0].error == pytest.approx(0)
    assert found[0].inside
    assert not found[1].inside
    assert inside(found) == 50
    assert mean_error(found) == pytest.approx(20.5 / 161 * 100)


def test_what_is_unknown_at_one_date_is_left_out():
    found = tried({"a": 100.0, "b": 0.0, "c": 5.0}, {"a": 100.0, "b": 9.0}, Values(0, 0, 0), 6)

    assert found == [Tried("a", 100.0, Values(100.0, 100.0, 100.0), 100.0)]


def counts(folder: Path, year: int) -> dict[str, dict[str, float]]:
    with gzip.open(folder / "census" / f"rp{year}.csv.gz", "rt", encoding="utf-8") as lines:
        return {
            row["code_insee"]: {name: float(row[column]) for name, column in GROUPS.items()}
            for row in csv.DictReader(lines)
            if row["code_insee"] in COMMUNES
        }


@pytest.mark.pack
def test_the_published_errors_are_those_of_the_census(pack):
    then, now = counts(pack, 2012), counts(pack, 2018)
    assert len(then) == len(now) == 24
    whole = [
        {name: sum(each[name] for each in year.values()) for name in GROUPS} for year in (then, now)
    ]

    found = {each.name: each for each in tried(*whole, SUPPOSED, 6)}
    everyone = tried(*({"all": sum(each.values())} for each in whole), SUPPOSED, 6)[0]
    parts = [
        each for code in then for each in tried(then[code], now[code], SUPPOSED, 6)
    ]  # fmt: skip
    table = [(name, f"{each.error:+.1f}", each.inside) for name, each in found.items()]
    told = (Path(settings.CHECKOUT) / "docs" / "skills.md").read_text("utf-8")
    for name, error, within in table:
        assert f"| {name} | {error} % | {'yes' if within else 'no'} |" in told
    assert f"| everyone | {everyone.error:+.1f} % | {'yes' if everyone.inside else 'no'} |" in told
    assert f"{inside(parts):.0f} % of {len(parts)} pairs" in told
    assert f"mean absolute error {mean_error(parts):.1f} %" in told
