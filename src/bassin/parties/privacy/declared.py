"""A declaration per table: what it holds about people, why, for how long, how it is erased.

Each model carries `personal`: a `Personal`, or a `Nothing` that says why it holds none. The
register of processing, the page of what is held, the nightly deletion and erasure all read these.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Q

from bassin.types import Text

ERASED = "personne effacée"
"""What stands where a name stood, in records that are kept."""


class Basis(StrEnum):
    """On what ground the law lets a public authority hold data (GDPR, article 6, 1)."""

    PUBLIC_TASK = "public_task"
    LEGAL_DUTY = "legal_duty"
    CONSENT = "consent"

    @property
    def words(self) -> Text:
        """The ground as people read it, with its place in the regulation."""
        return {
            Basis.PUBLIC_TASK: Text(
                "mission d'intérêt public (RGPD, art. 6.1.e)", "public task (GDPR, art. 6.1.e)"
            ),
            Basis.LEGAL_DUTY: Text(
                "obligation légale (RGPD, art. 6.1.c)", "legal obligation (GDPR, art. 6.1.c)"
            ),
            Basis.CONSENT: Text("consentement (RGPD, art. 6.1.a)", "consent (GDPR, art. 6.1.a)"),
        }[self]


@dataclass(frozen=True, slots=True)
class Processing:
    """One line of the register: a purpose, served by one or several tables.

    `people` says whose data these are, `recipients` who reads them.
    """

    slug: str
    title: Text
    purpose: Text
    basis: Basis
    people: Text
    recipients: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One thing that a row holds about one person, and what becomes of it.

    Args:
        person: the field that points at the person.
        address: the field that holds their e-mail address.
        find: `find(person) -> Q`, when the row is reached neither by the one nor by the other.
        blank: the values that make the row anonymous, when it must be kept; None when erasure
            and the end of the retention delete it.
        why: why the row is kept without the person (asked for when there is a `blank`).
        months: how long it is kept; 0 as long as the account.
        since: the field, or the expression, from which these months run.
        since_words: the same in words, "the end of the role".
        show: the fields that the person is shown; all but the secret ones by default.
        what: what this holds, in words, when a row holds several things.
        among: which rows it is about, when not all of the person's.
        ends: whether the end of its time deletes a row that erasure only makes anonymous.
    """

    person: str = ""
    address: str = ""
    find: Callable[[Any], Q] | None = None
    blank: Mapping[str, Any] | None = None
    why: Text = Text("")
    months: int = 0
    since: Any = ""
    since_words: Text = Text("la fermeture du compte", "the account is closed")
    show: tuple[str, ...] = ()
    what: Text = Text("")
    among: Q = field(default_factory=Q)
    ends: bool = False

    def rows(self, person: Any) -> Q:
        """The rows that hold this about a person."""
        return self._theirs(person) & self.among

    def _theirs(self, person: Any) -> Q:
        if self.find is not None:
            return self.find(person)
        if self.person:
            return Q(**{self.person: person})
        if not person.email:
            return Q(pk__in=())
        return Q(**{f"{self.address}__iexact": person.email})

    @property
    def fields(self) -> set[str]:
        """The fields this answers for."""
        return {self.person, self.address, *(self.blank or {})} - {""}

    @property
    def kept(self) -> Text:
        """How long, in words."""
        if not self.months:
            return Text(f"jusqu'à {self.since_words.fr}", f"until {self.since_words.en}")
        return Text(
            f"{self.months} mois après {self.since_words.fr}",
            f"{self.months} months after {self.since_words.en}",
        )

    @property
    def fate(self) -> Text:
        """What becomes of it then."""
        if self.blank is None or self.ends:
            return Text("supprimé", "deleted")
        return Text("rendu anonyme", "made anonymous")


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """What a table holds about people.

    Args:
        processing: the line of the register it serves (purpose, legal basis, recipients).
        data: what is held, in words.
        name: the table in words, when its model has no French name.
        holds: each thing held about one person.
        also: fields about people that follow a row's fate without pointing at anyone.
        secret: fields that nobody is shown, the person included (digests, keys).
        unaudited: fields whose changes are not written in the audit, with the secret ones.
        audited: whether changes are written in the audit at all.
        ties: `ties(today) -> Q`: rows that keep a person known, however long unseen.
    """

    processing: Processing
    data: Text
    holds: tuple[Hold, ...]
    name: Text = Text("")
    also: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    unaudited: tuple[str, ...] = ()
    audited: bool = True
    ties: Callable[[date], Q] | None = None

    def what(self, hold: Hold) -> Text:
        """What one of its holds is about."""
        return hold.what if hold.what.fr else self.data

    @property
    def fields(self) -> set[str]:
        """Every field this answers for."""
        return set().union(*(hold.fields for hold in self.holds), self.also, self.secret)


@dataclass(frozen=True, slots=True)
class Nothing:
    """A table that holds nothing about people, and why one can be sure of it."""

    because: Text
    audited: bool = True
    unaudited: tuple[str, ...] = field(default=())


Declared = Personal | Nothing
