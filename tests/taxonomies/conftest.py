"""Labels are used by the whole process: each test starts without those that another one loaded."""

import pytest

from bassin.taxonomies import legal, naf


@pytest.fixture(autouse=True)
def forgotten():
    naf.use()
    legal.use({})
    yield
    naf.use()
    legal.use({})
