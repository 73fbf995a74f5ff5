"""`bassin workshop rehearse` for real: simulated people through the running service, by HTTP."""

import sqlite3
import subprocess
from contextlib import closing

import pytest

from tests.config.test_serve import BASSIN, service

pytestmark = pytest.mark.slow

PREPARED = """
from django.utils import timezone
from bassin.debate.workshops import actions_editing, actions_statements
from bassin.debate.workshops.actions_statements import Proposed
from bassin.debate.workshops.models import Workshop
from tests.support.people import seat

awa = seat("Awa", "authority", "officer")
made = actions_editing.create(by=awa, now=timezone.now(), title={"fr": "Atelier"})
Workshop.objects.filter(pk=made.pk).update(code="482913")
for kind in ("likert", "ranking", "contributions"):
    options = [Proposed({"fr": each}) for each in "abc"] if kind == "ranking" else []
    actions_statements.ask(
        made, by=awa, facts={"kind": kind, "text": {"fr": kind}}, options=options,
        step={"title": {"fr": kind}},
    )
"""


def test_every_answer_acknowledged_to_simulated_people_is_counted_once(started):
    with service(started) as running:
        running.manage("shell", "-c", PREPARED)
        words = [*BASSIN, "workshop", "rehearse", "482913", "--participants", "40"]
        played = subprocess.run(words, env=running.env, capture_output=True, text=True, check=False)

        with closing(sqlite3.connect(started / "bassin.sqlite3")) as base:
            marks = "SELECT state, rehearsal, origin FROM workshops_workshop WHERE code != '482913'"
            rehearsals = base.execute(marks).fetchall()
            ballots = base.execute("SELECT count(*) FROM workshops_ballot").fetchone()[0]

    assert played.returncode == 0, played.stderr
    assert "40 simulated participants are in." in played.stdout
    assert f"{ballots} answers were acknowledged to 40 people." in played.stdout
    assert rehearsals == [("closed", 1, "invented")]
    assert ballots > 90
