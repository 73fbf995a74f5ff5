"""How a place is called in French: with its article, after « à », « de », « que », and where.

The article comes from INSEE's TNCC code for regions and départements (whose names do not hold
it) and from the name itself for communes (« Le Kremlin-Bicêtre » gives « au Kremlin-Bicêtre »).
INSEE's code also says whether an initial h or y elides: 1 does, 0 does not.
"""

import re
from dataclasses import dataclass

from bassin.indicators.figure import PlaceName
from bassin.indicators.sentences.words import elide, lower_first, plain
from bassin.types import Scale

_TNCC = {2: "le", 3: "la", 4: "les", 5: "l'", 6: "les"}
_OWN_ARTICLE = re.compile(r"(Le |La |Les |Aux |L['’])(?=\w)")
_CONTRACTED = {"le": ("au", "du"), "les": ("aux", "des")}
# Said with an aspirated h by their own town hall, against INSEE's code ("ville de Houilles").
_ASPIRATED_TOWNS = {"Houilles"}

# Départements whose INSEE code has no article, and the gender people give them.
_LE_WITHOUT_CODE = {"Maine-et-Loire"}
_BARE = {"Paris", "Mayotte", "Saint-Pierre-et-Miquelon", "Saint-Barthélemy", "Saint-Martin"}
_BARE |= {"Wallis et Futuna"}
_LES_WITHOUT_CODE = {"Terres australes et antarctiques françaises"}
# Usage keeps « dans la » before départements named after one river or sea, « en » elsewhere.
_DANS_LA = {"Creuse", "Drôme", "Loire", "Manche", "Marne", "Meuse", "Nièvre", "Sarthe", "Somme"}
_DANS_LA |= {"Vienne"}
# With « l' », usage is « dans l' » (dans l'Ain) but for these.
_EN_ELIDED = {"Ardèche", "Ariège", "Essonne", "Isère"}

_EPCI_KINDS = {
    "CC": "communauté de communes",
    "CA": "communauté d'agglomération",
    "CU": "communauté urbaine",
}
_HEADS = {"Métropole": "la", "Eurométropole": "l'", "Communauté": "la", "Syndicat": "le"}
_HEADS |= {"Agglomération": "l'", "Agglo": "l'"}
_DISTRICT = re.compile(r"(Paris|Lyon|Marseille) (\d+(?:er|e)) Arrondissement")


@dataclass(frozen=True, slots=True)
class Named:
    """A place's name split for grammar.

    `article` is le, la, les, l' or empty; `name` follows it; `whole` is how the name stands
    alone; `within` says that one is « dans » it rather than « à » it.
    """

    article: str
    name: str
    whole: str
    elides: bool = False
    own: bool = False
    within: bool = False


def _phrase(article: str, name: str, *, within: bool = False) -> Named:
    glue = "" if article in ("", "l'") else " "
    return Named(article, name, f"{article}{glue}{name}", within=within)


def _elides(name: str, tncc: int) -> bool:
    first = plain(name)
    if first == "h":
        return tncc == 1 and re.split(r"[ -]", name)[0] not in _ASPIRATED_TOWNS
    if first == "y":  # d'Yvetot, but de Yaoundé where INSEE says nothing
        return tncc == 1 or plain(name[1:2]) not in set("aeiou")
    return first in set("aeiou")


def _town(name: str, tncc: int) -> Named:
    """Split a name that may hold its article, as communes' names do."""
    if district := _DISTRICT.fullmatch(name):
        return _phrase("le", f"{district[2]} arrondissement de {district[1]}", within=True)
    if own := _OWN_ARTICLE.match(name):
        article = own[1].strip().lower().replace("’", "'").replace("aux", "les")
        return Named(article, name[own.end() :], name, elides=own[1] == "Aux ", own=True)
    return Named("", name, name, elides=_elides(name, tncc))


def _intercommunal(name: str) -> Named:
    kind, _, rest = name.partition(" ")
    if kind in _EPCI_KINDS and rest.partition(" ")[0] in _HEADS:
        kind, _, rest = (name := rest).partition(" ")  # « CA Communauté Paris-Saclay »
    if kind in _EPCI_KINDS and rest:
        return _phrase("la", f"{_EPCI_KINDS[kind]} {rest}", within=True)
    if kind in _HEADS and rest:
        inside = name if kind in ("Métropole", "Eurométropole") else lower_first(name)
        return _phrase(_HEADS[kind], inside, within=True)
    return _town(name, 0)


def _area(place: PlaceName) -> Named:
    """Name a région or a département, whose names do not hold their article."""
    name = place.name
    if _OWN_ARTICLE.match(name) or name in _BARE:
        return _town(name, place.article)
    if name in _LE_WITHOUT_CODE:
        return _phrase("le", name, within=True)
    if name in _LES_WITHOUT_CODE:
        return _phrase("les", name, within=True)
    if place.article in (0, 1):
        return _phrase("l'" if _elides(name, place.article) else "la", name)
    return _phrase(_TNCC[place.article], name, within=place.article in (2, 4, 5))


def _quarter(place: PlaceName) -> Named:
    """Name a place smaller than a commune, or drawn by hand."""
    name = place.name
    if place.scale == Scale.IRIS:
        return _phrase("l'", f"IRIS {name.removeprefix('IRIS ')}", within=True)
    if place.scale == Scale.QPV:
        inside = lower_first(name) if name.lower().startswith("quartier") else f"quartier {name}"
        return _phrase("le", inside, within=True)
    if name[:1].isdigit():
        return _phrase("les", name, within=True)
    if name.lower().startswith("sélection"):
        return _phrase("la", lower_first(name), within=True)
    return _phrase("la", f"sélection «\u00a0{name}\u00a0»", within=True)


def _short(text: str) -> Named:
    """Read a short name written with its article: « la Métropole », « l'Agglo », « Plaine »."""
    found = re.match(r"(le |la |les |l['’])", text)
    if found is None:
        return _town(text, 0)
    return _phrase(found[1].strip().replace("’", "'"), text[found.end() :], within=True)


def named(place: PlaceName, *, short: bool = False) -> Named:
    """Split a place's name for grammar; `short` takes the name used once the place is known."""
    if place.short is not None and (short or place.scale == Scale.SELECTION):
        return _short(place.short.fr)
    name = " ".join(place.name.split())  # published names hold stray double spaces
    if place.scale in (Scale.IRIS, Scale.QPV, Scale.SELECTION):
        return _quarter(place)
    if place.scale in (Scale.REGION, Scale.DEPARTEMENT):
        return _area(place)
    if place.scale == Scale.FRANCE:
        return _phrase("la", name)
    if place.scale == Scale.EMPLOYMENT_AREA:
        if name.lower().startswith(("bassin", "zone")):
            return _phrase("le" if name[0] in "bB" else "la", lower_first(name), within=True)
        return _phrase("le", f"bassin d'emploi {_of(_town(name, place.article))}", within=True)
    if place.scale in (Scale.EPCI, Scale.EPT, Scale.METROPOLE):
        split = _intercommunal(name)
        if short and place.scale == Scale.METROPOLE and split.article:
            return _phrase(split.article, name.split(" ")[0], within=True)
        return split
    return _town(name, place.article)


def _of(split: Named) -> str:
    if split.article in _CONTRACTED:
        return f"{_CONTRACTED[split.article][1]} {split.name}"
    if split.article:
        return f"de {split.whole}"
    return elide("de", split.whole, elides=split.elides)


def the(place: PlaceName, *, short: bool = False) -> str:
    """Call a place by its name, with its article: « la Métropole », « Orly », « le Val-d'Oise »."""
    return named(place, short=short).whole


def of(place: PlaceName, *, short: bool = False) -> str:
    """« de la Métropole », « d'Orly », « du Kremlin-Bicêtre », « de L'Haÿ-les-Roses »."""
    return _of(named(place, short=short))


def to(place: PlaceName, *, short: bool = False) -> str:
    """What « comparable » asks for: « à la Métropole », « aux Yvelines », « au Grand Est »."""
    split = named(place, short=short)
    if split.article in _CONTRACTED:
        return f"{_CONTRACTED[split.article][0]} {split.name}"
    return f"à {split.whole}"


def than(place: PlaceName, *, short: bool = False) -> str:
    """What « plus » asks for: « que la Métropole », « qu'Orly », « que les Yvelines »."""
    split = named(place, short=short)
    return elide("que", split.whole, elides=split.elides)


def at(place: PlaceName, *, short: bool = False) -> str:
    """Where: « à Orly », « aux Lilas », « en Île-de-France », « dans le Val-de-Marne »."""
    split = named(place, short=short)
    if place.scale == Scale.FRANCE and not split.own:
        return f"en {split.name}"
    if place.scale in (Scale.REGION, Scale.DEPARTEMENT) and split.article and not split.own:
        return _inside_area(split)
    return f"dans {split.whole}" if split.within else to(place, short=short)


def _inside_area(split: Named) -> str:
    if split.article in ("le", "les"):
        return f"dans {split.whole}"
    if split.article == "la":
        return f"dans la {split.name}" if split.name in _DANS_LA else f"en {split.name}"
    return (
        f"dans {split.whole}"
        if split.within and split.name not in _EN_ELIDED
        else f"en {split.name}"
    )
