"""Addresses for programs that serve a dataset, where this installation has them."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from bassin.observe.opendata.datasets import Dataset, Kind
from bassin.types import Text


@dataclass(frozen=True, slots=True)
class Service:
    """One address: what it is called, what it gives, where it describes itself."""

    label: str
    title: Text
    url: str
    description: str = ""


API = Text("Interface pour les programmes", "Interface for programs")
FEATURES = Text("Entités géographiques (OGC API)", "Features (OGC API)")

COLLECTIONS = {
    "communes": "communes", "boundaries": "communes", "outlines": "communes", "shapes": "communes",
    "groupings": "groupings", "qpv": "qpv", "establishments_shown": "establishments",
    "stations": "stations",
}  # fmt: skip
"""Tables that are given as features, and the collection of each."""

ENDPOINTS = {
    "establishments_shown": "establishments", "communes": "places", "groupings": "places",
    "naf_rev2_labels": "taxonomies", "naf_2025": "taxonomies", "rome_occupations": "taxonomies",
    "legal_categories": "taxonomies",
}  # fmt: skip
"""Tables that the interface for programs gives row by row, and the name of its address."""


def address(name: str, *keys: str) -> str:
    """An address of open data by its name; "" where there is none."""
    try:
        return reverse(f"opendata:{name}", args=keys)
    except NoReverseMatch:
        return ""


def every() -> list[Service]:
    """The services of this installation."""
    known = (
        Service("API", API, address("api"), address("openapi")),
        Service("OGC API", FEATURES, address("ogc"), address("ogc_api")),
    )
    return [each for each in known if each.url]


def of(dataset: Dataset) -> list[Service]:
    """The services that give the rows of an open dataset."""
    if not dataset.is_open:
        return []
    if dataset.kind == Kind.FIGURE:
        url = address("api_observations")
        return [Service("API", API, f"{url}?indicator={dataset.key}")] if url else []
    found = []
    endpoint, collection = ENDPOINTS.get(dataset.key), COLLECTIONS.get(dataset.key)
    if endpoint and (url := address(f"api_{endpoint}")):
        found.append(Service("API", API, url))
    if collection and (url := address("ogc_collection", collection)):
        found.append(Service("OGC API", FEATURES, url))
    return found
