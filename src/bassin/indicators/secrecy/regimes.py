"""Regimes of statistical secrecy: dated rules, declared as data with their legal source."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Self

from bassin.errors import Refused
from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Regime:
    """One rule in force between two dates.

    `min_units` is the fewest contributors behind a shown figure; a figure is hidden when one
    contributor makes `dominance_pct` percent of it or more. `min_population` is a second
    threshold (`population` = "and") or an alternative one ("or"). `additive` is false for
    medians and deciles: nothing is recovered by subtracting them.

    A hidden figure is protected when someone who knows everything published, and that no
    figure is negative, cannot place it within `protection_pct` percent on either side
    (at least `protection_floor`, in the figure's unit).
    """

    code: str
    from_on: date
    title: Text
    rule: Text
    source: Text
    until_on: date | None = None
    min_units: int = 0
    dominance_pct: float | None = None
    min_population: int | None = None
    population: str = ""
    additive: bool = True
    few: Text = Text("secret statistique", "statistical secrecy")
    protection_pct: float = 10.0
    protection_floor: float = 1.0
    waiver: Text | None = None

    @property
    def protects(self) -> bool:
        """False when every figure is shown as it is."""
        return self.min_units > 0 or self.dominance_pct is not None

    def few_units(self) -> Text:
        """The sentence shown in place of a figure with too few contributors."""
        return _filled(self.few, min_units=self.min_units)

    def stricter(self, *, min_units: int | None = None, dominance_pct: float | None = None) -> Self:
        """Apply an indicator's own thresholds.

        Raises:
            Refused: a threshold is looser than the law's (the regime "local" is free).
        """
        units = self.min_units if min_units is None else min_units
        share = self.dominance_pct if dominance_pct is None else dominance_pct
        free = self.code == "local"
        looser = units < self.min_units or (share or 101) > (self.dominance_pct or 101)
        if looser and not free:
            raise Refused(
                f"The regime {self.code} hides below {self.min_units} units and from "
                f"{self.dominance_pct} % for one unit; the declaration asks for {units} and "
                f"{share} %, which shows more. Declare the same thresholds or stricter ones."
            )
        return replace(self, min_units=units, dominance_pct=share)

    def joined(self, other: Self) -> Self:
        """The stricter of two rules on every threshold, for figures that are judged together."""
        shares = [s for s in (self.dominance_pct, other.dominance_pct) if s is not None]
        return replace(
            self,
            min_units=max(self.min_units, other.min_units),
            dominance_pct=min(shares, default=None),
            protection_pct=max(self.protection_pct, other.protection_pct),
            protection_floor=max(self.protection_floor, other.protection_floor),
        )

    def waive_dominance(self, why: Text) -> Self:
        """Drop the dominance rule where the largest unit cannot be known, and say why."""
        if not why.fr.strip():
            raise Refused("Dominance can only be waived with a written reason: give it.")
        return replace(self, dominance_pct=None, waiver=why)


def regime(code: str, on: date | None = None) -> Regime:
    """Return the rule of a regime in force on a day, the latest one by default.

    Raises:
        Refused: no such regime, or none in force that day; the message lists what exists.
    """
    versions = [one for one in all_regimes() if one.code == code]
    if not versions:
        known = ", ".join(sorted({one.code for one in all_regimes()}))
        raise Refused(f"There is no secrecy regime {code!r}. Choose one of: {known}.")
    if on is None:
        return versions[-1]
    for one in reversed(versions):
        if one.from_on <= on and (one.until_on is None or on < one.until_on):
            return one
    raise Refused(
        f"The secrecy regime {code} had no rule on {on.isoformat()}; "
        f"its first dates from {versions[0].from_on.isoformat()}."
    )


@cache
def all_regimes() -> tuple[Regime, ...]:
    """Every declared rule, by code then date: what the method page lists."""
    found = [_read(entry) for entry in _declared()["regime"]]
    return tuple(sorted(found, key=lambda one: (one.code, one.from_on)))


def reason(name: str, **values: object) -> Text:
    """The sentence shown in place of a figure, by its name in `regimes.toml`."""
    return _filled(Text.of(_declared()["reasons"][name]), **values)


@cache
def _declared() -> dict[str, Any]:
    text = files(__package__).joinpath("regimes.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _read(entry: dict[str, Any]) -> Regime:
    texts = {"title", "rule", "source", "few"}
    facts: dict[str, Any] = {
        key: Text.of(value) if key in texts else value for key, value in entry.items()
    }
    return Regime(**facts)


def _filled(text: Text, **values: object) -> Text:
    return Text(text.fr.format(**values), text.en.format(**values))
