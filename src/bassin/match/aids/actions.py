"""What people do with sheets: write, check a condition, propose, accept or send back."""

import hashlib
import os
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.match.aids import permissions
from bassin.match.aids.guide import guide
from bassin.match.aids.models import Check, SheetVersion
from bassin.match.aids.rules.aid import aid
from bassin.match.aids.rules.toml import written
from bassin.match.aids.rules.unread import raw
from bassin.match.aids.rules.wording import Wording
from bassin.pairing.conditions import Condition, flat
from bassin.pairing.conditions import State as Answer
from bassin.parties.access import bodies_of, require
from bassin.parties.models import Organisation, Person
from bassin.types import Text

State = SheetVersion.State
SHEET = "sheet"
"""What is checked, when it is the whole sheet and not one of its conditions."""


def in_service(house: House, slug: str, today: date) -> str:
    """The sheet in service as a file, "" when there is none."""
    found = guide(house, today).catalogue.get(slug)
    return "" if found is None else written(raw(found))


def keeper(slug: str) -> Organisation:
    """Who keeps a sheet: who last did, else the authority.

    Raises:
        Refused: this installation has no authority yet.
    """
    last = SheetVersion.objects.filter(slug=slug, state=State.IN_SERVICE).first()
    if last is not None and last.organisation is not None:
        return last.organisation
    found = Organisation.objects.filter(kind=Organisation.Kind.AUTHORITY).order_by("pk").first()
    if found is None:
        raise Refused(
            Text(
                "Aucune collectivité n'est inscrite ici : `bassin administrator` inscrit la "
                "première personne.",
                "No authority is registered here: `bassin administrator` registers the first "
                "person.",
            )
        )
    return found


def digest(content: str) -> str:
    """What a form sends back of the draft that it was opened on."""
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def being_written(slug: str) -> SheetVersion | None:
    """The version of a sheet that is being written or waits, if there is one."""
    return SheetVersion.objects.filter(slug=slug, state__in=SheetVersion.OPEN).first()


@transaction.atomic
def write(
    house: House, made: dict[str, Any], *, organisation: Organisation, why: str, base: str,
    by: Person, today: date,
) -> SheetVersion:  # fmt: skip
    """Keep a sheet as a draft: a new version, or the one that is being written.

    Args:
        base: the digest of the draft that the form was opened on.

    Raises:
        Refused: the draft changed meanwhile, or waits for somebody's yes.
    """
    slug = str(made["slug"])
    version = SheetVersion.objects.select_for_update(of=("self",)).filter(
        slug=slug, state__in=SheetVersion.OPEN
    ).first()  # fmt: skip
    before = in_service(house, slug, today)
    require(permissions.can_edit(by, keeper(slug) if before else organisation))
    require(permissions.can_hand_over(by) or permissions.can_edit(by, organisation))
    if version is not None:
        require(permissions.can_see_version(by, version))
        if version.state == State.PROPOSED:
            raise Refused(_("This sheet waits for somebody's yes: take it back, then change it."))
        if digest(version.content) != base:
            raise Refused(_("Somebody changed this draft while you were writing. What you typed is "
                            "kept below; saving again puts it in place of theirs."))  # fmt: skip
    else:
        last = SheetVersion.objects.filter(slug=slug).aggregate(last=Max("number"))["last"]
        version = SheetVersion(slug=slug, number=(last or 0) + 1)
    version.before = before
    same = bool(before) and keeper(slug) == organisation and made.get("owner")
    version.content = written(made | {"owner": made["owner"] if same else organisation.name})
    version.organisation, version.written_by, version.written_on = organisation, by, today
    version.why, version.answer = " ".join(why.split())[:300], ""
    version.save()
    return version


@transaction.atomic
def check(house: House, version: SheetVersion, at: str, *, by: Person, today: date) -> SheetVersion:
    """« I checked this condition in this source today »: the only way a day of check is written.

    Args:
        at: the place of the condition, or `SHEET`.

    Raises:
        Refused: there is no such condition.
    """
    held = _held(version, State.DRAFT)
    require(permissions.can_edit(by, held.organisation or keeper(held.slug)))
    made, told = held.raw, aid(held.raw)
    organisation = _speaks_for(by, held)
    stamp = {"verified_on": today, "verified_by": organisation.name}
    if at == SHEET:
        made.update(stamp)
        demand, source = told.title.fr, told.source.fr
    else:
        rows = [one for each in made.get("conditions", ()) for one in each.get("any", [each])]
        known = list(flat(told.conditions))
        place = int(at) if at.isdecimal() and len(at) < 4 else len(rows)
        if place >= len(rows):
            raise Refused(_("This condition is no longer in the sheet: look at it again."))
        rows[place].update(stamp)
        demand, source = _demand(house, known[place]), known[place].source.fr
    held.content = written(raw(aid(made)))
    held.save()
    Check.objects.create(slug=held.slug, demand=demand[:500], source=source[:500], by=by,
                         organisation=organisation, on=today)  # fmt: skip
    return held


def checkable(house: House, version: SheetVersion, language: str) -> list[tuple[str, str]]:
    """The conditions of a version by their places, in words with their source."""
    told = aid(version.raw)
    return [
        (str(at), f"{_demand(house, each, language)} ({each.source.say(language)})")
        for at, each in enumerate(flat(told.conditions))
    ]


def _demand(house: House, condition: Condition, language: str = "fr") -> str:
    said = Wording(house.territory, language).condition(condition, None, Answer.ASK)
    return f"{said.label} : {said.wanted}" if said.label else said.wanted


def _speaks_for(by: Person, version: SheetVersion) -> Organisation:
    """The organisation in whose name somebody checks: the sheet's keeper when they write for it."""
    mine = bodies_of(by)
    if version.organisation is not None and version.organisation_id in mine:
        return version.organisation
    return Organisation.objects.filter(pk__in=mine).order_by("pk")[0]


@transaction.atomic
def propose(version: SheetVersion, *, why: str, by: Person, today: date) -> SheetVersion:
    """Ask that a draft be put in service.

    Raises:
        Refused: what changes is not said.
    """
    held = _held(version, State.DRAFT)
    require(permissions.can_edit(by, held.organisation or keeper(held.slug)))
    told = " ".join(why.split())[:300]
    if not told:
        raise Refused(_("Say what changes and why: who accepts it reads that first."))
    held.state, held.why, held.answer = State.PROPOSED, told, ""
    held.written_by, held.written_on = by, today
    held.save()
    return held


@transaction.atomic
def take_back(version: SheetVersion, *, by: Person) -> SheetVersion:
    """Make a draft again of what was proposed."""
    held = _held(version, State.PROPOSED)
    require(permissions.can_edit(by, held.organisation or keeper(held.slug)))
    held.state = State.DRAFT
    held.save()
    return held


@transaction.atomic
def send_back(version: SheetVersion, *, answer: str, by: Person) -> SheetVersion:
    """Send a proposed version back to who wrote it.

    Raises:
        Refused: no reason is given.
    """
    held = _held(version, State.PROPOSED)
    require(permissions.can_accept(by, held))
    told = " ".join(answer.split())[:300]
    if not told:
        raise Refused(_("Say what is to be mended: who wrote it will read that."))
    held.state, held.answer = State.DRAFT, told
    held.save()
    return held


@transaction.atomic
def accept(house: House, version: SheetVersion, *, by: Person, today: date) -> SheetVersion:
    """Put a proposed version in service: its file is written last, when the rest is sure.

    Raises:
        Refused: the sheet in service is no longer the one that it replaces, or its file cannot be
            written.
    """
    held = _held(version, State.PROPOSED)
    require(permissions.can_accept(by, held))
    if in_service(house, held.slug, today) != held.before:
        raise Refused(_("The sheet in service changed since this version was begun: send it back, "
                        "so that it starts from what is there now."))  # fmt: skip
    for older in SheetVersion.objects.filter(slug=held.slug, state=State.IN_SERVICE):
        older.state = State.REPLACED
        older.save()
    held.state, held.accepted_by, held.accepted_on = State.IN_SERVICE, by, today
    held.save()
    _put(house.var / "authority" / "aids", held)
    return held


@transaction.atomic
def throw_away(version: SheetVersion, *, by: Person) -> None:
    """Throw a draft away; what is in service stays."""
    held = _held(version, State.DRAFT)
    require(permissions.can_edit(by, held.organisation or keeper(held.slug)))
    held.delete()


def _put(folder: Path, version: SheetVersion) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f".{version.slug}.new"
        fresh.write_text(version.content, "utf-8")
        os.replace(fresh, folder / f"{version.slug}.toml")
    except OSError as error:
        raise Refused(
            Text(
                f"La fiche n'a pas pu être écrite dans {folder} : {error.strerror}. Rien n'a "
                "changé.",
                f"The sheet could not be written in {folder}: {error.strerror}. Nothing changed.",
            )
        ) from error


def _held(version: SheetVersion, state: str) -> SheetVersion:
    """The version as it stands now, locked.

    Raises:
        Refused: it is no longer in the state that the page showed.
    """
    found = SheetVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if found.state != state:
        raise Refused(_("Somebody acted on this version meanwhile: look at it again."))
    return found
