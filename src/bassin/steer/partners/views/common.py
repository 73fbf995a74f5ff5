"""What the pages of partners share: language, day, permission refused, places' names."""

from bassin.parties.access import require, signed_in
from bassin.ui.opened import house
from bassin.ui.reader import language, today

__all__ = ["communes", "house", "language", "require", "signed_in", "today"]


def communes() -> dict[str, str]:
    """The names of the territory's communes by their codes."""
    opened = house()
    return {place.code: place.name for place in opened.territory.communes(opened.home)}
