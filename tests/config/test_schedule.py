"""When repeated work is due, and that the clock neither repeats nor forgets it."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from bassin.config import clock, schedule
from bassin.config.schedule import Job, due

PARIS = ZoneInfo("Europe/Paris")
NIGHTLY = Job("a.night", time(3, 0))
WEEKLY = Job("a.week", time(4, 30), weekday=6)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("job", "now", "slot"),
    [
        (NIGHTLY, "2026-11-20T03:00", "2026-11-20T03:00"),
        (NIGHTLY, "2026-11-20T02:59", "2026-11-19T03:00"),
        (WEEKLY, "2026-11-20T12:00", "2026-11-15T04:30"),
        (WEEKLY, "2026-11-22T04:29", "2026-11-15T04:30"),
        (WEEKLY, "2026-11-22T04:30", "2026-11-22T04:30"),
    ],
)
def test_the_latest_slot_is_the_last_one_passed(job, now, slot):
    assert job.latest_slot(at(now)) == at(slot)


@given(
    now=st.datetimes(
        min_value=datetime.fromisoformat("2020-01-01"),
        max_value=datetime.fromisoformat("2040-01-01"),
    ),
    weekday=st.none() | st.integers(0, 6),
    hour=st.times(),
)
def test_no_latest_slot_is_in_the_future_nor_more_than_a_week_old(now, weekday, hour):
    now = now.replace(tzinfo=PARIS)

    slot = Job("any", hour, weekday).latest_slot(now)

    assert slot <= now
    assert (now.replace(tzinfo=None) - slot.replace(tzinfo=None)).days < 7
    assert weekday is None or slot.weekday() == weekday


def test_a_job_missed_while_the_machine_was_off_is_due_once():
    started = {NIGHTLY.task: at("2026-11-01T03:00")}

    assert due([NIGHTLY], started, at("2026-11-20T12:00")) == [NIGHTLY]
    assert due([NIGHTLY], {NIGHTLY.task: at("2026-11-20T12:00")}, at("2026-11-20T12:01")) == []


def test_a_job_never_seen_before_waits_for_its_slot():
    assert due([NIGHTLY], {}, at("2026-11-20T12:00")) == []


def test_the_clock_queues_a_job_at_its_hour_and_once(tmp_path, db):
    table = schedule.HOUSE

    with override_settings(VAR=tmp_path):
        first_start = clock.tick(table, at("2026-11-20T12:00"))
        before = clock.tick(table, at("2026-11-22T04:29"))
        after = clock.tick(table, at("2026-11-22T04:31"))
        again = clock.tick(table, at("2026-11-22T04:32"))

    assert (first_start, before, after, again) == ([], [], list(table), [])


def test_every_job_of_the_table_is_a_task_that_exists():
    for job in schedule.jobs():
        assert schedule.import_module(job.task.rpartition(".")[0])
        assert clock.import_string(job.task).module_path == job.task


def test_what_follows_a_release_is_queued_once_for_each_whoever_put_it_there(tmp_path, db):
    (tmp_path / "store").mkdir()
    tasks = schedule.following()
    with override_settings(VAR=tmp_path):
        before = clock.follow(tasks)
        (tmp_path / "store" / "current").write_text("first")
        names = [clock.follow(tasks), clock.follow(tasks)]
        (tmp_path / "store" / "current").write_text("second")
        names.append(clock.follow(tasks))

    assert "bassin.observe.watch.tasks.watch" in tasks
    assert [before, *names] == ["", "first", "", "second"]
