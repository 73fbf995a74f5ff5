"""The chain from a signal to a figure: what each system says at its step, for one reader, one day.

A system names its functions in its `system.py`; the one that shows the chain asks them here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bassin.systems import Taking, call, speakers


@dataclass(frozen=True, slots=True)
class Alarm:
    """A signal, told to a person who may see it, as it was known on a day.

    `who` may name a firm: never put it where anybody may read. `parts` are the least and the most
    jobs by activity; `proofs` their day, words and source, oldest first; `basis` on what it rests.
    """

    reference: str
    who: str
    what: str
    on: date
    found_on: date
    basis: str
    jobs: str
    url: str
    state: str
    led_by: str
    siren: str
    sites: tuple[str, ...]
    naf_code: str
    commune_code: str
    parts: Mapping[str, tuple[int, int]]
    low: int | None
    high: int | None
    proofs: tuple[tuple[date, str, str], ...]
    origin: str = "real"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a chain is about: a firm's jobs, seen on a `day`; `since` is when it began.

    `references` are the records that it goes through. `siret` is empty where no number is known;
    `planned` are the jobs that somebody who settles would bring.
    """

    references: tuple[str, ...]
    since: date
    day: date
    siret: str = ""
    naf_code: str = ""
    commune_code: str = ""
    parts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    planned: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What one system says at one step, on the day of its subject.

    `state` is "done", "todo" or "ask" (something is to be asked); `template` is rendered with
    `context`, as a card's is; `todo` is where the next thing is done.
    """

    state: str
    said: str
    template: str
    context: dict[str, Any]
    on: date | None = None
    who: str = ""
    todo: tuple[Taking, ...] = ()


def alarm(reference: str, person: Any, day: date, language: str) -> Alarm | None:
    """The signal behind a reference; None when there is none that this person may see."""
    told = (call(each.alarm)(reference, person, day, language) for each in speakers() if each.alarm)
    return next((found for found in told if found is not None), None)


def at_risk(person: Any, day: date) -> dict[str, tuple[int, int]]:
    """The least and the most jobs that hang on each signal open on a day.

    {} for who may not see all signals.
    """
    found: dict[str, tuple[int, int]] = {}
    for each in speakers():
        if each.at_risk:
            found |= call(each.at_risk)(person, day)
    return found


def step(kind: str, subject: Subject, person: Any, language: str) -> Step | None:
    """What is said at one step, or None when nobody speaks.

    Steps are "aids", "trades", "action", "figure"; of who settles here, "settling" and "training".
    """
    told = (
        call(each.steps[kind])(subject, person, language)
        for each in speakers()
        if kind in each.steps
    )
    return next((found for found in told if found is not None), None)
