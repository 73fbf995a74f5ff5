"""A large roadmap, invented: 2,000 actions, each with 20 figures to move over ten years.

`python -m bench.roadmap` writes it into the installation of BASSIN_VAR and prints the keys of two
sessions: an officer's and a holder's.
"""

import os
import random
from datetime import date, timedelta
from itertools import islice
from typing import Any

import django

ACTIONS, FIGURES, YEARS, AXES, HOLDERS = 2000, 20, 10, 7, 40
SLUG = "grande-feuille-de-route"
LOT = 5000


def many(model: Any, rows: Any) -> None:
    """Write rows by lots."""
    waiting = iter(rows)
    while lot := list(islice(waiting, LOT)):
        model.objects.bulk_create(lot)


def write(today: date) -> tuple[str, str]:
    """The roadmap and its people; the two session keys."""
    from bassin.parties.models import Membership, Organisation
    from bassin.steer.programmes.models import Framework

    rng = random.Random(3)
    framework = Framework.objects.create(
        slug=SLUG, kind="roadmap", title="Grande feuille de route", state="in_force", public=True
    )
    bodies = [
        Organisation(slug=f"porteur-{n}", kind="association", name=f"Porteur {n}")
        for n in range(HOLDERS)
    ]
    many(Organisation, bodies)
    holders = list(Organisation.objects.filter(slug__startswith="porteur-"))
    actions = _actions(framework, holders, today, rng)
    _lives(actions, today, rng)
    _money_and_figures(actions, holders, today, rng)
    authority = Organisation.objects.filter(kind="authority").first()
    if authority is None:
        authority = Organisation.objects.create(slug="autorite", kind="authority", name="Autorité")
    role = Membership.Role.OFFICER
    return _session("agent", authority, role), _session("porteur", holders[0], role)


def _nodes(framework: Any) -> list:
    """Seven axes of four priorities; the priorities."""
    from bassin.steer.programmes.models import Node

    nodes = []
    for axis in range(AXES):
        top = Node.objects.create(
            framework=framework, kind="axis", code=f"{axis}", title=f"Axe {axis}", order=axis * 10
        )
        nodes += [
            Node.objects.create(
                framework=framework, parent=top, kind="priority", code=f"{axis}.{each}",
                title=f"Priorité {each}", order=axis * 10 + each,
            )
            for each in range(1, 5)
        ]  # fmt: skip
    return nodes


def _actions(framework: Any, holders: list, today: date, rng: random.Random) -> list:
    from bassin.steer.programmes.models import Action, Placement

    stages = ["approved", "in_progress", "in_progress", "paused", "done", "unknown"]
    many(Action, (
        Action(
            ref=f"bench:action:{n}", title=f"Action {n} du banc d'essai",
            holder=holders[n % HOLDERS], lifecycle=rng.choice(stages),
            health=rng.choice(["", "on_track", "at_risk"]), visibility="public",
            starts_on=today - timedelta(rng.randrange(3000)),
            ends_on=today + timedelta(rng.randrange(0, 900)),
            commune_codes=[f"940{rng.randrange(10, 80)}"],
        )
        for n in range(ACTIONS)
    ))  # fmt: skip
    actions = list(Action.objects.filter(ref__startswith="bench:"))
    nodes = _nodes(framework)
    many(Placement, (
        Placement(action=a, node=nodes[i % len(nodes)], framework=framework)
        for i, a in enumerate(actions)
    ))  # fmt: skip
    return actions


def _lives(actions: list, today: date, rng: random.Random) -> None:
    """Steps for two actions in three; a report a month for ten years."""
    from bassin.steer.programmes.models import Milestone, Update

    many(Milestone, (
        Milestone(
            action=a, title=f"Étape {n}", due_on=today + timedelta(due),
            done_on=today + timedelta(due) if due < 0 and rng.random() < 0.9 else None,
        )
        for i, a in enumerate(actions) if i % 3
        for n in range(6)
        for due in [rng.randrange(-900, 600)]
    ))  # fmt: skip
    many(Update, (
        Update(action=a, on=today - timedelta(30 * m), author_name="Porteur",
               text="Point du mois.", progress=max(0, 100 - m) if i % 5 else None)
        for i, a in enumerate(actions) for m in range(12 * YEARS)
    ))  # fmt: skip


def _money_and_figures(actions: list, holders: list, today: date, rng: random.Random) -> None:
    """Three years of money; twenty figures each with a target a year."""
    from bassin.steer.programmes.models import Contribution, Funding, Target

    many(Funding, (
        Funding(action=a, organisation=rng.choice(holders), year=today.year - y, planned_eur=10_000)
        for a in actions for y in range(3)
    ))  # fmt: skip
    many(Contribution, (
        Contribution(action=a, indicator=f"bench_{n}", hypothesis="…", baseline_value=1.0,
                     baseline_period="2016")
        for a in actions for n in range(FIGURES)
    ))  # fmt: skip
    claims = Contribution.objects.filter(action__ref__startswith="bench:")
    many(Target, (
        Target(contribution_id=pk, on=date(today.year + y, 12, 31), value=float(y))
        for pk in claims.values_list("pk", flat=True) for y in range(YEARS)
    ))  # fmt: skip


def _session(name: str, organisation: Any, role: str) -> str:
    """Someone with a role, signed in: the key of their session."""
    from allauth.mfa.models import Authenticator
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore

    from bassin.parties.models import Membership, Person

    person = Person.objects.create_user(f"{name}@bench.example.org", name=name)
    Membership.objects.create(
        person=person, organisation=organisation, role=role, starts_on=date(2020, 1, 1)
    )
    # An officer has shown a second factor; one without is led to set it up.
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": ""})
    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def main() -> None:
    """Write, and say the keys."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bassin.config.settings")
    django.setup()
    from django.db import transaction
    from django.utils import timezone

    with transaction.atomic():
        keys = write(timezone.localdate())
    print(*keys)


if __name__ == "__main__":
    main()
