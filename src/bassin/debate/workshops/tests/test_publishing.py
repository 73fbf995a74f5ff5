"""Minutes drafted, validated, published; and the ballots counted again by anybody."""

import hashlib
import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from bassin import cli
from bassin.debate.workshops import (
    actions,
    actions_moderation,
    actions_notes,
    canonical,
    keys,
    publishing,
    recount,
    texts,
)
from bassin.debate.workshops.models import Expression
from bassin.debate.workshops.tally import tally
from bassin.debate.workshops.tests.conftest import NOW
from bassin.debate.workshops.tests.test_tally import asked
from bassin.debate.workshops.voting import Vote, record
from bassin.errors import Refused

TODAY = date(2026, 11, 27)


def answered(room, step, answers, when=NOW, **more):
    """A round opened, answered, closed and revealed."""
    opened = room.open(step)
    record(
        [
            Vote(room.workshop.pk, opened.pk, keys.digest(room.ticket(**more)), answer)
            for answer in answers
        ],
        now=NOW,
    )
    closed = actions.close_round(opened, by=room.by, now=when)
    return actions.reveal(closed, by=room.by, now=when)


def over(room):
    actions.advance(room.workshop, to="closed", by=room.by, now=NOW)


def published(room):
    over(room)
    publishing.validate(room.workshop, by_whom="Bureau", on=TODAY, by=room.by, today=TODAY)
    return publishing.publish(room.workshop, by=room.by, now=NOW)


@pytest.fixture
def voted(room):
    """Every kind of question answered by twelve people, one of them twice."""
    likert = room.step()
    answered(room, likert, [{"level": 1 + n % 5} for n in range(12)])
    answered(room, likert, [{"level": 4}] * 11 + [{"cannot_say": True}])
    answered(room, room.step("quiz", "a", "b"), [{"picks": ["a", "b"][: n % 3]} for n in range(12)])
    answered(
        room,
        room.step("ranking", *"abcd"),
        [{"order": list("dbca"[: 1 + n % 4])} for n in range(12)],
    )
    answered(room, room.step("points", "a", "b"), [{"points": {"a": 4, "b": 6}}] * 12)
    answered(room, room.step("sorting", "a", "b"), [{"places": {"a": n % 2}} for n in range(12)])
    answered(room, room.step("choice", "a", "b"), [{"picks": ["b"]}] * 3)
    words = [*["Réemploi", "réemploi", "Insulte", "insulte", "sobriété"] * 2, "écoute", "Mme Roux"]
    said = answered(room, room.step("words"), [{"texts": [word]} for word in words])
    insult = Expression.objects.filter(round=said)
    actions_moderation.gather(said, by=room.by)
    actions_moderation.hide(
        [insult.get(key=texts.key("insulte"))], why="Insulte.", by=room.by, now=NOW
    )
    return room


def recounted(minutes, tmp_path, capsys, *options):
    path = tmp_path / "ballots.json"
    path.write_text(minutes.ballots, "utf-8")
    code = cli.main(["workshop", "recount", str(path), *options])
    return code, capsys.readouterr().out


@pytest.mark.usefixtures("both_databases")
def test_every_figure_is_made_again_from_the_published_ballots(voted, tmp_path, capsys):
    minutes = published(voted)

    code, told = recounted(minutes, tmp_path, capsys)

    assert code == 0, told
    assert "figures were made again from the ballots, and are the same" in told
    assert "no ballot, no result" in told
    assert minutes.ballots_sha256 in told
    assert minutes.ballots_sha256 == hashlib.sha256(minutes.ballots.encode()).hexdigest()


def one_answer_changed(each):
    """The first ballot that gave another degree; ballots come in the order of random receipts."""
    other = next(cast for cast in each["ballots"] if cast["answer"] != {"level": 5})
    other["answer"] = {"level": 5}


CHANGES = [
    (lambda each: each["ballots"].pop(), "sha256"),
    (one_answer_changed, "results.levels"),
    (lambda each: each["results"]["agree"].update(pct=90.0), "results.agree.pct"),
    (lambda each: each["results"]["levels"].pop(), "results.levels"),
    (lambda each: each["ballots"].append(each["ballots"][0]), "a receipt appears twice"),
    (lambda each: each.update(closed_sha256="0" * 64), "closed_sha256"),
    (lambda each: each.update(ballots=None), "figures without the ballots"),
]


SHAPES = {"bassin-workshop-ballots/1": "70cd2a200f17301e"}
"""What each format of the file holds: the digest of the names in it, and of what stands there."""


def shape(value, path=""):
    """Where each value of a file stands, and what kind of value it is."""
    if isinstance(value, dict):
        return {each for key, held in value.items() for each in shape(held, f"{path}.{key}")}
    if isinstance(value, list):
        return {each for held in value for each in shape(held, f"{path}[]")} or {f"{path}[]"}
    return {f"{path}: {'number' if type(value) in (int, float) else type(value).__name__}"}


def test_a_file_that_holds_something_else_is_of_another_format(voted):
    minutes = published(voted)
    held = sorted(shape(json.loads(minutes.ballots)))

    digest = hashlib.sha256("\n".join(held).encode()).hexdigest()[:16]

    assert {recount.FORMAT: digest}.items() <= SHAPES.items(), (
        "what the file holds changed: give recount.FORMAT another number, and its shape here"
    )


def test_whatever_is_changed_in_the_file_is_named(voted, tmp_path, capsys):
    minutes = published(voted)
    whole = minutes.ballots
    for change, named in CHANGES:
        file = json.loads(whole)
        change(file["rounds"][0])
        minutes.ballots = canonical.canonical(file)

        code, told = recounted(minutes, tmp_path, capsys, "--each")

        assert code == 1
        assert named in told


def test_a_file_that_is_something_else_is_refused_in_a_sentence(tmp_path, capsys):
    path = tmp_path / "other.json"
    for text in ("no", "{}", json.dumps({"format": recount.FORMAT})):
        path.write_text(text, "utf-8")
        assert cli.main(["workshop", "recount", str(path)]) == 2
    assert cli.main(["workshop", "recount", str(tmp_path / "none")]) == 2
    path.write_bytes(b"\xff\xfe")
    assert cli.main(["workshop", "recount", str(path)]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_what_ballots_cannot_give_is_said_and_never_counted_as_made_again(room, tmp_path, capsys):
    step = room.step()
    opened = room.open(step)
    for group, levels in (("A", (1, 2)), ("B", (4, 5))):
        cast = [
            Vote(room.workshop.pk, opened.pk, keys.digest(room.ticket(group=group)), {"level": n})
            for n in levels * 6
        ]
        record(cast, now=NOW)
    votes = [{"level": n} for n in (1, 2, 3, 4, 5) * 6]
    record([Vote(room.workshop.pk, opened.pk, keys.digest(room.ticket(group="C")), each)
            for each in votes], now=NOW)  # fmt: skip
    actions.reveal(actions.close_round(opened, by=room.by, now=NOW), by=room.by, now=NOW)
    minutes = published(room)
    file = json.loads(minutes.ballots)

    found = recount.recount(file)[0]
    code, told = recounted(minutes, tmp_path, capsys, "--each")

    assert file["rounds"][0]["results"]["groups"]
    assert found.by_group > 0
    assert not any("groups" in path for path, _value in found.made)
    assert dict(found.made)["results.agree.count"] == 24
    assert "results.levels[0].level" not in dict(found.made)
    assert code == 0
    assert f"{found.by_group} figures by group: by secrecy" in told
    assert f"All {found.figures} figures" in told
    assert "    results.agree.count = 24\n" in told
    assert "tickets are beside no ballot" in told


@pytest.mark.parametrize("voters", [0, 3], ids=["no vote", "too few answers"])
def test_a_file_without_any_figure_is_refused_and_never_said_to_be_the_same(
    room, tmp_path, capsys, voters
):
    step = room.step()
    if voters:
        answered(room, step, [{"level": 4}] * voters)

    minutes = published(room)

    path = tmp_path / "ballots.json"
    path.write_text(minutes.ballots, "utf-8")
    assert cli.main(["workshop", "recount", str(path)]) == 2
    told = capsys.readouterr()
    assert "nothing to count again" in told.err
    assert "same" not in told.out


def judged(file) -> str:
    """What the command would say of a file."""
    try:
        return "differs" if any(each.differs for each in recount.recount(file)) else "same"
    except Refused:
        return "refused"


@pytest.mark.parametrize("spoil", [None, -1, "", [], {}, [1]], ids=repr)
def test_a_file_damaged_anywhere_is_refused_or_named_and_never_breaks(spoil):
    cast = [{"receipt": str(n), "answer": {"picks": ["a"]}} for n in range(6)]
    question = asked("quiz", "a", "b")
    whole = {
        "workshop": {"min_group": 5},
        "rounds": [{
            "step": 1, "title": {"fr": "Avis"}, "number": 1, "asked": question, "ballots": cast,
            "sha256": canonical.digest(cast), "closed_sha256": canonical.digest(cast),
            "withheld": 0, "decisions": [], "results": tally(question, cast), "movement": None,
        }],
    }  # fmt: skip
    assert judged(whole) == "same"

    for name in ("asked", "ballots", "sha256", "results"):
        file = json.loads(json.dumps(whole))
        file["rounds"][0][name] = spoil
        assert judged(file) in ("differs", "refused"), name


def test_a_published_file_holds_no_ticket_no_group_no_hour_and_no_text_that_is_not_shown(voted):
    text = published(voted).ballots

    assert "token" not in text
    assert "voted_at" not in text
    assert '"group":' not in text
    assert "nsulte" not in text
    assert texts.key("insulte") not in text
    assert "Roux" not in text
    assert texts.key("Mme Roux") not in text
    assert "Réemploi" in text


def test_too_few_answers_publish_neither_ballots_nor_a_digest_to_guess_them_from(voted):
    file = json.loads(published(voted).ballots)

    (few,) = [each for each in file["rounds"] if each["asked"]["kind"] == "choice"]

    assert few["results"] == {"kind": "choice", "n": 3, "shown": False}
    assert (few["ballots"], few["sha256"], few["closed_sha256"]) == (None, "", "")


def test_a_sealed_workshop_publishes_no_receipt_and_is_counted_again(room, tmp_path, capsys):
    room.workshop.secrecy = "sealed"
    room.workshop.save()
    answered(room, room.step(), [{"level": 1 + n % 5} for n in range(12)])

    minutes = published(room)

    assert "receipt" not in minutes.ballots
    assert recounted(minutes, tmp_path, capsys)[0] == 0


def test_groups_large_enough_are_published_as_a_table_that_adds_up(room, tmp_path, capsys):
    step = room.step()
    opened = room.open(step)
    for group in ("Vitry", "Ivry"):
        for n in range(24):
            room.vote(opened, room.ticket(group=group), level=(5, 3, 1)[n % 3])
    room.close(opened)

    minutes = published(room)
    file = json.loads(minutes.ballots)

    assert file["rounds"][0]["results"]["groups"]["rows"][0]["counts"] == [8, 8, 8]
    assert recounted(minutes, tmp_path, capsys)[0] == 0
    file["rounds"][0]["results"]["groups"]["rows"][0]["counts"] = [9, 8, 7]
    minutes.ballots = canonical.canonical(file)
    assert "do not add up" in recounted(minutes, tmp_path, capsys)[1]


def test_minutes_go_from_draft_to_validated_to_published(room):
    answered(room, room.step(), [{"level": 4}] * 6)
    publishing.draft(room.workshop, text="Un accord net.", by=room.by)
    with pytest.raises(Refused, match="validé"):
        publishing.publish(room.workshop, by=room.by, now=NOW)
    with pytest.raises(Refused, match="Fermez"):
        publishing.validate(room.workshop, by_whom="Bureau", on=TODAY, by=room.by, today=TODAY)
    over(room)
    late = TODAY + timedelta(days=1)
    with pytest.raises(Refused, match="à venir"):
        publishing.validate(room.workshop, by_whom="Bureau", on=late, by=room.by, today=TODAY)

    publishing.validate(room.workshop, by_whom="Bureau", on=TODAY, by=room.by, today=TODAY)
    publishing.draft(room.workshop, text="Un accord très net.", by=room.by)
    with pytest.raises(Refused):
        publishing.publish(room.workshop, by=room.by, now=NOW)
    publishing.validate(room.workshop, by_whom="Bureau", on=TODAY, by=room.by, today=TODAY)
    publishing.publish(room.workshop, by=room.by, now=NOW)

    room.workshop.refresh_from_db()
    assert room.workshop.state == "published"
    with pytest.raises(Refused, match="ne change plus"):
        publishing.draft(room.workshop, text="Autre chose.", by=room.by)


def test_what_is_published_is_neither_set_aside_nor_written_over(room):
    step = room.step()
    counted = answered(room, step, [{"level": 4}] * 6)
    note = actions_notes.write(room.workshop, by=room.by, step=step, kind="argument", text="Oui.")
    published(room)

    for change in (
        lambda: actions.void(counted, why="Regret.", by=room.by, now=NOW),
        lambda: actions_notes.write(room.workshop, by=room.by, kind="argument", text="Non."),
        lambda: actions_notes.edit(note, by=room.by, text="Non."),
        lambda: actions_notes.remove(note, by=room.by),
    ):
        with pytest.raises(Refused, match="ne change plus"):
            change()


def test_a_rehearsal_is_never_published(room):
    room.workshop.rehearsal = True
    room.workshop.save()
    answered(room, room.step(), [{"level": 4}] * 6)

    with pytest.raises(Refused, match="répétition"):
        published(room)


def test_only_officers_publish(room, people):
    room.workshop.facilitators.create(person=people.bruno)
    over(room)

    with pytest.raises(PermissionDenied):
        publishing.publish(room.workshop, by=people.bruno, now=NOW)
