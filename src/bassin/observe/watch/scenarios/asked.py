"""What an officer supposes, as it stands in an address: sectors, depth, horizon, starting point."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.indicators.activity_sets import Sets
from bassin.indicators.scenarios.declared import Scenario, Shock, crossed, percent
from bassin.taxonomies import naf
from bassin.types import Text

MOST = 20
"""Sectors of one scenario."""

_FIELDS = ("nom", "codes", "perimetre", "bas", "haut", "motif")
_LONGEST = {"nom": 120, "codes": 400, "perimetre": 80, "bas": 10, "haut": 10, "motif": 300}
_FAR = 120
"""Months from the starting point beyond which nobody should suppose anything."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sector as it was typed."""

    nom: str = ""
    codes: str = ""
    perimetre: str = ""
    bas: str = ""
    haut: str = ""
    motif: str = ""

    @property
    def empty(self) -> bool:
        """Whether it names no activity: it is then left out."""
        return not self.codes.strip() and not self.perimetre


@dataclass(frozen=True, slots=True)
class Asked:
    """A scenario as it was typed, nothing lost; `start` is a year of jobs, "" for the latest."""

    base: Scenario
    lines: tuple[Line, ...]
    horizon: str
    start: str

    @classmethod
    def read(
        cls, given: Mapping[str, str], base: Scenario, today: date, language: str = "fr"
    ) -> "Asked":  # fmt: skip
        """What an address says; what it does not say is what the declared scenario supposes."""
        typed = tuple(
            Line(*(given.get(f"{name}-{at}", "")[: _LONGEST[name]] for name in _FIELDS))
            for at in range(MOST) if any(f"{name}-{at}" in given for name in _FIELDS)
        )  # fmt: skip
        horizon = given.get("horizon", "").strip()[:10]
        return cls(
            base, typed or tuple(_line(each, language) for each in base.shocks),
            horizon or months_later(today, base.horizon_months).isoformat(),
            given.get("depart", "").strip()[:4],
        )  # fmt: skip

    def pairs(self) -> list[tuple[str, str]]:
        """As an address and hidden fields say it."""
        found = [("base", self.base.id), ("horizon", self.horizon), ("depart", self.start)]
        for at, line in enumerate(each for each in self.lines if not each.empty):
            found += [(f"{name}-{at}", getattr(line, name)) for name in _FIELDS]
        return [(name, value) for name, value in found if value]

    def query(self) -> str:
        """As what follows the ? of an address."""
        return urlencode(self.pairs())

    def until(self) -> date:
        """The day of the horizon.

        Raises:
            Refused: it is not a day, or is before the jobs it starts from, or too far.
        """
        try:
            day = date.fromisoformat(self.horizon)
        except ValueError as error:
            raise Refused(
                _("“{text}” is not a day. Write the horizon as 2028-11-30.").format(
                    text=self.horizon
                )
            ) from error
        return day

    def since(self) -> date | None:
        """The last day of the year whose jobs it starts from; None for the latest.

        Raises:
            Refused: it is not a year, or the horizon is not after it.
        """
        if not self.start:
            return None
        if not self.start.isdecimal() or not 1990 <= int(self.start) <= 2100:
            raise Refused(_("“{text}” is not a year. Write it as 2023.").format(text=self.start))
        return date(int(self.start), 12, 31)

    def scenario(self, perimeters: Sets) -> Scenario:
        """The scenario that is supposed, ready to be applied.

        Raises:
            Refused: a sector has no activity that exists, or its depth is no interval.
        """
        named = [each for each in self.lines if not each.empty]
        if not named:
            raise Refused(_("No sector is hit: give one at least, by its NAF code."))
        words = {
            said: each for shock in self.base.shocks for each in (shock.label, shock.why)
            for said in (each.fr, each.say("en"))
        }  # fmt: skip
        shocks = tuple(
            _shock(f"s{at}", line, perimeters, words) for at, line in enumerate(named)
        )  # fmt: skip
        same = [_told(each) for each in shocks] == [_told(each) for each in self.base.shocks]
        return replace(self.base, shocks=shocks, edited=not same)


def months_later(day: date, months: int) -> date:
    """The last day that surely exists, that many months later."""
    later = day.year * 12 + day.month - 1 + months
    return date(later // 12, later % 12 + 1, min(day.day, 28))


def too_far(start: date, until: date) -> bool:
    """Whether a horizon is beyond what may be supposed."""
    return until > months_later(start, _FAR)


def _line(shock: Shock, language: str) -> Line:
    return Line(
        shock.label.say(language), " ".join(shock.naf), "", f"{shock.low:g}", f"{shock.high:g}",
        shock.why.say(language),
    )  # fmt: skip


def _told(shock: Shock) -> tuple[frozenset[str], float, float]:
    known = naf.rev2()
    return frozenset(known.subclasses(shock.naf)) | shock.within, shock.low, shock.high


def _shock(key: str, line: Line, perimeters: Sets, words: Mapping[str, Text]) -> Shock:
    """A line as a shock; `words` are the declared sentences, by themselves in either language."""
    codes = _codes(line.codes)
    within: frozenset[str] = frozenset()
    if line.perimetre:
        if line.perimetre not in perimeters:
            raise Refused(
                _("“{text}” is not a perimeter known here. Choose one of the list.").format(
                    text=line.perimetre
                )
            )
        within = perimeters[line.perimetre].naf_codes
    label = _label(line, codes, perimeters, words)
    low, high = percent(line.bas, 0.0), percent(line.haut, 0.0)
    if not line.bas.strip() or not line.haut.strip():
        raise Refused(
            _("“{label}”: give both ends of the share lost, from 0 to 100.").format(label=label.fr)
        )
    if low > high:
        raise Refused(crossed(label, low, high))
    why = words.get(line.motif, Text(line.motif, line.motif))
    return Shock(key, codes, label, why, low, high, within)


def _codes(text: str) -> tuple[str, ...]:
    """The codes that are written, as the nomenclature writes them."""
    known = naf.rev2()
    found = []
    for word in text.replace(",", " ").replace(";", " ").split():
        try:
            found.append(known.entry(word).code)
        except Refused as refusal:
            raise Refused(
                _("“{text}” is not a code of NAF rev. 2: write a section (C), a division (51) or "
                  "a finer code (49.32Z).").format(text=word)
            ) from refusal  # fmt: skip
    return tuple(dict.fromkeys(found))


def _label(
    line: Line, codes: Sequence[str], perimeters: Sets, words: Mapping[str, Text]
) -> Text:  # fmt: skip
    if line.nom.strip():
        name = " ".join(line.nom.split())
        return words.get(name, Text(name, name))
    if codes:
        return naf.rev2().entry(codes[0]).label
    return perimeters[line.perimetre].label
