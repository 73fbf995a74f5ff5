"""What one lost link cuts, how a cost is shared, who is in charge: rules alone, no database."""

from decimal import Decimal
from itertools import combinations

import networkx as nx
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bassin.errors import Refused
from bassin.steer.partners.coverage import Service, cover
from bassin.steer.partners.resilience import Edge, load_pct, payback, resilience
from bassin.steer.partners.sharing import CENT, Payer, shares, weights

SITES = "abcdefg"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def edges(*ends: str) -> list[Edge]:
    return [Edge(f"l{number}", *pair) for number, pair in enumerate(ends)]


# Resilience


def test_a_ring_stays_connected_whichever_link_is_lost():
    found = resilience("abcd", "a", edges("ab", "bc", "cd", "da"))

    assert found.resilient
    assert found.protected == ("b", "c", "d")


def test_a_spur_is_cut_by_the_loss_of_its_only_link():
    found = resilience("abcd", "a", edges("ab", "bc", "ca", "cd"))

    assert [(cut.link, cut.sites) for cut in found.cuts] == [("l3", ("d",))]
    assert not found.resilient


def test_the_link_that_cuts_the_most_sites_comes_first():
    found = resilience("abcd", "a", edges("ab", "bc", "cd"))

    assert [cut.sites for cut in found.cuts] == [("b", "c", "d"), ("c", "d"), ("d",)]


def test_two_fibres_between_the_same_sites_are_two_ways():
    assert resilience("ab", "a", edges("ab", "ab")).resilient


def test_two_cores_protect_a_chain_between_them():
    assert resilience("abcd", "ad", edges("ab", "bc", "cd")).resilient


def test_a_site_that_no_link_reaches_is_named():
    found = resilience("abc", "a", edges("ab", "ab"))

    assert found.apart == ("c",)
    assert not found.resilient


def test_a_network_without_a_core_is_refused():
    with pytest.raises(Refused, match="core"):
        resilience("ab", "", edges("ab"))


def test_a_link_to_an_unknown_site_is_refused_by_name():
    with pytest.raises(Refused, match="z"):
        resilience("ab", "a", edges("az"))


pairs = st.lists(st.sampled_from(["".join(p) for p in combinations(SITES, 2)]), max_size=12)


@given(ends=pairs, cores=st.sets(st.sampled_from(SITES), min_size=1, max_size=2))
def test_what_is_said_of_a_network_is_what_taking_each_link_away_shows(ends, cores):
    links = edges(*ends)
    found = resilience(SITES, cores, links)

    def reached(kept: list[Edge]) -> set[str]:
        graph = nx.Graph()
        graph.add_nodes_from(SITES)
        graph.add_edges_from((each.one, each.other) for each in kept)
        return set().union(*(nx.node_connected_component(graph, core) for core in cores))

    now = reached(links)
    assert set(found.apart) == set(SITES) - now
    told = {cut.link: set(cut.sites) for cut in found.cuts}
    for link in links:
        lost = now - reached([each for each in links if each is not link])
        assert told.get(link.code, set()) == lost


# Capacity and payback


def test_a_load_is_known_only_when_traffic_and_capacity_are():
    assert load_pct(400, 1000) == 40
    assert load_pct(None, 1000) is None
    assert load_pct(400, None) is None


def test_a_network_pays_back_when_its_savings_reach_its_net_investment():
    found = payback(Decimal(4_000_000), Decimal(50), Decimal(1_600_000), Decimal(600_000))

    assert (found.net_eur, found.saving_eur, found.years) == (2_000_000, 1_000_000, 2.0)


@pytest.mark.parametrize(
    ("given_amounts", "why"),
    [
        ((None, 50, 10, 5), "capex"),
        ((100, None, 10, 5), "subsidy"),
        ((100, 50, None, 5), "old_invoices"),
        ((100, 50, 10, None), "new_costs"),
        ((100, 50, 10, 10), "no_saving"),
    ],
)
def test_what_is_missing_for_a_payback_is_named(given_amounts, why):
    amounts = [None if each is None else Decimal(each) for each in given_amounts]

    found = payback(*amounts)

    assert found.years is None
    assert found.why == why


# Sharing a cost


payers = st.lists(
    st.tuples(st.integers(0, 90_000), st.integers(0, 500)), min_size=1, max_size=24
).map(lambda rows: [Payer(f"commune {n}", p, u) for n, (p, u) in enumerate(rows)])


@given(
    who=payers,
    key=st.sampled_from(["equal", "population", "use", "mixed"]),
    cents=st.integers(0, 10**10),
)
def test_shares_add_up_to_the_cost_and_none_is_a_cent_away_from_its_part(who, key, cents):
    total = cents * CENT
    try:
        parts = weights(who, key)
    except Refused:
        assert not all(sum(getattr(p, k) for p in who) for k in ("population", "use"))
        return

    given_shares = shares(total, parts)

    assert sum(given_shares.values()) == total
    for name, amount in given_shares.items():
        assert abs(amount - total * parts[name]) <= CENT
        assert amount >= 0


def test_an_unknown_number_of_inhabitants_is_asked_for_and_never_taken_as_zero():
    with pytest.raises(Refused, match="Orly"):
        weights([Payer("Orly", None, 3), Payer("Vitry", 90_000, 3)], "population")


def test_nobody_shares_a_project_without_requests():
    with pytest.raises(Refused, match="requests"):
        weights([], "equal")


# Who is in charge


def test_two_bodies_in_charge_of_a_step_overlap_where_both_are():
    both = [Service("s", "A", True), Service("s", "B", True, frozenset({"94081"}))]

    (found,) = cover(["s"], both, ["94081", "94054"])

    assert found.overlaps == {"94081": ("A", "B")}
    assert (found.holes, found.unknown) == ((), ())


def test_a_step_where_somebody_helps_and_nobody_is_in_charge_is_a_hole():
    (found,) = cover(["s"], [Service("s", "A", False)], ["94081"])

    assert found.holes == ("94081",)


def test_a_step_without_any_known_service_is_a_question_not_a_hole():
    (found,) = cover(["s"], [], ["94081"])

    assert (found.holes, found.unknown) == ((), ("94081",))
    assert not found.clear
