"""Which classes of BD TOPO are taken, and what is kept of each.

Names of classes and of their properties are those of the publisher's description of content:
https://geoservices.ign.fr/documentation/donnees/vecteur/bdtopo
"""

from dataclasses import dataclass

ID, NATURE, STATE, GEOMETRY = "cleabs", "nature", "etat_de_l_objet", "geometrie"
POSITION, IMPORTANCE = "position_par_rapport_au_sol", "importance"


@dataclass(frozen=True, slots=True)
class Layer:
    """One class: what its features are here.

    Args:
        kind: what it is called in our table.
        dimension: 1 for lines, 2 for areas.
        names: properties that may hold a name, the first filled is used.
        more: properties that each feature must have, beside its identifier, nature and state.
    """

    kind: str
    dimension: int
    names: tuple[str, ...] = ()
    more: tuple[str, ...] = (POSITION,)

    @property
    def needed(self) -> tuple[str, ...]:
        """Properties without which a feature cannot be read."""
        return (ID, NATURE, STATE, *self.more)

    @property
    def asked(self) -> tuple[str, ...]:
        """What the service is asked for: a fifth of what it would give of itself."""
        return (*self.needed, *self.names, GEOMETRY)


LAYERS = {
    "troncon_de_route": Layer(
        "road", 1, ("nom_voie_ban_gauche", "cpx_toponyme_route_nommee", "cpx_numero"),
        (POSITION, IMPORTANCE),
    ),
    "troncon_de_voie_ferree": Layer("rail", 1),
    "troncon_hydrographique": Layer("stream", 1, ("cpx_toponyme_de_cours_d_eau",)),
    "surface_hydrographique": Layer(
        "water", 2, ("cpx_toponyme_de_plan_d_eau", "cpx_toponyme_de_cours_d_eau")
    ),
    "batiment": Layer("building", 2, more=()),
}  # fmt: skip
