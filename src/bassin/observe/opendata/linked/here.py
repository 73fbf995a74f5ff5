"""The installation as the catalogue names it."""

from django.http import HttpRequest
from rdflib import URIRef

from bassin.observe.opendata.linked.nodes import Here
from bassin.territory import Place
from bassin.types import Scale
from bassin.ui.context import house as shell
from bassin.ui.opened import house

_INSEE = {Scale.COMMUNE: "commune", Scale.DEPARTEMENT: "departement", Scale.REGION: "region"}


def here(request: HttpRequest) -> Here:
    """Whose catalogue this is, and how its addresses are made whole."""
    facts = shell(request)["house"]
    place = house().home
    return Here(
        absolute=request.build_absolute_uri,
        name=facts.territory_name,
        email=facts.counter.email,
        place=_uri(place),
        place_name=place.name,
    )


def _uri(place: Place) -> URIRef | None:
    kind = _INSEE.get(place.scale)
    return URIRef(f"http://id.insee.fr/geo/{kind}/{place.code}") if kind else None
