"""Statistical secrecy: rules, published examples, no overkill, masks and their limits."""

from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from bassin.errors import Refused
from bassin.indicators.figure import Observation, PlaceName, Status
from bassin.indicators.secrecy import (
    ALL,
    Aggregate,
    CellTable,
    Mask,
    PublishedTable,
    Regime,
    all_regimes,
    cross,
    protect,
    protect_observations,
    publication_mask,
    regime,
)
from bassin.types import Scale, Text

BUSINESS = regime("business")
COMMUNES = ["94081", "94076", "94041", "94022", "94073"]


def alone(units: int, value: float, largest: float | None, rule: Regime = BUSINESS) -> Status:
    key = ("94081", ALL)
    parts = None if largest is None else [largest]
    cells = CellTable.of([key], [units], [value], parts)
    return protect(cells, rule, [Aggregate(key, (key,))])[key].status


def one_category(units: list[int], values: list[float]) -> tuple[CellTable, list[Aggregate]]:
    """Five communes and their EPT; every firm of a commune is of the same size."""
    cells = CellTable.of(
        [(commune, ALL) for commune in COMMUNES],
        units,
        values,
        [value / max(count, 1) for count, value in zip(units, values, strict=True)],
    )
    places = {commune: [commune] for commune in COMMUNES} | {"T12": COMMUNES}
    return cells, cross(places, headlines=["T12"])


@pytest.mark.parametrize(
    ("code", "units", "value", "largest", "expected"),
    [
        ("business", 3, 100, 40, Status.NORMAL),
        ("business", 2, 100, 50, Status.SECRET),
        ("business", 0, 0, 0, Status.NORMAL),
        ("business", 9, 100, 84.9, Status.NORMAL),
        ("business", 9, 100, 85, Status.SECRET),
        ("fiscal_person", 10, 100, 20, Status.SECRET),
        ("fiscal_person", 11, 100, 20, Status.NORMAL),
        ("local", 2, 100, 50, Status.SECRET),
        ("already_protected", 1, 100, 100, Status.NORMAL),
    ],
)
def test_each_regime_hides_below_its_thresholds(
    code: str, units: int, value: float, largest: float, expected: Status
) -> None:
    assert alone(units, value, largest, regime(code)) is expected


def test_an_unknown_largest_unit_hides_and_says_why() -> None:
    key = ("94081", ALL)
    cells = CellTable.of([key], [5], [100])
    verdict = protect(cells, BUSINESS, [Aggregate(key, (key,))])[key]

    assert verdict.status is Status.SECRET
    assert verdict.reason is not None
    assert verdict.reason.fr == (
        "masqué par prudence : la part de la plus grosse unité n'est pas connue"
    )


def test_dominance_may_be_waived_with_a_written_reason_only() -> None:
    why = Text("le fichier ne dit pas la taille des entreprises", "the file has no sizes")

    assert alone(5, 100, None, BUSINESS.waive_dominance(why)) is Status.NORMAL
    with pytest.raises(Refused, match="written reason"):
        BUSINESS.waive_dominance(Text(" "))


def test_a_total_is_shown_when_no_part_could_dominate_it_even_if_unknown() -> None:
    cells = CellTable.of([(one, ALL) for one in COMMUNES], [5] * 5, [100] * 5)
    total = Aggregate(("T12", ALL), cells.keys)

    assert protect(cells, BUSINESS, [total])["T12", ALL].status is Status.NORMAL


def test_a_declaration_may_be_stricter_than_the_law_but_not_looser() -> None:
    assert BUSINESS.stricter(min_units=5).min_units == 5
    assert regime("local").stricter(min_units=2).min_units == 2
    with pytest.raises(Refused, match="shows more"):
        BUSINESS.stricter(min_units=2)
    with pytest.raises(Refused, match="shows more"):
        BUSINESS.stricter(dominance_pct=90)


def test_wealth_tax_needs_fifty_taxpayers_and_a_large_commune() -> None:
    rule, key = regime("wealth_tax"), ("94081", ALL)
    cells = CellTable.of([key], [60], [100], [5])

    def status(population: float | None) -> Status:
        figure = Aggregate(key, (key,), population=population)
        return protect(cells, rule, [figure])[key].status

    assert status(20_001) is Status.NORMAL
    assert status(20_000) is Status.SECRET
    assert status(None) is Status.SECRET


def test_a_median_income_needs_fifty_households_or_since_2012_a_hundred_persons() -> None:
    key = ("94081", ALL)
    cells = CellTable.of([key], [49], [20_000])
    figure = [Aggregate(key, (key,), population=100)]

    old, new = (regime("income_median", date(year, 1, 1)) for year in (2010, 2020))
    assert protect(cells, old, figure)[key].status is Status.SECRET
    assert protect(cells, new, figure)[key].status is Status.NORMAL


def test_a_regime_that_does_not_exist_says_which_do() -> None:
    with pytest.raises(Refused, match="business"):
        regime("companies")
    with pytest.raises(Refused, match="2008-02-20"):
        regime("income_median", date(2000, 1, 1))


def test_every_regime_has_its_texts_and_its_source_in_both_languages() -> None:
    for one in all_regimes():
        for text in (one.title, one.rule, one.source, one.few):
            assert text.fr, one.code
            assert text.en, one.code
    assert BUSINESS.few_units().fr == "secret statistique : moins de 3 unités"
    assert BUSINESS.few_units().en == "statistical secrecy: fewer than 3 units"


def test_a_figure_is_judged_by_its_own_number_of_firms_when_the_sum_counts_some_twice() -> None:
    cells = CellTable.of([("a", ALL), ("b", ALL)], [2, 2], [10, 10], [5, 5])
    total = Aggregate(("T12", ALL), cells.keys, units=2)

    assert protect(cells, BUSINESS, [total])["T12", ALL].status is Status.SECRET


def test_a_lone_secret_commune_takes_the_smallest_sufficient_other_with_it() -> None:
    # given one commune with two firms, and four others that may be shown
    cells, published = one_category([2, 9, 9, 9, 9], [40, 900, 300, 500, 700])
    # when the EPT is published too
    verdicts = protect(cells, BUSINESS, published)
    # then the smallest of the others is hidden, and the headline is not
    statuses = {place: verdict.status for (place, _), verdict in verdicts.items()}
    assert statuses["94081"] is Status.SECRET
    assert statuses["94041"] is Status.SECONDARY
    assert statuses["T12"] is Status.NORMAL
    assert Counter(statuses.values())[Status.SECONDARY] == 1


def test_an_empty_commune_is_no_hiding_place() -> None:
    cells, published = one_category([2, 0, 9, 9, 9], [40, 0, 300, 500, 700])
    verdicts = protect(cells, BUSINESS, published)

    assert verdicts["94076", ALL].status is Status.NORMAL
    assert verdicts["94041", ALL].status is Status.SECONDARY


def test_two_communes_with_one_firm_each_need_a_third() -> None:
    # Each firm could otherwise subtract its own figure from the total and read the other's.
    cells, published = one_category([1, 1, 9, 9, 9], [40, 60, 300, 500, 700])
    statuses = Counter(verdict.status for verdict in protect(cells, BUSINESS, published).values())

    assert statuses == {Status.SECRET: 2, Status.SECONDARY: 1, Status.NORMAL: 3}


def test_the_total_goes_when_nothing_else_can_hide_the_figure() -> None:
    cells = CellTable.of([("a", ALL), ("b", ALL)], [2, 9], [100, 3], [60, 1])
    published = cross({"a": ["a"], "b": ["b"], "T12": ["a", "b"]}, headlines=["T12"])
    verdicts = protect(cells, BUSINESS, published)

    assert verdicts["a", ALL].status is Status.SECRET
    assert verdicts["T12", ALL].status is Status.SECONDARY


def test_a_secret_cell_of_a_two_way_table_takes_three_more() -> None:
    # given four communes by three activities, one cell of which rests on two firms
    keys = [(place, kind) for place in COMMUNES[:4] for kind in "CFG"]
    values = [50, 400, 800, 300, 350, 700, 600, 900, 450, 500, 650, 750]
    cells = CellTable.of(keys, [2] + [9] * 11, values, [25, *(value / 9 for value in values[1:])])
    places = {one: [one] for one in COMMUNES[:4]} | {"T12": COMMUNES[:4]}
    kinds = {one: [one] for one in "CFG"} | {ALL: list("CFG")}
    # when the margins are published
    verdicts = protect(cells, BUSINESS, cross(places, kinds, headlines=["T12"]))
    # then the smallest possible circuit is hidden, and no margin
    hidden = {key for key, verdict in verdicts.items() if not verdict.shown}
    assert len(hidden) == 4
    assert len({place for place, _ in hidden}) == len({kind for _, kind in hidden}) == 2
    assert "T12" not in {place for place, _ in hidden}


def test_a_second_table_that_shares_cells_gives_nothing_away() -> None:
    # given a commune hidden beside another in the EPT
    cells, published = one_category([2, 9, 9, 9, 9], [40, 900, 300, 500, 700])
    first = protect(cells, BUSINESS, published)
    hidden = {place for (place, _), verdict in first.items() if not verdict.shown}
    # when a second table publishes an area that holds one of the two, and shown communes
    (other,) = hidden - {"94081"}
    linked = Aggregate(("area", ALL), (("94081", ALL), ("94076", ALL)))
    both = protect(cells, BUSINESS, [*published, linked])
    # then the area is hidden, or a commune of it is, so that the first is not the difference
    shown = {place for (place, _), verdict in both.items() if verdict.shown}
    assert other
    assert not {"area", "94076"} <= shown
    assert "T12" in shown


def test_two_names_for_the_same_cells_share_their_verdict() -> None:
    cells, published = one_category([2, 0, 0, 0, 9], [40, 0, 0, 0, 700])
    twin = Aggregate(("canton", ALL), (("94081", ALL), ("94076", ALL)))
    verdicts = protect(cells, BUSINESS, [*published, twin])

    assert verdicts["canton", ALL].status is Status.SECRET
    assert verdicts["94081", ALL].status is Status.SECRET


def test_with_nothing_secret_nothing_is_hidden() -> None:
    cells, published = one_category([9] * 5, [40, 900, 300, 500, 700])

    assert all(verdict.shown for verdict in protect(cells, BUSINESS, published).values())


def test_a_cell_hidden_by_its_publisher_is_not_taken_for_zero() -> None:
    cells = CellTable.of([("a", ALL), ("b", ALL)], [5, 5], [float("nan"), 10], [1, 4])
    published = cross({"a": ["a"], "b": ["b"], "T12": ["a", "b"]})
    verdicts = protect(cells, BUSINESS, published)

    assert verdicts["b", ALL].status is Status.NORMAL
    for place in ("a", "T12"):
        reason = verdicts[place, ALL].reason
        assert reason is not None
        assert reason.fr == "masqué par son producteur"


@pytest.mark.parametrize(
    ("units", "values", "largest", "words"),
    [
        ([3], [-5.0], None, "never below zero"),
        ([0], [5.0], None, "no unit behind it"),
        ([3], [5.0], [6.0], "above its own total"),
    ],
)
def test_cells_that_cannot_be_protected_are_refused(
    units: list[int], values: list[float], largest: list[float] | None, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        CellTable.of([("94081", "C")], units, values, largest)


def test_figures_over_unknown_cells_or_with_one_key_are_refused() -> None:
    cells = CellTable.of([("a", ALL)], [3], [5])
    figure = Aggregate(("a", ALL), (("a", ALL),))
    with pytest.raises(Refused, match="not in the table"):
        protect(cells, BUSINESS, [Aggregate(("b", ALL), (("b", ALL),))])
    with pytest.raises(Refused, match="same key"):
        protect(cells, BUSINESS, [figure, figure])
    with pytest.raises(Refused, match="2 times"):
        CellTable.of([("a", ALL), ("a", ALL)], [3, 3], [5, 5])


def big_table(
    communes: int, kinds: int, groups: int, mean: int
) -> tuple[CellTable, list[Aggregate]]:
    """A table as uneven as a real one: large and small communes, common and rare activities."""
    random = np.random.default_rng(0)
    size, spread = random.lognormal(0, 1, communes), random.lognormal(0, 1.2, kinds)
    expected = np.outer(size, spread)
    units = random.poisson(expected * mean / expected.mean()).ravel()
    jobs = [np.ceil(random.pareto(1.2, count) * 3 + 0.5) for count in units]
    bases, parts = (
        [f"{name}{at}" for at in range(count)] for name, count in (("c", communes), ("k", kinds))
    )
    cells = CellTable.of(
        [(base, part) for base in bases for part in parts],
        units,
        [float(some.sum()) for some in jobs],
        [float(some.max(initial=0)) for some in jobs],
    )
    places = {base: [base] for base in bases}
    places |= {f"ept{at}": bases[at::groups] for at in range(groups)}
    places |= {"whole": bases} if groups > 1 else {}
    kinds_shown = {part: [part] for part in parts} | {ALL: parts}
    return cells, cross(places, kinds_shown, headlines=["whole" if groups > 1 else "ept0"])


@pytest.mark.parametrize("mean", [6, 40])
def test_a_table_of_communes_by_divisions_hides_few_more_cells_than_it_must(mean: int) -> None:
    # given 24 communes by 88 divisions, half of them thin
    cells, published = big_table(24, 88, 1, mean)
    statuses = Counter(verdict.status for verdict in protect(cells, BUSINESS, published).values())
    # then few more are hidden than are secret
    assert statuses[Status.SECRET] > 100
    assert statuses[Status.SECONDARY] < 0.5 * statuses[Status.SECRET]


def observation(place: str, value: float | None, units: int | None, **more: float) -> Observation:
    name = PlaceName(place, place, Scale.COMMUNE)
    return Observation(
        "jobs",
        1,
        name,
        "2022",
        2025,
        value,
        units_count=units,
        **more,  # type: ignore[arg-type]
    )


THRESHOLD = BUSINESS.waive_dominance(Text("établissements sans taille", "no sizes"))


def test_observations_come_back_emptied_with_their_reason() -> None:
    seen = [
        observation("a", 40.0, 2),
        observation("b", 300.0, 9),
        observation("c", 500.0, 9),
        observation("T12", 840.0, 20),
    ]
    a, b, c, ept = protect_observations(seen, THRESHOLD, {"T12": ["a", "b", "c"]})

    assert (a.status, a.value, a.units_count) == (Status.SECRET, None, None)
    assert (b.status, b.value) == (Status.SECONDARY, None)
    assert a.why is not None
    assert a.why.en == "statistical secrecy: fewer than 3 units"
    assert (c.value, ept.value) == (500.0, 840.0)


def test_what_is_beyond_the_observed_communes_hides_or_not_as_it_should() -> None:
    # given a Métropole of which only the EPT's communes are observed
    seen = [
        observation("a", 40.0, 2),
        observation("b", 300.0, 9),
        observation("T12", 340.0, 11),
        observation("metropole", 9_000.0, 400),
    ]
    around = {"T12": ["a", "b"], "metropole": ["a", "b", "x", "y"]}
    found = {one.place.key: one for one in protect_observations(seen, THRESHOLD, around)}
    # then its rest, which nobody publishes, protects nothing inside the EPT
    assert found["metropole"].value == 9_000.0
    assert found["b"].status is Status.SECONDARY
    # and a place worth less than its communes is a mistake, not a mask
    wrong = [*seen[:3], observation("metropole", 300.0, 400)]
    with pytest.raises(Refused, match="do not add up"):
        protect_observations(wrong, THRESHOLD, around)


def test_a_ratio_is_hidden_with_either_of_its_terms() -> None:
    seen = [
        observation("a", 50.0, 2, numerator=20.0, denominator=40.0),
        observation("b", 50.0, 9, numerator=150.0, denominator=300.0),
        observation("c", 50.0, 9, numerator=250.0, denominator=500.0),
        observation("T12", 50.0, 20, numerator=420.0, denominator=840.0),
    ]
    found = protect_observations(seen, THRESHOLD, {"T12": ["a", "b", "c"]})

    assert [one.value for one in found] == [None, None, 50.0, 50.0]
    assert found[0].numerator is None
    assert found[0].denominator is None


def test_observations_of_medians_are_judged_one_by_one() -> None:
    seen = [observation("a", 20_000.0, 30), observation("b", 21_000.0, 900)]
    found = protect_observations(seen, regime("income_median"), {})

    assert [one.status for one in found] == [Status.SECRET, Status.NORMAL]


def test_observations_that_do_not_count_their_units_are_refused() -> None:
    with pytest.raises(Refused, match="how many units"):
        protect_observations([observation("a", 40.0, None)], THRESHOLD, {})


def test_open_data_pass_untouched() -> None:
    seen = [observation("a", 1.0, 1)]

    assert protect_observations(seen, regime("already_protected"), {}) == seen


def cells_of(rows: list[tuple[str, str, str, int, float]]) -> pa.Table:
    names = ["place", "category", "period", "units_count", "value"]
    columns = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    return pa.table(columns | {"largest": [row[4] / row[3] for row in rows]})


def test_a_mask_is_made_once_for_linked_tables_and_then_looked_up() -> None:
    # given jobs by commune and activity, with an absent cell, published in two linked tables
    cells = cells_of(
        [
            ("a", "C", "2022", 2, 40.0),
            ("b", "C", "2022", 9, 300.0),
            ("c", "C", "2022", 9, 500.0),
            ("b", "F", "2022", 9, 350.0),
            ("c", "F", "2022", 9, 450.0),
            ("a", "C", "2023", 5, 45.0),
        ]
    )
    kinds = {"C": ["C"], "F": ["F"], ALL: ["C", "F"]}
    ept = PublishedTable({"a": ["a"], "b": ["b"], "c": ["c"], "T12": ["a", "b", "c"]}, kinds)
    area = PublishedTable({"area": ["a", "b"], "T12": ["a", "b", "c"]}, kinds, headlines=["T12"])
    # when
    mask = Mask(publication_mask(cells, BUSINESS, [ept, area]))
    # then the secret cell, its total (the same firms) and what would tell them are hidden
    assert mask.verdict("a", "C", "2022").status is Status.SECRET
    assert mask.verdict("a", ALL, "2022").status is Status.SECRET
    assert mask.verdict("a", "F", "2022").status is Status.NORMAL
    assert mask.verdict("T12", ALL, "2022").shown
    assert not mask.verdict("b", "C", "2022").shown or not mask.verdict("area", "C", "2022").shown
    assert mask.verdict("a", "C", "2023").status is Status.NORMAL
    assert set(mask.of_places("C", "2022")) == {"a", "b", "c", "T12", "area"}


def test_a_figure_that_was_never_judged_is_not_shown() -> None:
    mask = Mask(publication_mask(cells_of([("a", "C", "2022", 9, 40.0)]), BUSINESS, []))
    verdict = mask.verdict("94081", "C", "2022")

    assert verdict.status is Status.REFUSED
    assert verdict.reason is not None
    assert "jugée" in verdict.reason.fr


def test_the_same_table_always_gets_the_same_mask() -> None:
    cells, published = big_table(12, 10, 2, 12)

    assert protect(cells, BUSINESS, published) == protect(cells, BUSINESS, published)


def test_two_tables_that_disagree_on_a_figure_are_refused() -> None:
    cells = cells_of([("a", ALL, "", 9, 40.0), ("b", ALL, "", 9, 40.0)])
    first, second = PublishedTable({"T12": ["a"]}), PublishedTable({"T12": ["a", "b"]})
    with pytest.raises(Refused, match="different cells"):
        publication_mask(cells, BUSINESS, [first, second])


def test_a_wider_protection_hides_a_larger_cell() -> None:
    cells, published = one_category([2, 9, 9, 9, 9], [400, 900, 60, 500, 700])
    narrow = protect(cells, BUSINESS, published)
    wide = protect(cells, replace(BUSINESS, protection_pct=50), published)

    assert narrow["94041", ALL].status is Status.SECONDARY
    assert wide["94022", ALL].status is Status.SECONDARY
