"""What a facilitator has before them: where the room is, the next thing to do, the run sheet.

Everything comes from the database: whoever opens the page from another device takes over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bassin.debate.workshops import asking
from bassin.debate.workshops.actions_moderation import holds_texts
from bassin.debate.workshops.models import Round, Step, Ticket, Workshop

STATES = {
    Round.State.OPEN: gettext_lazy("question open"),
    Round.State.PAUSED: gettext_lazy("question held"),
    Round.State.CLOSED: gettext_lazy("question closed"),
    Round.State.REVEALED: gettext_lazy("result shown"),
    Round.State.VOID: gettext_lazy("set aside"),
}
RUNNING = (Round.State.OPEN, Round.State.PAUSED)


@dataclass(frozen=True, slots=True)
class Deed:
    """One button. `confirm` is what to know before an act that cannot be undone."""

    name: str
    label: str
    icon: str = ""
    confirm: str = ""
    danger: bool = False
    step: int = 0
    round: int = 0
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the run sheet, with where its question stands."""

    step: Step
    title: str
    kind: str
    rounds: tuple[Round, ...]
    told: tuple[str, ...]
    now: bool
    done: bool

    @property
    def state(self) -> str:
        """In words: on the screen, done, or nothing yet."""
        if self.now:
            return _("on the screen")
        return _("done") if self.done else ""


@dataclass(frozen=True, slots=True)
class Pace:
    """Time, told without hurrying anybody."""

    planned: int
    elapsed: int
    end: datetime | None

    @property
    def said(self) -> str:
        """How long this step has lasted, and what was planned."""
        if not self.planned:
            return ngettext("On the screen for {count} minute.",
                            "On the screen for {count} minutes.",
                            self.elapsed).format(count=self.elapsed)  # fmt: skip
        lasted = ngettext("On the screen for {count} minute;", "On the screen for {count} minutes;",
                          self.elapsed).format(count=self.elapsed)  # fmt: skip
        planned = ngettext("{count} was planned.", "{count} were planned.",
                           self.planned).format(count=self.planned)  # fmt: skip
        return f"{lasted} {planned}"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many came in, and how many answered the question that is open."""

    inside: int
    answered: int = 0
    by_hand: int = 0


def lines(workshop: Workshop, language: str) -> list[Line]:
    """The run sheet, with its rounds."""
    steps = workshop.steps.select_related("statement").prefetch_related("rounds")
    found = []
    shown = {each.pk for each in steps if each.began_at is not None}
    for step in steps:
        rounds = tuple(sorted(step.rounds.all(), key=lambda each: each.number))
        here = workshop.state == Workshop.State.LIVE and step.pk == workshop.step_id
        found.append(
            Line(
                step=step, title=asking.said(step.title, language), kind=kind_of(step),
                rounds=rounds, told=_told(rounds), now=here, done=step.pk in shown and not here,
            )
        )  # fmt: skip
    return found


def _told(rounds: Sequence[Round]) -> tuple[str, ...]:
    """Where each round stands, in words."""
    states = [str(STATES.get(Round.State(each.state), "")) for each in rounds]
    if len(rounds) < 2:
        return tuple(state for state in states if state)
    return tuple(
        _("round {number}: {state}").format(number=each.number, state=state)
        for each, state in zip(rounds, states, strict=True)
    )


def kind_of(step: Step) -> str:
    """What a step is, in words: the kind of its question when it asks one."""
    if step.statement is not None:
        return str(step.statement.get_kind_display())
    return str(step.get_kind_display())


def current_round(workshop: Workshop) -> Round | None:
    """The last round of the step on the screen, void ones apart."""
    if workshop.step is None:
        return None
    rounds = workshop.step.rounds.exclude(state=Round.State.VOID)
    return rounds.select_related("workshop", "step__statement").order_by("-number").first()


def counts(workshop: Workshop, asked: Round | None) -> Counts:
    """How many devices came in, and how many answers the open question has."""
    inside = workshop.tickets.filter(state=Ticket.State.CLAIMED)
    by_hand = (Ticket.Channel.PAPER, Ticket.Channel.PROXY)
    if asked is None or asked.state not in RUNNING:
        return Counts(inside.exclude(channel__in=by_hand).count())
    answers = asked.participations
    return Counts(
        inside.exclude(channel__in=by_hand).count(),
        answers.count(),
        answers.filter(ticket__channel__in=by_hand).count(),
    )


def pace(workshop: Workshop, sheet: list[Line], now: datetime) -> Pace | None:
    """The time of the step on the screen; when all would end if the plan is kept from here."""
    step = next((line.step for line in sheet if line.now), None)
    if step is None or step.began_at is None:
        return None
    elapsed = max(0, int((now - step.began_at).total_seconds() // 60))
    planned = step.minutes or 0
    after = sheet[[line.now for line in sheet].index(True) + 1 :]
    left = sum(line.step.minutes or 0 for line in after) + max(0, planned - elapsed)
    has_plan = any(line.step.minutes for line in sheet)
    return Pace(planned, elapsed, now + timedelta(minutes=left) if has_plan else None)


def deeds(workshop: Workshop, sheet: list[Line], asked: Round | None, said: Counts) -> list[Deed]:
    """What may be done now, the next thing first."""
    if workshop.state == Workshop.State.DRAFT:
        return [Deed("advance-lobby", _("Open the doors"), "users")]
    if workshop.state == Workshop.State.LOBBY:
        return [Deed("advance-live", _("Begin the workshop"), "play")]
    if workshop.state != Workshop.State.LIVE:
        return _afterwards(workshop)
    onward = _onward(sheet)
    here = next((line.step for line in sheet if line.now), None)
    if here is None or here.statement is None:
        return onward
    if asked is None:
        return [Deed("open", _("Open the question"), "play", step=here.pk), *onward]
    return _of_round(here, asked, said, onward)


def _afterwards(workshop: Workshop) -> list[Deed]:
    """Once it is over: its minutes, and what its votes become."""
    written, follow, read = (
        reverse(f"workshops:{name}", args=[workshop.code])
        for name in ("minutes", "follow_up", "synthesis")
    )
    synthesis = Deed("read", _("Read the synthesis"), "file-text", url=read)
    if workshop.rehearsal or workshop.state != Workshop.State.CLOSED:
        return [synthesis]
    return [
        Deed("minutes", _("Write the synthesis"), "file-text", url=written),
        Deed("follow", _("Say what follows from each vote"), "arrow-right", url=follow),
        synthesis,
    ]


def _onward(sheet: list[Line]) -> list[Deed]:
    """To the next step; at the last one, the end."""
    places = [line.now for line in sheet]
    at = places.index(True) if True in places else -1
    if at + 1 < len(sheet):
        line = sheet[at + 1]
        label = _("Next: {title}").format(title=line.title)
        return [Deed("go", label, "chevron-right", step=line.step.pk)]
    return [Deed("advance-closed", _("Close the workshop"), "circle-check", confirm=_(
        "The room sees that it is over and nobody answers any more. It does not open again."
    ))]  # fmt: skip


def _of_round(here: Step, asked: Round, said: Counts, onward: list[Deed]) -> list[Deed]:
    close = Deed(
        "close", _("Close the question"), "octagon-x", confirm=_closing(said), round=asked.pk
    )
    if asked.state == Round.State.OPEN:
        return [close, Deed("pause", _("Hold it for a moment"), "pause", round=asked.pk)]
    if asked.state == Round.State.PAUSED:
        return [Deed("resume", _("Take answers again"), "play", round=asked.pk), close]
    again = Deed("open", _("Ask again after the debate"), "message-circle", step=here.pk, confirm=_(
        "A new round begins. The result of this one stays, and what moved is shown."
    ))  # fmt: skip
    if asked.state == Round.State.REVEALED:
        return [*onward, again]
    show = Deed("reveal", _("Show the result to the room"), "eye", round=asked.pk)
    if holds_texts(asked):
        return [_reading(asked), show, *onward, again]
    return [show, *onward, again]


def _closing(said: Counts) -> str:
    told = ngettext("{count} answer came in,", "{count} answers came in,",
                    said.answered).format(count=said.answered)  # fmt: skip
    inside = said.inside + said.by_hand
    people = ngettext("from {count} person present.", "from {count} people present.",
                      inside).format(count=inside)  # fmt: skip
    return " ".join([told, people, _("After this, no answer is taken or changed.")])


def _reading(asked: Round) -> Deed:
    url = reverse("workshops:texts", args=[asked.workshop.code, asked.pk])
    return Deed("texts", _("Read what was written"), "message-circle", url=url)


def setting_aside(asked: Round | None) -> Round | None:
    """The round that may be set aside, if any."""
    return asked if asked is not None and asked.state != Round.State.PENDING else None


def console(workshop: Workshop, language: str, now: datetime) -> dict[str, Any]:
    """All that the console shows."""
    sheet = lines(workshop, language)
    asked = current_round(workshop) if workshop.state == Workshop.State.LIVE else None
    said = counts(workshop, asked)
    todo = deeds(workshop, sheet, asked, said)
    here = next((line for line in sheet if line.now), None)
    return {
        "workshop": workshop,
        "title": asking.said(workshop.title, language),
        "sheet": sheet,
        "here": here,
        "asked": asked,
        "asked_state": STATES.get(Round.State(asked.state), "") if asked is not None else "",
        "counts": said,
        "running": asked is not None and asked.state in RUNNING,
        "first": todo[0] if todo else None,
        "others": todo[1:],
        "pace": pace(workshop, sheet, now),
        "void": setting_aside(asked),
        "headline": _headline(here, asked, language),
        "result": asked.results if asked is not None and asked.state not in RUNNING else None,
        "language": language,
    }


def _headline(here: Line | None, asked: Round | None, language: str) -> str:
    """The words of the question, unless the title of the step says them already."""
    if here is None or here.step.statement is None:
        return ""
    texts = asked.asked["text"] if asked is not None else here.step.statement.text
    words = asking.said(texts, language)
    return "" if words.startswith(here.title.rstrip("…")) and len(words) < 160 else words
