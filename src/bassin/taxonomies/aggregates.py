"""INSEE's standard aggregations of NAF rev. 2: A 10, A 17 and A 38, all made of whole divisions."""

from dataclasses import dataclass
from functools import cache

from bassin.errors import Refused
from bassin.taxonomies.codes import Nomenclature
from bassin.taxonomies.declared import declared
from bassin.taxonomies.naf import parse
from bassin.types import Text

LEVELS = ("a10", "a17", "a38")


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One post of an aggregation, with the divisions it gathers."""

    level: str
    code: str
    label: Text
    divisions: tuple[str, ...]


@cache
def aggregates(level: str) -> tuple[Aggregate, ...]:
    """The posts of one aggregation in publication order.

    Args:
        level: "a10", "a17" or "a38".

    Raises:
        Refused: another level is asked for.
    """
    if level not in LEVELS:
        raise Refused(f"There is no aggregation {level} here. Ask for {', '.join(LEVELS)}.")
    finest = declared("aggregates")["a38"]
    found = []
    for code, post in declared("aggregates")[level].items():
        members = {code: post} if level == "a38" else finest
        divisions = tuple(
            division
            for member in members.values()
            if level == "a38" or member[level] == code
            for division in member["divisions"]
        )
        found.append(Aggregate(level, code, Text(post["fr"], post["en"]), divisions))
    return tuple(found)


def aggregate_of(naf_code: str, level: str) -> Aggregate:
    """The post of an aggregation that holds a NAF rev. 2 code (division or below).

    Raises:
        Refused: unknown code or level, or a section, which may be cut between several posts.
    """
    entry = parse(naf_code, Nomenclature.REV2)
    if not entry.division:
        raise Refused(f"Section {entry.code} is wider than some posts of {level}: give a division.")
    return next(post for post in aggregates(level) if entry.division in post.divisions)
