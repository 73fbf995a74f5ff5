"""The kinds of a shared column, in words that people choose from, and what each must hold."""

from dataclasses import dataclass, replace

from bassin.sources.contract import CODE_COMMUNE, Column
from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its name in a declaration, its words, an example, and the rules of its column.

    `scheme` is the type that Table Schema gives it.
    """

    name: str
    title: Text
    example: str
    column: Column
    scheme: str = "string"


_NOTHING = Text("")
KINDS = {
    each.name: each
    for each in (
        Kind("text", Text("texte", "text"), "Marché du centre", Column("VARCHAR", _NOTHING)),
        Kind("integer", Text("nombre entier", "whole number"), "12",
             Column("BIGINT", _NOTHING), "integer"),
        Kind("number", Text("nombre", "number"), "12.5", Column("DOUBLE", _NOTHING), "number"),
        Kind("date", Text("date (AAAA-MM-JJ)", "date (YYYY-MM-DD)"), "2026-03-31",
             Column("DATE", _NOTHING), "date"),
        Kind("boolean", Text("oui ou non", "yes or no"), "oui",
             Column("BOOLEAN", _NOTHING), "boolean"),
        Kind("commune_code", Text("code de commune (Insee)", "code of a commune (Insee)"), "01004",
             Column("VARCHAR", _NOTHING, pattern=CODE_COMMUNE)),
        Kind("siret", Text("SIRET", "SIRET"), "35600000000048",
             Column("VARCHAR", _NOTHING, pattern=r"^\d{14}$", checked=True)),
        Kind("siren", Text("SIREN", "SIREN"), "356000000",
             Column("VARCHAR", _NOTHING, pattern=r"^\d{9}$", checked=True)),
        Kind("naf_code", Text("code NAF", "NAF code"), "10.71C",
             Column("VARCHAR", _NOTHING, pattern=r"^\d{2}\.\d{2}[A-Z]$")),
        Kind("postal_code", Text("code postal", "postal code"), "01500",
             Column("VARCHAR", _NOTHING, pattern=r"^\d{5}$")),
        Kind("period", Text("période : année, trimestre, mois ou jour",
                            "period: year, quarter, month or day"), "2026",
             Column("VARCHAR", _NOTHING, pattern=r"^\d{4}(-(Q[1-4]|\d{2}(-\d{2})?))?$")),
    )
}  # fmt: skip
"""All kinds, in the order in which they are offered."""


def column(
    kind: str, label: Text, *, unit: Text, required: bool, choices: tuple[str, ...],
    minimum: float | None, maximum: float | None,
) -> Column:  # fmt: skip
    """The rules of a column of a kind."""
    return replace(
        KINDS[kind].column, label=label, unit=unit, required=required, choices=choices,
        minimum=minimum, maximum=maximum,
    )  # fmt: skip
