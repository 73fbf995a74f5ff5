"""At the same moment, on both databases: two editors, two reports, an import that is killed."""

from datetime import date
from functools import partial

from bassin.commons import edition, hires
from bassin.commons.edition import Conflict
from bassin.commons.models import Placement
from bassin.steer.programmes import actions
from bassin.steer.programmes.imports import writing
from bassin.steer.programmes.models import Action, Framework, ImportDraft, Node, Update
from bassin.steer.programmes.tests.conftest import TODAY, organisation_of
from bassin.steer.programmes.tests.test_import_writing import begin
from tests.support.at_once import killed, together
from tests.support.people import seat

KILLED = """
import os, signal
from datetime import date
from bassin.parties.models import Person
from bassin.steer.programmes import actions
from bassin.steer.programmes.imports import writing
from bassin.steer.programmes.models import ImportDraft

place, done = actions.place, []

def dies_at_the_third(*args, **kwargs):
    done.append(args)
    if len(done) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return place(*args, **kwargs)

actions.place = dies_at_the_third
writing.write(ImportDraft.objects.get(), by=Person.objects.get(), today=date(2026, 11, 26))
"""


def test_two_editors_at_the_same_moment_one_wins_and_the_other_sees_what_changed(
    shared_database, made
):
    awa, bruno = seat("Awa", "authority", "officer"), seat("Bruno", "chamber", "officer")
    action = made.action(title="Avant", text="Texte", holder=organisation_of(bruno))
    base = edition.unseal(edition.seal(action, ("title", "text")))

    def save(by, title):
        typed = {"title": title, "text": "Texte"}
        return actions.edit(action, typed=typed, base=base, opened=1, by=by, today=TODAY)

    answers = together(partial(save, awa, "D'Awa"), partial(save, bruno, "De Bruno"))

    (won,) = [each for each in answers if isinstance(each, Action)]
    (lost,) = [each for each in answers if isinstance(each, Conflict)]
    (difference,) = lost.differences
    assert (difference.before, difference.now) == ("Avant", won.title)
    assert {difference.typed, won.title} == {"D'Awa", "De Bruno"}
    kept = Action.objects.get()
    assert (kept.title, kept.edition) == (won.title, 2)


def test_two_reports_at_the_same_moment_are_both_kept(shared_database, made):
    bruno = seat("Bruno", "chamber", "officer")
    action = made.action(holder=organisation_of(bruno))

    def say(text, progress):
        return actions.report(action, text=text, progress=progress, by=bruno, today=TODAY)

    answers = together(partial(say, "Un", 10), partial(say, "Deux", 20))

    assert all(isinstance(each, Update) for each in answers)
    assert set(action.updates.values_list("text", flat=True)) == {"Un", "Deux"}


def test_a_hire_told_by_two_systems_at_the_same_moment_counts_once(shared_database):
    awa = seat("Awa", "authority", "officer")
    hire = {"hired_on": date(2026, 11, 2), "employer_siret": "00000000100018"}

    def tell(reference):
        return hires.count("token", by=awa, today=TODAY, reference=reference, **hire)

    answers = together(*(partial(tell, f"jobs:offer:{number}") for number in range(4)))

    assert all(isinstance(each, Placement) for each in answers), answers
    kept = Placement.objects.get()
    assert sorted(kept.references) == [f"jobs:offer:{number}" for number in range(4)]


def test_an_import_killed_midway_leaves_nothing_and_can_be_written_again(shared_database):
    awa = seat("Awa", "authority", "officer")
    draft = begin(awa)

    killed(KILLED)

    assert not any(model.objects.exists() for model in (Framework, Node, Action))
    assert ImportDraft.objects.get().state == "open"
    assert writing.write(draft, by=awa, today=TODAY).result["new"] == 8


def test_an_import_written_twice_at_the_same_moment_is_written_once(shared_database):
    awa = seat("Awa", "authority", "officer")
    draft = begin(awa)

    answers = together(*[partial(writing.write, draft, by=awa, today=TODAY)] * 2)

    assert sorted(type(each).__name__ for each in answers) == ["ImportDraft", "Refused"]
    assert Framework.objects.count() == 1
