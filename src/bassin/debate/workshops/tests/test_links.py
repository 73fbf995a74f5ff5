"""Results go where they belong, pages tell them, the next workshop says what came of them."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from bassin import systems
from bassin.debate.workshops import attaching, becoming, cards, pages
from bassin.debate.workshops.models import Attachment, Step, Workshop
from bassin.debate.workshops.search import search
from bassin.debate.workshops.tests.conftest import NOW
from bassin.errors import Refused
from bassin.systems import Became, Found
from bassin.types import Text

ACTION = "roadmap:action:12"
FOUND = Found("Ouvrir l'agence", "/piloter/actions/1/", Text("action", "action"))
DECISION = Became("decision", "Créer l'agence.", "Comité · adopter", date(2026, 12, 1), "/d")
STEPS = [
    DECISION,
    Became(
        "action", "Ouvrir l'agence", "EPT", date(2027, 3, 1), "/a", "roadmap:action:12", "en cours"
    ),
    Became("stage", "Préfigurer", "", date(2027, 1, 4), "/a", origin="invented"),
]


@pytest.fixture
def known(monkeypatch):
    """An action of another room, that the registry resolves, beside what it knows by itself."""
    resolve = systems.resolve_all
    here = {ACTION: FOUND}
    monkeypatch.setattr(
        systems,
        "resolve_all",
        lambda asked, language: {
            **resolve(asked, language), **{each: here[each] for each in asked if each in here}
        },
    )  # fmt: skip


@pytest.fixture
def vote(room):
    """A vote on the agency: 7 of 9 agree, 6 more cannot say; it is shown to the room."""
    step = room.step("likert", text={"fr": "Confier l'agence à l'EPT"}, target="digital:mission:1")
    opened = room.open(step)
    for level in (5, 5, 5, 4, 4, 4, 4, 3, 1):
        room.vote(opened, room.ticket(), level=level)
    for _each in range(6):
        room.vote(opened, room.ticket(), cannot_say=True)
    held = room.close(opened)
    held.state = "revealed"
    held.save(update_fields=["state"])
    return held


def published(workshop: Workshop, **more) -> None:
    facts = {"state": "published", **more}
    Workshop.objects.filter(pk=workshop.pk).update(**facts)


def test_a_result_is_placed_on_what_its_statement_is_about_when_it_closes(vote):
    placed = Attachment.objects.get()

    assert (placed.round_id, placed.reference) == (vote.pk, "digital:mission:1")
    assert placed.attached_on == NOW.date()


def test_a_result_is_placed_once_on_an_action_that_exists(known, room, vote):
    for _twice in range(2):
        attaching.attach(vote, ACTION, by=room.by, today=NOW.date())

    assert vote.attachments.filter(reference=ACTION).count() == 1
    with pytest.raises(Refused, match="roadmap:action:99"):
        attaching.attach(vote, "roadmap:action:99", by=room.by, today=NOW.date())


def test_a_question_that_is_still_open_has_no_result_to_place(known, room):
    opened = room.open(room.step())

    with pytest.raises(Refused, match="résultat"):
        attaching.attach(opened, ACTION, by=room.by, today=NOW.date())


def test_only_who_runs_the_workshop_places_its_results(known, vote, people):
    with pytest.raises(PermissionDenied):
        attaching.attach(vote, ACTION, by=people.bruno, today=NOW.date())
    with pytest.raises(PermissionDenied):
        attaching.detach(Attachment.objects.get(), by=people.bruno)


def test_a_result_is_taken_away_from_where_it_was_placed(room, vote):
    attaching.detach(Attachment.objects.get(), by=room.by)

    assert not Attachment.objects.exists()


def test_the_page_of_an_action_says_when_it_was_debated_and_what_came_out(known, room, vote):
    attaching.attach(vote, ACTION, by=room.by, today=NOW.date())
    published(room.workshop)

    line = cards.action(ACTION, "fr").context["lines"][0]

    assert line.when == "26 novembre 2026"
    assert line.sentence == "78\u202f% d'accord, 6 ne se prononcent pas"
    assert cards.action(ACTION, "en").context["lines"][0].sentence == "78% agree, 6 cannot say"


@pytest.mark.parametrize("facts", [{"state": "closed"}, {"rehearsal": True}, {"archived_at": NOW}])
def test_a_result_that_is_not_published_is_told_on_no_other_page(known, room, vote, facts):
    attaching.attach(vote, ACTION, by=room.by, today=NOW.date())
    published(room.workshop, **facts)

    assert cards.action(ACTION, "fr") is None


def test_a_programme_tells_the_results_of_all_its_parts_with_the_name_of_each(known, room, vote):
    attaching.attach(vote, ACTION, by=room.by, today=NOW.date())
    published(room.workshop)

    card = cards.nodes(f"roadmap:axis:1 {ACTION}", "fr")

    assert [line.about for line in card.context["lines"]] == ["Ouvrir l'agence"]
    assert cards.nodes("roadmap:axis:1", "fr") is None


def test_references_lead_to_a_workshop_its_results_and_its_questions(room, vote):
    published(room.workshop)
    statement = vote.step.statement
    note = room.workshop.notes.create(text="Prêter des ordinateurs")

    for key in (f"round:{vote.pk}", f"statement:{statement.slug}"):
        assert systems.resolve(f"workshops:{key}", "fr").title == "Confier l'agence à l'EPT"
    assert systems.resolve(f"workshops:workshop:{room.workshop.code}", "fr").title == "Atelier"
    assert systems.resolve(f"workshops:note:{note.pk}", "fr").title == "Prêter des ordinateurs"


@pytest.mark.parametrize("facts", [{"state": "live"}, {"rehearsal": True}, {"archived_at": NOW}])
def test_references_lead_to_nothing_that_may_not_be_named(room, vote, facts):
    published(room.workshop, **facts)
    note = room.workshop.notes.create(text="Prêter des ordinateurs")

    keys = [
        f"round:{vote.pk}", f"statement:{vote.step.statement.slug}", f"note:{note.pk}",
        f"workshop:{room.workshop.code}", "round:x", "unknown:1",
    ]  # fmt: skip
    assert [systems.resolve(f"workshops:{key}", "fr") for key in keys] == [None] * len(keys)


def test_a_closed_workshop_may_be_named_before_its_results_are_published(room, vote):
    published(room.workshop, state="closed")
    note = room.workshop.notes.create(text="Prêter des ordinateurs")

    assert systems.resolve(f"workshops:round:{vote.pk}", "fr") is not None
    assert systems.resolve(f"workshops:note:{note.pk}", "fr") is None


def test_search_finds_published_workshops_and_results_by_their_words(room, vote):
    Workshop.objects.update(title={"fr": "Anticiper"})
    assert search("confier agence", "fr", 9) == []
    published(room.workshop)

    assert [each.title for each in search("confier agence", "fr", 9)] == [
        "Confier l'agence à l'EPT"
    ]
    assert [each.title for each in search("anticiper", "fr", 9)] == ["Anticiper"]


@pytest.fixture
def followed(monkeypatch, vote):
    """What other rooms did with the vote, told again by the reference of its question."""
    leads = {f"workshops:round:{vote.pk}", f"workshops:statement:{vote.step.statement.slug}"}
    monkeypatch.setattr(
        systems,
        "became",
        lambda references, _language: {each: STEPS if each in leads else [] for each in references},
    )
    return vote


def test_what_became_of_a_vote_is_told_once_from_decision_to_stage(followed, room):
    thread = becoming.threads(room.workshop, "fr")[0]

    assert thread.text == "Confier l'agence à l'EPT"
    assert [(each.word, each.title) for each in thread.lines] == [
        ("décision", "Créer l'agence."), ("action", "Ouvrir l'agence"),
        ("étape franchie", "Préfigurer"),
    ]  # fmt: skip
    assert thread.lines[0].when == "1er décembre 2026"
    assert thread.lines[1].detail == "EPT · en cours"
    # The day of an action may be to come: it says that it is a beginning.
    assert thread.lines[1].when == "début le 1er mars 2027"


def test_the_next_workshop_opens_on_what_became_of_the_votes(followed, room):
    room.close(room.open(room.step("likert", text={"fr": "Une question sans suite"})))
    following = Workshop.objects.create(
        code="482914", title={"fr": "Suite"}, languages=["fr"], state="live",
        previous=room.workshop,
    )  # fmt: skip
    following.step = Step.objects.create(
        workshop=following, order=1, kind="became", title={"fr": "Ce que sont devenus vos votes"}
    )
    following.save()

    page = pages.participant_fragment(following, "fr")

    assert "Confier l&#x27;agence à l&#x27;EPT" in page
    assert "Créer l&#x27;agence." in page
    assert "inventé" in page
    assert page.count("Rien de public n'en est encore sorti.") == 1


def test_a_workshop_that_follows_none_says_that_no_vote_came_before(room):
    room.workshop.step = Step.objects.create(
        workshop=room.workshop, order=1, kind="became", title={"fr": "Suites"}
    )
    room.workshop.save()

    assert "Aucun vote antérieur" in pages.participant_fragment(room.workshop, "fr")
