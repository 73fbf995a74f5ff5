"""What the tests of the workshops build: a workshop under way, its questions, its tickets."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from django.db import connection, connections

from bassin.debate.workshops import actions, keys
from bassin.debate.workshops.models import (
    Facilitator,
    Option,
    Round,
    Statement,
    Step,
    Ticket,
    Workshop,
)
from bassin.debate.workshops.tests.live_here import Live
from bassin.debate.workshops.voting import Outcome, Vote, record
from bassin.parties.models import Person
from tests.support.postgres import ON_POSTGRES, ON_SQLITE, default_connection

NOW = datetime(2026, 11, 26, 18, 30, 25, tzinfo=UTC)

_NUMBERS = count(1)
_HOUSE = {
    "OPTIONS": {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
}


class Room:
    """A workshop under way, and what the tests do in it."""

    def __init__(self, by: Person, **more) -> None:
        self.by = by
        facts = {"code": keys.new_code(), "title": {"fr": "Atelier"}, "languages": ["fr"]}
        self.workshop = Workshop.objects.create(**{**facts, "state": "live", **more})
        self.tokens: list[str] = []

    def statement(self, kind: str, *codes: str, **more) -> Statement:
        facts = {"slug": f"statement-{next(_NUMBERS)}", "kind": kind, "text": {"fr": "Énoncé"}}
        made = Statement.objects.create(**{**facts, **more})
        for order, code in enumerate(codes):
            Option.objects.create(statement=made, code=code, order=order, text={"fr": code})
        return made

    def step(self, kind: str = "likert", *codes: str, **more) -> Step:
        asked = self.statement(kind, *codes, **more)
        order = self.workshop.steps.count() + 1
        return Step.objects.create(
            workshop=self.workshop, order=order, kind="vote", title={"fr": "Votre avis"},
            statement=asked,
        )  # fmt: skip

    def open(self, step: Step) -> Round:
        """Show a step and open its question."""
        actions.go_to(self.workshop, step, by=self.by, now=NOW)
        step.refresh_from_db()
        return actions.open_round(step, by=self.by, now=NOW)

    def ticket(self, **more) -> str:
        """A new ticket; its token."""
        token = keys.new_token()
        facts = {"state": "claimed", "issued_on": NOW.date(), **more}
        Ticket.objects.create(workshop=self.workshop, token_hash=keys.digest(token), **facts)
        self.tokens.append(token)
        return token

    def vote(self, opened: Round, token: str, **sent) -> Outcome:
        vote = Vote(self.workshop.pk, opened.pk, keys.digest(token), sent)
        return record([vote], now=NOW)[0]

    def close(self, opened: Round) -> Round:
        return actions.close_round(opened, by=self.by, now=NOW)


def opened_on(answer) -> str:
    """What the form of a page was opened on, which it sends back."""
    return re.search(r'name="base" value="([^"]+)"', answer.content.decode())[1]


def change(site, address: str, sent: dict):
    """Open a form and send it back, as somebody does."""
    return site.post(address, {**sent, "base": opened_on(site.get(address))})


@pytest.fixture
def room(people) -> Room:
    """A workshop under way, run by Awa."""
    return Room(people.awa)


@contextmanager
def sqlite_in(folder: Path) -> Iterator[dict]:
    """A migrated SQLite database in a file, with the settings of the house; they may be changed
    before the first connection."""
    file = folder / "workshops.sqlite3"
    connection.ensure_connection()
    file.write_bytes(connection.connection.serialize())
    settings = {**connections.settings["default"], **_HOUSE, "NAME": str(file)}
    with default_connection(settings):
        yield settings


@pytest.fixture
def sqlite_file(db, tmp_path) -> Iterator[dict]:
    """Such a database in the folder of the test."""
    with sqlite_in(tmp_path) as settings:
        yield settings


@pytest.fixture(params=[ON_SQLITE, ON_POSTGRES])
def committed(request) -> str:
    """A database which other threads see what is written to: SQLite, then PostgreSQL."""
    on_sqlite = request.param == "sqlite"
    request.getfixturevalue("sqlite_file" if on_sqlite else "postgres_transactional_db")
    return request.param


@pytest.fixture
def open_room(committed) -> Room:
    """A workshop under way, in a database that several threads share."""
    return shared_room()


def shared_room(**more) -> Room:
    """A new workshop, run by a person of its own."""
    person, _ = Person.objects.get_or_create(email="animatrice@example.org")
    room = Room(person, **more)
    Facilitator.objects.create(workshop=room.workshop, person=person)
    return room


@pytest.fixture
def live(committed) -> Iterator[Live]:
    """One process of the live part."""
    running = Live()
    yield running
    running.stop()
