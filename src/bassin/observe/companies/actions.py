"""What people do with errors: report one, accept it, refuse it, keep it, end it."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.observe.companies import correctable, finding, permissions
from bassin.observe.companies.corrections import Standing, standing
from bassin.observe.companies.models import Correction
from bassin.observe.companies.rows import TABLE, Establishment
from bassin.parties.access import User, is_officer, is_partner, require, writes_for
from bassin.parties.models import Organisation, Person
from bassin.parties.privacy import audit

LONGEST = 300
"""Signs that a datum may hold."""

_STATE, _QUALITY = Correction.State, Correction.Quality


def quality(user: User, siret: str, *, says_firm: bool) -> Correction.Quality:
    """In which quality somebody reports: what is known of them goes before what they say."""
    firm = Organisation.objects.filter(siret=siret).first() if isinstance(user, Person) else None
    if firm is not None and writes_for(user, firm):
        return _QUALITY.FIRM
    if is_officer(user):
        return _QUALITY.OFFICER
    if is_partner(user):
        return _QUALITY.PARTNER
    return _QUALITY.FIRM_SAID if says_firm else _QUALITY.NEIGHBOUR


@transaction.atomic
def report(
    house: House, found: Establishment, *, column: str, typed: str, by: User, today: date,
    why: str = "", says_firm: bool = False,
) -> Correction:  # fmt: skip
    """Say that a datum is wrong, and what is true; nothing is shown before an officer accepts it.

    Raises:
        Refused: the datum is hidden or unknown, the value cannot be, or it is what is said already.
    """
    require(permissions.can_report(by))
    datum = _datum(found, column)
    value = datum.read(typed.strip()) if typed.strip() else ""
    if len(value) > LONGEST:
        raise Refused(_("This is too long for a datum: 300 signs at most."))
    said = correctable.value(found, column)
    if value == said:
        raise Refused(_("This is what the source says already: nothing to correct."))
    same = Correction.objects.filter(
        siret=found.siret, column=column, value=value, state=_STATE.WAITING
    ).first()
    if same is not None:
        return same  # said by somebody else already: an officer reads it once
    served = house.reader.release.tables[TABLE].version
    return Correction.objects.create(
        siret=found.siret, column=column, source_value=said, source_period=served.vintage[:10],
        value=value, why=why.strip(), quality=quality(by, found.siret, says_firm=says_firm),
        reported_by=by if isinstance(by, Person) else None, reported_on=today,
        origin=served.origin,
    )  # fmt: skip


def _datum(found: Establishment, column: str) -> correctable.Datum:
    """The datum of a column.

    Raises:
        Refused: it is hidden here, or no such datum is corrected here.
    """
    datum = correctable.DATA.get(column)
    if datum is None:
        known = ", ".join(each.column for each in correctable.open_to(found))
        raise Refused(
            _("“{column}” is not a datum that is corrected here. There are: {known}.").format(
                column=column[:40], known=known
            )
        )
    if found.is_hidden and datum.identity:
        raise Refused(
            _("The identity of this establishment is hidden: no correction may name or locate it. "
              "Its owner asks Insee to show it again, and it will be here after the next load.")
        )  # fmt: skip
    return datum


@transaction.atomic
def accept(house: House, correction: Correction, *, by: Person, today: date) -> Correction:
    """Show a correction beside the source value, in place of an earlier one.

    Raises:
        Refused: it was decided already, the identity is hidden, or the source changed since.
    """
    kept = _held(correction, by, _STATE.WAITING)
    stands = standing(kept, finding.one(house, kept.siret))
    _refuse_hidden(stands)
    if stands is not Standing.HOLDS:
        raise Refused(_("The source no longer says what was reported: refuse this report, or ask "
                        "for a new one."))  # fmt: skip
    for older in Correction.objects.filter(
        siret=kept.siret, column=kept.column, state=_STATE.ACCEPTED
    ):
        older.state = _STATE.ENDED
        older.save()
    try:
        with transaction.atomic():
            return _decided(kept, _STATE.ACCEPTED, by, today)
    except IntegrityError as error:  # two officers at once
        raise Refused(_("Another correction of this datum was just accepted: look again.")) from (
            error
        )


@transaction.atomic
def refuse(correction: Correction, *, why: str, by: Person, today: date) -> Correction:
    """Say no, with the reason.

    Raises:
        Refused: it was decided already, or no reason is given.
    """
    kept = _held(correction, by, _STATE.WAITING)
    if not why.strip():
        raise Refused(_("Say why it is refused: the next officer will ask."))
    kept.refused_why = why.strip()[:500]
    return _decided(kept, _STATE.REFUSED, by, today)


@transaction.atomic
def keep(house: House, correction: Correction, *, by: Person, today: date) -> Correction:
    """The source changed, and is still wrong: hold the correction against what it says now.

    Raises:
        Refused: it is not accepted, or the establishment is gone or hidden.
    """
    kept = _held(correction, by, _STATE.ACCEPTED)
    found = finding.one(house, kept.siret)
    stands = standing(kept, found)
    _refuse_hidden(stands)
    if found is None:
        raise Refused(_("The source no longer lists this establishment: end this correction."))
    kept.source_value = correctable.value(found, kept.column)
    kept.source_period = house.reader.release.tables[TABLE].version.vintage[:10]
    return _decided(kept, _STATE.ACCEPTED, by, today)


@transaction.atomic
def end(correction: Correction, *, by: Person, today: date) -> Correction:
    """Stop showing a correction: the source is right by now, or took it up.

    Raises:
        Refused: it is not accepted.
    """
    return _decided(_held(correction, by, _STATE.ACCEPTED), _STATE.ENDED, by, today)


def forget_hidden(house: House) -> int:
    """Delete what was said of identities that are hidden by now, from the audit too."""
    told = [name for name, each in correctable.DATA.items() if each.identity]
    listed = list(Correction.objects.filter(column__in=told))
    rows = {each.siret: each for each in finding.several(house, [c.siret for c in listed])}
    gone = [each for each in listed if standing(each, rows.get(each.siret)) is Standing.HIDDEN]
    keys = [each.pk for each in gone]
    for each in gone:
        each.delete()
    audit.empty(Correction, keys)
    return len(gone)


def _refuse_hidden(stands: Standing) -> None:
    if stands is Standing.HIDDEN:
        raise Refused(_("The identity of this establishment is hidden by now: this report is "
                        "deleted tonight and shown to nobody."))  # fmt: skip


def _decided(kept: Correction, state: Correction.State, by: Person, today: date) -> Correction:
    kept.state, kept.decided_by, kept.decided_on = state, by, today
    kept.save()
    return kept


def _held(correction: Correction, by: Person, state: Correction.State) -> Correction:
    """The correction as it stands now, locked, when it is in the state that the verb needs.

    Raises:
        Refused: it is in another one.
    """
    require(permissions.can_moderate(by, correction))
    kept = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    if kept.state != state:
        raise Refused(
            _("This correction is “{state}” already.").format(state=kept.get_state_display())
        )
    return kept
