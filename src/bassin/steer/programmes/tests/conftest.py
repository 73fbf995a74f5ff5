"""What the tests of the programmes build: frameworks with axes, and actions."""

from datetime import date
from itertools import count

import pytest

from bassin.parties.models import Organisation, Person
from bassin.steer.programmes.models import Action, Body, Decision, Framework, Node, Update

TODAY = date(2026, 11, 26)
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
