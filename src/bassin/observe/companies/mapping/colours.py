"""What points may be coloured by: few classes, each with a colour, a sign and a name.

Colours are those of Okabe and Ito, told apart by people who see few colours; the sign says the
same without any.
"""

from dataclasses import dataclass

from bassin.types import Text

ORANGE, SKY, GREEN, YELLOW = "#B35900", "#56B4E9", "#00785A", "#F0E442"
BLUE, RED, PURPLE, GREY = "#0072B2", "#C04A00", "#9B4F82", "#6B7075"
_RAMP = ("#C7E5B4", "#73C3BB", "#3187B7", "#22479B", "#0C1F5C")


@dataclass(frozen=True, slots=True)
class Class:
    """One class: its value in a tile, its colour, its sign, its name."""

    value: str
    colour: str
    sign: str
    label: Text


@dataclass(frozen=True, slots=True)
class Scheme:
    """An attribute that colours: its name in tiles, the SQL that gives it, its classes."""

    key: str
    label: Text
    sql: str
    classes: tuple[Class, ...]


_DIVISION = "CAST(left(naf_code, 2) AS INTEGER)"
_YEARS = "greatest(0, CAST(left(period, 4) AS INTEGER) - year(created_on))"

SCHEMES: tuple[Scheme, ...] = (
    Scheme(
        "sector",
        Text("Secteur", "Sector"),
        f"CASE WHEN naf_code IS NULL THEN '' WHEN {_DIVISION} <= 3 THEN 'o' "
        f"WHEN {_DIVISION} <= 39 THEN 'i' WHEN {_DIVISION} <= 43 THEN 'c' "
        f"WHEN {_DIVISION} <= 56 THEN 't' WHEN {_DIVISION} <= 82 THEN 'b' "
        f"WHEN {_DIVISION} <= 88 THEN 'p' ELSE 'o' END",
        (
            Class("i", BLUE, "I", Text("Industrie, énergie, eau", "Industry, energy, water")),
            Class("c", RED, "C", Text("Construction", "Construction")),
            Class(
                "t",
                GREEN,
                "T",
                Text(
                    "Commerce, transport, hôtels, restaurants",
                    "Trade, transport, hotels, restaurants",
                ),
            ),
            Class("b", PURPLE, "S", Text("Services aux entreprises", "Business services")),
            Class(
                "p",
                SKY,
                "P",
                Text("Administration, école, santé", "Administration, school, health"),
            ),
            Class("o", GREY, "A", Text("Autres", "Others")),
        ),
    ),
    Scheme(
        "staff",
        Text("Effectif", "Staff"),
        "CASE WHEN headcount_band IS NULL OR headcount_band IN ('NN', '00') THEN '' "
        "WHEN headcount_band <= '03' THEN '1' WHEN headcount_band <= '11' THEN '2' "
        "WHEN headcount_band <= '12' THEN '3' ELSE '4' END",
        (
            Class("1", _RAMP[1], "1", Text("1 à 9 salariés", "1 to 9 employees")),
            Class("2", _RAMP[2], "2", Text("10 à 19", "10 to 19")),
            Class("3", _RAMP[3], "3", Text("20 à 49", "20 to 49")),
            Class("4", _RAMP[4], "4", Text("50 ou plus", "50 or more")),
        ),
    ),
    Scheme(
        "age",
        Text("Âge", "Age"),
        f"CASE WHEN created_on IS NULL THEN '' WHEN {_YEARS} < 3 THEN '1' "
        f"WHEN {_YEARS} < 10 THEN '2' WHEN {_YEARS} < 20 THEN '3' ELSE '4' END",
        (
            Class("1", _RAMP[1], "1", Text("moins de 3 ans", "under 3 years")),
            Class("2", _RAMP[2], "2", Text("3 à 9 ans", "3 to 9 years")),
            Class("3", _RAMP[3], "3", Text("10 à 19 ans", "10 to 19 years")),
            Class("4", _RAMP[4], "4", Text("20 ans ou plus", "20 years or more")),
        ),
    ),
    Scheme(
        "ess",
        Text("Économie sociale et solidaire", "Social economy"),
        "CASE WHEN is_ess THEN 'e' ELSE '' END",
        (Class("e", GREEN, "E", Text("de l'économie sociale", "in the social economy")),),
    ),
    Scheme(
        "state",
        Text("Actif ou fermé", "Active or closed"),
        "state",
        (
            Class("A", BLUE, "A", Text("actif", "active")),
            Class("F", GREY, "F", Text("fermé", "closed")),
        ),
    ),
)
"""Attributes by which a map may be coloured, the first unless another is chosen."""
NOTHING = Class("", "#D9D6CD", "", Text("rien de cela, ou non connu", "none of these, or unknown"))
