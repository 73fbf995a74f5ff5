"""A disk without room: answers are refused with a sentence, none is told as kept and lost, and all
goes on once there is room."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from django.db import connection

from bassin.debate.workshops.tests.conftest import Room, shared_room, sqlite_in
from bassin.debate.workshops.tests.live_here import Live
from tests.support import disk

ROOM_LEFT = 150_000
"""Bytes: some dozens of answers."""


class Crowd:
    """People who write at length, and what each was told."""

    def __init__(self) -> None:
        self.room: Room = shared_room()
        self.opened = self.room.open(self.room.step("contributions"))
        self.live = Live()
        self.told: dict[str, str] = {}  # by ticket, what is recorded
        self.refused: dict[str, tuple[int, str]] = {}

    def write(self, token: str) -> None:
        text = f"{token} " + "é" * 900
        sent = [text, text[::-1]]
        told = self.live.vote(self.room.workshop.code, token, self.opened.pk, texts=sent)
        if told.status == 200:
            self.told[token] = text
        else:
            self.refused[token] = told.status, told.facts["message"]

    def kept(self) -> set[str]:
        answers = self.opened.ballots.values_list("answer", flat=True)
        return {answer["texts"][0] for answer in answers}

    def again(self) -> None:
        """Those who were refused send again what they wrote."""
        waiting, self.refused = list(self.refused), {}
        for token in waiting:
            self.write(token)


@contextmanager
def crowd() -> Iterator[Crowd]:
    made = Crowd()
    try:
        yield made
    finally:
        made.live.stop()


def refused_then_taken(
    people: Crowd, *, full: AbstractContextManager[object], status: int, sentence: str
) -> None:
    """While the disk is full some are refused, with a sentence; afterwards all are counted once."""
    people.write(people.room.ticket())  # the first has room
    tokens = [people.room.ticket() for _ in range(40)]
    with full:
        for token in tokens:
            people.write(token)
        assert people.refused
        assert {each for each, _said in people.refused.values()} == {status}
        assert all(sentence in said for _status, said in people.refused.values())
        assert people.kept() == set(people.told.values())
    people.again()
    assert not people.refused
    assert people.kept() == set(people.told.values())
    assert len(people.told) == people.opened.participations.count() == 41


@pytest.mark.tmpfs
@pytest.mark.django_db
def test_a_full_disk_refuses_answers_and_takes_them_once_there_is_room(tmp_path):
    with disk.small_disk(tmp_path, megabytes=20) as folder, sqlite_in(folder), crowd() as people:
        full = filled(folder)
        refused_then_taken(people, full=full, status=507, sentence="plus de place")


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    filler = disk.fill(folder, ROOM_LEFT)
    yield
    filler.unlink()


def test_under_a_quota_answers_are_refused_and_taken_once_it_is_raised(sqlite_file):
    folder = Path(sqlite_file["NAME"]).parent
    with crowd() as people:
        longest = max(each.stat().st_size for each in folder.iterdir())
        full = disk.no_file_longer_than(longest + ROOM_LEFT)
        refused_then_taken(people, full=full, status=503, sentence="n’a pas été prise")


def test_a_base_that_may_grow_no_more_refuses_as_a_full_disk_does(sqlite_file):
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    connection.close()
    # SQLite itself says "database or disk is full" past this size, as on a disk without room.
    command = f"PRAGMA journal_mode=WAL; PRAGMA max_page_count={pages + 40};"
    sqlite_file["OPTIONS"] = {**sqlite_file["OPTIONS"], "init_command": command}
    with crowd() as people:
        for token in [people.room.ticket() for _ in range(40)]:
            people.write(token)

        assert people.told
        assert {each for each, _said in people.refused.values()} == {507}
        assert people.kept() == set(people.told.values())
