"""Schemathesis reads the description of the API, and tries it by what it says."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

SCHEMA = "/api/v1/openapi.json"
FEW = 3
"""Examples for each address, besides those at the edges of each parameter."""
TRIED = ["places", "observations", "observation", "establishments", "entry"]
"""One of each kind; the others are made of the same parts. By hand, all are (docs/api.md)."""

FEATURES = "/ogc/api"
LAYERS = ["collections", "communes_items"]
OUT_OF_ORDER = ("south comes before", "before its beginning", "sud vient avant", "avant le début")
"""What no schema can say, and a refusal says."""


@pytest.fixture
def without_closing(db):
    """A whole server would close, after each answer, the connection of the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def tried(schema, operations):
    """What schemathesis finds wrong in some operations, and how many cases it tried."""
    import schemathesis
    from schemathesis.config import SchemathesisConfig
    from schemathesis.engine import Status, from_schema
    from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

    config = SchemathesisConfig.from_dict({
        "seed": 1, "workers": 1,
        "generation": {"max-examples": FEW, "deterministic": True, "database": "none"},
        "headers": {"Accept-Encoding": "identity"},  # asked in process, it unpacks nothing
        "phases": {"stateful": {"enabled": False}},
    })  # fmt: skip
    read = schemathesis.openapi.from_wsgi(schema, WSGIHandler(), config=config)
    events = list(from_schema(read.include(operation_id=operations)).execute())

    done = [each for each in events if isinstance(each, ScenarioFinished)]
    wrong = [
        f"{event.label}: {check.name}: {check.failure_info.failure.message} "
        f"{event.recorder.interactions[case].request.uri} "
        f"{event.recorder.interactions[case].response.text}"
        for event in done
        for case, checks in event.recorder.checks.items()
        for check in checks
        if check.status == Status.FAILURE
    ]
    assert [each for each in events if isinstance(each, FatalError | NonFatalError)] == []
    assert len({each.label for each in done}) == len(operations)
    return wrong, sum(len(each.recorder.cases) for each in done)


@pytest.mark.slow
def test_the_api_does_what_its_description_says(api, without_closing):
    wrong, cases = tried(SCHEMA, TRIED)

    assert cases > 300
    assert wrong == []


@pytest.mark.slow
def test_features_do_what_their_description_says(api, without_closing):
    wrong, cases = tried(FEATURES, LAYERS)

    assert cases > 40
    assert [each for each in wrong if not any(said in each for said in OUT_OF_ORDER)] == []
