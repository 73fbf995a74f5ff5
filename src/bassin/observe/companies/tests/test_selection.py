"""A selection keeps exactly what it says, for any choice; and what it does not know it refuses."""

from dataclasses import replace
from datetime import date
from functools import partial
from math import cos, pi, sin

from django.http import QueryDict
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bassin.observe.companies.filters.drawn import Circle
from bassin.observe.companies.selection import Selection, Typed
from bassin.observe.companies.tests.drawing import (
    COMMUNES,
    FORMS,
    NAF,
    NAF_2025,
    QUARTERS,
    drawn_rows,
)
from bassin.observe.companies.tests.oracle import keeps
from bassin.types import Text

TODAY = date(2026, 11, 20)

# What fails is told as it was drawn: making it smaller reads two thousand rows for minutes.
drawn = partial(
    settings, deadline=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip


def some(*values: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)


def one(*values: str) -> st.SearchStrategy[list[str]]:
    return st.sampled_from(values).map(lambda each: [each])


years = st.tuples(st.integers(2000, 2012), st.integers(2012, 2026)).map(
    lambda pair: [f"{pair[0]}..{pair[1]}"]
)


@st.composite
def zones(draw) -> list[str]:
    """A star around a point: it never crosses itself, it has hollows."""
    x, y = draw(st.floats(2.34, 2.46)), draw(st.floats(48.73, 48.82))
    reaches = draw(st.lists(st.floats(0.004, 0.05), min_size=3, max_size=9))
    turn = 2 * pi / len(reaches)
    points = [
        f"{x + far * cos(n * turn):.5f},{y + far * sin(n * turn):.5f}"
        for n, far in enumerate(reaches)
    ]
    return [";".join([*points, points[0]])]


circles = st.tuples(st.integers(100, 8000), st.floats(2.3, 2.5), st.floats(48.7, 48.85)).map(
    lambda each: [f"{each[0]}@{each[1]:.5f},{each[2]:.5f}"]
)
staff = st.tuples(st.integers(0, 60), st.integers(60, 600)).flatmap(
    lambda pair: st.sampled_from([f"{pair[0]}-{pair[1]}", f"{pair[0]}-", f"-{pair[1]}"])
).map(lambda text: [text])  # fmt: skip

CHOICES = {
    "lieu": some(*(f"commune:{code}" for code in COMMUNES), "commune:75056", "departement:94"),
    "qpv": st.one_of(one("oui", "non"), some(*filter(None, QUARTERS))),
    "naf": some("C", "G", "25", "25.6", "25.62", *NAF),
    "naf2025": some("C", "G", "25", "25.5", *NAF_2025),
    "effectif": staff,
    "forme": some("5", "57", "92", *filter(None, FORMS)),
    "ess": one("oui", "non"),
    "siege": one("oui", "non"),
    "insertion": st.one_of(one("oui"), some("ACI", "EI", "ETTI")),
    "creee": years,
    "fermee": years,
    "demenage": one("oui", "arrivee", "depart"),
    "procedure": some("ouverte", "sauvegarde", "redressement", "liquidation", "close"),
    "etat": one("A", "F", "tous"),
    "zone": zones(),
    "rayon": circles,
}
asked = st.fixed_dictionaries({}, optional=CHOICES)


def kept(house, selection: Selection) -> set[str]:
    where, values = selection.where()
    sql = f"SELECT siret FROM establishments_shown WHERE {where}"
    return {each for (each,) in house.reader.rows(sql, values)}


@drawn(max_examples=50)
@given(choice=asked)
def test_what_a_selection_keeps_is_what_plain_python_keeps(many, choice):
    selection = Selection.read(Typed(choice), many, TODAY, officer=True)

    expected = {row["siret"] for row in drawn_rows(2000) if keeps(row, choice)}

    assert kept(many, selection) == expected


@drawn(max_examples=40)
@given(choice=asked)
def test_a_selection_read_back_from_its_own_address_is_the_same(many, choice):
    selection = Selection.read(Typed(choice), many, TODAY, officer=True)

    again = Selection.read(QueryDict(selection.query()), many, TODAY, officer=True)

    assert again == selection
    assert again.query() == selection.query()


@drawn(max_examples=20)
@given(zone=zones())
def test_a_zone_keeps_the_same_whether_its_rows_have_places_or_not(many, zone):
    chosen = Selection.read(Typed({"zone": zone}), many, TODAY, officer=True)
    assert chosen.zone is not None
    without = replace(chosen, zone=replace(chosen.zone, firms=None))

    assert "rowid" in chosen.where()[0]
    assert "rowid" not in without.where()[0]
    assert kept(many, chosen) == kept(many, without)


def test_a_circle_around_a_station_elides_as_french_does():
    said = Circle("500@gares", 500, (), Text("une gare", "a station")).said()

    assert said == Text("à 500 m au plus d'une gare", "within 500 m of a station")
