"""What an officer answered, as it is kept: plain words, nothing understood yet."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Self

from bassin.observe.opendata.declaring.conditions import ALL, Condition

ROWS, SUM, RATIO, MEAN, VALUE, MEDIAN = "rows", "sum", "ratio", "mean", "value", "median"
"""What is measured of a place."""


@dataclass(frozen=True, slots=True)
class Part:
    """One term of a measure: rows counted, or a column added up, under conditions."""

    table: str = ""
    column: str = ""
    join: str = ALL
    conditions: tuple[Condition, ...] = ()

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """Read back what was kept; what is not known is left aside."""
        listed = kept.get("conditions", ())
        conditions = tuple(
            Condition(str(c["column"]), str(c["operator"]), tuple(map(str, c["values"])))
            for c in listed
        )
        own = {name: str(kept.get(name, "")) for name in ("table", "column", "join")}
        return cls(**{**own, "join": own["join"] or ALL}, conditions=conditions)


@dataclass(frozen=True, slots=True)
class Answers:
    """All the answers. `units` is the column that counts who stands behind; "" counts rows."""

    table: str
    what: str = ROWS
    part: Part = field(default_factory=Part)
    whole: Part = field(default_factory=Part)
    rule: str = "sum"
    absent: str = "unknown"
    name: str = ""
    label_fr: str = ""
    label_en: str = ""
    definition_fr: str = ""
    definition_en: str = ""
    universe_fr: str = ""
    universe_en: str = ""
    noun_fr: str = ""
    noun_en: str = ""
    caveat_fr: str = ""
    caveat_en: str = ""
    unit: str = ""
    decimals: int = 0
    difference: str = "relative"
    polarity: str = "neutral"
    chapter: str = ""
    regime: str = "already_protected"
    units: str = ""
    waiver_fr: str = ""
    waiver_en: str = ""
    visibility: str = "public"
    sampled: bool = False
    fragile_below: int = 200
    break_at: str = ""
    break_fr: str = ""
    break_en: str = ""

    def kept(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """Read back what was kept, whatever version of the form wrote it."""
        known = {each.name for each in fields(cls)} - {"part", "whole"}
        made = cls(**{name: value for name, value in kept.items() if name in known})
        return replace(
            made, part=Part.of(kept.get("part", {})), whole=Part.of(kept.get("whole", {}))
        )
