"""The sample judges nothing: what it invents is as absent as what is not loaded."""

import shutil

from bassin.indicators.house import House
from bassin.observe.observatory import claims
from bassin.types import Origin
from tests.support.installing import bring_documents


def says(house: House) -> list[dict]:
    return [each.as_dict("fr") for each in claims.judge_all(house)]


def test_the_verdicts_are_the_same_with_the_sample_and_without(prepared, copied, tmp_path):
    # given an installation with its geography only, and the same with the sample
    bare = tmp_path / "bare"
    shutil.copytree(prepared, bare)
    for var in (bare, copied.var):
        bring_documents(var)
    without, sampled = House.open(bare), House.open(copied.var)
    invented = [
        name
        for name, served in sampled.reader.release.tables.items()
        if served.version.origin == Origin.INVENTED
    ]
    assert len(invented) > 10

    # when each judges the stated figures
    # then nothing of what the sample holds was believed
    assert says(sampled) == says(without)
