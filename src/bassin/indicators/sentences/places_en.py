"""How a French place is called in English: official names stay French, exonyms where in use."""

from bassin.indicators.figure import PlaceName
from bassin.indicators.sentences import places
from bassin.types import Scale

_EXONYMS = {
    "Bretagne": "Brittany",
    "Corse": "Corsica",
    "Guyane": "French Guiana",
    "La Réunion": "Réunion",
    "Normandie": "Normandy",
    "Nouvelle-Calédonie": "New Caledonia",
    "Polynésie française": "French Polynesia",
    "France métropolitaine": "mainland France",
    "France hexagonale": "mainland France",
}


def the(place: PlaceName, *, short: bool = False) -> str:
    """Call a place by its English name, with "the" where English wants it."""
    if place.short is not None and place.short.en and (short or place.scale == Scale.SELECTION):
        return place.short.en
    if place.scale in (Scale.REGION, Scale.DEPARTEMENT, Scale.FRANCE):
        # English says "the Hauts-de-Seine" and "the Val-de-Marne", but no article for a région.
        article = place.scale == Scale.DEPARTEMENT and place.article in (2, 4)
        return f"{'the ' if article else ''}{_EXONYMS.get(place.name, place.name)}"
    if place.scale == Scale.IRIS:
        return f"the {place.name.removeprefix('IRIS ')} IRIS area"
    if place.scale == Scale.QPV:
        return f"the {place.name.removeprefix('Quartier ')} neighbourhood"
    if place.scale == Scale.EMPLOYMENT_AREA:
        return f"the {place.name} employment area"
    if place.scale == Scale.SELECTION:
        return f"the selection “{place.name}”"
    split = places.named(place, short=short)
    return f"the {split.name}" if split.within and not split.own else split.whole


def at(place: PlaceName, *, short: bool = False) -> str:
    """Where: "in Orly", "in the Métropole du Grand Paris"."""
    return f"in {the(place, short=short)}"
