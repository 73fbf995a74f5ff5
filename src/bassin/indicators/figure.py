"""What an indicator says of a place: one observation, and the figure built around it."""

from dataclasses import dataclass, field, fields
from enum import StrEnum
from operator import attrgetter

from bassin.types import Origin, Scale, Text


class Status(StrEnum):
    """Why there is a value, or why there is none (SDMX obs_status and conf_status in one word)."""

    NORMAL = "normal"
    SECRET = "secret"  # primary statistical secrecy
    SECONDARY = "secondary"  # hidden so that a secret cell cannot be recovered
    ROUNDED = "rounded"  # rounded to 5, because the selection was made by hand
    MISSING = "missing"  # no data loaded for this place; see `why`
    REFUSED = "refused"  # the computation would be wrong; see `why`


class Reliability(StrEnum):
    """Reliability of a figure that comes from a sample."""

    RELIABLE = "reliable"
    CAUTION = "caution"  # between `fragile_below` and `reliable_from`
    FRAGILE = "fragile"  # below `fragile_below`
    EXHAUSTIVE = "exhaustive"  # no sampling


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place as a sentence needs it.

    `key` is "scale:code" ("commune:94081"). `article` is INSEE's TNCC (0 none, 1 elision,
    2 Le, 3 La, 4 Les, 5 L', 6 Aux, 7 Las, 8 Los). For communes the name already holds it.
    `short` is how a sentence calls the place once the reader knows which one is meant, with its
    article (« la Métropole », "the Métropole"); a hand-made selection is always called so.
    """

    key: str
    name: str
    scale: Scale
    article: int = 0
    short: Text | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of one indicator for one place and one period.

    `value` is in the indicator's unit; `numerator` and `denominator` are before scaling;
    `units_count` is the number of rows behind the value; `covered` and `members` count the
    communes of the place that have data, and all its communes; `known_pct` is the share of its
    people living where the table has data, None when nobody worked it out.
    """

    indicator: str
    version: int
    place: PlaceName
    period: str
    cog: int
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    units_count: int | None = None
    status: Status = Status.NORMAL
    reliability: Reliability = Reliability.EXHAUSTIVE
    origin: Origin = Origin.REAL
    table_version: str = ""
    covered: int | None = None
    members: int | None = None
    why: Text | None = None
    upper: float | None = None  # end of the interval, for figures that are intervals
    known_pct: float | None = None

    def with_known(self, pct: float) -> "Observation":
        """The same, told of this share of people. Six times quicker than `replace`."""
        return Observation(*(*_BUT_KNOWN(self), pct))


_BUT_KNOWN = attrgetter(*(each.name for each in fields(Observation)[:-1]))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Our value set against a comparator's: `gap` in `gap_unit`, `share_pct` of its total."""

    place: PlaceName
    observation: Observation
    gap: float | None = None
    gap_unit: str = ""  # "points", "%" or the indicator's own symbol
    share_pct: float | None = None  # only for counts and sums of a container
    comparable: bool = True
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class Rank:
    """Position among `size` comparable places; `ahead` names them when there are three or fewer.

    `spread` is the largest value of the group minus the smallest, in the indicator's unit: a
    rank among places that hardly differ is not told.
    """

    position: int
    size: int
    ahead: tuple[PlaceName, ...]
    group: Text
    order: str = "desc"
    spread: float | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Evolution between two periods far enough apart; `amount` in `unit` ("%" or "points").

    `before` is the value it started from.
    """

    since: str
    until: str
    amount: float
    unit: str
    crosses_break: Text | None = None
    before: float | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """Everything a page needs to show one figure and never show it bare.

    `noun` is what a count counts, or what a rate is a share of, in the singular with its
    article: « un emploi », "a job" (an irregular plural follows a bar: "a person|people").
    `peers` are the other places of the comparison group, for strips and for the headline.
    """

    observation: Observation
    label: Text
    definition: Text
    symbol: str
    decimals: int
    kind: str
    difference: str  # "points", "relative" or "absolute"
    polarity: str
    source: Text  # "Insee, recensement de la population 2018"
    licence: str
    comparisons: tuple[Comparison, ...] = ()
    rank: Rank | None = None
    change: Change | None = None
    series: tuple[Observation, ...] = ()
    caveats: tuple[Text, ...] = field(default_factory=tuple)
    universe: Text = field(default_factory=lambda: Text(""))
    noun: Text | None = None
    peers: tuple[Observation, ...] = ()
