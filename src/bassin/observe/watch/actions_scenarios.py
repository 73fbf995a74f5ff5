"""What people do with crisis scenarios: keep one for good, and set what happened beside it."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.indicators.scenarios import jobs
from bassin.indicators.scenarios.declared import Scenario
from bassin.observe.watch import permissions
from bassin.observe.watch.models import CrisisScenario, CrisisScore
from bassin.observe.watch.scenarios.asked import too_far
from bassin.observe.watch.scenarios.record import Result, kept_shocks, marked
from bassin.observe.watch.scenarios.scoring import scored
from bassin.parties.access import require
from bassin.parties.models import Person


@transaction.atomic
def keep(
    result: Result, scenario: Scenario, *, by: Person, now: datetime, today: date, name: str,
    why: str, horizon: date, start: int | None, follows: CrisisScenario | None = None,
) -> CrisisScenario:  # fmt: skip
    """Keep what a scenario says, with who supposes it and why.

    Args:
        follows: the kept scenario that this one changes: it becomes its next version.

    Raises:
        Refused: it has no name or no reason, or its horizon is not after its jobs.
    """
    require(permissions.can_suppose(by))
    check(jobs.day(result.study.period), horizon)
    told, reason = " ".join(name.split()), why.strip()
    if not told or not reason:
        raise Refused(_("Give it a name, and say why you suppose this: both are kept with it."))
    family = follows.family if follows else uuid.uuid4()
    last = CrisisScenario.objects.filter(family=family).aggregate(last=Max("version"))["last"]
    return CrisisScenario.objects.create(
        name=told[:120], why=reason[:2000], family=family, version=(last or 0) + 1,
        base=scenario.id, base_version=scenario.version, author=by, made_at=now, horizon=horizon,
        start=start, afterwards=horizon < today, shocks=kept_shocks(scenario),
        place_key=result.study.place.key, source=result.study.source.code,
        period=result.study.period, release=result.record["release"], result=result.record,
        origin=marked(result.record).value,
    )  # fmt: skip


def check(start: date, horizon: date) -> None:
    """Refuse a horizon that is not after the jobs it starts from, or ten years later.

    Raises:
        Refused: so it is.
    """
    if horizon <= start:
        raise Refused(
            _("The horizon ({horizon}) must come after the jobs it starts from ({start}).").format(
                horizon=horizon.isoformat(), start=start.isoformat()
            )
        )
    if too_far(start, horizon):
        raise Refused(_("The horizon is more than ten years away: choose a nearer one."))


def score_all(house: House, today: date) -> int:
    """Score each kept scenario whose data have moved on; returns how many scores are new.

    A score is never rewritten: a later period makes another one. After the final one, none.
    """
    made = 0
    for kept in CrisisScenario.objects.exclude(scores__final=True).order_by("pk"):
        found = scored(house, kept, kept.horizon)
        if found is None:
            continue
        _score, fresh = CrisisScore.objects.get_or_create(
            scenario=kept, period=found["period"], table_version=found["table_version"],
            defaults={"release": house.reader.name, "scored_on": today,
                      "final": found.pop("final"), "result": found},
        )  # fmt: skip
        made += fresh
    return made
