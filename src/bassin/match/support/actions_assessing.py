"""A firm's answers on itself: kept by its agreement, deleted when it takes it back."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.match.support import permissions_commitments as permissions
from bassin.match.support.commitments import questionnaire
from bassin.match.support.models import Assessment
from bassin.parties.access import bodies_of, require
from bassin.parties.models import Organisation, Person
from bassin.taxonomies import siret as numbers
from bassin.types import Origin

FIELDS = ("siret", "firm_name", "on", "agreed_name", "organisation")


@transaction.atomic
def answer(
    *, by: Person, today: date, organisation: Organisation, siret: str, firm_name: str, on: date,
    agreed_name: str, answers: Mapping[str, str], origin: str = Origin.REAL.value,
) -> Assessment:  # fmt: skip
    """Keep what a firm said of itself on a day.

    Raises:
        Refused: nothing was answered, or a value cannot be right.
    """
    number = numbers.siret(siret)
    require(permissions.can_assess(by, number[:9]))
    require(
        organisation.pk in bodies_of(by) | permissions.firm_bodies(by) or _takes(organisation, by)
    )
    asked = questionnaire.latest()
    said = {each.code: questionnaire.answer_to(answers, each.code) for each in asked.questions}
    if set(said.values()) == {questionnaire.UNKNOWN}:
        raise Refused(_("Nothing is answered yet: one answer is enough to begin."))
    if on > today:
        raise Refused(_("This day is still to come."))
    made = Assessment(
        organisation=organisation, siret=number, siren=number[:9], firm_name=firm_name.strip(),
        version=asked.version, answers=said, on=on, agreed_name=agreed_name.strip(), by=by,
        origin=origin,
    )  # fmt: skip
    try:
        made.clean_fields(exclude=["organisation", "by"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    made.save()
    return made


def _takes(organisation: Organisation, by: Person) -> bool:
    """A firm may share its answers with the authority, of which nobody of it is."""
    shares = organisation.kind == Organisation.Kind.AUTHORITY
    return shares and bool(permissions.firm_bodies(by))


@transaction.atomic
def forget(found: Assessment, *, by: Person) -> None:
    """Delete a firm's answers."""
    require(permissions.can_forget_assessment(by, found))
    found.delete()
