"""What other systems point to: an establishment, by `companies:firm:SIRET`."""

from collections.abc import Collection

from bassin.observe.companies import finding
from bassin.observe.companies.naming import activity, called, commune
from bassin.observe.companies.timeline import link
from bassin.systems import Found, keys
from bassin.types import Text
from bassin.ui.opened import house

KIND = Text("entreprise", "firm")


def resolve(references: Collection[str], language: str) -> dict[str, Found]:
    """The establishments behind references; one that is hidden by its activity and commune."""
    opened = house()
    wanted = keys(references, "companies:firm")
    return {
        f"companies:firm:{each.siret}": Found(
            called(opened, each, language), link(each.siret), KIND,
            f"{activity(each, language)} · {commune(opened, each)}", 4.0,
        )
        for each in finding.several(opened, wanted)
    }  # fmt: skip
