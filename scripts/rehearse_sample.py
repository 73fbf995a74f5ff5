"""Rehearse the sample's workshop: `python scripts/rehearse_sample.py [--port 8000]`.

It needs a running service over the same `BASSIN_VAR` (`bassin serve`). Three hundred simulated
participants come in with the workshop's code and answer each question by HTTP, as telephones do;
somebody opens, closes and shows each round. What they answered is drawn from the weights of
`invented.toml`, then kept in `invented-votes.json` as the service counted it: the sample's votes.
"""

import argparse
import json
import os
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import django

from bassin.demo import authorities
from bassin.demo.facts import TERRITORY

FOLDER = Path(authorities.__file__).parent / TERRITORY / "workshops"
AT_ONCE = 40


@dataclass
class Participant:
    """A telephone: its group, its ticket, what makes it answer as it does."""

    group: str
    draw: random.Random
    cookie: str = ""
    kept: list[tuple[str, str]] = field(default_factory=list)


def answer(
    kind: str, slug: str, number: int, facts: dict, who: Participant
) -> list[tuple[str, str]]:
    """What a participant answers, as the fields of the form; nothing for who stays silent."""
    simulated, draw = facts["simulated"], who.draw
    if draw.random() < simulated["silent"]:
        return []
    if kind == "quiz":
        return [
            ("pick", code) for code, share in simulated["ticks"].items() if draw.random() < share
        ]
    if kind == "likert":
        weights = simulated["degrees"][slug][number - 1]
        levels = ["1", "2", "3", "4", "5", "cannot_say"]
        return [("level", draw.choices(levels, weights)[0])]
    if kind == "ranking":
        order = sorted(
            simulated["strength"].items(), key=lambda each: -draw.expovariate(1 / each[1])
        )
        most = len(order) if draw.random() < 0.8 else draw.randint(1, 3)
        return [(f"rank-{code}", str(n)) for n, (code, _) in enumerate(order[:most], 1)]
    if kind == "sorting":
        placed = simulated["right"].items()
        return [(f"place-{code}", str(int(draw.random() < share)))
                for code, share in placed if draw.random() < 0.95]  # fmt: skip
    words = simulated["words"]
    told = draw.choices(list(words), list(words.values()), k=2 if draw.random() < 0.8 else 1)
    return [("text", text) for text in dict.fromkeys(told)]


def again(before: list[tuple[str, str]], fresh: list[tuple[str, str]], who: Participant):
    """In a second round, some change their mind and most do not."""
    return fresh if not before or who.draw.random() < 0.45 else before


def main() -> None:
    """Prepare the workshop, play it, keep what came out."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--port", type=int, default=8000)
    port = asked.parse_args().port
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bassin.config.settings")
    django.setup()

    from django.utils import timezone

    from bassin.debate.workshops import actions, keys, sample
    from bassin.debate.workshops.models import Workshop
    from bassin.debate.workshops.rehearsing import Service
    from bassin.parties.models import Person

    facts = sample.read(FOLDER)
    facts["workshop"]["code"] = keys.new_code()
    workshop = sample.prepare(facts, FOLDER, timezone.localdate())
    officer = Person.objects.get(email="awa@example.org")
    actions.advance(workshop, to=Workshop.State.LOBBY, by=officer, now=timezone.now())
    service = Service(f"http://127.0.0.1:{port}", workshop.code)
    people = _people(facts)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        entries = Counter(
            pool.map(lambda who: service.send("join", who, [("group", who.group)]), people)
        )
        print(f"{workshop.code}: {dict(entries)}")
        actions.advance(workshop, to=Workshop.State.LIVE, by=officer, now=timezone.now())
        rounds = [
            _play(workshop, step, number, facts, people, service, pool, officer)
            for step in workshop.steps.filter(kind="vote")
            for number in range(1, _rounds(facts, step.statement.slug) + 1)
        ]
    groups = Counter(who.group for who in people)
    kept = {"participants": len(people), "groups": dict(groups), "rounds": rounds}
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    (FOLDER / "invented-votes.json").write_text(_readable(text), "utf-8")


def _readable(text: str) -> str:
    """One answer a line, so that a change shows."""
    return text.replace("],[", "],\n[").replace('{"statement"', '\n{"statement"') + "\n"


def _people(facts: dict) -> list[Participant]:
    from bassin.debate.workshops import simulating

    simulated, names = facts["simulated"], facts["workshop"]["groups"]
    groups = [
        name
        for name, count in zip(names, simulated["groups"], strict=True)
        for _each in range(count)
    ]
    draws = (who.draw for who in simulating.room(len(groups), seed=4))
    return [Participant(*each) for each in zip(groups, draws, strict=True)]


def _rounds(facts: dict, slug: str) -> int:
    return next(s.get("rounds", 1) for s in facts["steps"] if s.get("statement") == slug)


def _play(workshop, step, number, facts, people, service, pool, officer) -> dict:
    """One round: shown, opened, answered by everyone at once, closed, shown to the room."""
    from django.utils import timezone

    from bassin.debate.workshops import actions

    slug, kind = step.statement.slug, step.statement.kind
    actions.go_to(workshop, step, by=officer, now=timezone.now())
    step.refresh_from_db()
    opened = actions.open_round(step, by=officer, now=timezone.now())

    def vote(who: Participant) -> str:
        fresh = answer(kind, slug, number, facts, who)
        fields = again(who.kept, fresh, who) if number > 1 else fresh
        who.kept = fields
        if not fields and kind != "quiz":
            return "silent"
        return service.send("vote", who, [("round", str(opened.pk)), *fields])

    verdicts = Counter(pool.map(vote, people))
    closed = actions.close_round(opened, by=officer, now=timezone.now())
    cast = Counter(
        (group, json.dumps(given, ensure_ascii=False, sort_keys=True))
        for group, given in closed.ballots.values_list("group", "answer")
    )
    print(f"{slug} {number}: {dict(verdicts)}, {sum(cast.values())} ballots")
    if sum(cast.values()) != verdicts["recorded"]:
        raise SystemExit("The service did not count what it acknowledged.")
    actions.reveal(closed, by=officer, now=timezone.now())
    ballots = [[count, group, json.loads(text)] for (group, text), count in sorted(cast.items())]
    return {"statement": slug, "number": number, "ballots": ballots}


if __name__ == "__main__":
    main()
