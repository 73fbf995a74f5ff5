"""Trying a workshop out: simulated participants who come in and answer through the running service.

They do what telephones do, by HTTP: the code, a ticket, an answer acknowledged. What the service
told as recorded is compared with what it kept. All of it is a rehearsal, marked as invented.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bassin.debate.workshops import actions, actions_moderation, forms_live, simulating
from bassin.debate.workshops.models import Round, Step, Workshop
from bassin.debate.workshops.simulating import Participant
from bassin.errors import Refused
from bassin.parties.models import Person

AT_ONCE = 24
"""Answers on their way at the same moment."""

TRIES = 30
PAUSE = 0.3
TIMEOUT = 30
FEWEST, MOST = 5, 2000

Told = Callable[[str], None]
Fields = Sequence[tuple[str, str]]


class Ticketed(Protocol):
    """Whoever holds a ticket, as the cookie that the service gave."""

    cookie: str


@dataclass(slots=True)
class Device:
    """A telephone that is not there: who holds it, and its ticket."""

    who: Participant
    cookie: str = ""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What was done: people in, and for each question what was acknowledged and what was kept."""

    inside: int
    questions: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def acknowledged(self) -> int:
        """How many answers the service told as recorded, one a person and a question."""
        return sum(told for _title, told, _kept in self.questions)

    @property
    def exact(self) -> bool:
        """Whether the service kept what it told, no more and no less."""
        return all(told == kept for _title, told, kept in self.questions)


def address_of_service() -> str:
    """Where the service of this installation answers.

    Raises:
        Refused: it does not run here.
    """
    try:
        noted = json.loads((Path(settings.VAR) / "run" / "serve.json").read_text("utf-8"))
        found = str(noted["url"])
    except (OSError, ValueError, KeyError) as error:
        raise Refused(
            _("The service does not run here. Start it with bassin serve, then rehearse.")
        ) from error
    return found.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")


def check(workshop: Workshop, participants: int) -> None:
    """Ask before a copy is made, so that none is left behind by a rehearsal that cannot begin.

    Raises:
        Refused: it has no step, or so many people cannot be simulated.
    """
    if not workshop.steps.exists():
        raise Refused(_("Write at least one step before you rehearse."))
    if not FEWEST <= participants <= MOST:
        raise Refused(
            _("Simulate from {fewest} to {most} participants.").format(fewest=FEWEST, most=MOST)
        )


def rehearse(
    workshop: Workshop, *, participants: int, by: Person, address: str = "", seed: int = 1,
    told: Told = lambda said: None,
) -> Rehearsed:  # fmt: skip
    """Play a rehearsal from its doors to its end.

    Args:
        workshop: the copy to play (`actions_copying.rehearsal`), in preparation.
        address: of the running service; by default, that of this installation.
        told: is called with a sentence at each step, to show how far it is.

    Raises:
        Refused: it is no rehearsal, has begun, or the service does not answer.
    """
    if not workshop.rehearsal or workshop.state != Workshop.State.DRAFT:
        raise Refused(_("Only a rehearsal that has not begun is played: make a new copy."))
    check(workshop, participants)
    service = Service(address or address_of_service(), workshop.code)
    devices = [Device(who) for who in simulating.room(participants, seed)]
    try:
        return _play(workshop, devices, service, by, told)
    except BaseException:
        # Whatever stopped it, no copy stays under way, to be mistaken for a workshop.
        stop(workshop, by=by, now=timezone.now())
        raise


def _play(
    workshop: Workshop, devices: Sequence[Device], service: "Service", by: Person, told: Told
) -> Rehearsed:
    """From the doors to the end."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        actions.advance(workshop, to=Workshop.State.LOBBY, by=by, now=timezone.now())
        inside = sum(pool.map(service.join, devices))
        told(_("{count} simulated participants are in.").format(count=inside))
        actions.advance(workshop, to=Workshop.State.LIVE, by=by, now=timezone.now())
        done = Rehearsed(inside)
        for step in workshop.steps.select_related("statement"):
            actions.go_to(workshop, step, by=by, now=timezone.now())
            if step.statement is not None:
                counted = _played(workshop, step, service, devices, pool, by)
                done.questions.append(counted)
                told(_("{title}: {count} answers.").format(title=counted[0], count=counted[1]))
    actions.advance(workshop, to=Workshop.State.CLOSED, by=by, now=timezone.now())
    return done


@transaction.atomic
def stop(workshop: Workshop, *, by: Person, now: datetime) -> Workshop:
    """End a rehearsal wherever it is: its open question closes, its doors too.

    Raises:
        Refused: it is a workshop, not a rehearsal.
    """
    if not workshop.rehearsal:
        raise Refused(_("Only a rehearsal is stopped so: close this workshop from its console."))
    held = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
    for each in held.rounds.filter(state__in=[Round.State.OPEN, Round.State.PAUSED]):
        actions.close_round(each, by=by, now=now)
    following = {"draft": ("lobby", "live", "closed"), "lobby": ("live", "closed"),
                 "live": ("closed",)}  # fmt: skip
    for state in following.get(held.state, ()):
        held = actions.advance(held, to=state, by=by, now=now)
    return held


def _played(
    workshop: Workshop, step: Step, service: "Service", devices: Iterable[Device],
    pool: ThreadPoolExecutor, by: Person,
) -> tuple[str, int, int]:  # fmt: skip
    """One question: opened, answered by all at once, closed, read and shown."""
    fresh = Step.objects.select_related("statement", "workshop").get(pk=step.pk)
    opened = actions.open_round(fresh, by=by, now=timezone.now())
    verdicts = Counter(pool.map(lambda device: service.answer(opened, device), devices))
    closed = actions.close_round(opened, by=by, now=timezone.now())
    kept = closed.ballots.count()
    if actions_moderation.holds_texts(closed):
        said = actions_moderation.gather(closed, by=by)
        expressions = [each.expression for each in said]
        if expressions:
            actions_moderation.show(expressions, by=by, now=timezone.now())
    actions.reveal(closed, by=by, now=timezone.now())
    return str(fresh.title.get("fr", "")), verdicts["recorded"], kept


class Service:
    """The running service, as a telephone sees it."""

    def __init__(self, address: str, code: str) -> None:
        parts = urlsplit(address)
        self.secure = parts.scheme == "https"
        self.host, self.port, self.code = parts.hostname or "127.0.0.1", parts.port, code

    def join(self, device: Device) -> bool:
        """Come in with the code; whether a ticket was given."""
        self.send("join", device, [])
        return bool(device.cookie)

    def answer(self, opened: Round, device: Device) -> str:
        """Answer, sometimes change it; the last verdict, "silent" from who does not answer."""
        verdict = self._one(opened, device)
        if verdict == "recorded" and device.who.draw.random() < simulating.CHANGES:
            verdict = self._one(opened, device, again=True)
        return verdict

    def _one(self, opened: Round, device: Device, *, again: bool = False) -> str:
        given = simulating.answer(opened.asked, device.who)
        if given is None:
            # Somebody who thinks twice and then says nothing keeps the answer given before.
            return "recorded" if again else "silent"
        fields = [("round", str(opened.pk)), *forms_live.fields(given)]
        return self.send("vote", device, fields)

    def send(self, what: str, device: "Ticketed", fields: Fields) -> str:
        """Send as a telephone does, and again while the service is busy or out of reach.

        Args:
            what: "join" or "vote".

        Returns:
            The verdict.

        Raises:
            Refused: the service does not answer, or does not hold this workshop.
        """
        for attempt in range(TRIES):
            try:
                status, verdict = self._post(what, device, fields)
            except (OSError, HTTPException):
                if attempt == TRIES - 1:
                    break
                status, verdict = 503, ""
            if status not in (502, 503, 504):
                return verdict
            time.sleep(PAUSE)
        raise Refused(
            _("The service does not answer at {host}. Is it running?").format(host=self.host)
        )

    def _post(self, what: str, device: "Ticketed", fields: Fields) -> tuple[int, str]:
        make = HTTPSConnection if self.secure else HTTPConnection
        line = make(self.host, self.port, timeout=TIMEOUT)
        try:
            line.request(
                "POST", f"/live/workshops/{self.code}/{what}", urlencode(fields),
                {
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Accept": "application/json", "Cookie": device.cookie,
                },
            )  # fmt: skip
            answer = line.getresponse()
            body = answer.read()
        finally:
            line.close()
        if answer.status == 404:
            raise Refused(_("The service there does not hold this workshop."))
        device.cookie = (answer.headers.get("Set-Cookie") or device.cookie).partition(";")[0]
        return answer.status, str(json.loads(body or b"{}").get("verdict", ""))
