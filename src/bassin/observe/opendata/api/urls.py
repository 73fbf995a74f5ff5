"""Addresses of the API: one for each endpoint of the table."""

from django.urls import path

from bassin.observe.opendata.api import page, views
from bassin.observe.opendata.api.endpoint import Endpoint
from bassin.observe.opendata.api.endpoints import ENDPOINTS
from bassin.ui.kept import kept
from bassin.ui.public import everyone


def _route(endpoint: Endpoint) -> str:
    return "api/v1/" + endpoint.path.replace("{", "<str:").replace("}", ">")


urlpatterns = everyone(
    path("donnees/api/", kept(page.shown), name="api_page"),
    path("api/v1/", views.root, name="api"),
    path("api/v1/openapi.json", views.openapi, name="openapi"),
    *(path(_route(each), each.view(), name=f"api_{each.name}") for each in ENDPOINTS),
    path("api/v1/<path:rest>", views.nothing, name="api_nothing"),
)
