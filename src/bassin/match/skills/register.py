"""The national registers of certifications (RNCP, RS), as the store holds them.

A course names a certification by its code; the register says its title, its level, until when one
may enter, and the trades it leads to. A code that the register lacks is a question, never a no.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from bassin.indicators.house import House
from bassin.taxonomies.rome import Rome
from bassin.types import Origin

_FOUND = """
SELECT certification_code, label, short_label, level, active, ends_on FROM certifications
WHERE certification_code IN (SELECT unnest($1))
"""
_TRADES = """
SELECT certification_code, rome_code FROM certification_occupations
WHERE certification_code IN (SELECT unnest($1))
    AND read_on = (SELECT max(read_on) FROM certification_occupations)
ORDER BY ALL
"""
_DOMAINS = """
SELECT certification_code, domain_code, label FROM certification_domains
WHERE certification_code IN (SELECT unnest($1))
    AND read_on = (SELECT max(read_on) FROM certification_domains)
ORDER BY certification_code, kind, domain_code
"""


@dataclass(frozen=True, slots=True)
class Certification:
    """A certification of the register.

    `trades` are codes of ROME 3, `domains` labels by code of Formacode, then of NSF.
    """

    code: str
    label: str
    short: str = ""
    level: int | None = None
    active: bool | None = None
    ends_on: date | None = None
    trades: tuple[str, ...] = ()
    domains: Mapping[str, str] = field(default_factory=dict)

    def valid_on(self, day: date) -> bool | None:
        """Whether one may still enter on a day; None when the register does not say.

        The end of the registration is the law's date; a card said inactive without one is over.
        """
        if self.ends_on is not None:
            return day <= self.ends_on
        return self.active


@dataclass(frozen=True)
class Register:
    """What is known of some certifications. `vintage` is empty when no register is loaded."""

    known: Mapping[str, Certification] = field(default_factory=dict)
    vintage: str = ""
    origin: Origin = Origin.REAL

    @classmethod
    def of(cls, house: House, rome: Rome, codes: Collection[str]) -> "Register":
        """That of the release in service, for these codes."""
        reader = house.reader
        if not reader.has("certifications"):
            return cls()
        wanted = [sorted(set(codes))]
        trades: dict[str, list[str]] = {}
        if reader.has("certification_occupations"):
            parents = third(rome)
            for code, rome_code in reader.rows(_TRADES, wanted):
                if found := parents.get(rome_code):
                    trades.setdefault(code, []).append(found)
        domains: dict[str, dict[str, str]] = {}
        if reader.has("certification_domains"):
            for code, domain, label in reader.rows(_DOMAINS, wanted):
                domains.setdefault(code, {})[domain] = label or ""
        known = {
            code: Certification(
                code, label, short or "", level, active, ends_on,
                tuple(dict.fromkeys(trades.get(code, ()))), domains.get(code, {}),
            )
            for code, label, short, level, active, ends_on in reader.rows(_FOUND, wanted)
        }  # fmt: skip
        version = reader.release.tables["certifications"].version
        return cls(known, version.vintage, version.origin)


def third(rome: Rome) -> dict[str, str]:
    """By a code of ROME 4 or of ROME 3, that of ROME 3: both look alike, only the table tells."""
    fourth = zip(
        rome.tags["rome4_code"].to_pylist(), rome.tags["rome_code"].to_pylist(), strict=True
    )
    return {code: code for code in rome.codes} | dict(fourth)
