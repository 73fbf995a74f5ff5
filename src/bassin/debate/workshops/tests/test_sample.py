"""The sample's workshop: its whole run sheet, invented votes that count again, what came of it."""

import json
from datetime import date

import pytest
from django.db import transaction
from django.test import override_settings

from bassin.commons.models import Event
from bassin.config.sampling import forget
from bassin.debate.workshops import announcing, pages, recount, sample
from bassin.debate.workshops.models import (
    Attachment,
    Ballot,
    Note,
    Series,
    Statement,
    Step,
    Ticket,
    Workshop,
)
from bassin.debate.workshops.tests.conftest import NOW
from bassin.errors import Refused
from bassin.types import Origin
from tests.support.installing import bring_documents

TODAY = date(2026, 11, 20)
CODE, NEXT = "260412", "260509"


@pytest.fixture(scope="module")
def written(tmp_path_factory, django_db_setup, django_db_blocker):
    """The sample as `bassin demo` writes it, in a folder with its authority's documents."""
    var = tmp_path_factory.mktemp("workshops")
    bring_documents(var)
    here = override_settings(VAR=var, MEDIA_ROOT=var / "media")
    with django_db_blocker.unblock(), here, transaction.atomic():
        sample.build(TODAY)
        yield var
        transaction.set_rollback(True)


@pytest.fixture
def folder(written, db):
    """Where the sample's documents are; what a test changes of what was written is undone."""
    return written / "authority" / "workshops"


@pytest.fixture
def built(folder):
    """The first workshop of the sample."""
    return Workshop.objects.get(code=CODE)


def test_the_run_sheet_has_every_step_of_the_officials_workshop_in_order(built):
    steps = list(built.steps.select_related("statement"))
    asked = [each.statement.kind for each in steps if each.statement]

    assert [each.kind for each in steps[:6]] == [
        "video", "content", "presentation", "presentation", "content", "vote",
    ]  # fmt: skip
    assert asked == [
        "quiz", "likert", "likert", "likert", "sorting", "ranking", "likert", "words",
    ]  # fmt: skip
    assert sum(each.kind == "discussion" for each in steps) == 4
    assert steps[-1].kind == "synthesis"
    eleven = next(each for each in steps if "Onze" in each.title["fr"])
    assert len(eleven.text["fr"].splitlines()) == 11
    assert all(each.source for each in steps if each.kind == "content")


def test_everything_said_is_in_french_and_in_english(built):
    texts = [text for step in Step.objects.all() for text in (step.title, step.text) if text]
    texts += [each.text for each in Statement.objects.all()]

    assert all(text["fr"].strip() and text["en"].strip() for text in texts)


def test_everything_of_the_sample_is_marked_as_invented(built):
    for model in (Workshop, Series, Statement, Note, Event):
        assert set(model.objects.values_list("origin", flat=True)) == {Origin.INVENTED.value}


def test_the_votes_are_those_that_the_rehearsal_gave_and_every_figure_counts_again(built, folder):
    kept = json.loads((folder / sample.VOTES).read_text("utf-8"))

    counted = recount.recount(recount.read(built.minutes.ballots))

    assert [each.ballots for each in counted] == [
        sum(count for count, _group, _answer in each["ballots"]) for each in kept["rounds"]
    ]
    assert [each.differs for each in counted] == [[]] * 9
    assert Ticket.objects.filter(workshop=built).count() == kept["participants"] == 300


def test_no_ballot_of_the_sample_leads_to_a_ticket(built):
    held = built.rounds.first()

    assert held.secret is None
    digests = set(Ticket.objects.values_list("token_hash", flat=True))
    assert not digests & set(Ballot.objects.values_list("key", flat=True))


def test_a_second_round_followed_the_exchange(built):
    rounds = built.rounds.filter(step__statement__slug="fictif-boucles-priorite")

    assert list(rounds.values_list("number", flat=True)) == [1, 2]


def test_the_results_stand_on_the_invented_actions_they_are_about(built):
    assert set(Attachment.objects.values_list("reference", flat=True)) == {
        "fictif:project:10", "fictif:study:6", "fictif:project:11",
    }  # fmt: skip


def test_words_that_the_facilitators_merged_are_counted_together(built):
    held = built.rounds.get(step__statement__kind="words")
    shown = {each["label"]: each["count"] for each in held.results["items"]}

    assert "mutualisation" in shown
    assert "mutualiser" not in shown


def test_the_film_has_its_captions_and_says_that_it_stands_for_another(built):
    step = built.steps.get(kind="video")

    assert step.placeholder
    with step.film.open() as film, step.captions.open() as captions:
        assert film.read(4) == b"\x1aE\xdf\xa3"  # how a WebM begins
        assert captions.read().startswith(b"WEBVTT")
    assert all(step.transcript[language] for language in ("fr", "en"))


def test_the_next_workshop_opens_on_what_became_of_the_votes_and_asks_some_again(built):
    following = Workshop.objects.get(code=NEXT)
    first, *others = following.steps.all()
    Workshop.objects.filter(code=NEXT).update(state="live", step=first)

    page = pages.participant_fragment(Workshop.objects.get(code=NEXT), "fr")

    assert first.kind == "became"
    assert {each.statement.slug for each in others} == {
        "fictif-boucles-priorite", "fictif-agence-numerique",
    }  # fmt: skip
    assert "L’EPT doit être l’agence numérique du territoire." in page


def test_the_next_workshop_stands_in_the_agenda_of_everyone(built):
    event = Event.objects.get(reference=f"workshops:workshop:{NEXT}")

    assert event.visibility == "public"
    assert event.starts_at == Workshop.objects.get(code=NEXT).starts_at
    assert (event.ends_at - event.starts_at).seconds == 20 * 60


def test_building_again_adds_nothing_and_changes_nothing(built):
    Workshop.objects.filter(pk=built.pk).update(place="Ailleurs")

    sample.build(TODAY)

    assert Workshop.objects.count() == 2
    assert Workshop.objects.get(pk=built.pk).place == "Ailleurs"


def test_the_sample_goes_away_whole(built):
    forget(Origin.INVENTED)

    for model in (Workshop, Series, Statement, Note, Ballot, Ticket):
        assert not model.objects.exists()


def test_a_workshop_is_announced_moved_and_called_off_in_the_agenda(room):
    workshop = room.workshop
    workshop.starts_at = NOW
    workshop.save()
    event = announcing.announce(workshop, by=room.by)
    workshop.place = "Salle du conseil"
    moved = announcing.announce(workshop, by=room.by)

    announcing.withdraw(workshop, by=room.by, now=NOW)

    event.refresh_from_db()
    assert moved.pk == event.pk
    assert (event.place, event.sequence) == ("Salle du conseil", 2)
    assert event.cancelled_at == NOW


@pytest.mark.parametrize("facts", [{"rehearsal": True, "starts_at": NOW}, {"starts_at": None}])
def test_a_rehearsal_and_a_workshop_without_a_date_are_not_announced(room, facts):
    for name, value in facts.items():
        setattr(room.workshop, name, value)

    with pytest.raises(Refused):
        announcing.announce(room.workshop, by=room.by)
