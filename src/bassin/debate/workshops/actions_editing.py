"""Preparing a workshop: what is written of it, its steps in their order, who runs it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from bassin.debate.workshops import keys, permissions, results
from bassin.debate.workshops.actions import tell
from bassin.debate.workshops.models import Facilitator, Series, Step, Workshop
from bassin.errors import Refused
from bassin.parties.access import is_officer, require
from bassin.parties.models import Person

FREE = ("title", "text", "starts_at", "place", "languages", "body", "framework", "series",
        "previous")  # fmt: skip
PROMISED = ("access", "secrecy", "groups", "min_group")
"""What was promised to those who came in: it no longer changes once the doors are open."""
LINKS = ("series", "previous")
"""Where a workshop stands among others: all that still changes once it is published."""

STEP_FIELDS = ("kind", "title", "text", "source", "minutes", "speaker", "reference", "film",
               "captions", "transcript", "placeholder")  # fmt: skip
SERIES_FIELDS = ("title", "text", "public")

_OVER = {Workshop.State.CLOSED, Workshop.State.PUBLISHED, Workshop.State.ARCHIVED}
_TRIES = 50


def free_code() -> str:
    """A code that no workshop has.

    Raises:
        Refused: none was found, which happens only when nearly all are taken.
    """
    for _try in range(_TRIES):
        code = keys.new_code()
        if not Workshop.objects.filter(code=code).exists():
            return code
    raise Refused(_("No code is free. Put away workshops that are over, then try again."))


@transaction.atomic
def create(*, by: Person, now: datetime, **facts: Any) -> Workshop:
    """Begin a workshop, in preparation."""
    require(permissions.can_prepare(by) and set(facts) <= {*FREE, *PROMISED})
    languages = facts.pop("languages", None) or ["fr"]
    return Workshop.objects.create(code=free_code(), languages=languages, **facts)


@transaction.atomic
def edit(workshop: Workshop, *, typed: Mapping[str, Any], by: Person) -> Workshop:
    """Change what is written of a workshop.

    Raises:
        Refused: what was promised to those who came in, or what is published, would change.
    """
    require(permissions.can_prepare(by, workshop) and set(typed) <= {*FREE, *PROMISED})
    held = _held(workshop)
    moved = [name for name in typed if getattr(held, name) != typed[name]]
    if set(moved) - set(LINKS):
        results.unpublished(held)
    if held.state != Workshop.State.DRAFT and set(moved) & set(PROMISED):
        raise Refused(
            _("The doors are open: who answers, the secrecy and the groups no longer change. "
              "Duplicate the workshop to change them.")
        )  # fmt: skip
    if "previous" in moved and typed["previous"] is not None and typed["previous"].pk == held.pk:
        raise Refused(_("A workshop does not follow itself. Choose the one before."))
    for name in moved:
        setattr(held, name, typed[name])
    if moved:
        held.save(update_fields=moved)
        tell(held)
    return held


def _held(workshop: Workshop) -> Workshop:
    return Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)


def writable(workshop: Workshop) -> Workshop:
    """The workshop, held, while its run sheet may change.

    Raises:
        Refused: it is over.
    """
    held = _held(workshop)
    if held.state in _OVER:
        raise Refused(
            _("This workshop is over: its run sheet no longer changes. Duplicate it to go on.")
        )
    return held


@transaction.atomic
def add_step(workshop: Workshop, *, by: Person, after: Step | None = None, **facts: Any) -> Step:
    """Write a step, at the end or after another.

    Raises:
        Refused: the workshop is over.
    """
    require(permissions.can_prepare(by, workshop) and set(facts) <= {*STEP_FIELDS, "statement"})
    require(after is None or after.workshop_id == workshop.pk)
    held = writable(workshop)
    last = held.steps.aggregate(last=Max("order"))["last"] or 0
    made = Step.objects.create(workshop=held, order=last + 1, **facts)
    if after is not None:
        others = [each for each in held.steps.all() if each.pk != made.pk]
        at = [each.pk for each in others].index(after.pk) + 1
        _number([*others[:at], made, *others[at:]])
    tell(held)
    made.refresh_from_db()
    return made


@transaction.atomic
def edit_step(step: Step, *, typed: Mapping[str, Any], by: Person) -> Step:
    """Change what a step says; open pages see it at once.

    Raises:
        Refused: the workshop is over.
    """
    require(permissions.can_prepare(by, step.workshop) and set(typed) <= set(STEP_FIELDS))
    held = writable(step.workshop)
    for name, value in typed.items():
        setattr(step, name, value)
    step.save(update_fields=list(typed))
    tell(held)
    return step


@transaction.atomic
def move_step(step: Step, *, places: int, by: Person) -> None:
    """Move a step towards the end, or towards the beginning with a negative number.

    Raises:
        Refused: the workshop is over.
    """
    require(permissions.can_prepare(by, step.workshop))
    held = writable(step.workshop)
    steps = list(held.steps.all())
    at = [each.pk for each in steps].index(step.pk)
    moved = steps.pop(at)
    steps.insert(max(0, min(at + places, len(steps))), moved)
    _number(steps)
    tell(held)


def _number(steps: Sequence[Step]) -> None:
    for order, step in enumerate(steps, start=1):
        if step.order != order:
            step.order = order
            step.save(update_fields=["order"])


@transaction.atomic
def remove_step(step: Step, *, by: Person) -> None:
    """Take a step out of the run sheet.

    Raises:
        Refused: it is on the screen, it was put to the vote, or the workshop is over.
    """
    require(permissions.can_prepare(by, step.workshop))
    held = writable(step.workshop)
    if held.step_id == step.pk:
        raise Refused(_("This step is on the screen. Show another one first."))
    if step.rounds.exists():
        raise Refused(_("This question was put to the vote: it stays, with its result."))
    step.delete()
    _number(list(held.steps.all()))
    tell(held)


@transaction.atomic
def extend(step: Step, *, minutes: int, by: Person) -> Step:
    """Give a step more minutes than planned.

    Raises:
        Refused: it would be less than nothing, or more than a day.
    """
    require(permissions.can_run(by, step.workshop))
    held = Step.objects.select_for_update(of=("self",)).get(pk=step.pk)
    planned = (held.minutes or 0) + minutes
    if not 0 < planned <= 24 * 60:
        raise Refused(_("A step lasts from one minute to a day."))
    held.minutes = planned
    held.save(update_fields=["minutes"])
    return held


@transaction.atomic
def name_facilitator(workshop: Workshop, person: Person, *, by: Person) -> Facilitator:
    """Let someone who is no officer run a workshop."""
    require(permissions.can_name_facilitators(by, workshop))
    made, _new = Facilitator.objects.get_or_create(workshop=workshop, person=person)
    return made


def dismiss_facilitator(facilitator: Facilitator, *, by: Person) -> None:
    """They no longer run it."""
    require(permissions.can_name_facilitators(by, facilitator.workshop))
    facilitator.delete()


@transaction.atomic
def write_series(series: Series | None, *, by: Person, **facts: Any) -> Series:
    """Begin or change a series.

    Raises:
        Refused: its address is taken.
    """
    require(is_officer(by) and set(facts) <= {*SERIES_FIELDS, "slug"})
    if series is None:
        if Series.objects.filter(slug=facts.get("slug")).exists():
            raise Refused(_("The address {slug} is taken.").format(slug=facts["slug"]))
        return Series.objects.create(**facts)
    for name in SERIES_FIELDS:
        setattr(series, name, facts.get(name, getattr(series, name)))
    series.save()
    return series


@transaction.atomic
def put_away(workshop: Workshop, *, why: str, by: Person, now: datetime) -> Workshop:
    """Put a workshop away: nothing is lost, and it leaves every list.

    Raises:
        Refused: people are in it, or no reason was given.
    """
    require(permissions.can_prepare(by, workshop))
    held = _held(workshop)
    if held.state in (Workshop.State.LOBBY, Workshop.State.LIVE):
        raise Refused(_("People are in this workshop. Close it first."))
    if not why.strip():
        raise Refused(_("Say why this workshop is put away."))
    held.archived_at, held.archived_by, held.archived_why = now, by, why.strip()[:300]
    held.save(update_fields=["archived_at", "archived_by", "archived_why"])
    return held


@transaction.atomic
def bring_back(workshop: Workshop, *, by: Person) -> Workshop:
    """Take a workshop out of what was put away."""
    require(permissions.can_prepare(by, workshop))
    held = _held(workshop)
    held.archived_at, held.archived_by, held.archived_why = None, None, ""
    held.save(update_fields=["archived_at", "archived_by", "archived_why"])
    return held


@transaction.atomic
def keep_for_reading(workshop: Workshop, *, by: Person) -> Workshop:
    """A published workshop enters the archives: still read by everyone, no longer news.

    Raises:
        Refused: it is not published.
    """
    require(permissions.can_publish(by, workshop))
    held = _held(workshop)
    if held.state != Workshop.State.PUBLISHED:
        raise Refused(_("Publish its synthesis first."))
    held.state = Workshop.State.ARCHIVED
    held.save(update_fields=["state"])
    return held
