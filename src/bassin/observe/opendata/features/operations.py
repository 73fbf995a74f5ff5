"""The collection of operations: those that everyone may see, with their outline of a day."""

import shapely
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone
from shapely.geometry.base import BaseGeometry

from bassin.commons.models import Operation, Perimeter
from bassin.commons.permissions import visible
from bassin.indicators.house import House
from bassin.observe.opendata.api.fields import Field
from bassin.observe.opendata.features.collection import Collection
from bassin.observe.opendata.features.search import Box, Feature, Found, Interval, Search, drawn
from bassin.types import Origin, Text

FIELDS = (
    Field("name", "string", Text("nom", "name"), "Quartier de la gare"),
    Field("kind", "string", Text("nature", "nature"), "development",
          choices=tuple(Operation.Kind.values)),
    Field("phase", "string", Text("étape", "stage"), "works",
          choices=tuple(Operation.Phase.values)),
    Field("lead", "string", Text("qui la mène", "who leads it"), "Grand Paris Aménagement",
          nullable=True),
    Field("communes", "string", Text("codes des communes, un blanc entre deux",
                                     "codes of its communes, a space between two"), "48095"),
    Field("valid_from", "string", Text("contour depuis le", "outline since"), "2024-06-30",
          format="date"),
    Field("source", "string", Text("source du contour", "source of the outline"), "délibération"),
    Field("origin", "string", Text("marque : réel, cité ou inventé pour l'exemple",
                                   "mark: real, cited or invented for the sample"), "real",
          choices=tuple(each.value for each in Origin)),
)  # fmt: skip


def _perimeters(when: Interval | None) -> "QuerySet[Perimeter]":
    """Outlines of public operations that hold at some day of an interval; today without any."""
    today = timezone.localdate()
    first, last = (when.first, when.last) if when else (today, today)
    seen = visible(AnonymousUser(), Operation.objects.all())
    found = Perimeter.objects.filter(operation__in=seen).select_related("operation__lead")
    if last:
        found = found.filter(valid_from__lte=last)
    if first:
        found = found.filter(Q(valid_to=None) | Q(valid_to__gt=first))
    return found.order_by("operation__slug", "valid_from")


def _key(each: Perimeter) -> str:
    return f"{each.operation.slug}-{each.valid_from:%Y%m%d}"


def _feature(each: Perimeter, shape: BaseGeometry) -> Feature:
    of = each.operation
    return Feature(_key(each), shape, {
        "name": of.name, "kind": of.kind, "phase": of.phase,
        "lead": of.lead.name if of.lead else None, "communes": " ".join(of.commune_codes),
        "valid_from": each.valid_from.isoformat(), "source": each.source, "origin": of.origin,
    })  # fmt: skip


def _shape(each: Perimeter) -> BaseGeometry:
    return shapely.geometry.shape(each.geometry)


def _find(search: Search) -> Found:
    chosen = _perimeters(search.when).filter(
        **{f"operation__{name}": value for name, value in search.filters.items()}
    )
    within = drawn(search.boxes)
    shaped = ((each, _shape(each)) for each in chosen)
    met = [
        _feature(each, shape)
        for each, shape in shaped
        if within is None or shape.intersects(within)
    ]
    met.sort(key=lambda feature: feature.id)
    left = [feature for feature in met if feature.id > search.after]
    return Found(left[: search.limit], len(left) > search.limit, len(met))


def _one(_house: House, key: str) -> Feature | None:
    chosen = _perimeters(Interval(None, None))
    found = next((each for each in chosen if _key(each) == key), None)
    return _feature(found, _shape(found)) if found else None


def _extent(_house: House) -> Box | None:
    shapes = [_shape(each) for each in _perimeters(None)]
    if not shapes:
        return None
    west, south, east, north = map(float, shapely.total_bounds(shapes))
    return west, south, east, north


OPERATIONS = Collection(
    "operations", Text("Opérations", "Operations"),
    Text("Les opérations d'aménagement et les grands projets publiés, dans leur contour du jour.",
         "The published development projects and great projects, in their outline of the day."),
    FIELDS, ("kind", "phase"), _find, _one, lambda _house: True, _extent, dated=True, kept=False,
)  # fmt: skip
