"""The facilitator of the bench, in a process of its own: makes the workshop, opens, closes, counts.

`python -m bench.facilitator` reads one command a line, as JSON, and answers one line of JSON.
"""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.installation import environ


class Facilitator:
    """Drives the process below from the bench."""

    def __init__(self, var: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.facilitator"], env=environ(var), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def ask(self, verb: str, **facts: Any) -> Any:
        """Have something done; what came of it."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([verb, facts]) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def leave(self) -> None:
        """End the process."""
        self.process.communicate()


def prepare() -> str:
    """A workshop under way, run by a person of its own; gives its code."""
    from bassin.debate.workshops import keys
    from bassin.debate.workshops.models import Facilitator as Runs
    from bassin.debate.workshops.models import Workshop
    from bassin.parties.models import Person

    person, _ = Person.objects.get_or_create(email="animatrice@example.fr")
    made = Workshop.objects.create(
        code=keys.new_code(), title={"fr": "Banc d'essai"}, languages=["fr"], state="live"
    )
    Runs.objects.create(workshop=made, person=person)
    return made.code


def begin(code: str) -> dict[str, Any]:
    """A new question, opened; says when the button was pressed."""
    from django.utils import timezone

    from bassin.debate.workshops import actions
    from bassin.debate.workshops.models import Statement, Step, Workshop

    workshop = Workshop.objects.get(code=code)
    person = workshop.facilitators.get().person
    number = workshop.steps.count() + 1
    asked = Statement.objects.create(
        slug=f"banc-{code}-{number}", kind="likert", text={"fr": f"Énoncé {number}"}
    )
    step = Step.objects.create(
        workshop=workshop, order=number, kind="vote", title={"fr": "Votre avis"}, statement=asked
    )
    actions.go_to(workshop, step, by=person, now=timezone.now())
    step.refresh_from_db()
    time.sleep(0.5)
    pressed = time.time()
    opened = actions.open_round(step, by=person, now=timezone.now())
    return {"round": opened.pk, "pressed": pressed, "took": time.time() - pressed}


def held(round_id: int, answers: list[list[Any]]) -> int:
    """How many of these acknowledged answers, by token, are not in the database as they were."""
    from bassin.debate.workshops import keys
    from bassin.debate.workshops.models import Ballot, Round

    secret = Round.objects.get(pk=round_id).live_secret
    kept = dict(Ballot.objects.filter(round_id=round_id).values_list("key", "answer"))
    found = [kept.get(keys.ballot_key(secret, keys.digest(token))) for token, _ in answers]
    return sum(has != {"level": level} for has, (_, level) in zip(found, answers, strict=True))


def close(round_id: int) -> dict[str, Any]:
    """Close the question; what was counted."""
    from django.utils import timezone

    from bassin.debate.workshops import actions
    from bassin.debate.workshops.models import Round

    opened = Round.objects.get(pk=round_id)
    person = opened.workshop.facilitators.get().person
    actions.close_round(opened, by=person, now=timezone.now())
    levels = Counter(answer["level"] for answer in opened.ballots.values_list("answer", flat=True))
    return {"levels": dict(levels), "people": opened.participations.count()}


def main() -> None:
    """Answer commands until the input ends."""
    import django

    django.setup()
    verbs: dict[str, Callable[..., Any]] = {
        "prepare": prepare,
        "begin": begin,
        "held": held,
        "close": close,
    }
    for line in sys.stdin:
        verb, facts = json.loads(line)
        print(json.dumps(verbs[verb](**facts)), flush=True)


if __name__ == "__main__":
    main()
