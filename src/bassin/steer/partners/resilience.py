"""What the loss of one link cuts, which links are full, and in how many years a network pays.

Pure functions over sites and links. A network is resilient when no link is a bridge: whichever
one link is lost, every site still reaches the core (2-edge-connectivity; networkx, after
Schmidt's chain decomposition, 2013).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bassin.errors import Refused

if TYPE_CHECKING:  # ten megabytes of every web process, for one page: imported where it is used
    import networkx as nx

_CORE = object()  # all the cores are one: a site is connected when it reaches any of them
FULL_FROM_PCT = 80
"""Share of its capacity from which a link is said to be nearly full."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A link in service between two sites."""

    code: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A link whose loss cuts sites off the core, and those sites, sorted."""

    link: str
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resilience:
    """`apart` are the sites that reach no core today, `cuts` the links each alone in holding some.

    `protected` are the sites that no single loss of a link cuts.
    """

    apart: tuple[str, ...]
    cuts: tuple[Cut, ...]
    protected: tuple[str, ...]

    @property
    def resilient(self) -> bool:
        """Whether every site reaches the core whichever one link is lost."""
        return not self.cuts and not self.apart


def resilience(sites: Iterable[str], cores: Iterable[str], links: Iterable[Edge]) -> Resilience:
    """What each lost link would cut.

    Raises:
        Refused: no core is named, or a link joins a site that is not listed.
    """
    import networkx as nx

    graph, edges, heart = nx.MultiGraph(), list(links), set(cores)
    if not heart:
        raise Refused(_("This network has no core site: say where it meets the internet."))
    listed = set(sites) | heart
    graph.add_nodes_from(_CORE if site in heart else site for site in listed)
    for edge in edges:
        for end in (edge.one, edge.other):
            if end not in listed:
                raise Refused(
                    _("Link {link} joins {site}, which is not a site of the network.").format(
                        link=edge.code, site=end
                    )
                )
        ends = [_CORE if end in heart else end for end in (edge.one, edge.other)]
        if ends[0] != ends[1]:
            graph.add_edge(*ends, code=edge.code)
    joined = nx.node_connected_component(graph, _CORE)
    reached = graph.subgraph(joined).copy()
    cuts = sorted(_cuts(reached), key=lambda cut: (-len(cut.sites), cut.link))
    exposed = {site for cut in cuts for site in cut.sites}
    return Resilience(
        apart=tuple(sorted(listed - heart - joined)),
        cuts=tuple(cuts),
        protected=tuple(sorted(set(joined) - {_CORE} - exposed)),
    )


def _cuts(graph: "nx.MultiGraph") -> Iterable[Cut]:
    import networkx as nx

    for one, other in list(nx.bridges(graph)):
        ((key, facts),) = list(graph[one][other].items())
        graph.remove_edge(one, other, key)
        lost = set(graph) - nx.node_connected_component(graph, _CORE)
        graph.add_edge(one, other, key, **facts)
        yield Cut(facts["code"], tuple(sorted(lost)))


def load_pct(traffic_p95_mbps: int | None, capacity_mbps: int | None) -> float | None:
    """Share of a link's capacity that its 95th percentile of traffic takes (%); None if unknown."""
    if traffic_p95_mbps is None or not capacity_mbps:
        return None
    return 100 * traffic_p95_mbps / capacity_mbps


@dataclass(frozen=True, slots=True)
class Payback:
    """Years after which savings have paid the net investment; None with `why` when there are none.

    `net_eur` is the investment less its subsidy, `saving_eur` the yearly saving.
    """

    years: float | None
    net_eur: Decimal | None
    saving_eur: Decimal | None
    why: str = ""


def payback(
    capex_eur: Decimal | None,
    subsidy_pct: Decimal | None,
    old_invoices_eur: Decimal | None,
    new_costs_eur: Decimal | None,
) -> Payback:
    """Net investment divided by the yearly saving; what is not known is named, never zero.

    `why` is one of "capex", "subsidy", "old_invoices", "new_costs" (not known), "no_saving", "".
    """
    if capex_eur is None:
        return Payback(None, None, None, "capex")
    if subsidy_pct is None:
        return Payback(None, None, None, "subsidy")
    net = capex_eur * (100 - subsidy_pct) / 100
    if old_invoices_eur is None:
        return Payback(None, net, None, "old_invoices")
    if new_costs_eur is None:
        return Payback(None, net, None, "new_costs")
    saving = old_invoices_eur - new_costs_eur
    if saving <= 0:
        return Payback(None, net, saving, "no_saving")
    return Payback(float(net / saving), net, saving)
