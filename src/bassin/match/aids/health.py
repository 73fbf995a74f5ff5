"""The health of the catalogue: what is to be mended, sheet by sheet, and who mends it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bassin.match.aids import linking, permissions
from bassin.match.aids.models import SheetVersion
from bassin.match.aids.rules.aid import Aid
from bassin.match.aids.rules.catalogue import Catalogue
from bassin.match.aids.rules.links import addresses
from bassin.match.aids.rules.told import faults, shown
from bassin.parties.access import bodies_of
from bassin.parties.models import Organisation, Person


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to mend: its kind, the sheet, what is wrong, who keeps it, the day it was seen."""

    kind: str
    slug: str
    title: str
    said: str
    keeper: str
    address: str = ""
    editable: bool = True


def kinds() -> dict[str, str]:
    """What may be wrong, the gravest first."""
    return {
        "unreadable": _("cannot be read"), "broken": _("broken link"), "expired": _("expired"),
        "to_read_again": _("to be read again"), "no_owner": _("kept by nobody"),
        "no_address": _("no address"), "odd": _("to look at"), "twin": _("duplicate?"),
    }  # fmt: skip


def keepers() -> dict[str, Organisation]:
    """The organisations that keep sheets, by sheet; the authority keeps the others."""
    current = SheetVersion.objects.filter(state=SheetVersion.State.IN_SERVICE)
    return {
        each.slug: each.organisation
        for each in current.select_related("organisation")
        if each.organisation is not None
    }


def seen(found: Catalogue, person: Person, day: date, language: str) -> list[Fault]:
    """The faults of the sheets that a person may mend: all of them for officers."""
    bodies, mine = keepers(), bodies_of(person)
    every = permissions.can_hand_over(person)
    by_slug = {each.slug: each for each in found.aids}

    def made(kind: str, slug: str, said: str, address: str = "") -> Fault:
        aid = by_slug.get(slug)
        body = bodies.get(slug)
        keeper = body.name if body else aid.owner if aid else ""
        title = aid.title.say(language) if aid else slug
        return Fault(kind, slug, title, said, keeper, address, aid is not None)

    listed = [made(kind, slug, _said(kind, said.say(language), by_slug, language))
              for kind, slug, said in faults(found, day)]  # fmt: skip
    listed += [made("broken", *told) for told in _broken(found.aids, day, language)]
    if not every:
        listed = [each for each in listed if (body := bodies.get(each.slug)) and body.pk in mine]
    order = list(kinds())
    return sorted(listed, key=lambda each: (order.index(each.kind), each.title.casefold()))


def _said(kind: str, said: str, by_slug: Mapping[str, Aid], language: str) -> str:
    """What is wrong; a twin by its title, a day as people write it."""
    if kind == "twin" and said in by_slug:
        return by_slug[said].title.say(language)
    if kind == "no_address":
        return ""
    return shown(date.fromisoformat(said), language) if kind == "to_read_again" else said


def _broken(aids: Sequence[Aid], day: date, language: str) -> Iterator[tuple[str, str, str]]:
    known = linking.kept()
    for each in aids:
        if each.shut(day):
            continue
        for address in addresses(each):
            answer = known.get(address)
            if answer is not None and answer.wrong:
                asked = shown(localtime(answer.asked_at).date(), language)
                told = _("{wrong}, asked on {day}").format(wrong=answer.wrong, day=asked)
                yield each.slug, told, address
