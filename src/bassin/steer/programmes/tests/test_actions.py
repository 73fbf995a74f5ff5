"""The verbs of Piloter: what they write, what they refuse and in which words."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from bassin.commons import edition
from bassin.commons.edition import Conflict
from bassin.errors import Refused
from bassin.steer.programmes import actions, actions_frameworks, actions_money
from bassin.steer.programmes.models import Action, Placement, Update
from bassin.steer.programmes.tests.conftest import TODAY, organisation_of

FIELDS = ("title", "text", "ends_on")


def opened(record, fields=FIELDS):
    """What a form is opened on, as it comes back with it."""
    return edition.unseal(edition.seal(record, fields))


def test_an_action_without_a_document_gets_a_reference_of_its_own(both_databases, awa):
    action = actions.create(title="Une halle", by=awa, today=TODAY)

    assert action.ref == f"programmes:action:{action.pk}"
    assert action.lifecycle == "unknown"


def test_two_people_who_edit_one_action_lose_nothing(both_databases, awa, bruno, made):
    action = made.action(title="Avant", text="Texte", holder=organisation_of(bruno))
    base, number = opened(action), action.edition
    actions.edit(
        action, typed={"title": "Titre d'Awa", "text": "Texte", "ends_on": None}, base=base,
        opened=number, by=awa, today=TODAY,
    )  # fmt: skip

    typed = {"title": "Titre de Bruno", "text": "Texte de Bruno", "ends_on": None}
    with pytest.raises(Conflict) as refused:
        actions.edit(action, typed=typed, base=base, opened=number, by=bruno, today=TODAY)

    (difference,) = refused.value.differences
    assert (difference.field, difference.before) == ("title", "Avant")
    assert (difference.now, difference.typed) == ("Titre d'Awa", "Titre de Bruno")
    assert difference.both
    now = Action.objects.get(pk=action.pk)
    assert (now.title, now.text, now.changed_by) == ("Titre d'Awa", "Texte", awa)
    again = actions.edit(
        now, typed=typed, base=opened(now), opened=now.edition, by=bruno, today=TODAY
    )
    assert (again.title, again.text) == ("Titre de Bruno", "Texte de Bruno")


def test_a_field_only_the_other_changed_is_told_as_theirs(awa, made, db):
    action = made.action(title="Avant", text="Texte")
    base = opened(action)
    Action.objects.filter(pk=action.pk).update(text="Autre", edition=2)

    with pytest.raises(Conflict) as refused:
        actions.edit(
            action, typed={"title": "Le mien", "text": "Texte", "ends_on": None}, base=base,
            opened=1, by=awa, today=TODAY,
        )  # fmt: skip

    assert [(each.field, each.both) for each in refused.value.differences] == [("text", False)]


def test_the_same_amount_written_otherwise_is_no_change(awa, made, db):
    action = made.action()
    payer = made.organisation()
    line = actions_money.fund(
        action, typed={"organisation": payer, "year": 2026, "planned_eur": Decimal(30000)},
        by=awa, today=TODAY,
    )  # fmt: skip
    line.refresh_from_db()
    fields = ("organisation", "year", "planned_eur")

    kept = actions_money.fund(
        action, funding=line, base=opened(line, fields), by=awa, today=TODAY,
        typed={"organisation": payer, "year": 2026, "planned_eur": Decimal("30000.50")},
    )  # fmt: skip

    assert kept.planned_eur == Decimal("30000.50")


def test_a_holder_does_not_decide_who_sees_its_action(bruno, made, db):
    action = made.action(holder=organisation_of(bruno))

    with pytest.raises(PermissionDenied):
        actions.edit(
            action, typed={"visibility": "public"}, base=opened(action, ["visibility"]),
            opened=1, by=bruno, today=TODAY,
        )  # fmt: skip


def test_a_report_is_kept_and_carried_to_the_action(both_databases, awa, made):
    action = made.action()

    actions.report(
        action, text="Travaux lancés", progress=40, health="blocked",
        blocked_cause="Un recours", by=awa, today=TODAY,
    )  # fmt: skip

    action.refresh_from_db()
    update = action.updates.get()
    assert (update.progress, update.author_name, update.on) == (40, "Awa", TODAY)
    assert (action.health, action.blocked_cause) == ("blocked", "Un recours")


def test_a_report_that_gets_better_takes_the_obstacle_away(awa, made, db):
    action = made.action(health="blocked", blocked_cause="Un recours")

    actions.report(action, text="Levé", health="on_track", by=awa, today=TODAY)

    action.refresh_from_db()
    assert (action.health, action.blocked_cause) == ("on_track", "")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": " "}, "phrase"),
        ({"text": "Bloqué", "health": "blocked"}, "bloque"),
        ({"text": "Fait", "progress": 101}, "100"),
        ({"text": "Arrêté", "lifecycle": "abandoned"}, "formulaire"),
    ],
)
def test_a_report_that_says_too_little_is_refused(awa, made, db, said, words):
    action = made.action()

    with pytest.raises(Refused, match=words):
        actions.report(action, by=awa, today=TODAY, **said)
    assert not action.updates.exists()


def test_the_same_e_mail_read_twice_gives_one_update(awa, made, db):
    action = made.action()

    first, second = (
        actions.report(
            action, text="Par courriel", via="email", message_id="<1@x>", by=awa, today=TODAY
        )
        for _ in range(2)
    )

    assert first.pk == second.pk
    assert action.updates.count() == 1


def test_an_update_is_never_changed_nor_deleted(made, db):
    update = made.update(made.action())

    update.text = "Autre"
    with pytest.raises(Refused):
        update.save()
    with pytest.raises(Refused):
        update.delete()
    assert Update.objects.get().text == "Fait."


def test_the_report_of_a_stranger_is_refused(chloe, dan, made, db):
    action = made.action(visibility="public")

    for person in (chloe, dan):
        with pytest.raises(PermissionDenied):
            actions.report(action, text="Piraté", by=person, today=TODAY)


def test_every_verb_refuses_another_organisations_account(bruno, made, db):
    framework = made.framework(state="draft")
    node = made.node(framework)
    action = made.action(node, visibility="public", holder=made.organisation())
    step = action.milestones.create(title="Étape")
    claim = action.contributions.create(indicator="jobs", hypothesis="…")
    asked = {"by": bruno, "today": TODAY}
    tries = [
        lambda: actions.edit(action, typed={"title": "x"}, base={}, opened=1, **asked),
        lambda: actions.abandon(action, why="x", **asked),
        lambda: actions.add_milestone(action, title="x", **asked),
        lambda: actions.edit_milestone(step, typed={"title": "x"}, base={}, **asked),
        lambda: actions.close_milestone(step, done_on=TODAY, **asked),
        lambda: actions.place(action, node, **asked),
        lambda: actions.withdraw(Placement.objects.get(), **asked),
        lambda: actions.archive(action, why="x", **asked),
        lambda: actions.restore(action, **asked),
        lambda: actions_money.fund(action, typed={}, **asked),
        lambda: actions_money.ask(action, typed={}, **asked),
        lambda: actions_money.contribute(action, typed={}, **asked),
        lambda: actions_money.review(claim, verdict="supported", text="x", **asked),
        lambda: actions_frameworks.edit(framework, typed={}, base={}, **asked),
        lambda: actions_frameworks.advance(framework, **asked),
        lambda: actions_frameworks.add_node(framework, code="x", **asked),
        lambda: actions_frameworks.edit_node(node, typed={}, base={}, **asked),
        lambda: actions_frameworks.remove_node(node, **asked),
        lambda: actions_frameworks.archive(framework, why="x", **asked),
        lambda: actions_frameworks.create(slug="x", **asked),
    ]

    for attempt in tries:
        with pytest.raises(PermissionDenied):
            attempt()


def test_an_abandoned_action_says_why(both_databases, awa, made):
    action = made.action()

    with pytest.raises(Refused, match="pourquoi"):
        actions.abandon(action, why=" ", by=awa, today=TODAY)
    actions.abandon(action, why="Le terrain est vendu", by=awa, today=TODAY)

    action.refresh_from_db()
    assert (action.lifecycle, action.abandoned_on) == ("abandoned", TODAY)


def test_abandoning_an_action_undoes_nothing_that_was_written_meanwhile(both_databases, awa, made):
    action = made.action(title="Avant")
    read_before = Action.objects.get(pk=action.pk)
    action.title = "Après"
    action.save()

    done = actions.abandon(read_before, why="Le terrain est vendu", by=awa, today=TODAY)

    assert (done.title, Action.objects.get(pk=action.pk).title) == ("Après", "Après")


def test_dates_that_disagree_are_refused_with_both_dates(awa, db):
    with pytest.raises(Refused, match="2026"):
        actions.create(
            title="x", starts_on=date(2026, 5, 1), ends_on=date(2026, 4, 1), by=awa, today=TODAY
        )


def test_a_step_is_not_done_tomorrow(awa, made, db):
    step = made.action().milestones.create(title="Étape")

    with pytest.raises(Refused, match="27 novembre 2026"):
        actions.close_milestone(step, done_on=TODAY + timedelta(1), by=awa, today=TODAY)


def test_an_action_has_one_main_place_in_each_framework(both_databases, awa, made):
    plan, label = made.framework(), made.framework()
    first, second, other = made.node(plan), made.node(plan), made.node(label)
    action = made.action()

    actions.place(action, first, by=awa, today=TODAY)
    actions.place(action, other, by=awa, today=TODAY)
    with pytest.raises(Refused, match=first.title):
        actions.place(action, second, by=awa, today=TODAY)
    actions.place(action, second, primary=False, by=awa, today=TODAY)
    with pytest.raises(Refused):
        actions.place(action, second, primary=False, by=awa, today=TODAY)

    assert action.placements.filter(primary=True).count() == 2
    assert action.placements.count() == 3


def test_what_is_put_away_says_who_and_why_and_comes_back(awa, made, db):
    action = made.action()

    with pytest.raises(Refused):
        actions.archive(action, why="", by=awa, today=TODAY)
    actions.archive(action, why="Doublon", by=awa, today=TODAY)

    action.refresh_from_db()
    assert (action.archived_by, action.archived_why) == (awa, "Doublon")
    assert not Action.objects.kept().exists()
    actions.restore(action, by=awa, today=TODAY)
    assert Action.objects.kept().get() == action


def test_the_text_of_an_adopted_framework_no_longer_changes(both_databases, awa, made):
    draft = made.framework(state="draft", title="Projet")
    node = made.node(draft)
    asked = {"by": awa, "today": TODAY}
    actions_frameworks.edit_node(
        node, typed={"title": "Axe un"}, base=opened(node, ["title"]), **asked
    )

    adopted = actions_frameworks.adopt(draft, decision=made.decision(), **asked)

    assert adopted.state == "adopted"
    with pytest.raises(Refused, match="version"):
        actions_frameworks.edit(
            adopted, typed={"title": "Autre"}, base=opened(adopted, ["title"]), **asked
        )
    node.refresh_from_db()
    with pytest.raises(Refused, match="version"):
        actions_frameworks.edit_node(
            node, typed={"title": "Autre"}, base=opened(node, ["title"]), **asked
        )
    with pytest.raises(Refused):
        actions_frameworks.add_node(adopted, code="Z", **asked)
    with pytest.raises(Refused):
        actions_frameworks.remove_node(node, **asked)
    kept = actions_frameworks.edit(
        adopted, typed={"public": True}, base=opened(adopted, ["public"]), **asked
    )
    assert kept.public


def test_a_framework_is_adopted_by_a_decision_that_adopts(awa, made, db):
    draft = made.framework(state="draft")
    asked = {"by": awa, "today": TODAY}

    with pytest.raises(Refused, match="axes"):
        actions_frameworks.adopt(draft, decision=made.decision(), **asked)
    made.node(draft)
    with pytest.raises(Refused, match="décision"):
        actions_frameworks.adopt(draft, decision=made.decision(kind="stop"), **asked)
    with pytest.raises(Refused):
        actions_frameworks.advance(draft, **asked)


def test_a_framework_goes_from_adopted_to_archived_and_no_further(awa, made, db):
    plan = made.framework(state="adopted")
    states = [actions_frameworks.advance(plan, by=awa, today=TODAY).state for _state in range(3)]

    assert states == ["in_force", "evaluated", "archived"]
    with pytest.raises(Refused):
        actions_frameworks.advance(plan, by=awa, today=TODAY)


def test_money_needs_an_amount_that_is_not_below_zero(awa, made, db):
    action, payer = made.action(), made.organisation()
    line = {"organisation": payer, "year": 2026}
    asked = {"by": awa, "today": TODAY}

    with pytest.raises(Refused, match="trois"):
        actions_money.fund(action, typed=line, **asked)
    with pytest.raises(Refused, match="zéro"):
        actions_money.fund(action, typed={**line, "paid_eur": Decimal(-1)}, **asked)
    actions_money.fund(action, typed={**line, "paid_eur": Decimal(0)}, **asked)
    with pytest.raises(Refused, match="ligne"):
        actions_money.fund(action, typed={**line, "paid_eur": Decimal(1)}, **asked)


def test_an_answer_of_a_funder_has_its_day(awa, made, db):
    action = made.action()
    typed = {"organisation": made.organisation(), "state": "granted", "asked_on": TODAY}

    with pytest.raises(Refused, match="réponse"):
        actions_money.ask(action, typed=typed, by=awa, today=TODAY)
    early = {**typed, "answered_on": TODAY - timedelta(1)}
    with pytest.raises(Refused, match="avant"):
        actions_money.ask(action, typed=early, by=awa, today=TODAY)


def test_a_contribution_is_a_written_hypothesis_with_its_targets(awa, made, db):
    action = made.action()
    typed = {"indicator": "jobs", "hypothesis": "Cent emplois de plus", "baseline_value": 5.0}

    with pytest.raises(Refused, match="période"):
        actions_money.contribute(action, typed=typed, by=awa, today=TODAY)
    typed["baseline_period"] = "2022"
    aims = {date(2027, 1, 1): 6.0, date(2030, 1, 1): 9.0}
    made_one = actions_money.contribute(action, typed=typed, targets=aims, by=awa, today=TODAY)

    assert {each.on: each.value for each in made_one.targets.all()} == aims
    with pytest.raises(Refused):
        actions_money.contribute(action, typed={**typed, "hypothesis": " "}, by=awa, today=TODAY)


def test_a_promise_is_kept_with_what_shows_it(bruno, made, db):
    promise = made.framework().commitments.create(
        organisation=organisation_of(bruno), role="signatory"
    )

    with pytest.raises(Refused, match="montre"):
        actions_frameworks.keep(promise, evidence=" ", on=TODAY, by=bruno, today=TODAY)
    actions_frameworks.keep(promise, evidence="Rapport 2026", on=TODAY, by=bruno, today=TODAY)

    promise.refresh_from_db()
    assert (promise.kept_on, promise.evidence) == (TODAY, "Rapport 2026")
