"""The live part: tickets, answers told once they are kept, openings seen in every process."""

import logging
import re
import threading
import time
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection

from bassin.debate.workshops import actions, actions_tickets, devices, joining, keys, voting
from bassin.debate.workshops.live import app as live_app
from bassin.debate.workshops.models import Ballot, Participation, Ticket
from bassin.debate.workshops.tests.conftest import NOW, shared_room
from bassin.debate.workshops.tests.live_here import SECONDS, Live, form


def until(true, seconds=SECONDS):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def levels(opened):
    return sorted(each["level"] for each in opened.ballots.values_list("answer", flat=True))


@pytest.fixture
def opened(open_room):
    return open_room.open(open_room.step())


@pytest.fixture
def code(open_room):
    return open_room.workshop.code


def test_an_answer_told_as_recorded_is_in_the_database(live, code, opened):
    token = live.join(code).token

    told = live.vote(code, token, opened.pk, level=4)

    assert told.status == 200
    assert told.facts["verdict"] == "recorded"
    assert re.fullmatch(r"[0-9a-f]{16}", told.facts["receipt"])
    assert levels(opened) == [4]


def test_an_answer_sent_again_or_changed_counts_once(live, code, opened):
    token = live.join(code).token

    for level in (2, 2, 5):
        assert live.vote(code, token, opened.pk, level=level).status == 200

    assert levels(opened) == [5]
    assert opened.participations.count() == 1


def test_a_double_tap_counts_once(live, code, opened):
    token = live.join(code).token
    cookie = {"cookie": f"ticket_{code}={token}"}
    tap = (code, "vote", {"round": opened.pk, "level": 3}, cookie)

    answers = live.together(tap, tap, tap)

    assert [each.status for each in answers] == [200, 200, 200]
    assert levels(opened) == [3]


def test_a_crowd_that_answers_at_once_is_counted_exactly(live, code, opened):
    tokens = [each.token for each in live.together(*[(code, "join", {}, {})] * 60)]
    votes = [
        (
            code,
            "vote",
            {"round": opened.pk, "level": 1 + n % 5},
            {"cookie": f"ticket_{code}={each}"},
        )
        for n, each in enumerate(tokens)
    ]

    answers = live.together(*votes)

    assert len(set(tokens)) == 60
    assert {each.status for each in answers} == {200}
    assert levels(opened) == sorted(1 + n % 5 for n in range(60))


def test_two_processes_that_write_at_once_lose_nothing(live, code, opened):
    other = Live()
    try:
        tokens = [live.join(code).token for _ in range(20)]

        def answer(process, mine):
            for token in mine:
                assert process.vote(code, token, opened.pk, level=2).status == 200

        threads = [
            threading.Thread(target=answer, args=each)
            for each in ((live, tokens[::2]), (other, tokens[1::2]))
        ]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    finally:
        other.stop()

    assert levels(opened) == [2] * 20


@pytest.mark.parametrize(
    ("token", "status"), [("", 403), ("x" * 22, 403), ("not a token; at all", 403)]
)
def test_a_forged_ticket_opens_nothing(live, code, opened, token, status):
    told = live.vote(code, token, opened.pk, level=4)

    assert (told.status, told.facts["verdict"]) == (status, "no_ticket")
    assert not opened.ballots.exists()


def test_a_ticket_of_another_workshop_or_withdrawn_opens_nothing(live, code, opened):
    elsewhere = shared_room()
    foreign = elsewhere.ticket()
    withdrawn = live.join(code).token
    Ticket.objects.filter(token_hash=keys.digest(withdrawn)).update(state="revoked")

    for token in (foreign, withdrawn):
        assert live.vote(code, token, opened.pk, level=4).facts["verdict"] == "no_ticket"

    # Nor does a round answer under the code of another workshop.
    told = live.vote(elsewhere.workshop.code, foreign, opened.pk, level=4)
    assert told.facts["verdict"] == "not_open"


def test_a_question_paused_or_closed_takes_nothing_and_says_so(live, open_room, code, opened):
    token, late = live.join(code).token, live.join(code).token
    live.vote(code, token, opened.pk, level=4)

    actions.pause(opened, by=open_room.by, now=NOW)
    paused = live.vote(code, late, opened.pk, level=1)
    open_room.close(opened)
    closed = live.vote(code, late, opened.pk, level=1)
    sent_again = live.vote(code, token, opened.pk, level=4)

    assert [each.status for each in (paused, closed, sent_again)] == [409, 409, 409]
    assert paused.facts["verdict"] == "paused"
    # The first acknowledgement was lost on the way: whoever sends again learns that it counted.
    assert closed.facts["message"] != sent_again.facts["message"]
    assert "enregistrée avant la clôture" in sent_again.facts["message"]
    assert levels(opened) == [4]


def test_an_answer_that_cannot_be_read_is_refused_with_its_reason_in_the_right_language(
    live, code, opened
):
    token = live.join(code).token

    french = live.vote(code, token, opened.pk, level=9)
    english = live.post(
        code, "vote", {"round": opened.pk, "level": 9},
        cookie=f"ticket_{code}={token}; django_language=en",
    )  # fmt: skip

    assert (french.status, english.status) == (422, 422)
    assert "cinq degrés" in french.facts["message"]
    assert "five degrees" in english.facts["message"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b"[" * 60_000, "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"round=1&" * 300, "application/x-www-form-urlencoded", 400),
        (b"x" * 70_000, "application/json", 413),
        (b"round=1", "text/plain", 415),
        (b'{"round": 99999999999999999999999, "level": 4}', "application/json", 409),
        (b'{"round": {"a": 1}, "level": 4}', "application/json", 409),
    ],
)
def test_what_no_form_of_ours_sends_is_refused(live, code, opened, body, kind, status):
    token = live.join(code).token
    headers = {"content_type": kind, "accept": "application/json"}

    told = live.post(code, "vote", body, cookie=f"ticket_{code}={token}", **headers)

    assert told.status == status
    assert not opened.ballots.exists()


def test_a_hostile_text_takes_no_other_answer_with_it(live, open_room, code):
    opened = open_room.open(open_room.step("words"))
    tokens = [live.join(code).token for _ in range(3)]
    texts = ["<script>alert(1)</script>", "nul\x00 et \ud800 et \u202e", "'); DROP TABLE ballot;--"]

    answers = live.together(
        *(
            (
                code,
                "vote",
                {"round": opened.pk, "texts": [text]},
                {"cookie": f"ticket_{code}={each}"},
            )
            for text, each in zip(texts, tokens, strict=True)
        )
    )

    assert [each.status for each in answers] == [200] * 3
    kept = sorted(each["texts"][0] for each in opened.ballots.values_list("answer", flat=True))
    assert kept == ["'); DROP TABLE ballot;--", "<script>alert(1)</script>", "nul et et"]


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://[", ""])
def test_another_site_sends_nothing_here(live, code, opened, origin):
    token = live.join(code).token
    vote = {"round": opened.pk, "level": 4}
    cookie = {"cookie": f"ticket_{code}={token}"}

    forged = live.post(code, "vote", vote, origin=origin, **cookie)
    ours = live.post(code, "vote", vote, origin="http://localhost:8000", **cookie)

    assert (forged.status, ours.status) == (403, 200)


def test_a_ticket_is_a_cookie_that_no_script_reads_and_no_other_site_sends(live, code):
    kept = live.join(code).header("set-cookie")

    assert kept.startswith(f"ticket_{code}=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(kept.split("; "))
    assert not Ticket.objects.filter(token_hash=kept.partition("=")[2].partition(";")[0]).exists()


def test_who_comes_in_twice_keeps_one_ticket(live, code, open_room):
    token = live.join(code).token

    again = live.post(code, "join", {}, cookie=f"ticket_{code}={token}")

    assert again.token == token
    assert open_room.workshop.tickets.count() == 1


def test_a_printed_ticket_lets_one_device_in(live, code, open_room):
    printed = open_room.ticket(state="issued", channel="printed")

    first = live.post(code, "join", {"token": printed})
    copy = live.post(code, "join", {"token": printed})
    same_device = live.post(code, "join", {"token": printed}, cookie=f"ticket_{code}={printed}")

    assert (first.status, first.token) == (200, printed)
    assert (copy.status, copy.facts["verdict"]) == (403, "in_use")
    assert (same_device.status, same_device.token) == (200, printed)


def test_a_workshop_with_tickets_lets_nobody_in_by_its_code_alone(live, code, open_room):
    open_room.workshop.access = "tickets"
    open_room.workshop.save()

    told = live.join(code)

    assert (told.status, told.facts["verdict"], told.token) == (403, "needs_ticket", "")


def test_a_workshop_in_preparation_or_over_lets_nobody_in(live, code, open_room):
    for state in ("draft", "closed", "published"):
        type(open_room.workshop).objects.filter(code=code).update(state=state)

        assert live.join(code).facts["verdict"] == "closed"

    assert live.get("000000").status == 404


def test_the_state_is_sent_once_and_said_unchanged_after(live, code, opened):
    first = live.get(code)
    again = live.get(code, if_none_match=first.header("etag"))

    assert first.facts["round"] == {"id": opened.pk, "state": "open", "number": 1}
    assert first.facts["revision"] == type(opened.workshop).objects.get().revision
    assert f'action="/live/workshops/{code}/vote' in first.facts["html"]
    assert (again.status, again.body) == (304, b"")


def test_a_workshop_in_preparation_shows_nothing(live, code, open_room):
    type(open_room.workshop).objects.filter(code=code).update(state="draft")

    assert live.get(code).status == 404


def test_an_opening_reaches_who_follows_in_each_process(live, code, open_room):
    other = Live()
    try:
        followers = [live.follow(code), other.follow(code)]
        until(lambda: all(each.events("state") for each in followers))

        opened = open_room.open(open_room.step())

        wanted = {"id": opened.pk, "state": "open", "number": 1}
        until(lambda: all(each.events("state")[-1]["round"] == wanted for each in followers))
    finally:
        other.stop()


def test_who_has_seen_a_state_is_not_sent_it_again(live, code, opened):
    mark = live.get(code).header("etag").strip('"')

    follower = live.follow(code, last_event_id=mark)
    until(lambda: follower.parts)

    assert follower.events("state") == []


def test_a_stream_ends_when_the_service_stops_or_the_workshop_goes(code, open_room, live):
    leaving, staying = live.follow(code), live.follow(code)
    until(lambda: leaving.events("state") and staying.events("state"))
    room = live.application.state.watcher.rooms[code]

    leaving.leave()
    until(lambda: room.followers == 1)
    assert leaving.ended.wait(SECONDS)
    type(open_room.workshop).objects.filter(code=code).update(archived_at=NOW)
    assert staying.ended.wait(SECONDS)
    assert code not in live.application.state.watcher.rooms


def test_only_who_runs_the_workshop_follows_the_count_and_no_result_is_in_it(live, code, opened):
    screen = live.follow(code, f"key={devices.screen_key(code)}")
    forged = live.follow(code, f"key={devices.screen_key('000000')}")
    until(lambda: screen.events("state") and forged.events("state"))

    live.vote(code, live.join(code).token, opened.pk, level=4)

    wanted = {"round": opened.pk, "people": 1, "answers": 1}
    until(lambda: wanted in screen.events("count"))
    assert forged.events("count") == []


def test_an_open_workshop_shows_its_results_while_people_answer(live, committed):
    room = shared_room(secrecy="open")
    opened = room.open(room.step())
    code = room.workshop.code
    screen = live.follow(code, f"key={devices.screen_key(code)}")

    for _ in range(5):
        live.vote(code, live.join(code).token, opened.pk, level=4)

    until(lambda: any(each and each.get("answers") == 5 for each in screen.events("count")))
    assert screen.events("count")[-1]["results"]["n"] == 5


def test_a_clock_set_back_shuts_no_screen_out_and_an_old_key_is_refused(committed):
    code = "123456"
    with time_machine.travel(NOW, tick=False):
        key = devices.screen_key(code)

    with time_machine.travel(NOW - timedelta(hours=3), tick=False):
        assert devices.is_screen_key(key, code)
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        assert not devices.is_screen_key(key, code)


def test_no_address_and_no_answer_is_logged(live, code, opened, caplog):
    caplog.set_level(logging.DEBUG)

    live.vote(code, live.join(code).token, opened.pk, level=4)
    live.vote(code, "", opened.pk, level=9)

    assert "203.0.113.7" not in caplog.text
    assert not [each for each in caplog.records if each.name.startswith("bassin")]


def test_a_plain_form_goes_back_to_its_page_or_shows_why_it_cannot(live, code, opened):
    entered = live.post(code, "join", {}, **form())
    cookie = {"cookie": f"ticket_{code}={entered.token}"}

    taken = live.post(code, "vote", {"round": opened.pk, "level": 4}, **form(**cookie))
    refused = live.post(code, "vote", {"round": opened.pk, "level": 9}, **form(**cookie))

    assert (entered.status, taken.status) == (303, 303)
    assert taken.header("location") == f"/a/{code}/"
    assert refused.status == 422
    assert "cinq degrés" in refused.body.decode()
    assert levels(opened) == [4]


def test_a_database_that_is_away_is_said_and_nothing_is_told_as_recorded(
    live, code, opened, monkeypatch
):
    token = live.join(code).token
    kinds = live.application.state.writer.kinds

    def away(papers, *, now):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setitem(kinds, live_app.Paper, away)
    told = live.vote(code, token, opened.pk, level=4)
    monkeypatch.undo()
    after = live.vote(code, token, opened.pk, level=4)

    assert (told.status, told.facts["verdict"]) == (503, "busy")
    assert after.status == 200


def test_one_answer_that_cannot_be_written_does_not_take_the_others(
    live, code, opened, monkeypatch
):
    tokens = [live.join(code).token for _ in range(3)]
    bad = keys.digest(tokens[1])
    record = voting.record

    def picky(votes, *, now):
        if any(each.token_hash == bad for each in votes):
            raise ValueError("A character that this database does not know")
        return record(votes, now=now)

    monkeypatch.setattr(voting, "record", picky)
    answers = live.together(
        *(
            (code, "vote", {"round": opened.pk, "level": 4}, {"cookie": f"ticket_{code}={each}"})
            for each in tokens
        )
    )

    assert [each.status for each in answers] == [200, 503, 200]
    assert Ballot.objects.count() == Participation.objects.count() == 2


def test_commits_of_answers_wait_for_the_disk(sqlite_file):
    def waits():
        with connection.cursor() as cursor:
            return cursor.execute("PRAGMA synchronous").fetchone() == (2,)

    room = shared_room()
    opened = room.open(room.step())
    paper = {"number": 1, "sent": {"level": 2}, "by": room.by, "now": NOW}
    commits = {
        "on a telephone": lambda: room.vote(opened, room.ticket(), level=4),
        "on paper": lambda: actions_tickets.enter(opened, **paper),
        "at the door": lambda: joining.join([joining.Join(room.workshop.code, "x")], now=NOW),
    }
    found = {}
    for name, commit in commits.items():
        connection.close()
        assert not waits()
        commit()
        found[name] = waits()

    assert found == dict.fromkeys(commits, True)
