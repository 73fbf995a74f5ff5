"""One place: its official code, its name as a sentence needs it, its communes."""

from dataclasses import dataclass, field

from bassin.types import Scale


@dataclass(frozen=True, slots=True)
class Place:
    """A place is a list of communes with a name (an IRIS or a QPV lies inside one or several).

    `key` is "scale:code". `article` is INSEE's TNCC, see `PlaceName`. `population` is the
    municipal population of `population_period`, None when a commune has none.
    """

    scale: Scale
    code: str
    name: str
    communes: tuple[str, ...] = ()
    article: int = 0
    population: int | None = None
    population_period: str = ""
    kind: str = ""  # "CC", "CA", "METRO", "arrondissement", …
    parents: tuple[str, ...] = field(default_factory=tuple)

    @property
    def key(self) -> str:
        """The place's key, "commune:94081"."""
        return f"{self.scale}:{self.code}"
