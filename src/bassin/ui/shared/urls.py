"""Addresses of what several systems share."""

from django.urls import path

from bassin.ui.public import everyone
from bassin.ui.shared.views import agenda, documents, hires, operations, pairings, trips
from bassin.ui.shared.views import operations_editing as editing

app_name = "shared"

urlpatterns = [
    path("agenda/nouveau/", agenda.add, name="event_add"),
    path("agenda/<slug:slug>/modifier/", agenda.change, name="event_change"),
    path("agenda/<slug:slug>/annuler/", agenda.cancel, name="event_cancel"),
    path("agenda/<slug:slug>/archiver/", agenda.put_away, name="event_put_away"),
    path("operations/nouvelle/", editing.add, name="operation_add"),
    path("operations/<slug:slug>/modifier/", editing.change, name="operation_change"),
    path("operations/<slug:slug>/surface/", editing.floor, name="operation_floor"),
    path("operations/<slug:slug>/contour/", editing.outline, name="operation_outline"),
    path("operations/<slug:slug>/archiver/", editing.put_away, name="operation_put_away"),
    path("rapprochements/<slug:system>/<slug:name>/poids/", pairings.weigh, name="weigh"),
    path("documents/nouveau/", documents.add, name="document_add"),
    *everyone(
        path("agenda/", agenda.agenda, name="agenda"),
        path("agenda.ics", agenda.feed, name="feed"),
        path("agenda/<slug:slug>/", agenda.event, name="event"),
        path("agenda/<slug:slug>.ics", agenda.event_file, name="event_file"),
        path("operations/", operations.listed, name="operations"),
        path("operations.<str:extension>", operations.data, name="operations_data"),
        path("operations/<slug:slug>/", operations.sheet, name="operation"),
        path("documents/", documents.listed, name="documents"),
        path("documents/<int:pk>/", documents.download, name="document"),
        path("rapprochements/", pairings.listed, name="pairings"),
        path("rapprochements/<slug:system>/<slug:name>/", pairings.sheet, name="pairing"),
        path("embauches/", hires.page, name="hires"),
        path("trajets/", trips.page, name="trips"),
        path("trajets/methode/", trips.method, name="trips_method"),
        path("trajets/commune.csv", trips.data, name="trips_data"),
        path("trajets/territoire.csv", trips.matrix, name="trips_matrix"),
    ),
]
