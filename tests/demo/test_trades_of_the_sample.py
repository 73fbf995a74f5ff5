"""The sample's ROME: every trade is described, and near trades share what makes them near."""

import re
from itertools import combinations

import pytest

from bassin.demo import facts

TRADES = facts.trades()
ITEMS = {each["key"]: each for each in facts.rows("items")}


def items_of(trade: str) -> set[str]:
    return set(f"{TRADES[trade]['core']} {TRADES[trade]['specific']}".split())


def test_each_trade_of_the_offers_is_described_once():
    assert list(TRADES) == [each["rome_code"] for each in facts.rows("occupations")]


def test_every_key_that_a_trade_names_exists():
    places = {each["key"] for each in facts.rows("surroundings")}
    activities = {each.naf_code for each in facts.activities()}

    for trade, fiche in TRADES.items():
        assert items_of(trade) <= set(ITEMS), trade
        assert set(fiche["places"].split()) <= places, trade
        assert set(fiche["hires"]) <= activities, trade
        assert set(f"{fiche['near']} {fiche['next']}".split()) <= set(TRADES) - {trade}, trade


def test_each_trade_has_titles_sentences_and_eight_to_fourteen_items():
    for trade, fiche in TRADES.items():
        named = fiche["core"].split() + fiche["specific"].split()
        assert len(named) == len(set(named)), trade
        assert 8 <= len(named) <= 14, trade
        assert len(fiche["titles"]) >= 3, trade
        assert len(fiche["does"]) == 2, trade
        assert sum(fiche["hires"].values()) == 100, trade
        assert not set(fiche["near"].split()) & set(fiche["next"].split()), trade


def test_every_item_is_asked_for_by_some_trade():
    assert set(ITEMS) == set().union(*(items_of(trade) for trade in TRADES))


def test_codes_of_items_are_in_a_range_that_rome_does_not_use():
    codes = [int(each["code"]) for name in ("items", "surroundings") for each in facts.rows(name)]

    assert len(codes) == len(set(codes))
    assert all(900_000 < code < 910_000 for code in codes)


def test_near_trades_share_more_items_than_others():
    near = {frozenset((t, n)) for t, fiche in TRADES.items() for n in fiche["near"].split()}
    shares = {True: [], False: []}
    for one, two in combinations(TRADES, 2):
        mine, other = items_of(one), items_of(two)
        shares[frozenset((one, two)) in near].append(len(mine & other) / len(mine | other))

    assert sum(shares[True]) / len(shares[True]) > 0.1
    assert sum(shares[False]) / len(shares[False]) < 0.03


@pytest.mark.parametrize(
    ("words", "trade"),
    [
        ("cariste", "N1101"),
        ("préparateur de commandes", "N1103"),
        ("agente de propreté", "K2204"),
        ("aide-soignante", "J1501"),
        ("auxiliaire de vie", "K1302"),
        ("hôtesse de caisse", "D1505"),
        ("agent d'escale", "N2201"),
        ("bagagiste en aérogare", "N2203"),
        ("conductrice de bus", "N4103"),
        ("mareyeur", "D1107"),
        ("soudeuse", "H2913"),
        ("tourneur", "H2903"),
        ("frigoriste", "I1306"),
        ("valoriste", "K2304"),
        ("marinière", "N3103"),
        ("technicienne fibre optique", "I1307"),
    ],
)
def test_a_word_that_residents_use_is_a_title_in_the_feminine_or_masculine(words, trade):
    assert words in {form for title in TRADES[trade]["titles"] for form in forms(title)}


def forms(title: str) -> set[str]:
    """« Agent / Agente de tri » gives « agent de tri » and « agente de tri »."""
    title = title.lower()
    if " / " not in title:
        return {title}
    one, other = title.split(" / ")
    rest = other.split(" ", 1)[1] if " " in other else ""
    return {other, f"{one} {rest}".strip()}


@pytest.mark.slow
def test_what_is_loaded_is_what_the_facts_say(sampled):
    def rows(sql):
        return sampled.reader.rows(sql)

    titles = sum(len(fiche["titles"]) for fiche in TRADES.values())
    assert rows("SELECT count(*), count(DISTINCT label) FROM rome_appellations") == [
        (titles, titles)
    ]
    kinds = dict(rows("SELECT kind, count(*) FROM rome_items GROUP BY kind"))
    assert kinds["skill"] + kinds["activity"] == len(ITEMS)
    known = rows("SELECT label FROM rome_items JOIN rome_skills USING (item_code) "
                 "WHERE rome_code = 'N1101' AND is_core ORDER BY label")  # fmt: skip
    core = sorted(ITEMS[key]["label"] for key in TRADES["N1101"]["core"].split())
    assert [label for (label,) in known] == core
    [(text,)] = rows("SELECT text FROM rome_texts WHERE rome_code = 'K2503' AND kind = 'access'")
    assert text == TRADES["K2503"]["access"]
    assert re.search("l'aéroport", text)
    hired = dict(rows("SELECT naf_code, hirings FROM occupation_hirings WHERE rome_code = 'N2201'"))
    assert hired["52.23Z"] > hired["51.10Z"] > hired["78.20Z"] > 0
    moves = rows("SELECT kind, target_rome_code FROM rome_mobilities WHERE rome_code = 'N1101'")
    assert ("near", "N1103") in moves
    assert ("evolution", "N4101") in moves
