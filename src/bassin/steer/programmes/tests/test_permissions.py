"""Who sees and changes what: the officer, the partner, the firm, the visitor, and nobody else."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from bassin.parties.models import Membership
from bassin.steer.programmes import permissions
from bassin.steer.programmes.models import Action, Framework
from bassin.steer.programmes.tests.conftest import organisation_of
from tests.support.people import SINCE, seat

VISITOR = AnonymousUser()


@pytest.fixture
def people(awa, bruno, chloe, dan):
    """The four, and somebody who is not signed in."""
    return {"awa": awa, "bruno": bruno, "chloe": chloe, "dan": dan, "nobody": VISITOR}


def who(people, may) -> set[str]:
    """The names of those to whom the answer is yes."""
    return {name for name, person in people.items() if may(person)}


@pytest.mark.parametrize(
    ("visibility", "confidential", "seers"),
    [
        ("public", False, {"awa", "bruno", "chloe", "dan", "nobody"}),
        ("partners", False, {"awa", "bruno"}),
        ("internal", False, {"awa"}),
        ("public", True, {"awa"}),
        ("partners", True, {"awa"}),
    ],
)
def test_an_action_is_seen_by_those_it_is_shown_to(people, made, visibility, confidential, seers):
    action = made.action(visibility=visibility, confidential=confidential)

    assert who(people, lambda user: permissions.can_see(user, action)) == seers


def test_a_holder_sees_edits_and_reports_its_own_confidential_action(people, made):
    action = made.action(holder=organisation_of(people["bruno"]), confidential=True)

    assert who(people, lambda user: permissions.can_see(user, action)) == {"awa", "bruno"}
    assert who(people, lambda user: permissions.can_edit(user, action)) == {"awa", "bruno"}
    assert who(people, lambda user: permissions.can_report(user, action)) == {"awa", "bruno"}
    assert who(people, lambda user: permissions.can_place(user, action)) == {"awa"}
    assert who(people, lambda user: permissions.can_archive(user, action)) == {"awa"}
    assert who(people, lambda user: permissions.can_review(user, action)) == {"awa"}


def test_a_firm_that_holds_an_action_reports_on_it(people, made):
    action = made.action(holder=organisation_of(people["chloe"]))

    assert who(people, lambda user: permissions.can_report(user, action)) == {"awa", "chloe"}


def test_an_elected_referent_sees_and_reports_but_does_not_edit(people, made):
    action = made.action(confidential=True)
    action.roles.create(role="referent", person=people["dan"])

    assert permissions.can_see(people["dan"], action)
    assert permissions.can_report(people["dan"], action)
    assert not permissions.can_edit(people["dan"], action)


def test_a_partner_named_on_a_sheet_does_not_see_it_once_it_is_confidential(people, made):
    action = made.action()
    action.roles.create(role="partner", organisation=organisation_of(people["chloe"]))

    assert permissions.can_see(people["chloe"], action)
    action.confidential = True
    assert not permissions.can_see(people["chloe"], action)
    assert not permissions.can_report(people["chloe"], action)


def test_a_member_of_the_holder_who_does_not_write_for_it_sees_but_edits_nothing(people, made):
    reader = seat("Rita", "chamber", Membership.Role.MEMBER)
    action = made.action(holder=organisation_of(people["bruno"]))

    assert permissions.can_see(reader, action)
    assert not permissions.can_edit(reader, action)
    assert not permissions.can_report(reader, action)


def test_a_role_that_has_ended_opens_nothing(bruno, made):
    action = made.action(holder=organisation_of(bruno))
    bruno.memberships.update(ends_on=SINCE)

    assert not permissions.can_see(bruno, action)
    assert not permissions.can_edit(bruno, action)


def test_what_was_put_away_is_seen_by_officers_and_edited_by_nobody(people, made):
    holder = organisation_of(people["bruno"])
    action = made.action(visibility="public", holder=holder, archived_at=timezone.now())

    assert who(people, lambda user: permissions.can_see(user, action)) == {"awa"}
    assert who(people, lambda user: permissions.can_edit(user, action)) == set()
    assert who(people, lambda user: permissions.can_report(user, action)) == set()


@pytest.mark.parametrize(
    ("facts", "seers"),
    [
        ({"public": True}, {"awa", "bruno", "chloe", "dan", "nobody"}),
        ({"public": False}, {"awa", "bruno"}),
        ({"public": True, "state": "draft"}, {"awa"}),
    ],
)
def test_a_framework_is_seen_by_those_it_is_shown_to(people, made, facts, seers):
    framework = made.framework(**facts)

    assert who(people, lambda user: permissions.can_see_framework(user, framework)) == seers
    assert who(people, lambda user: permissions.can_edit_framework(user, framework)) == {"awa"}


def test_a_draft_is_seen_by_the_organisation_that_owns_it(people, made):
    draft = made.framework(state="draft", owner=organisation_of(people["bruno"]))

    assert who(people, lambda user: permissions.can_see_framework(user, draft)) == {"awa", "bruno"}


def test_lists_show_exactly_what_pages_open(both_databases, people, made):
    holders = [None, organisation_of(people["bruno"]), organisation_of(people["chloe"])]
    for visibility, confidential, holder in product(
        ["public", "partners", "internal"], [False, True], holders
    ):
        made.action(visibility=visibility, confidential=confidential, holder=holder)
    for role, person, confidential in product(
        ["pilot", "referent", "partner"], ["bruno", "dan"], [False, True]
    ):
        named = made.action(confidential=confidential)
        named.roles.create(role=role, person=people[person])
    for state, public in product(Framework.State.values, [False, True]):
        made.framework(state=state, public=public)
        made.framework(state=state, public=public, owner=organisation_of(people["bruno"]))

    for person in people.values():
        opened = {a.pk for a in Action.objects.all() if permissions.can_see(person, a)}
        listed = set(Action.objects.visible_to(person).values_list("pk", flat=True))
        assert listed == opened
        opened = {f.pk for f in Framework.objects.all() if permissions.can_see_framework(person, f)}
        assert set(Framework.objects.visible_to(person).values_list("pk", flat=True)) == opened


def test_the_private_side_of_a_public_action_is_for_insiders(people, made):
    action = made.action(visibility="public")

    assert who(people, lambda user: permissions.can_see_internal(user, action)) == {"awa", "bruno"}


def test_a_signatory_sees_its_own_page_and_a_visitor_none(people, made):
    firm = organisation_of(people["chloe"])
    other = made.organisation()

    assert who(people, lambda user: permissions.can_see_signatory(user, firm)) == {
        "awa", "bruno", "chloe",
    }  # fmt: skip
    assert who(people, lambda user: permissions.can_see_signatory(user, other)) == {"awa", "bruno"}


def test_whoever_promised_says_that_the_promise_is_kept(people, made):
    promise = made.framework().commitments.create(
        organisation=organisation_of(people["bruno"]), role="signatory"
    )

    assert who(people, lambda user: permissions.can_keep_promise(user, promise)) == {"awa", "bruno"}


def test_an_organisation_proposes_actions_in_its_own_name_only(people, made):
    chamber = organisation_of(people["bruno"])

    assert who(people, permissions.can_create) == {"awa"}
    assert who(people, lambda user: permissions.can_create(user, chamber)) == {"awa", "bruno"}
    assert who(people, lambda user: permissions.can_create(user, made.organisation())) == {"awa"}


def test_bodies_and_decisions_are_for_insiders_unless_they_are_public(people, made):
    decision = made.decision()

    assert who(people, lambda user: permissions.can_see_decision(user, decision)) == {
        "awa", "bruno",
    }  # fmt: skip
    assert who(people, lambda user: permissions.can_see_body(user, decision.body)) == {
        "awa", "bruno",
    }  # fmt: skip
    decision.public = decision.body.public = True
    assert who(people, lambda user: permissions.can_see_decision(user, decision)) == set(people)
    assert who(people, lambda user: permissions.can_see_body(user, decision.body)) == set(people)
