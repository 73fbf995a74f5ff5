"""What the tests of the programmes build: frameworks with axes, and actions."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import pytest

from bassin.parties.models import Organisation, Person
from bassin.steer.programmes.models import (
    Action,
    Body,
    Decision,
    Framework,
    Meeting,
    Node,
    Update,
)
from bassin.types import Origin
from tests.support.installing import install, put, spread

TODAY = date(2026, 11, 26)
LAST = date(2026, 9, 3)
"""The day of the meeting before today's."""

_NUMBERS = count(1)


class Made:
    """Builds records of the tests; everything has a default."""

    def framework(self, **more) -> Framework:
        number = next(_NUMBERS)
        facts = {"slug": f"plan-{number}", "kind": "roadmap", "title": f"Plan {number}"}
        return Framework.objects.create(**{**facts, "state": "in_force", **more})

    def node(self, framework: Framework, parent: Node | None = None, **more) -> Node:
        number = next(_NUMBERS)
        facts = {"kind": "axis", "code": f"A{number}", "title": f"Axe {number}", "order": number}
        return Node.objects.create(framework=framework, parent=parent, **{**facts, **more})

    def action(self, *places: Node, **more) -> Action:
        number = next(_NUMBERS)
        facts = {"ref": f"test:action:{number}", "title": f"Action {number}"}
        made = Action.objects.create(**{**facts, "lifecycle": "in_progress", **more})
        for node in places:
            made.placements.create(node=node)
        return made

    def organisation(self, **more) -> Organisation:
        number = next(_NUMBERS)
        facts = {"slug": f"org-{number}", "kind": "association", "name": f"Organisme {number}"}
        return Organisation.objects.create(**{**facts, **more})

    def update(self, action: Action, **more) -> Update:
        facts = {"on": TODAY, "author_name": "Awa", "text": "Fait."}
        return Update.objects.create(action=action, **{**facts, **more})

    def decision(self, **more) -> Decision:
        number = next(_NUMBERS)
        body = Body.objects.create(slug=f"body-{number}", kind="committee", name=f"Comité {number}")
        facts = {"body": body, "on": TODAY, "kind": "adopt", "text": "Adopté."}
        return Decision.objects.create(**{**facts, **more})


@pytest.fixture
def made() -> Made:
    """Builds records: `made.action(holder=…)`."""
    return Made()


def organisation_of(person: Person) -> Organisation:
    """The organisation of one of the four people."""
    return person.memberships.get().organisation


@pytest.fixture
def body(db, made) -> Body:
    """A committee that follows a framework of two axes, open to new members."""
    framework = made.framework(title="Feuille de route")
    made.node(framework, code="1", title="Produire")
    made.node(framework, code="2", title="Former")
    return Body.objects.create(
        slug="copil", kind="committee", name="Comité de pilotage", framework=framework,
        open=True, public=True,
    )  # fmt: skip


@pytest.fixture
def meeting(body) -> Meeting:
    """The meeting of today; the one before was on 3 September."""
    Meeting.objects.create(body=body, on=LAST)
    return Meeting.objects.create(body=body, on=TODAY, place="Vitry-sur-Seine")


@pytest.fixture
def followed(body, made):
    """Actions in every state that a committee must hear of."""
    first, second = body.framework.nodes.order_by("code")
    running = made.action(first, title="Quai fluvial")
    made.update(running, on=LAST - timedelta(days=10), progress=30)
    made.update(running, on=TODAY - timedelta(days=3), progress=55, text="Dalle coulée.")
    made.action(
        first, title="Friche", health="blocked", blocked_cause="Sol pollué",
        holder=made.organisation(name="Bailleur"),
    )  # fmt: skip
    late = made.action(second, title="École", ends_on=date(2026, 6, 1))
    late.milestones.create(title="Ouvrir", due_on=date(2026, 5, 1))
    asked = made.action(second, title="Campus")
    asked.funding_requests.create(
        organisation=made.organisation(name="Région"), state="sent", asked_on=date(2026, 1, 5),
        due_on=date(2026, 4, 5), asked_eur=Decimal(250_000),
    )  # fmt: skip
    secret = made.action(second, title="Implantation cachée", confidential=True,
                         health="blocked", blocked_cause="Négociation")  # fmt: skip
    return {"running": running, "late": late, "asked": asked, "secret": secret}


@pytest.fixture(scope="session")
def installed(france, tmp_path_factory):
    """An installation of the sample's territory with a few published figures. Never write in it."""
    house = install(france, tmp_path_factory.mktemp("programmes") / "var")
    rows = [
        row
        for period, unemployed in (("2012", 10_000), ("2017", 12_000), ("2022", 15_000))
        for row in spread(house, period, active=100_000, unemployed=unemployed)
    ]
    put(house, Origin.REAL, census=rows)
    return house
