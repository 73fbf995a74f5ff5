"""What officers do with plans of reconversion. One function per verb.

Every verb asks `permissions_plans` first and raises PermissionDenied.
"""

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.commons import hires
from bassin.errors import Refused
from bassin.indicators.numbers import period
from bassin.match.skills import permissions_plans as permissions
from bassin.match.skills.models import PlanStep, ReconversionPlan
from bassin.match.skills.reconversion.counts import BELOW, Pair
from bassin.match.skills.reconversion.plan import Plan
from bassin.parties.access import require
from bassin.parties.models import Person
from bassin.ui.reader import language

SIX_MONTHS = timedelta(days=182)
Stage = PlanStep.Stage


@transaction.atomic
def keep(made: Plan, *, by: Person, today: date, title: str, query: str) -> ReconversionPlan:
    """Keep a plan as it is today, with the address that makes it again.

    Raises:
        Refused: it has no title, or no exposed job.
    """
    require(permissions.can_keep(by))
    exposed, firm = made.asked.exposed, made.asked.firm
    if not title.strip():
        raise Refused(_("Give the plan a title."))
    if not exposed.main:
        raise Refused(_("This plan has no exposed job: there is nothing to follow."))
    return ReconversionPlan.objects.create(
        title=title.strip()[:160], firm_name=firm.name if firm else "",
        siren=firm.siren if firm else "",
        naf_code=next((each.naf_code for each in exposed.sites if each.naf_code), ""),
        commune_code=exposed.commune_code, jobs_low=exposed.whole.low,
        jobs_high=exposed.whole.high, day=made.asked.day,
        scheme=made.on_day.scheme.code if made.on_day.scheme else "",
        mode=made.asked.mode.value, minutes=made.asked.minutes, query=query,
        trades=[
            [code, part.low, float(part.central), part.high]
            for code in exposed.main for part in (exposed.parts[code],)
        ],
        written_on=today, written_by=by,
    )  # fmt: skip


@transaction.atomic
def count(
    plan: ReconversionPlan, *, by: Person, today: date, from_rome: str, to_rome: str, stage: str,
    number: int, on: date, why: str = "",
) -> PlanStep:  # fmt: skip
    """Count files begun or signed; a negative number corrects, with its reason.

    Raises:
        Refused: the day is to come, or the counts could not be true.
    """
    kept = _held(plan, by)
    if stage not in (Stage.BEGUN, Stage.SIGNED):
        raise Refused(_("A hire is counted by itself, with its employer and its day."))
    return _add(kept, by, today, PlanStep(
        from_rome=from_rome, to_rome=to_rome, stage=stage, count=number, on=on, why=why.strip(),
    ))  # fmt: skip


@transaction.atomic
def hire(
    plan: ReconversionPlan, *, by: Person, today: date, from_rome: str, to_rome: str,
    hired_on: date, employer_siret: str, token: str = "",
) -> PlanStep:  # fmt: skip
    """Count a hire: one placement, counted once for all services.

    Args:
        token: that by which another service counted this hire already; "" makes a new one.

    Raises:
        Refused: the hire cannot be counted, or was already for a plan.
    """
    kept = _held(plan, by)
    placement = hires.count(
        token.strip() or uuid4().hex, by=by, today=today, hired_on=hired_on,
        employer_siret=employer_siret, reference=kept.reference, rome_code=to_rome,
    )  # fmt: skip
    if PlanStep.objects.filter(placement=placement, stage=Stage.HIRED).exists():
        raise Refused(_("This hire is counted in a plan already: a person counts once."))
    return _add(kept, by, today, PlanStep(
        from_rome=from_rome, to_rome=to_rome, stage=Stage.HIRED, count=1, on=hired_on,
        placement=placement,
    ))  # fmt: skip


@transaction.atomic
def last(step: PlanStep, *, by: Person, today: date, on: date) -> PlanStep:
    """Say that somebody hired is still in the job six months later.

    Raises:
        Refused: it is too early, or was said already.
    """
    kept = _held(step.plan, by)
    if step.stage != Stage.HIRED or step.placement is None:
        raise Refused(_("Nobody was hired with this step."))
    first = step.placement.hired_on + SIX_MONTHS
    if on < first:
        raise Refused(_("It is too early: from {day} on.").format(
            day=period(first.isoformat(), language())))  # fmt: skip
    if PlanStep.objects.filter(placement=step.placement, stage=Stage.LASTING).exists():
        raise Refused(_("This was said already."))
    return _add(kept, by, today, PlanStep(
        from_rome=step.from_rome, to_rome=step.to_rome, stage=Stage.LASTING, count=1, on=on,
        placement=step.placement,
    ))  # fmt: skip


@transaction.atomic
def put_away(plan: ReconversionPlan, *, by: Person, why: str, now: datetime) -> ReconversionPlan:
    """Take a plan off the pages, with who and why. Nothing is deleted.

    Raises:
        Refused: nobody said why.
    """
    kept = _held(plan, by)
    if not why.strip():
        raise Refused(_("Say why it is put away."))
    kept.archived_at, kept.archived_by, kept.archived_why = now, by, why.strip()
    kept.save()
    return kept


def _add(plan: ReconversionPlan, by: Person, today: date, step: PlanStep) -> PlanStep:
    if step.on > today:
        raise Refused(_("This day is still to come."))
    if step.count < 0 and not step.why:
        raise Refused(_("Say why it is corrected."))
    if step.count == 0:
        raise Refused(_("Count one file or more, or correct with a negative number."))
    if step.from_rome not in {code for code, *_part in plan.trades}:
        raise Refused(_("This trade is not exposed in this plan."))
    step.plan, step.said_on, step.said_by, step.origin = plan, today, by, plan.origin
    _refuse_impossible(plan, step)
    step.save()
    return step


def _refuse_impossible(plan: ReconversionPlan, step: PlanStep) -> None:
    """Counts are those of files: none under zero, none more than those they come from."""
    key = (step.from_rome, step.to_rome)
    now = next((each for each in plan.pairs() if (each.from_rome, each.to_rome) == key), Pair(*key))
    held = {stage: getattr(now, stage) for stage in ("begun", "signed", "hired", "lasting")}
    held[step.stage] += step.count
    if min(held.values()) < 0:
        raise Refused(_("There would be fewer than no file."))
    if any(held[stage] > held[before] for stage, before in BELOW.items()):
        raise Refused(
            _("Files signed, or hired, come from files begun: count first those that began.")
        )


def _held(plan: ReconversionPlan, by: Person) -> ReconversionPlan:
    kept = ReconversionPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    require(permissions.can_follow(by, kept))
    return kept
