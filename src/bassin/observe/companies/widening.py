"""When nothing is found: which filter keeps everything away, with what each one costs."""

from dataclasses import dataclass

from bassin.indicators.house import House
from bassin.observe.companies.filters.every import FILTERS
from bassin.observe.companies.rows import TABLE
from bassin.observe.companies.selection import Selection
from bassin.types import Text

_ACTIVE = Text("État : actifs seulement", "State: active only")


@dataclass(frozen=True, slots=True)
class Wider:
    """A filter set aside: how many establishments come back, and their address."""

    label: Text
    said: Text
    count: int
    query: str


def wider(house: House, selection: Selection) -> list[Wider]:
    """The filters that would give something back when set aside, the most generous first."""
    found = []
    labels = {each.param: each.label for each in FILTERS}
    chosen = dict(selection.chosen())
    for param in [*chosen, *([] if "etat" in chosen or "fermee" in chosen else ["etat"])]:
        where, values = selection.where(besides=param)
        count = int(house.reader.rows(f"SELECT count(*) FROM {TABLE} WHERE {where}", values)[0][0])
        if count and param in chosen:
            said, query = chosen[param].said(), selection.without(param).query()
            found.append(Wider(labels[param], said, count, query))
        elif count:
            query = "&".join(filter(None, [selection.query(), "etat=tous"]))
            found.append(Wider(labels[param], _ACTIVE, count, query))
    return sorted(found, key=lambda each: -each.count)
