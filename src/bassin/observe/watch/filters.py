"""What is asked of the inbox, as it stands in its address; an unknown value asks for nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.translation import gettext as _

from bassin.observe.watch import permissions
from bassin.observe.watch.models import Signal
from bassin.observe.watch.models.signals import SignalQuerySet
from bassin.parties.access import is_officer
from bassin.parties.models import Person
from bassin.taxonomies import naf

HIGHEST = ("-priority", "-on", "pk")
NEWEST = ("-on", "-priority", "pk")


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter as a list: its name in the address, its words, what may be chosen, what is."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for."""

    choices: tuple[Choice, ...]

    @classmethod
    def read(
        cls, asked: Mapping[str, str], communes: Mapping[str, str], people: Sequence[Person],
        divisions: Sequence[str], language: str,
    ) -> "Filters":  # fmt: skip
        """The filters of an address."""
        offered = _offered(communes, people, divisions, language)
        return cls(tuple(
            Choice(name, label, options, value if value in dict(options) else "")
            for name, label, options in offered
            for value in (asked.get(name, ""),)
        ))  # fmt: skip

    def chosen(self, name: str) -> str:
        """The value of one filter, "" for the first choice."""
        return next((each.chosen for each in self.choices if each.name == name), "")

    @property
    def active(self) -> bool:
        """Whether anything was chosen."""
        return any(each.chosen for each in self.choices)

    def query(self, **instead: str) -> str:
        """As what follows the ? of an address, with some filters changed."""
        pairs = {each.name: each.chosen for each in self.choices} | instead
        return urlencode({name: value for name, value in pairs.items() if value})

    def kept(self, found: SignalQuerySet, person: Person, today: date) -> SignalQuerySet:
        """The signals that answer, in the order asked for."""
        found = _in_state(found, self.chosen("etat"), today)
        if kind := self.chosen("genre"):
            found = found.filter(kind=kind)
        if place := self.chosen("lieu"):
            found = found.filter(communes__contains=f" {place} ")
        if division := self.chosen("naf"):
            found = found.filter(naf_code__startswith=division)
        if definition := self.chosen("definition"):
            counted = Q(in_opening=True) if definition == "opening" else Q(in_bdf=True)
            found = found.filter(counted | ~Q(kind=Signal.Kind.OPENING))
        if whose := self.chosen("pour"):
            found = found.filter(_held(whose, person))
        newest = self.chosen("tri") == "date"
        return found.order_by(*(NEWEST if newest else HIGHEST))


def seen_by(person: Person) -> SignalQuerySet:
    """Every signal that they may see."""
    if is_officer(person):
        return Signal.objects.all()
    return Signal.objects.held_by(permissions.partners_of(person))


def _in_state(found: SignalQuerySet, state: str, today: date) -> SignalQuerySet:
    if state in ("", "attente"):
        return found.waiting(today)
    if state == "suspendus":
        return found.open().filter(snoozed_until__gt=today)
    if state == "clos":
        return found.exclude(closed_on=None)
    if state == "retires":
        return found.exclude(withdrawn_on=None)
    return found


def _held(whose: str, person: Person) -> Q:
    if whose == "moi":
        return Q(assigned_to=person)
    return Q(assigned_to=None) if whose == "personne" else Q(assigned_to=int(whose))


def _offered(
    communes: Mapping[str, str], people: Sequence[Person], divisions: Sequence[str], language: str
) -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
    states = {
        "": _("waiting"), "suspendus": _("put off"), "clos": _("closed"),
        "retires": _("withdrawn"), "tous": _("all"),
    }  # fmt: skip
    counted = {"": _("both definitions"), "opening": _("with safeguards"),
               "bdf": _("as the Banque de France counts")}  # fmt: skip
    known = naf.rev2()
    labels = [(each, f"{each} {known.entry(each).label.say(language)}") for each in divisions]
    return [
        ("etat", _("State"), tuple(states.items())),
        ("genre", _("Kind"), (("", _("all")), *((k.value, str(k.label)) for k in Signal.Kind))),
        ("definition", _("Failure"), tuple(counted.items())),
        ("lieu", _("Commune"),
         (("", _("all")), *sorted(communes.items(), key=lambda pair: pair[1]))),
        ("naf", _("Activity"), (("", _("all")), *labels)),
        ("pour", _("Given to"),
         (("", _("anybody")), ("moi", _("me")), ("personne", _("nobody")),
          *((str(each.pk), each.name) for each in people))),
        ("tri", _("Order"), (("", _("priority")), ("date", _("newest first")))),
    ]  # fmt: skip
