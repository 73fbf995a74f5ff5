"""What other systems point to: an establishment, by `companies:firm:SIRET`."""

from collections.abc import Collection

from bassin.indicators.house import House
from bassin.observe.companies import finding
from bassin.observe.companies.naming import activity, called, commune
from bassin.observe.companies.rows import Establishment
from bassin.observe.companies.timeline import link
from bassin.systems import Found, keys
from bassin.types import Text
from bassin.ui.opened import house

KIND = Text("entreprise", "firm")


def resolve(references: Collection[str], language: str) -> dict[str, Found]:
    """The establishments behind references; one that is hidden by its activity and commune."""
    opened = house()
    listed = finding.several(opened, keys(references, "companies:firm"))
    return {f"companies:firm:{each.siret}": found(opened, each, language) for each in listed}


def found(
    opened: House, one: Establishment, language: str, *, weight: float = 4.0, detail: str = ""
) -> Found:
    """An establishment as an answer: what to call it, what it does and where."""
    where = f"{activity(one).say(language)} · {commune(opened, one)}"
    told = detail or ("" if one.is_hidden else where)  # a hidden one is called so already
    return Found(called(opened, one, language), link(one.siret), KIND, told, weight)
