"""What the firms answer to the search box of every page: the best few, never a hidden name."""

from bassin.errors import Refused, SourceError
from bassin.observe.companies import finding
from bassin.observe.companies.references import found
from bassin.observe.companies.rows import TABLE
from bassin.observe.companies.search.lookup import matches
from bassin.systems import Found
from bassin.taxonomies.siret import digits
from bassin.ui.opened import house

MOST = 6
_SHORTEST = 3


def search(query: str, language: str, limit: int) -> list[Found]:
    """The establishments that the index finds for a text, best first; none without an index."""
    opened = house()
    if len(query.strip()) < _SHORTEST or not opened.reader.has(TABLE):
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
