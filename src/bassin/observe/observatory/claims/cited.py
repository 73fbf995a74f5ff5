"""What documents state for one row of the framing table, where nothing is computed."""

from dataclasses import dataclass

from bassin.indicators.figure import PlaceName
from bassin.indicators.house import House
from bassin.observe.observatory.claims.declared import Book, Claim, read
from bassin.observe.observatory.claims.judge import contradictions
from bassin.territory import Place
from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Cited:
    """The stated value of an indicator for a place, and what documents say beside it.

    `doubted` when the documents contradict it: it is shown with its verdict, never bare.
    """

    value: Claim
    document: Text
    doubted: bool
    shares: tuple[Claim, ...]
    gaps: tuple[Claim, ...]
    rank: Claim | None
    change: Claim | None
    elsewhere: tuple[Claim, ...]


def cited(house: House, indicator_id: str, place: Place | PlaceName) -> Cited | None:
    """What documents state of an indicator for a place; None when they state nothing."""
    book = read(house.var)
    if book is None:
        return None
    about = [claim for claim in book.claims if claim.measure == indicator_id]
    ours = [claim for claim in about if claim.place == place.key]
    values = [claim for claim in ours if claim.reads == "value"]
    if not values:
        return None
    value = max(values, key=lambda claim: claim.period)
    beside = [claim for claim in ours if claim.period == value.period]
    return Cited(
        value, book.document(value), _doubted(book, value),
        tuple(c for c in beside if c.reads == "share"),
        tuple(c for c in beside if c.reads == "gap"),
        next((c for c in beside if c.reads == "rank"), None),
        next((c for c in beside if c.reads == "change"), None),
        tuple(c for c in about if c.place != place.key and c.reads == "value"),
    )  # fmt: skip


def _doubted(book: Book, claim: Claim) -> bool:
    return bool(contradictions(book, claim))
