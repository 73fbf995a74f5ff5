"""Codes of communes as publishers write them: zeros taken away, Paris, Lyon and Marseille twice.

A table never holds both a city and its arrondissements: their sum would count the city twice.
Counts keep the arrondissements; medians keep the city, which no part can give back.
"""

import ibis
import ibis.expr.types as ir

# City -> first and last code of its arrondissements.
CITIES = {
    "75056": ("75101", "75120"),
    "69123": ("69381", "69389"),
    "13055": ("13201", "13216"),
}


def with_zero(code: ir.StringValue) -> ir.StringValue:
    """A commune's code with the leading zero a spreadsheet took away: "1004" gives "01004".

    Only four digits are repaired. Anything else stays as written, for the checks to refuse.
    """
    text = code.strip()
    return text.re_search(r"^[1-9]\d{3}$").ifelse(ibis.literal("0") + text, text)


def city_of(code: ir.StringValue) -> ir.StringValue:
    """The city of an arrondissement; the code itself for any other commune."""
    inside = [(code.between(*ends), city) for city, ends in CITIES.items()]
    return ibis.cases(*inside, else_=code)


def without_doubled_cities(table: ir.Table, column: str) -> ir.Table:
    """Drop a city's own row where its arrondissements are there too."""
    for city, ends in CITIES.items():
        doubled = table[column].between(*ends).any().over()
        table = table.filter(~((table[column] == city) & doubled))
    return table


def without_doubled_arrondissements(table: ir.Table, column: str) -> ir.Table:
    """Drop the arrondissements of a city whose own row is there."""
    for city, ends in CITIES.items():
        doubled = (table[column] == city).any().over()
        table = table.filter(~(table[column].between(*ends) & doubled))
    return table
