"""What people do with signals. One function per verb; each asks its permission first."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.observe.watch import finding, permissions
from bassin.observe.watch.models import Circle, Rating, Signal, Step
from bassin.observe.watch.signals import exposed, reading
from bassin.observe.watch.signals.signal import Kind, Reliability
from bassin.parties.access import is_officer, require, writes_for
from bassin.parties.models import Organisation, Person
from bassin.taxonomies.interval import Interval
from bassin.types import Origin

LONGEST_SNOOZE = timedelta(days=180)
_FOLLOWERS = {"administrator", "officer"}


def _step(signal: Signal, what: str, by: Person, today: date, text: str = "") -> None:
    Step.objects.create(signal=signal, what=what, on=today, by=by, text=text)


@transaction.atomic
def assign(signal: Signal, to: Person, *, by: Person, today: date) -> None:
    """Give a signal to somebody who may see it.

    Raises:
        Refused: they may not, or the signal is closed.
    """
    require(permissions.can_handle(by, signal))
    _refuse_closed(signal)
    if not permissions.can_see(to, signal):
        raise Refused(
            _("{name} may not see this signal. Entrust it to their organisation first.").format(
                name=to.name
            )
        )
    signal.assigned_to, signal.assigned_on, signal.snoozed_until = to, today, None
    signal.save(update_fields=["assigned_to", "assigned_on", "snoozed_until"])
    _step(signal, Step.What.ASSIGNED, by, today, to.name)


@transaction.atomic
def contact(signal: Signal, *, by: Person, on: date, today: date, text: str = "") -> None:
    """Say that the firm was contacted on a day; the first contact is the one that counts.

    Raises:
        Refused: the day is to come, or before the signal.
    """
    require(permissions.can_contact(by, signal))
    if not signal.on <= on <= today:
        raise Refused(
            _("A contact is between the signal and today. Correct the day, then say it again.")
        )
    if signal.contacted_on is None or on < signal.contacted_on:
        signal.contacted_on = on
        signal.save(update_fields=["contacted_on"])
    Step.objects.create(signal=signal, what=Step.What.CONTACTED, on=on, by=by, text=text)


@transaction.atomic
def snooze(signal: Signal, until: date, *, by: Person, today: date, text: str = "") -> None:
    """Put a signal off: it comes back on that day.

    Raises:
        Refused: the day is not to come, or too far.
    """
    require(permissions.can_handle(by, signal))
    _refuse_closed(signal)
    if not today < until <= today + LONGEST_SNOOZE:
        raise Refused(_("Choose a day to come, within six months: the signal comes back then."))
    signal.snoozed_until = until
    signal.save(update_fields=["snoozed_until"])
    _step(signal, Step.What.SNOOZED, by, today, text)


@transaction.atomic
def close(signal: Signal, outcome: str, why: str, *, by: Person, today: date) -> None:
    """End a signal with what came of it, and why.

    Raises:
        Refused: no reason was given, or it is closed already.
    """
    require(permissions.can_handle(by, signal))
    _refuse_closed(signal)
    told = " ".join(why.split())
    if not told:
        raise Refused(_("Say why in a few words: whoever comes after you will read it."))
    signal.outcome, signal.outcome_why, signal.closed_on = outcome, told, today
    signal.snoozed_until = None
    signal.save(update_fields=["outcome", "outcome_why", "closed_on", "snoozed_until"])
    _step(signal, Step.What.CLOSED, by, today, told)


@transaction.atomic
def reopen(signal: Signal, *, by: Person, today: date) -> None:
    """Open again what was closed too soon."""
    require(permissions.can_handle(by, signal))
    signal.outcome, signal.outcome_why, signal.closed_on = "", "", None
    signal.save(update_fields=["outcome", "outcome_why", "closed_on"])
    _step(signal, Step.What.REOPENED, by, today)


@transaction.atomic
def share(signal: Signal, organisation: Organisation, *, by: Person, today: date) -> None:
    """Entrust a signal to a partner: its advisers see it from now on.

    Raises:
        Refused: the body is a firm, or the authority itself.
    """
    require(permissions.can_share(by, signal))
    if organisation.kind in {Organisation.Kind.FIRM, Organisation.Kind.AUTHORITY}:
        raise Refused(_("A signal is entrusted to a partner: a chamber, a commune, the State…"))
    Circle.objects.get_or_create(
        signal=signal, organisation=organisation, defaults={"since": today}
    )
    _step(signal, Step.What.SHARED, by, today, str(organisation))


def say(signal: Signal, text: str, *, by: Person, today: date) -> None:
    """Add a remark."""
    require(permissions.can_contact(by, signal))
    _step(signal, Step.What.SAID, by, today, text)


def rate(signal: Signal, *, useful: bool, reason: str, by: Person, today: date) -> None:
    """Say what the alert was worth; a second opinion of the same person takes its place."""
    require(permissions.can_rate(by, signal))
    Rating.objects.update_or_create(
        signal=signal, person=by, defaults={"useful": useful, "reason": reason, "on": today}
    )


def followers() -> list[Person]:
    """The officers to whom a signal may be given."""
    held = Person.objects.filter(
        is_active=True, memberships__organisation__kind=Organisation.Kind.AUTHORITY,
        memberships__role__in=_FOLLOWERS,
    )  # fmt: skip
    return [each for each in held.distinct().order_by("name", "pk") if is_officer(each)]


@transaction.atomic
def note(
    house: House, *, by: Person, today: date, on: date, text: str, number: str = "",
    name: str = "", commune: str = "", naf_code: str = "", jobs: Interval | None = None,
    organisation: Organisation | None = None, outlet: str = "", link: str = "",
) -> Signal:  # fmt: skip
    """Tell what an adviser knows of a firm: by its number, or in words when it has none here.

    With the newspaper that says it and the address of the article, it is seen in the press.

    Raises:
        Refused: neither a number nor a name is given, the number has no place here, or the
            register hides whose it is.
    """
    require(permissions.can_note(by))
    if organisation is not None:
        require(writes_for(by, organisation) and organisation.pk in permissions.partners_of(by))
    elif not is_officer(by):
        raise Refused(_("Say in the name of which organisation you write."))
    digits = "".join(number.split())
    facts = _of_number(house, digits, today) if digits else _typed(name, commune, naf_code)
    if jobs is not None:
        low, high, activity = jobs.low, jobs.high, facts["naf_code"]
        parts = {activity: [low, high]} if activity else {}
        facts |= {"jobs_low": low, "jobs_high": high, "jobs_unknown": 0, "parts": parts}
        facts |= _weighed_as_typed(house, facts, today)
    made = Signal.objects.create(
        key=f"note:{uuid.uuid4().hex}", subject="firm", subject_key=facts["siren"], on=on,
        found_on=today, text=text, noted_by=by, origin=Origin.REAL.value, **facts,
        **_told_by(outlet, link, on),
    )  # fmt: skip
    if organisation is not None:
        Circle.objects.create(signal=made, organisation=organisation, since=today)
    _step(made, Step.What.FOUND, by, today)
    return made


def _told_by(outlet: str, link: str, on: date) -> dict[str, Any]:
    """Who says it: an adviser, or a newspaper."""
    if not outlet and not link:
        return {"kind": Kind.NOTE.value, "reliability": Reliability.SAID.value}
    if not outlet or not link:
        raise Refused(_("Give both the newspaper and the address of the article."))
    return {
        "kind": Kind.PRESS.value, "reliability": Reliability.PRESS.value, "outlet": outlet,
        "link": link, "evidence": [{"kind": "press", "on": on.isoformat()}],
    }  # fmt: skip


def _of_number(house: House, digits: str, today: date) -> dict[str, Any]:
    if not digits.isdecimal() or len(digits) not in (9, 14):
        raise Refused(_("A SIREN has 9 digits, a SIRET 14."))
    day = reading.stock_day(house)
    known = reading.firms_of(house, [digits[:9]], day).get(digits[:9])
    if known is None:
        raise Refused(
            _("No establishment here has the number {number}. Tell of it by its name.").format(
                number=digits
            )
        )
    if known.is_hidden:
        raise Refused(
            _("The register hides who has this number. Tell of the activity and the commune only.")
        )
    sites = [each for each in known.sites if each.startswith(digits)]
    held = exposed.places(house, sites, {})
    contact = finding.last_contacts({digits[:9]}).get(digits[:9])
    return {
        "siren": digits[:9], "name": known.name, "sites": sites, "naf_code": known.naf_code,
        "communes": finding.spaced(sorted({each.commune for each in held.values()})),
        **finding.weigh(house, list(held.values()), contact, today),
    }  # fmt: skip


def _typed(name: str, commune: str, naf_code: str) -> dict[str, Any]:
    if not name and not (commune and naf_code):
        raise Refused(_("Give the SIREN, the name, or the commune and the activity."))
    return {
        "siren": "", "name": name, "sites": [], "naf_code": naf_code,
        "communes": finding.spaced([commune] if commune else []),
    }  # fmt: skip


def _weighed_as_typed(house: House, facts: dict[str, Any], today: date) -> dict[str, Any]:
    """The points of what was typed: jobs and activity are those that the adviser says."""
    lines = exposed.points_of(
        house, facts["naf_code"], facts["jobs_low"], facts["jobs_high"],
        finding.last_contacts({facts["siren"]} - {""}).get(facts["siren"]), today,
    )  # fmt: skip
    old = {name: [name, worth, known] for name, worth, known in facts.get("points", [])}
    told = [[each.name, each.worth, each.known] for each in lines]
    merged = [old["qpv"] if each[0] == "qpv" and "qpv" in old else each for each in told]
    return {"points": merged, "priority": sum(worth for _name, worth, _known in merged)}


def _refuse_closed(signal: Signal) -> None:
    if signal.closed_on is not None:
        raise Refused(_("This signal is closed. Open it again first."))


def forget(today: date) -> int:
    """Delete the signals that are older than they may be kept; returns how many."""
    count, _each = Signal.objects.filter(found_on__lt=Signal.oldest(today)).delete()
    return count
