"""Collections of places: communes, what groups them, priority neighbourhoods."""

from collections.abc import Sequence
from typing import Any

from shapely.geometry.base import BaseGeometry

from bassin.indicators.house import House
from bassin.observe.opendata.api.fields import Field
from bassin.observe.opendata.features.collection import Collection, is_given
from bassin.observe.opendata.features.outlines import corners, pick, read
from bassin.observe.opendata.features.search import Box, Feature, Found, Search
from bassin.observe.opendata.features.united import GROUPS, united
from bassin.territory import Place
from bassin.types import Scale, Text

_CODE = ("shapes", "commune_code")

_NAMED = (
    Field("key", "string", Text("clé du lieu dans l'API", "key of the place in the API"),
          "commune:48095"),
    Field("name", "string", Text("nom", "name"), "Mende"),
    Field("population", "integer", Text("habitants", "inhabitants"), 12318, nullable=True),
)  # fmt: skip
COMMUNE = (
    *_NAMED,
    Field("departement", "string", Text("département", "département"), "48", nullable=True),
    Field("epci", "string", Text("SIREN de l'intercommunalité", "SIREN of the EPCI"), "244800405",
          nullable=True),
    Field("precise", "boolean", Text("limites de l'IGN, ou simple vignette",
                                     "IGN boundaries, or a mere thumbnail"), True),
)  # fmt: skip
GROUP = (
    *_NAMED,
    Field("scale", "string", Text("échelle", "scale"), "epci",
          choices=tuple(each.value for each in GROUPS)),
    Field("kind", "string", Text("nature : CC, CA, METRO…", "nature: CC, CA, METRO…"), "CC",
          nullable=True),
    Field("communes_count", "integer", Text("communes", "communes"), 15),
)  # fmt: skip
QUARTER = (
    Field("key", "string", Text("clé du lieu dans l'API", "key of the place in the API"),
          "qpv:QN09401M"),
    Field("name", "string", Text("nom", "name"), "Le Sud"),
    Field("generation", "string", Text("génération : 2015 ou 2024", "generation: 2015 or 2024"),
          "2024", choices=("2015", "2024")),
    Field("commune_codes", "string", Text("communes, un blanc entre deux",
                                          "communes, a space between two"), "48095", nullable=True),
    Field("area_km2", "number", Text("superficie, km²", "area, km²"), 0.42, nullable=True),
)  # fmt: skip


def _parent(place: Place, scale: str) -> str | None:
    return next((k.partition(":")[2] for k in place.parents if k.startswith(f"{scale}:")), None)


def _communes(search: Search) -> Found:
    places = search.house.territory.gazetteer().places
    wanted = dict(search.filters)
    near = [
        code
        for code in corners(search.house, *_CODE).near(search.boxes)
        if (place := places.get(f"commune:{code}")) is not None
        and all(_parent(place, scale) == code for scale, code in wanted.items())
    ]
    found, goes_on = pick(near, search.after, search.boxes, search.limit,
                          lambda codes: read(search.house.reader, *_CODE, codes))  # fmt: skip
    features = _commune_features(search.house, found)
    return Found(features, goes_on, None if search.boxes else len(near))


def _commune_features(house: House, found: Sequence[tuple[str, BaseGeometry]]) -> list[Feature]:
    rows = house.reader.rows(
        "SELECT commune_code, precise FROM shapes WHERE commune_code IN (SELECT unnest($1))",
        [[code for code, _ in found]],
    )
    precise = dict(rows)
    places = house.territory.gazetteer().places
    return [
        Feature(code, shape, {
            **_words(place := places[f"commune:{code}"]),
            "departement": _parent(place, "departement"), "epci": _parent(place, "epci"),
            "precise": precise[code],
        })
        for code, shape in found
    ]  # fmt: skip


def _words(place: Place) -> dict[str, Any]:
    return {"key": place.key, "name": place.name, "population": place.population}


def _commune(house: House, code: str) -> Feature | None:
    if f"commune:{code}" not in house.territory.gazetteer().places:
        return None
    shape = read(house.reader, *_CODE, [code])
    return _commune_features(house, list(shape.items()))[0] if shape else None


def _group_key(place: Place) -> str:
    return f"{place.scale}-{place.code}"


def _groups(search: Search) -> Found:
    scales = [Scale(search.filters["scale"])] if "scale" in search.filters else GROUPS
    gazetteer = search.house.territory.gazetteer()
    near = set(corners(search.house, *_CODE).near(search.boxes)) if search.boxes else None
    places = {
        _group_key(place): place
        for scale in scales
        for place in gazetteer.by_scale[scale]
        if near is None or not near.isdisjoint(place.communes)
    }
    found, goes_on = pick(
        sorted(places), search.after, search.boxes, search.limit,
        lambda keys: {
            key.replace(":", "-", 1): shape
            for key, shape in united(search.house, [places[each] for each in keys]).items()
        },
    )  # fmt: skip
    features = [_group_feature(places[key], shape) for key, shape in found]
    return Found(features, goes_on, None if search.boxes else len(places))


def _group_feature(place: Place, shape: BaseGeometry) -> Feature:
    return Feature(_group_key(place), shape, {
        **_words(place), "scale": place.scale.value, "kind": place.kind or None,
        "communes_count": len(place.communes),
    })  # fmt: skip


def _group(house: House, key: str) -> Feature | None:
    place = house.territory.gazetteer().places.get(key.replace("-", ":", 1))
    if place is None or place.scale not in GROUPS:
        return None
    shape = united(house, [place]).get(place.key)
    return _group_feature(place, shape) if shape else None


def _quarters(search: Search) -> Found:
    near = corners(search.house, "qpv", "qpv_code").near(search.boxes)
    if "generation" in search.filters:
        start = {"2015": "QP", "2024": "QN"}[search.filters["generation"]]
        near = [code for code in near if code.startswith(start)]
    reader = search.house.reader
    found, goes_on = pick(near, search.after, search.boxes, search.limit,
                          lambda codes: read(reader, "qpv", "qpv_code", codes))  # fmt: skip
    features = _quarter_features(search.house, dict(found))
    return Found(features, goes_on, None if search.boxes else len(near))


def _quarter_features(house: House, shapes: dict[str, BaseGeometry]) -> list[Feature]:
    rows = house.reader.rows(
        "SELECT qpv_code, name, generation, commune_codes, area_km2 FROM qpv "
        "WHERE qpv_code IN (SELECT unnest($1)) ORDER BY 1",
        [list(shapes)],
    )
    return [
        Feature(code, shapes[code], {"key": f"qpv:{code}", "name": name,
                                     "generation": str(generation), "commune_codes": communes,
                                     "area_km2": area})
        for code, name, generation, communes, area in rows
    ]  # fmt: skip


def _quarter(house: House, code: str) -> Feature | None:
    found = _quarter_features(house, read(house.reader, "qpv", "qpv_code", [code]))
    return found[0] if found else None


def _extent(house: House) -> Box | None:
    return corners(house, *_CODE).extent()


COMMUNES = Collection(
    "communes", Text("Communes", "Communes"),
    Text("Les communes et arrondissements municipaux de France, avec leur contour : celui de l'IGN "
         "s'il est chargé, sinon une vignette qui ne sert pas à mesurer.",
         "The communes and municipal arrondissements of France, with their outline: IGN's where it "
         "is loaded, else a thumbnail that is not for measuring."),
    COMMUNE, ("departement", "epci"), _communes, _commune,
    lambda house: is_given(house, "shapes"), _extent,
)  # fmt: skip
GROUPED = Collection(
    "groupings", Text("Intercommunalités et départements", "Groupings and départements"),
    Text("Les EPT, EPCI et départements de France : la réunion du contour de leurs communes.",
         "The EPTs, EPCIs and départements of France: the outlines of their communes together."),
    GROUP, ("scale",), _groups, _group, lambda house: is_given(house, "shapes"), _extent, most=50,
)  # fmt: skip
QUARTERS = Collection(
    "qpv", Text("Quartiers prioritaires", "Priority neighbourhoods"),
    Text("Les quartiers prioritaires de la politique de la ville, des deux générations.",
         "The priority neighbourhoods of urban policy, of both generations."),
    QUARTER, ("generation",), _quarters, _quarter, lambda house: is_given(house, "qpv"),
    lambda house: corners(house, "qpv", "qpv_code").extent(),
)  # fmt: skip
