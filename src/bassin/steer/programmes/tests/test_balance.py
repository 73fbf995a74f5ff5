"""The balance sheet of a framework, and the next one drafted from it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from bassin.errors import Refused
from bassin.steer.programmes import actions_succession, balance, tree
from bassin.steer.programmes.balance import Outcome
from bassin.steer.programmes.models import Action, Framework, NodeLineage
from bassin.steer.programmes.packs import balancing
from bassin.steer.programmes.standing import standings
from bassin.steer.programmes.tests.conftest import TODAY
from bassin.ui.papers import odt, pdf
from tests.support.papers import read_odt, read_pdf


def sheet(framework: Framework) -> balance.Balance:
    lines = standings(Action.objects.kept().within(framework).order_by("pk"), TODAY)
    built = tree.build(framework, lines)
    named = {"94081": "Vitry-sur-Seine", "94054": "Orly"}
    return balance.sheet(built, balance.heirs(framework), named, lambda each: each.title.say("fr"))


@pytest.fixture
def plan(db, made):
    """A framework whose period is over: seven actions in two axes, one of each outcome."""
    framework = made.framework(title="Feuille de route", ends_on=date(2025, 12, 31))
    first = made.node(framework, code="1", title="Produire")
    below = made.node(framework, parent=first, code="1.1", kind="priority", title="Foncier")
    second = made.node(framework, code="2", title="Former")
    place = {"commune_codes": ["94081"]}
    made.action(below, title="Hôtel d'entreprises", lifecycle="done", **place)
    made.action(
        below,
        title="Village d'artisans",
        lifecycle="abandoned",
        abandoned_why="Le terrain a été vendu.",
        commune_codes=["94081", "94054"],
    )
    running = made.action(below, title="Quai fluvial", lifecycle="in_progress")
    made.update(running, progress=40)
    made.action(second, title="École", lifecycle="approved")
    made.action(second, title="Campus", lifecycle="unknown")
    made.action(second, title="Silence", lifecycle="in_progress")
    made.action(second, title="Atelier", lifecycle="in_progress")
    return framework  # fmt: skip


def carry(plan: Framework, awa, *titles: str, nodes=("1", "1.1", "2")) -> Framework:
    return actions_succession.draft_next(
        plan,
        title="Feuille de route 2026-2030",
        nodes=plan.nodes.filter(code__in=nodes).values_list("pk", flat=True),
        carried=Action.objects.filter(title__in=titles).values_list("pk", flat=True),
        by=awa,
        today=TODAY,
    )


def test_every_action_has_one_outcome(plan, awa):
    carry(plan, awa, "Atelier")

    outcomes = {each.line.title.fr: each.outcome for each in sheet(plan).whole.entries}

    assert outcomes == {
        "Hôtel d'entreprises": Outcome.DONE,
        "Village d'artisans": Outcome.ABANDONED,
        "Quai fluvial": Outcome.UNDER_WAY,
        "École": Outcome.NOT_STARTED,
        "Campus": Outcome.NOT_REPORTED,
        "Silence": Outcome.NOT_REPORTED,
        "Atelier": Outcome.MOVED,
    }


def test_what_is_done_stays_done_when_it_is_carried_on_too(plan, awa):
    carry(plan, awa, "Hôtel d'entreprises")

    assert sheet(plan).whole.of(Outcome.DONE) == 1
    assert sheet(plan).whole.of(Outcome.MOVED) == 0


def test_a_rate_says_over_what(plan):
    said = balancing.done_over(sheet(plan).whole)

    assert "14\u202f% sur 7" in said
    assert "25\u202f% des 4" in said


def test_axes_add_up_to_the_whole_and_communes_do_not(plan):
    made = sheet(plan)

    assert [(part.key, part.count.planned) for part in made.axes] == [("1", 3), ("2", 4)]
    assert {part.title: part.count.planned for part in made.communes} == {
        "Vitry-sur-Seine": 2, "Orly": 1,
    }  # fmt: skip
    assert made.without_commune.planned == 5


def test_an_action_placed_twice_counts_once(plan, made):
    action = Action.objects.get(title="Campus")
    action.placements.create(node=plan.nodes.get(code="1"), primary=False)

    assert sheet(plan).whole.planned == 7
    assert sheet(plan).secondary == 0  # it is in the sheet, under its main place


def test_money_keeps_three_amounts_and_says_what_is_not_known(plan, made):
    action = Action.objects.get(title="Hôtel d'entreprises")
    funder = made.organisation()
    action.fundings.create(organisation=funder, year=2024, planned_eur=Decimal(100_000))
    action.fundings.create(organisation=funder, year=2025, paid_eur=Decimal(60_000))

    done = sheet(plan).whole.money(Outcome.DONE)

    assert (done.planned.total, done.planned.unknown) == (100_000, 1)
    assert (done.committed.total, done.paid.total) == (None, 60_000)


def test_more_announced_than_entered_is_said(plan):
    plan.announced_count, plan.announced_note = 60, "une soixantaine"
    plan.save()

    said = balancing.announced(sheet(plan))

    assert "60" in said
    assert "7" in said
    assert "une soixantaine" in said


def test_an_empty_framework_has_no_rate(made, db):
    empty = sheet(made.framework())

    assert empty.whole.done_share is None
    assert "rien à additionner" in balancing.headline(empty)


def test_the_paper_tells_why_actions_were_abandoned(plan, awa):
    carry(plan, awa, "Atelier")

    read = read_pdf(pdf(balancing.paper(sheet(plan), TODAY, "Une autorité")))

    assert read.ua_part == "1"
    for words in ("Le terrain a été vendu.", "Feuille de route 2026", "7 actions prévues",
                  "Vitry-sur-Seine", "aucune commune"):  # fmt: skip
        assert words in read.text
    assert read.text.count("Quai fluvial") == 0  # only what needs a reason is listed
    text, _raw = read_odt(odt(balancing.paper(sheet(plan), TODAY, "Une autorité")))
    assert "Le terrain a été vendu." in text


def test_a_confidential_sheet_keeps_its_reasons(plan):
    Action.objects.filter(title="Village d'artisans").update(confidential=True)

    (row,) = [r for r in balancing.rows(sheet(plan)) if r["outcome"] == "abandoned"]

    assert row["why_abandoned"] == ""
    assert "Village" not in row["title"]


def test_the_next_framework_keeps_what_was_chosen_and_says_what_was_dropped(
    both_databases, plan, awa
):
    draft = carry(plan, awa, "Quai fluvial", nodes=("1", "1.1"))

    assert draft.state == Framework.State.DRAFT
    assert list(draft.ancestors.all()) == [plan]
    assert draft.starts_on == date(2026, 1, 1)
    assert [(n.code, n.parent and n.parent.code) for n in draft.nodes.all()] == [
        ("1", None), ("1.1", "1"),
    ]  # fmt: skip
    assert [each.action.title for each in draft.placements.all()] == ["Quai fluvial"]
    became = {
        (each.before.code, each.kind) for each in NodeLineage.objects.select_related("before")
    }
    assert became == {("1", "same"), ("1.1", "same"), ("2", "dropped")}


def test_a_part_whose_parent_is_dropped_stands_under_the_nearest_kept(plan, awa):
    draft = carry(plan, awa, nodes=("1.1",))

    assert draft.nodes.get().parent is None


def test_carried_actions_keep_their_history_and_their_former_place(plan, awa):
    draft = carry(plan, awa, "Quai fluvial")
    action = Action.objects.get(title="Quai fluvial")

    assert action.updates.count() == 1
    assert {each.framework for each in action.placements.all()} == {plan, draft}


@pytest.mark.parametrize(
    ("titles", "nodes", "words"),
    [(["École"], ("1",), "n'est pas gardée"), ([], (), "au moins une partie")],
)
def test_the_next_framework_refuses_what_leads_nowhere(plan, awa, titles, nodes, words):
    with pytest.raises(Refused, match=words):
        carry(plan, awa, *titles, nodes=nodes)

    assert not Framework.objects.filter(ancestors=plan).exists()


def test_only_officers_draft_the_next_framework(plan, bruno):
    with pytest.raises(PermissionDenied):
        carry(plan, bruno, "Quai fluvial")


def test_the_balance_sheet_of_many_actions_costs_the_same_number_of_queries(
    plan, made, django_assert_num_queries
):
    node = plan.nodes.get(code="2")
    for _number in range(30):
        made.action(node)

    with django_assert_num_queries(7):
        sheet(plan)
