"""What a selection keeps, in plain Python: written without looking at how the SQL is made."""

from datetime import date
from functools import partial
from math import asin, cos, radians, sin, sqrt
from typing import Any

from shapely import Point, Polygon

from bassin.taxonomies.headcounts import bands

Row = dict[str, Any]


def keeps(row: Row, asked: dict[str, list[str]]) -> bool:
    """Whether a row is among what an address asks for (each value already known to be right)."""
    default = {} if "fermee" in asked else {"etat": ["A"]}
    return all(_JUDGES[param](row, values) for param, values in (default | asked).items())


def _place(row: Row, values: list[str]) -> bool:
    codes = {"commune:75056": {f"751{n:02}" for n in range(1, 21)} | {"75056"}}
    inside = {code for each in values for code in codes.get(each, {each.partition(":")[2]})}
    departements = {each[12:] for each in values if each.startswith("departement:")}
    return row["commune_code"] in inside or row["commune_code"][:2] in departements


def _quarter(row: Row, values: list[str]) -> bool:
    if values == ["oui"]:
        return row["qpv_code"] is not None
    if values == ["non"]:
        return row["has_position"] and row["qpv_code"] is None
    return row["qpv_code"] in values


def _activity(row: Row, values: list[str], column: str = "naf_code") -> bool:
    sections = {"C": range(10, 34), "E": range(36, 40), "F": range(41, 44), "G": range(45, 48),
                "I": range(55, 57), "J": range(58, 64), "S": range(94, 97)}  # fmt: skip
    code = row[column]
    if code is None:
        return False
    return any(
        int(code[:2]) in sections[each] if each in sections else code.startswith(each)
        for each in values
    )


def _staff(row: Row, values: list[str]) -> bool:
    low, high = values[0].split("-")
    one = bands()[row["headcount_band"] or "NN"]
    wanted = range(int(low or 0), int(high or 99_999) + 1)
    held = range(one.minimum, 99_999 if one.maximum is None else one.maximum + 1)
    return max(wanted[0], held[0]) <= min(wanted[-1], held[-1])


def _form(row: Row, values: list[str]) -> bool:
    return any((row["legal_category"] or "").startswith(each) for each in values)


def _yes(column: str):
    return lambda row, values: row[column] is (values[0] == "oui")


def _insertion(row: Row, values: list[str]) -> bool:
    kinds = (row["insertion_kind"] or "").split()
    return bool(kinds) and (values == ["oui"] or not set(kinds).isdisjoint(values))


def _between(column: str):
    def judge(row: Row, values: list[str]) -> bool:
        low, high = values[0].split("..")
        start = date(int(low), 1, 1) if low else date.min
        end = date(int(high), 12, 31) if high else date.max
        return row[column] is not None and start <= row[column] <= end

    return judge


def _moved(row: Row, values: list[str]) -> bool:
    came, left = row["moved_from"] is not None, row["moved_to"] is not None
    return {"arrivee": came, "depart": left, "oui": came or left}[values[0]]


def _procedure(row: Row, values: list[str]) -> bool:
    words = {"safeguard": "sauvegarde", "receivership": "redressement",
             "liquidation": "liquidation"}  # fmt: skip
    if row["procedure"] is None:
        return False
    if row["procedure_closed_on"] is not None:
        return "close" in values
    return "ouverte" in values or words[row["procedure"]] in values


def _state(row: Row, values: list[str]) -> bool:
    return values == ["tous"] or row["state"] in values


def _zone(row: Row, values: list[str]) -> bool:
    points = [tuple(map(float, each.split(","))) for each in values[0].split(";")]
    there = row["longitude"] is not None
    return there and Polygon(points).contains(Point(row["longitude"], row["latitude"]))


def _circle(row: Row, values: list[str]) -> bool:
    metres, centre = values[0].split("@")
    x, y = map(float, centre.split(","))
    if row["longitude"] is None:
        return False
    # The haversine formula, from the chord.
    x_1, y_1, x_2, y_2 = map(radians, (row["longitude"], row["latitude"], x, y))
    chord = sqrt(sin((y_2 - y_1) / 2) ** 2 + cos(y_1) * cos(y_2) * sin((x_2 - x_1) / 2) ** 2)
    return 2 * 6_371_008.8 * asin(chord) <= int(metres)


_JUDGES = {
    "lieu": _place, "qpv": _quarter, "naf": _activity,
    "naf2025": partial(_activity, column="naf2025_code"), "effectif": _staff, "forme": _form,
    "ess": _yes("is_ess"), "siege": _yes("is_head_office"), "insertion": _insertion,
    "creee": _between("created_on"), "fermee": _between("closed_on"), "demenage": _moved,
    "procedure": _procedure, "etat": _state, "zone": _zone, "rayon": _circle,
}  # fmt: skip
