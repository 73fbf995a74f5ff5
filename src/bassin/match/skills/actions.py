"""What people do in skills. One function per verb; pages and the sample call these.

Every verb asks `permissions` first and raises PermissionDenied.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.match.skills import permissions
from bassin.match.skills.models import Assumption, GreenProject
from bassin.parties.access import require
from bassin.parties.models import Organisation, Person

PERCENT = {"older", "ready", "insertion"}
COUNTS = {"leavers"}
MOST_GROWTH = 30


@transaction.atomic
def assume(
    *, by: Person, today: date, term: str, values: tuple[float, float, float], why: str,
    sector: str = "", rome_code: str = "", applies_from: date | None = None,
) -> Assumption:  # fmt: skip
    """Write a hypothesis; those before it stay, and are read for the days before it.

    Raises:
        Refused: its values are not in order or cannot be; or nobody could know why.
    """
    require(permissions.can_assume(by))
    low, central, high = values
    if not low <= central <= high:
        raise Refused(_("Low, central and high must be in this order."))
    _refuse_impossible(term, low, high)
    if not why.strip():
        raise Refused(
            _("Say why, and from which source: a hypothesis without a reason is not read.")
        )
    if sector and rome_code:
        raise Refused(_("A hypothesis is for a sector or for a trade, not for both."))
    if sector and term != Assumption.Term.GROWTH:
        raise Refused(_("Only the growth of jobs goes by sector; the rest goes by trade."))
    return Assumption.objects.create(
        term=term, sector=sector, rome_code=rome_code, low=low, central=central, high=high,
        applies_from=applies_from or today, why=why.strip(), written_on=today, written_by=by,
    )  # fmt: skip


def _refuse_impossible(term: str, low: float, high: float) -> None:
    if term in PERCENT and not (low >= 0 and high <= 100):
        raise Refused(_("A share is between 0 and 100 %."))
    if term == "older" and not (low > 0 and high < 100):
        raise Refused(_("Some are younger, some are older: more than 0, less than 100 %."))
    if term == "growth" and not (low >= -MOST_GROWTH and high <= MOST_GROWTH):
        raise Refused(_("No trade grows or shrinks by more than {most} % a year for years.").format(
            most=MOST_GROWTH))  # fmt: skip
    if term in COUNTS | {"turnover"} and low < 0:
        raise Refused(_("A number of people is not negative."))


FIELDS = ("title", "text", "rome_code", "positions", "wanted_on", "skills", "commune_code")
"""What may be written of a project; the rest follows from verbs."""


@transaction.atomic
def declare(
    *, by: Person, today: date, firm: Organisation | None = None, firm_name: str = "",
    **fields: Any,
) -> GreenProject:  # fmt: skip
    """Begin a project of green jobs; nobody but its firm and officers sees it yet.

    Raises:
        Refused: no firm is named, or its date has passed.
    """
    require(permissions.can_declare(by, firm) if firm else permissions.can_assume(by))
    if firm is None and not firm_name.strip():
        raise Refused(_("Say which firm it is."))
    project = GreenProject(firm=firm, firm_name=firm_name.strip(), written_on=today, written_by=by)
    _write(project, fields, today)
    return project


@transaction.atomic
def change(
    project: GreenProject, *, by: Person, today: date, edition: int = 0, **fields: Any
) -> GreenProject:
    """Change a project.

    Raises:
        Refused: someone changed it meanwhile, or its date has passed.
    """
    kept = _held(project)
    require(permissions.can_edit_project(by, kept))
    if edition and edition != kept.edition:
        raise Refused(_("Somebody changed this project meanwhile. Read it again, then change it."))
    kept.edition += 1
    _write(kept, fields, today)
    return kept


def _write(project: GreenProject, fields: dict[str, Any], today: date) -> None:
    for name, value in fields.items():
        if name not in FIELDS:
            raise TypeError(f"“{name}” is not written by hand.")
        setattr(project, name, value)
    if project.wanted_on < today and project.published_on is None:
        raise Refused(_("The jobs are wanted by a day to come."))
    project.save()


def _held(project: GreenProject) -> GreenProject:
    return GreenProject.objects.select_for_update(of=("self",)).get(pk=project.pk)


@transaction.atomic
def publish(project: GreenProject, *, by: Person, today: date, consent: str) -> GreenProject:
    """Show it to everyone, once its firm agreed.

    Raises:
        Refused: nobody said how the firm agreed, or it is on line already.
    """
    kept = _held(project)
    require(permissions.can_edit_project(by, kept))
    if not consent.strip():
        raise Refused(_("Say how the firm agreed: who, on which day."))
    if kept.published_on and not kept.withdrawn_on:
        raise Refused(_("It is on line already."))
    kept.consent, kept.published_on, kept.withdrawn_on = consent.strip(), today, None
    kept.save()
    return kept


@transaction.atomic
def withdraw(project: GreenProject, *, by: Person, today: date) -> GreenProject:
    """Take it off the public list; consent is asked again before it comes back.

    Raises:
        Refused: it is not on line.
    """
    kept = _held(project)
    require(permissions.can_edit_project(by, kept))
    if not kept.published_on or kept.withdrawn_on:
        raise Refused(_("It is not on line."))
    kept.withdrawn_on, kept.consent = today, ""
    kept.save()
    return kept
