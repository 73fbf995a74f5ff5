"""The Python client: the same tables from the store and from the API of the same installation."""

import pytest

import bassin
from bassin.observe.opendata.tests.machines.conftest import MOST, SECRET

HERE = "200058014"


@pytest.mark.django_db(transaction=True)
def test_the_client_reads_the_same_from_the_store_and_from_the_api(api, open_house, live_server):
    near, far = bassin.open(open_house.var), bassin.connect(live_server.url)
    here, there = near.place(HERE), far.place(HERE)

    assert there == here
    assert far.place().key == here.key
    for asked in (
        {"period": "all"}, {"each": "commune"}, {"at": "2019-06-30"}, {"period": "2022"},
    ):  # fmt: skip
        names = ("population", "jobs_at_workplace", "median_income", SECRET)
        ours, theirs = here.figures(*names, **asked).arrow(), there.figures(*names, **asked).arrow()
        assert theirs.to_pylist() == ours.to_pylist()
        assert theirs.schema == ours.schema
    assert there.places().arrow() == here.places().arrow()
    assert far.catalogue().arrow() == near.catalogue().arrow()
    assert there.establishments().arrow() == here.establishments().arrow()
    assert len(there.establishments(naf="25.6", limit=7)) == 7 < MOST
    with pytest.raises(bassin.Refused, match="populaton"):
        there.figures("populaton")
