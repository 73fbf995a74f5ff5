"""An aid as one file says it: what it is, when, for whom, how much, with which others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from bassin.errors import Refused
from bassin.match.aids.rules import minimis
from bassin.match.aids.rules.facts import facts, known_code
from bassin.pairing.conditions import Clause, at, flat, parse
from bassin.types import Origin, Text

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KEYS = frozenset(
    ["slug", "title", "holder", "others", "natures", "scale", "promise", "about", "url", "source",
     "opens_on", "closes_on", "closing", "budget", "contact", "documents", "steps", "legal",
     "amounts", "stacking", "conditions", "notes", "owner", "review_on", "verified_on",
     "verified_by", "origin", "funded"]
)  # fmt: skip
_MOST_DAYS = 4
_NEEDED = ("slug", "title", "holder", "natures", "scale", "promise", "source", "review_on")


@dataclass(frozen=True, slots=True)
class Amount:
    """How much, for firms that meet `when`; the words are those of who holds the aid."""

    said: Text
    rate_pct: float | None = None
    floor_eur: float | None = None
    ceiling_eur: float | None = None
    each_eur: float | None = None
    when: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask. Never a person's own name or address: an office's."""

    name: str = ""
    phone: str = ""
    email: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Stacking:
    """With what it adds up: the de minimis ceiling, aids that it excludes, words."""

    de_minimis: bool = False
    excludes: tuple[str, ...] = ()
    said: Text = Text("")


@dataclass(frozen=True, slots=True)
class Aid:
    """One aid. Nothing says that it was checked but a person: `verified_on` and `verified_by`.

    `funded` names the table of the projects that it paid for, when one is published.
    """

    slug: str
    title: Text
    holder: str
    natures: tuple[str, ...]
    scale: str
    promise: Text
    source: Text
    review_on: date
    about: Text = Text("")
    others: tuple[str, ...] = ()
    url: str = ""
    opens_on: date | None = None
    closes_on: date | None = None
    closing: Text = Text("")
    budget: str = "unknown"
    budget_said: Text = Text("")
    contact: Contact = Contact()
    documents: tuple[Text, ...] = ()
    steps: tuple[Text, ...] = ()
    legal: tuple[Text, ...] = ()
    amounts: tuple[Amount, ...] = ()
    stacking: Stacking = Stacking()
    conditions: tuple[Clause, ...] = ()
    notes: tuple[Text, ...] = ()
    owner: str = ""
    verified_on: date | None = None
    verified_by: str = ""
    origin: Origin = Origin.REAL
    funded: str = ""
    kept_in: str = field(default="", compare=False)
    _days: dict[date, tuple[Clause, ...]] = field(default_factory=dict, compare=False, repr=False)

    def clauses(self, day: date) -> tuple[Clause, ...]:
        """What it demands on a day, the de minimis ceiling included; kept for a few days."""
        found = self._days.get(day)
        if found is None:
            while len(self._days) >= _MOST_DAYS:
                self._days.pop(next(iter(self._days)), None)
            found = self._days[day] = self._demands(day)
        return found

    def _demands(self, day: date) -> tuple[Clause, ...]:
        found = at(self.conditions, day)
        ceiling = minimis.condition(day) if self.stacking.de_minimis else None
        return (*found, ceiling) if ceiling is not None else found

    def shut(self, day: date) -> bool:
        """Whether nothing can be asked of it that day, whoever asks."""
        return (
            (self.opens_on is not None and day < self.opens_on)
            or (self.closes_on is not None and day > self.closes_on)
            or self.budget in ("spent", "suspended")
        )

    def late(self, day: date) -> bool:
        """Whether its owner should have read it again."""
        return self.review_on < day

    @property
    def projects(self) -> frozenset[str]:
        """The projects that it may pay for, as its conditions say."""
        return frozenset(
            code
            for each in flat(self.conditions)
            if each.fact == "project" and each.op == "in"
            for code in each.value
        )


def aid(raw: Mapping[str, Any], where: str = "") -> Aid:
    """An aid from what its file holds.

    Raises:
        Refused: something is missing or is not known; the sentence names the file and the thing.
    """
    try:
        return _aid(raw, where)
    except Refused as refusal:
        said, name = refusal.text, where or str(raw.get("slug", "?"))
        raise Refused(Text(f"{name} : {said.fr}", f"{name}: {said.say('en')}")) from refusal


def _aid(raw: Mapping[str, Any], where: str) -> Aid:
    _keys(raw)
    budget = raw.get("budget", {})
    checked = raw.get("verified_on")
    if checked and not raw.get("verified_by"):
        raise _refused("verified_on sans verified_by.", "verified_on without verified_by.")
    return Aid(
        slug=raw["slug"], title=Text.of(raw["title"]), holder=raw["holder"],
        natures=tuple(known_code("nature", each) for each in raw["natures"]),
        scale=known_code("scale", raw["scale"]), promise=Text.of(raw["promise"]),
        source=Text.of(raw["source"]), review_on=raw["review_on"],
        about=Text.of(raw.get("about", "")), others=tuple(raw.get("others", ())),
        url=_address(raw.get("url", "")), opens_on=raw.get("opens_on"),
        closes_on=raw.get("closes_on"), closing=Text.of(raw.get("closing", "")),
        budget=known_code("budget", budget.get("state", "unknown")),
        budget_said=Text.of(budget.get("said", "")), contact=Contact(**raw.get("contact", {})),
        documents=_texts(raw, "documents"), steps=_texts(raw, "steps"),
        legal=_texts(raw, "legal"), amounts=tuple(_amount(each) for each in raw.get("amounts", ())),
        stacking=_stacking(raw.get("stacking", {})),
        conditions=tuple(_clause(each, raw["source"]) for each in raw.get("conditions", ())),
        notes=_texts(raw, "notes"), owner=raw.get("owner", ""), verified_on=checked,
        verified_by=raw.get("verified_by", ""), origin=Origin(raw.get("origin", "real")),
        funded=known_code("funded", raw["funded"]) if raw.get("funded") else "",
        kept_in=where,
    )  # fmt: skip


def _keys(raw: Mapping[str, Any]) -> None:
    missing = [key for key in _NEEDED if not raw.get(key)]
    if missing:
        raise _refused(f"il manque « {missing[0]} ».", f"“{missing[0]}” is missing.")
    other = sorted(set(raw) - _KEYS)
    if other:
        known = ", ".join(sorted(_KEYS))
        raise _refused(
            f"« {other[0]} » n'est pas connu : {known}.", f"“{other[0]}” is not known: {known}."
        )
    if not _SLUG.fullmatch(raw["slug"]):
        raise _refused(
            f"« {raw['slug']} » n'est pas un nom de fiche : petites lettres, chiffres, tirets.",
            f"“{raw['slug']}” is not a name of a sheet: small letters, digits, hyphens.",
        )
    first, last = raw.get("opens_on"), raw.get("closes_on")
    if first and last and last < first:
        raise _refused(
            f"elle ferme ({last}) avant d'ouvrir.", f"it closes ({last}) before opening."
        )


def _clause(raw: Mapping[str, Any], source: Any) -> Clause:
    """A clause; one that names no text comes from that of the sheet."""
    if "any" in raw:
        return parse({**raw, "any": [{"source": source, **each} for each in raw["any"]]}, facts())
    return parse({"source": source, **raw}, facts())


def _texts(raw: Mapping[str, Any], key: str) -> tuple[Text, ...]:
    return tuple(Text.of(each) for each in raw.get(key, ()))


def _address(text: str) -> str:
    """A web address that can be followed.

    Raises:
        Refused: it is not one.
    """
    address = text.strip()
    if address and not web(address):
        raise _refused(
            f"« {address} » n'est pas une adresse web.", f"“{address}” is no web address."
        )
    return address


def web(address: str) -> bool:
    """Whether an address is one of the web, as far as it can be told without asking it."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    plain = not re.search(r"[\s<>\"]", address)
    return parts.scheme in ("http", "https") and "." in host.strip(".") and plain


def _amount(raw: Mapping[str, Any]) -> Amount:
    numbers = {key: raw.get(key) for key in ("rate_pct", "floor_eur", "ceiling_eur", "each_eur")}
    other = sorted(set(raw) - {*numbers, "said", "when"})
    if other or not raw.get("said"):
        raise _refused(
            f"un montant dit « said » et des nombres connus, pas « {', '.join(other)} ».",
            f"an amount says “said” and known numbers, not “{', '.join(other)}”.",
        )
    when = tuple(parse(each, facts()) for each in raw.get("when", ()))
    return Amount(Text.of(raw["said"]), **numbers, when=when)


def _stacking(raw: Mapping[str, Any]) -> Stacking:
    return Stacking(
        bool(raw.get("de_minimis")), tuple(raw.get("excludes", ())), Text.of(raw.get("said", ""))
    )


def _refused(french: str, english: str) -> Refused:
    return Refused(Text(french, english))
