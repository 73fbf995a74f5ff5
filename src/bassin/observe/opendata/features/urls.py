"""Addresses of OGC API – Features."""

from django.urls import path

from bassin.observe.opendata.features import views
from bassin.ui.public import everyone

_ITEMS = "ogc/collections/<str:name>/items"

urlpatterns = everyone(
    path("ogc/", views.root, name="ogc"),
    path("ogc/conformance", views.conformance, name="ogc_conformance"),
    path("ogc/api", views.description, name="ogc_api"),
    path("ogc/collections", views.collections, name="ogc_collections"),
    path("ogc/collections/<str:name>", views.collection, name="ogc_collection"),
    path(_ITEMS, views.items, name="ogc_items"),
    path(f"{_ITEMS}/<str:key>", views.item, name="ogc_item"),
    path("ogc/<path:rest>", views.nothing, name="ogc_nothing"),
)
