"""An attacker tries to work secret figures out of everything that is published.

The attacker is written apart from the code under attack, with another method (linear
programming by scipy): knows every figure shown, that none is below zero, which cells have no
contributor, and, as an insider, the value of the cell where they are alone.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from bassin.indicators.figure import Status
from bassin.indicators.secrecy import (
    SHOWN,
    Aggregate,
    CellKey,
    CellTable,
    Verdict,
    cross,
    protect,
    protect_linked,
    regime,
)

BUSINESS = regime("business")


class Attacker:
    """Bounds any sum of cells from the figures that a set of verdicts leaves visible."""

    def __init__(
        self,
        cells: CellTable,
        published: Sequence[Aggregate],
        verdicts: Mapping[CellKey, Verdict],
    ) -> None:
        self.cells = cells
        self.position = {key: at for at, key in enumerate(cells.keys)}
        shown = [one for one in published if verdicts[one.key].status is Status.NORMAL]
        self.rows = np.array([self.row(one) for one in shown]).reshape(len(shown), len(cells))

    def row(self, one: Aggregate) -> np.ndarray:
        row = np.zeros(len(self.cells))
        row[[self.position[cell] for cell in one.cells]] = 1.0
        return row

    def bounds(self, target: np.ndarray, insider: int | None = None) -> tuple[float, float]:
        """The lowest and highest value of a sum of cells that fit what is known."""
        values = self.cells.values
        limits: list[tuple[float, float | None]] = [
            (0.0, 0.0 if units == 0 else None) for units in self.cells.units
        ]
        if insider is not None:
            limits[insider] = (values[insider], values[insider])
        found = []
        for sign in (1.0, -1.0):
            answer = linprog(
                sign * target,
                A_eq=self.rows if len(self.rows) else None,
                b_eq=self.rows @ values if len(self.rows) else None,
                bounds=limits,
                method="highs",
            )
            assert answer.status in (0, 3), answer.message
            found.append(np.inf if answer.status == 3 else sign * answer.fun)
        return found[0], abs(found[1])

    def recovers_exactly(self, target: np.ndarray) -> bool:
        """True when the sum is a linear combination of what is shown (cells without units out)."""
        alive = self.cells.units > 0
        rows, wanted = self.rows[:, alive], target[alive]
        if not len(rows):
            return not wanted.any()
        factors = np.linalg.lstsq(rows.T, wanted, rcond=1e-10)[0]
        return bool(np.abs(rows.T @ factors - wanted).max() < 1e-7)


def assert_nothing_leaks(
    cells: CellTable, published: Sequence[Aggregate], verdicts: Mapping[CellKey, Verdict]
) -> None:
    attacker = Attacker(cells, published, verdicts)
    alone: list[int | None] = [int(at) for at in np.flatnonzero(cells.units == 1)]
    for one in published:
        if verdicts[one.key].status is Status.SECRET:
            target = attacker.row(one)
            assert not attacker.recovers_exactly(target), one
            for insider in [None, *alone]:
                assert_wide(attacker, target, insider)


def assert_wide(attacker: Attacker, target: np.ndarray, insider: int | None) -> None:
    values = attacker.cells.values
    known = 0.0
    if insider is not None:
        known = target[insider] * values[insider]
        if target[insider] and known >= target @ values - 1e-9:
            return  # the figure is the insider's own: there is nothing left to learn
    low, high = attacker.bounds(target, insider)
    value = target @ values - known
    low, high = low - known, high - known
    wanted = max(value * BUSINESS.protection_pct / 100, BUSINESS.protection_floor)
    assert high >= value + wanted - 1e-6, (target, insider, value, low, high)
    assert low <= value - min(wanted, value / 2) + 1e-6, (target, insider, value, low, high)


@st.composite
def cell_tables(draw: st.DrawFn) -> tuple[CellTable, list[Aggregate]]:
    """Any small table, crossed with any overlapping places and categories, plus linked sums."""
    bases = [f"c{at}" for at in range(draw(st.integers(1, 5)))]
    parts = [f"k{at}" for at in range(draw(st.integers(1, 4)))]
    keys = [(base, part) for base in bases for part in parts]
    amounts = st.one_of(st.integers(0, 6), st.integers(0, 2000))
    people = [draw(st.lists(amounts, max_size=6)) for _ in keys]
    known = draw(st.booleans())
    cells = CellTable.of(
        keys,
        [len(some) for some in people],
        [float(sum(some)) for some in people],
        [float(max(some, default=0)) for some in people] if known else None,
    )
    places = groups(draw, bases, "place")
    categories = groups(draw, parts, "group")
    published = cross(places, categories, headlines=list(places)[-1:])
    linked = draw(st.lists(st.sets(st.sampled_from(keys), min_size=1), max_size=3))
    published += [
        Aggregate((f"linked{at}", "all"), tuple(sorted(some))) for at, some in enumerate(linked)
    ]
    return cells, published


def groups(draw: st.DrawFn, bases: list[str], name: str) -> dict[str, list[str]]:
    shown = {base: [base] for base in bases if draw(st.booleans()) or draw(st.booleans())}
    subsets = draw(st.lists(st.sets(st.sampled_from(bases), min_size=1), max_size=3))
    shown |= {f"{name}{at}": sorted(some) for at, some in enumerate(subsets)}
    shown[f"{name}-total"] = bases
    return shown


@settings(max_examples=150, deadline=None)
@given(cell_tables())
def test_no_attacker_places_a_secret_figure_of_any_table(
    table: tuple[CellTable, list[Aggregate]],
) -> None:
    cells, published = table
    verdicts = protect(cells, BUSINESS, published)
    assert_nothing_leaks(cells, published, verdicts)


def two_way() -> tuple[CellTable, list[Aggregate]]:
    """Four communes by three activities and their totals; one cell rests on two firms."""
    keys = [(place, kind) for place in "abcd" for kind in "CFG"]
    values = [50, 400, 800, 300, 350, 700, 600, 900, 450, 500, 650, 750]
    cells = CellTable.of(keys, [2] + [9] * 11, values, [25, *(value / 9 for value in values[1:])])
    places = {one: [one] for one in "abcd"} | {"T12": list("abcd")}
    return cells, cross(places, {one: [one] for one in "CFG"} | {"all": list("CFG")})


def test_the_attacker_finds_a_cell_that_has_only_primary_secrecy() -> None:
    # given a table in which only the secret cell itself is hidden
    cells, published = two_way()
    verdicts = {one.key: SHOWN for one in published}
    verdicts["a", "C"] = Verdict(Status.SECRET)
    # when the attacker looks at it
    attacker = Attacker(cells, published, verdicts)
    target = attacker.row(Aggregate(("a", "C"), (("a", "C"),)))
    # then they have it: the tests of this file can fail
    assert attacker.recovers_exactly(target)
    assert attacker.bounds(target) == pytest.approx((50, 50))


def test_the_attacker_finds_a_cell_when_one_complement_is_shown_again() -> None:
    cells, published = two_way()
    verdicts = protect(cells, BUSINESS, published)
    assert_nothing_leaks(cells, published, verdicts)

    for key, verdict in verdicts.items():
        if verdict.status is Status.SECONDARY:
            with pytest.raises(AssertionError):
                assert_nothing_leaks(cells, published, {**verdicts, key: SHOWN})


def test_the_attacker_finds_nothing_in_a_linked_hierarchy_of_places() -> None:
    # given twelve communes by six activities, two EPTs, an overlapping area and the whole
    random = np.random.default_rng(12)
    keys = [(f"c{place}", f"k{kind}") for place in range(12) for kind in range(6)]
    jobs = [random.integers(1, 60, random.poisson(5)) for _ in keys]
    cells = CellTable.of(
        keys,
        [len(some) for some in jobs],
        [float(some.sum()) for some in jobs],
        [float(some.max(initial=0)) for some in jobs],
    )
    communes = [f"c{place}" for place in range(12)]
    places = {one: [one] for one in communes}
    places |= {"north": communes[:6], "south": communes[6:], "area": communes[4:8]}
    kinds = {f"k{kind}": [f"k{kind}"] for kind in range(6)}
    kinds |= {"productive": ["k0", "k1", "k2"], "all": [f"k{kind}" for kind in range(6)]}
    published = cross(places | {"whole": communes}, kinds, headlines=["whole"])
    # when
    verdicts = protect(cells, BUSINESS, published)
    # then
    assert_nothing_leaks(cells, published, verdicts)
    assert verdicts["whole", "all"].shown


@pytest.mark.parametrize("seed", range(4))
def test_of_a_small_table_no_complement_could_be_shown_again(seed: int) -> None:
    # given six communes by four activities, places that overlap, and sums of activities
    random = np.random.default_rng(seed)
    communes, kinds = [f"c{at}" for at in range(6)], [f"k{at}" for at in range(4)]
    keys = [(commune, kind) for commune in communes for kind in kinds]
    jobs = [random.integers(1, 60, random.poisson(4)) for _ in keys]
    cells = CellTable.of(
        keys,
        [len(some) for some in jobs],
        [float(some.sum()) for some in jobs],
        [float(some.max(initial=0)) for some in jobs],
    )
    places = {one: [one] for one in communes}
    places |= {"north": communes[:3], "area": communes[1:4], "whole": communes}
    sums = {one: [one] for one in kinds} | {"productive": kinds[:2], "all": kinds}
    published = cross(places, sums, headlines=["whole"])
    # when
    verdicts = protect(cells, BUSINESS, published)
    # then nobody places a secret figure, and somebody would, were any one figure shown again
    assert_nothing_leaks(cells, published, verdicts)
    hidden = [key for key, verdict in verdicts.items() if verdict.status is Status.SECONDARY]
    assert hidden
    for key in hidden:
        with pytest.raises(AssertionError):
            assert_nothing_leaks(cells, published, {**verdicts, key: SHOWN})


def test_sums_of_one_amount_are_hidden_for_one_large_firm_only_where_there_is_one() -> None:
    # given the jobs of two activities and of both, in four communes of many firms
    parts = {(place, kind): (400.0, 12) for place in "abcd" for kind in ("10", "01")}
    parts |= {("T12", kind): (1600.0, 48) for kind in ("10", "01")}
    figures = {"industry": ["10"], "services": ["01"], "all": ["01", "10"]}
    inside = {"T12": list("abcd")}
    # when the largest firm is known, and is small everywhere, or large in one activity of one place
    small = dict.fromkeys(parts, 60.0)
    judged = protect_linked(parts, figures, BUSINESS, inside, small)
    one = protect_linked(parts, figures, BUSINESS, inside, {**small, ("a", "10"): 390.0})
    unknown = protect_linked(parts, figures, BUSINESS, inside)
    # then nothing is hidden for nothing, and what must be is
    assert all(verdict.shown for verdict in judged.values())
    assert one["a", "industry"].status is Status.SECRET
    assert [v.status for v in one.values()].count(Status.SECRET) == 1
    assert one["T12", "all"].shown
    assert sum(not verdict.shown for verdict in one.values()) == 4
    assert unknown["a", "industry"].status is Status.SECRET
