"""What the firms answer to the search box of every page: the best few, never a hidden name."""

from bassin.errors import Refused, SourceError
from bassin.indicators.house import House
from bassin.observe.companies import finding
from bassin.observe.companies.references import found
from bassin.observe.companies.rows import TABLE
from bassin.observe.companies.search.lookup import matches
from bassin.systems import Found
from bassin.taxonomies.siret import digits
from bassin.territory.search import folded
from bassin.ui.opened import house

MOST = 6
_SHORTEST = 3


def search(query: str, language: str, limit: int) -> list[Found]:
    """The establishments that the index finds for a text, best first; none without an index."""
    opened = house()
    if len(query.strip()) < _SHORTEST or not opened.reader.has(TABLE) or _is_place(opened, query):
        return []
    try:
        sirets = matches(opened, query)[: min(MOST, limit)]
    except (Refused, SourceError):  # a figure, a word of one letter; an index not made yet
        return []
    known = {each.siret: each for each in finding.several(opened, sirets)}
    number = digits(query)
    answers = []
    for rank, siret in enumerate(sirets):
        one = known[siret]
        detail = siret if number == siret else ""  # the box then opens the card at once
        answers.append(found(opened, one, language, weight=4.0 - rank / 10, detail=detail))
    return answers


def _is_place(opened: House, query: str) -> bool:
    """Whether it is the name of a place: its page is the answer, not the firms that are there."""
    return any(folded(each.name) == folded(query) for each in opened.territory.search(query, 3))
