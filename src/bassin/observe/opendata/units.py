"""What the columns of files hold: their unit, read in their name, and those of a figure's file."""

from bassin.sources.contract import Column
from bassin.types import Text

_UNITS = (
    ("_m2_eur", "€/m²"), ("_pct", "%"), ("_eur", "€"), ("_km2", "km²"), ("_ha", "ha"),
    ("_m2", "m²"), ("_minutes", "min"), ("_m", "m"),
)  # fmt: skip
"""The end of a column's name, and its unit; longer ends first."""

_DEGREES = ("longitude", "latitude")


def unit_of(name: str) -> str:
    """The unit of a column, from its name; empty for a count, a code, a text or a date."""
    if name in _DEGREES:
        return "°"
    return next((unit for end, unit in _UNITS if name.endswith(end)), "")


OBSERVATION = {
    "place": Column(
        "VARCHAR", Text("Clé du lieu : échelle et code", "Key of the place: scale and code"), True
    ),
    "place_name": Column("VARCHAR", Text("Nom du lieu", "Name of the place"), True),
    "period": Column("VARCHAR", Text("Année, trimestre ou jour", "Year, quarter or day"), True),
    "value": Column(
        "DOUBLE",
        Text(
            "Valeur, dans l'unité du chiffre ; vide si elle est masquée ou absente",
            "Value, in the figure's unit; empty when hidden or absent",
        ),
    ),
    "upper": Column("DOUBLE", Text("Borne haute, pour un intervalle", "Upper end, of an interval")),
    "unit": Column("VARCHAR", Text("Unité", "Unit")),
    "status": Column(
        "VARCHAR",
        Text(
            "normal, secret, secondary, rounded, missing ou refused",
            "normal, secret, secondary, rounded, missing or refused",
        ),
        True,
    ),
    "reliability": Column(
        "VARCHAR",
        Text(
            "exhaustive, reliable, caution ou fragile", "exhaustive, reliable, caution or fragile"
        ),
        True,
    ),
    "origin": Column("VARCHAR", Text("real ou invented", "real or invented"), True),
    "cog": Column(
        "INTEGER",
        Text("Année du code officiel géographique", "Year of the official list of communes"),
    ),
    "why": Column("VARCHAR", Text("Pourquoi il n'y a pas de valeur", "Why there is no value")),
}
"""The columns of a figure's file: one row for each place and period."""
