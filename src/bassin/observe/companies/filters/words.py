"""The words of a search: a name, a sign, an address, an activity, a number."""

from collections.abc import Sequence
from dataclasses import dataclass

from bassin.errors import Refused
from bassin.observe.companies.filters.base import Asked, Condition, Filter, only
from bassin.observe.companies.marks import Marked, marked
from bassin.observe.companies.rows import TABLE
from bassin.observe.companies.search.lookup import matches
from bassin.types import Text

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed, and the establishments that it finds, best first."""

    text: str
    found: Marked

    def written(self) -> tuple[str, ...]:
        return (self.text,)

    def where(self) -> Condition:
        return self.found.where()

    def said(self) -> Text:
        return Text(f"« {self.text} »", f"“{self.text}”")


def read_words(values: Sequence[str], asked: Asked) -> Words | None:
    """Look the words up in the search index."""
    text = " ".join(only(values, "q").split())
    if not text:
        return None
    if len(text) > LONGEST:
        raise Refused(
            Text(
                f"Cette recherche a {len(text)} caractères, {LONGEST} au plus. Gardez le nom, la "
                "rue ou l'activité.",
                f"This search has {len(text)} characters, {LONGEST} at most. Keep the name, the "
                "street or the activity.",
            )
        )
    reader = asked.house.reader
    sirets = matches(asked.house, text) if reader.has(TABLE) else ()
    return Words(text, marked(reader, sirets))


FILTERS = (Filter("q", "words", Text("Recherche", "Search"), read_words),)
