"""The sample's workshops: one that was held and published, and the one that follows it.

The run sheet is that of the elected officials' workshop in our own words. Its votes are invented:
a rehearsal of this very workshop drew them, answered through the running service
(`scripts/rehearse_sample.py`), and they are kept as data. Everything is marked as invented.
"""

import json
import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.utils import timezone

from bassin.debate.workshops import announcing, sample_votes
from bassin.debate.workshops.models import Option, Series, Statement, Step, Workshop
from bassin.types import Origin

INVENTED = Origin.INVENTED.value
FOLDER = "workshops"
FACTS, VOTES, FILM = "invented.toml", "invented-votes.json", "invented.webm"
CAPTIONS = "invented.vtt"
_STEP = ("kind", "title", "text", "minutes", "source", "speaker", "reference", "transcript")
_STATEMENT = ("kind", "text", "help", "target", "most", "columns")
_OPENING = {"fr": "Ce que sont devenus vos votes", "en": "What became of your votes"}

Facts = dict[str, Any]


def build(today: date) -> None:
    """Add the two workshops if they are missing; change nothing else."""
    folder = Path(settings.VAR) / "authority" / FOLDER
    if not (folder / FACTS).exists() or not (folder / VOTES).exists():
        return
    facts = read(folder)
    if Workshop.objects.filter(code=facts["workshop"]["code"]).exists():
        return
    held = prepare(facts, folder, today)
    votes = json.loads((folder / VOTES).read_text("utf-8"))
    sample_votes.hold(held, facts, votes, today)
    _following(facts, held, today)


def read(folder: Path) -> Facts:
    """What the file says."""
    return tomllib.loads((folder / FACTS).read_text("utf-8"))


def prepare(facts: Facts, folder: Path, today: date) -> Workshop:
    """The workshop with its run sheet, in preparation; nobody has answered."""
    series, _made = Series.objects.get_or_create(
        slug=facts["series"]["slug"], defaults={**facts["series"], "origin": INVENTED}
    )
    asked = {each["slug"]: _statement(each, facts["loop"]) for each in facts["statements"]}
    about = {name: facts["workshop"][name] for name in ("languages", "groups", "body")}
    workshop = Workshop.objects.create(series=series, **_said(facts["workshop"], today), **about)
    for order, line in enumerate(facts["steps"], 1):
        step = Step.objects.create(
            workshop=workshop, order=order, statement=asked.get(line.get("statement", "")),
            placeholder=bool(line.get("film")),
            **{name: line[name] for name in _STEP if name in line},
        )  # fmt: skip
        if line.get("film"):
            _show_film(step, folder)
    return workshop


def _said(facts: Facts, today: date) -> Facts:
    starts = datetime.combine(
        today + timedelta(days=facts["days"]), time.fromisoformat(facts["hour"])
    )
    return {
        "code": facts["code"], "title": facts["title"], "text": facts["text"],
        "place": facts["place"], "starts_at": timezone.make_aware(starts), "origin": INVENTED,
    }  # fmt: skip


def _statement(facts: Facts, card: Facts) -> Statement:
    plain: Facts = {name: facts[name] for name in _STATEMENT if name in facts}
    made, new = Statement.objects.get_or_create(
        slug=facts["slug"],
        defaults={**plain, "loop": card if facts.get("loop") else {}, "origin": INVENTED},
    )
    if new:
        Option.objects.bulk_create(
            Option(
                statement=made, order=order, code=option["code"], text=option["text"],
                truth=option.get("truth", {}),
            )
            for order, option in enumerate(facts.get("options", ()))
        )  # fmt: skip
    return made


def _show_film(step: Step, folder: Path) -> None:
    """The film that stands for the one the authority has not put there, and its captions."""
    for name, kept in ((FILM, step.film), (CAPTIONS, step.captions)):
        with (folder / name).open("rb") as file:
            kept.save(name, File(file))


def _following(facts: Facts, held: Workshop, today: date) -> None:
    """The next workshop: what became of the votes, then some of the same statements."""
    coming = facts["following"]
    made = Workshop.objects.create(
        **_said(coming, today), languages=held.languages, series=held.series, body=held.body,
        groups=held.groups, previous=held,
    )  # fmt: skip
    Step.objects.create(workshop=made, order=0, kind=Step.Kind.BECAME, minutes=10, title=_OPENING)
    for order, slug in enumerate(coming["again"], 1):
        before = held.steps.get(statement__slug=slug)
        Step.objects.create(
            workshop=made, order=order, kind=Step.Kind.VOTE, minutes=5, title=before.title,
            statement=before.statement,
        )  # fmt: skip
    announcing.put(made)
