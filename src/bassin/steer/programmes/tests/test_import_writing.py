"""An import is reviewed, then written whole or not at all; a second one proposes, never doubles."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from bassin.errors import Refused
from bassin.parties.models import Organisation
from bassin.steer.programmes import actions, sample
from bassin.steer.programmes.imports import tables, writing
from bassin.steer.programmes.imports.entries import LONGEST, Level, from_json
from bassin.steer.programmes.imports.planning import Fate, plan
from bassin.steer.programmes.imports.text import recognise
from bassin.steer.programmes.models import Action, Framework, ImportDraft, Node, Placement
from tests.support.installing import bring_documents
from tests.support.sheets import projects, xlsx_of

TODAY = date(2026, 11, 26)
TEXT = (Path(__file__).parent / "data" / "plan.txt").read_text("utf-8")
COMMUNES = tables.by_name({"Valmont": "99001"})


def begin(by, findings=None, framework=None) -> ImportDraft:
    return writing.begin(
        findings or recognise(TEXT), document="plan.txt", framework=framework,
        title="Plan de Valmont", kind="roadmap", by=by, today=TODAY,
    )  # fmt: skip


def sheet(count: int = 60, holders: int = 20, town: str = "Valmont"):
    return tables.read("projets.xlsx", xlsx_of(projects(count, holders, town)), COMMUNES)


def test_a_text_is_taken_as_long_as_its_record_keeps_it():
    kept = {"holder": Organisation._meta.get_field("name")}
    kept |= {name: Action._meta.get_field(name) for name in ("abandoned_why", "elsewhere")}

    assert {name: field.max_length for name, field in kept.items()} == LONGEST


def test_nothing_is_written_until_it_is_confirmed(both_databases, awa):
    draft = begin(awa)

    assert draft.state == "open"
    assert not Framework.objects.exists()
    assert not Action.objects.exists()


def test_a_plan_is_written_whole_with_its_tree_and_its_document(both_databases, awa):
    written = writing.write(begin(awa), by=awa, today=TODAY)

    framework = written.framework
    assert (framework.slug, framework.state, framework.source) == (
        "plan-de-valmont", "draft", "plan.txt",
    )  # fmt: skip
    axes = framework.nodes.filter(kind="axis").order_by("order")
    assert [axis.code for axis in axes] == ["1", "2"]
    assert [axis.heading for axis in axes] == ["Premier groupe d’axes"] * 2
    assert [axis.children.count() for axis in axes] == [2, 1]
    assert [axis.placements.count() for axis in axes] == [2, 1]
    made = Action.objects.all()
    assert {(each.source, each.origin, each.lifecycle) for each in made} == {
        ("plan.txt", "cited", "unknown")
    }
    assert not made.exclude(holder=None).exists()
    assert written.result["new"] == 2 + 3 + 3


def test_a_failure_half_way_leaves_nothing_and_the_import_can_be_tried_again(
    both_databases, awa, monkeypatch
):
    draft = begin(awa)
    place, calls = actions.place, []

    def fails_at_the_third(*args, **kwargs):
        calls.append(args)
        if len(calls) == 3:
            raise RuntimeError("the power went")
        return place(*args, **kwargs)

    monkeypatch.setattr(actions, "place", fails_at_the_third)
    with pytest.raises(RuntimeError):
        writing.write(draft, by=awa, today=TODAY)
    assert not Framework.objects.exists()
    assert not Action.objects.exists()
    assert ImportDraft.objects.get().state == "open"

    monkeypatch.setattr(actions, "place", place)
    assert writing.write(draft, by=awa, today=TODAY).state == "written"


def test_writing_twice_is_refused(awa, db):
    draft = begin(awa)
    writing.write(draft, by=awa, today=TODAY)

    with pytest.raises(Refused, match="déjà écrite"):
        writing.write(draft, by=awa, today=TODAY)

    assert Action.objects.count() == 3


def test_a_person_changes_levels_and_titles_and_the_rest_stays(awa, db):
    draft = begin(awa)
    findings = from_json(draft.findings)
    lost = next(e for e in findings.unrecognised if e.title == "Sans puce ni place")
    axis = next(e for e in findings.entries if e.level == Level.AXIS)

    revised = writing.revise(
        draft,
        choices={lost.key: (Level.ACTION, lost.title), axis.key: (Level.AXIS, "Rebondir")},
        edition=1, by=awa, today=TODAY,
    )  # fmt: skip

    found = from_json(revised.findings)
    assert found.count(Level.ACTION) == 4
    changed = next(e for e in found.entries if e.key == axis.key)
    assert (changed.title, changed.by_hand) == ("Rebondir", True)
    assert changed.origins == axis.origins
    written = writing.write(revised, by=awa, today=TODAY)
    last = Action.objects.get(title="Sans puce ni place")
    assert last.placements.get().node.title == "Animer les filières de demain"
    assert written.framework.nodes.filter(title="Rebondir").exists()


def test_the_second_of_two_reviewers_is_told_and_changes_nothing(awa, db):
    draft = begin(awa)
    key = from_json(draft.findings).entries[0].key
    writing.revise(draft, choices={key: (Level.ACTION, "Agir")}, edition=1, by=awa, today=TODAY)

    with pytest.raises(Refused, match="entre-temps"):
        writing.revise(draft, choices={key: (Level.NONE, "Rien")}, edition=1, by=awa, today=TODAY)

    assert from_json(ImportDraft.objects.get().findings).entries[0].title == "Agir"


def test_a_dropped_import_writes_nothing_any_more(awa, db):
    draft = writing.drop(begin(awa), by=awa, today=TODAY)

    with pytest.raises(Refused, match="abandonnée"):
        writing.write(draft, by=awa, today=TODAY)


def test_sixty_projects_of_twenty_holders_come_in_at_once(both_databases, awa):
    written = writing.write(begin(awa, sheet()), by=awa, today=TODAY)

    actions_made = Action.objects.filter(placements__framework=written.framework)
    assert actions_made.count() == 60
    assert actions_made.values("holder").distinct().count() == 20
    assert Organisation.objects.filter(name__startswith="Porteur").count() == 20
    one = Action.objects.get(title="Projet 7 de l’exemple")
    assert (one.ref, one.commune_codes, one.lifecycle) == (
        "plan-de-valmont:action:P7", ["99001"], "in_progress",
    )  # fmt: skip
    assert (one.cost_eur, one.ends_on) == (70_000, date(2027, 12, 31))


def test_a_holder_known_by_its_short_name_is_not_made_again(awa, made, db):
    known = made.organisation(name="Association des porteurs", short="porteur 1")

    writing.write(begin(awa, sheet(2, 2)), by=awa, today=TODAY)

    assert Action.objects.get(title="Projet 1 de l’exemple").holder == known


def test_bringing_the_same_plan_again_changes_nothing(awa, db):
    first = writing.write(begin(awa), by=awa, today=TODAY)

    again = begin(awa, framework=first.framework)

    todo = plan(from_json(again.findings), first.framework)
    assert (todo.writes, todo.count(Fate.SAME), todo.absent) == (0, 8, ())
    with pytest.raises(Refused, match="rien à écrire"):
        writing.write(again, by=awa, today=TODAY)


def test_bringing_a_changed_plan_proposes_changes_and_tells_what_is_no_longer_there(awa, db):
    first = writing.write(begin(awa), by=awa, today=TODAY).framework
    changed = TEXT.replace("guide des dévelop-", "grand guide des dévelop-").replace(
        "• Aider les développements possibles à Valmont", ""
    )

    again = begin(awa, recognise(changed), first)
    todo = plan(from_json(again.findings), first)

    [step] = [each for each in todo.steps if each.fate == Fate.CHANGED]
    assert [(c.field, c.before, c.after) for c in step.changes] == [
        ("title", "Tenir à jour le guide des développements possibles",
         "Tenir à jour le grand guide des développements possibles"),
    ]  # fmt: skip
    assert [str(each) for each in todo.absent] == ["Aider les développements possibles à Valmont"]
    writing.write(again, by=awa, today=TODAY)
    assert Action.objects.count() == 3
    assert Action.objects.filter(title__contains="grand guide").exists()


def test_a_second_spreadsheet_updates_by_number_even_when_a_title_changed(awa, db):
    first = writing.write(begin(awa, sheet(3, 2)), by=awa, today=TODAY).framework
    rows = projects(3, 2)
    rows[1][2], rows[1][6], rows[2][1] = "Un tout autre titre", "99 k€", "Axe C"

    again = begin(awa, tables.read("p.xlsx", xlsx_of(rows), COMMUNES), first)
    writing.write(again, by=awa, today=TODAY)

    assert Action.objects.count() == 3
    one = Action.objects.get(ref="plan-de-valmont:action:P1")
    assert (one.title, one.cost_eur) == ("Un tout autre titre", 99_000)
    two = Action.objects.get(ref="plan-de-valmont:action:P2")
    assert [each.node.title for each in two.placements.all()] == ["Axe C"]


def test_two_titles_that_differ_by_a_number_are_two_actions(awa, db):
    first = writing.write(
        begin(awa, recognise("Actions\n- Ouvrir le lot 1\n")), by=awa, today=TODAY
    )

    todo = plan(recognise("Actions\n- Ouvrir le lot 2\n"), first.framework)

    assert [each.fate for each in todo.steps] == [Fate.NEW]


def test_the_text_of_an_adopted_framework_is_left_as_it_is_and_actions_may_join(awa, made, db):
    framework = made.framework(state="in_force")
    made.node(framework, title="Recruter", code="1")

    found = recognise("Axe 1 : Recruter mieux\n- Ouvrir une école\n\nAxe 2 : Oser\n- Tenter\n")
    draft = begin(awa, found, framework)
    todo = plan(found, framework)
    writing.write(draft, by=awa, today=TODAY)

    assert [each.fate for each in todo.steps] == [Fate.FROZEN, Fate.NEW, Fate.FROZEN, Fate.NEW]
    assert set(framework.nodes.values_list("title", flat=True)) == {"Recruter", "Sans axe"}
    assert Placement.objects.get(action__title="Ouvrir une école").node.title == "Recruter"
    assert Placement.objects.get(action__title="Tenter").node.title == "Sans axe"


def test_an_action_of_another_framework_stands_here_too_and_is_not_made_twice(awa, made, db):
    there = made.node(made.framework())
    known = made.action(there, title="Tenir à jour le guide des développements possibles")
    made.action(there, title="Mobiliser")

    written = writing.write(begin(awa), by=awa, today=TODAY)

    assert (written.result["new"], written.result["placed"]) == (7, 1)
    assert Action.objects.count() == 4
    places = Placement.objects.filter(action=known).order_by("pk")
    assert [each.framework for each in places] == [there.framework, written.framework]
    known.refresh_from_db()
    assert (known.source, known.edition) == ("", 1)


def test_a_title_too_short_or_shared_by_two_actions_names_none_of_them(awa, made, db):
    there = made.node(made.framework())
    made.action(there, title="Communication")
    for _each in range(2):
        made.action(there, title="Ouvrir une maison des projets")

    todo = plan(recognise("Actions\n- Communication\n- Ouvrir une maison des projets\n"), None)

    assert [each.fate for each in todo.steps] == [Fate.NEW, Fate.NEW]


def test_a_title_too_long_is_told_and_nothing_is_written(awa, db):
    draft = begin(awa, recognise("Actions\n- Ouvrir\n- " + "mot " * 150))

    with pytest.raises(Refused, match=r"mot mot.*\(3\).*599 caractères"):
        writing.write(draft, by=awa, today=TODAY)

    assert not Action.objects.exists()


def test_a_text_without_a_word_is_refused(awa, db):
    with pytest.raises(Refused, match="Aucun mot"):
        begin(awa, recognise("\n --- \n"))


@pytest.mark.parametrize("who", ["bruno", "chloe", "dan"])
def test_only_officers_bring_plans_in(who, awa, request, db):
    draft, person = begin(awa), request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        begin(person)
    with pytest.raises(PermissionDenied):
        writing.write(draft, by=person, today=TODAY)
    with pytest.raises(PermissionDenied):
        writing.revise(draft, choices={}, edition=1, by=person, today=TODAY)
    with pytest.raises(PermissionDenied):
        writing.drop(draft, by=person, today=TODAY)


@pytest.mark.pack
def test_the_roadmap_enters_through_the_import_and_finds_the_sample_there_the_second_time(
    pack, awa, db, settings, tmp_path
):
    text = (pack.parent / "reference" / "roadmap-2021-2025.txt").read_text("utf-8")

    entered = writing.write(begin(awa, recognise(text)), by=awa, today=TODAY).framework

    kinds = list(entered.nodes.values_list("kind", flat=True))
    assert (kinds.count("axis"), kinds.count("priority")) == (7, 23)
    assert Placement.objects.filter(framework=entered).count() == 33
    settings.VAR = tmp_path
    bring_documents(tmp_path)
    sample.build(TODAY)
    there = Framework.objects.get(slug="feuille-de-route-2021-2025")
    todo = plan(recognise(text), there)
    assert (todo.writes, todo.count(Fate.FROZEN)) == (0, 0)
    assert todo.count(Fate.SAME, Level.AXIS) == 7
    assert todo.count(Fate.SAME, Level.PRIORITY) == 23
    assert Node.objects.filter(framework=there, kind="axis").count() == 7
