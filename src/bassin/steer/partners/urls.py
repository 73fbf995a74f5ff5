"""Addresses of the partners, under /piloter/."""

from django.urls import path

from bassin.steer.partners.views import agency, network, services
from bassin.ui.public import everyone

app_name = "partners"

urlpatterns = [
    *everyone(
        path("piloter/qui-fait-quoi/", services.service_map, name="services"),
        path("piloter/qui-fait-quoi.<str:extension>", services.data, name="services_data"),
    ),
    path("piloter/qui-fait-quoi/ecarts/", services.gaps, name="gaps"),
    path("piloter/qui-fait-quoi/service/", services.write, name="offer_new"),
    path("piloter/qui-fait-quoi/service/<int:pk>/", services.write, name="offer"),
    path("piloter/qui-fait-quoi/service/<int:pk>/ranger/", services.archive, name="offer_archive"),
    path("piloter/agence-numerique/", agency.home, name="agency"),
    path("piloter/agence-numerique/demander/<slug:slug>/", agency.ask, name="ask"),
    path("piloter/agence-numerique/demandes/<int:pk>/", agency.request_page, name="request"),
    path("piloter/agence-numerique/projets/<int:pk>/", agency.project, name="project"),
    path("piloter/agence-numerique/veille/", agency.watch, name="watch"),
    path("piloter/reseau/<slug:slug>/", network.page, name="network"),
    path("piloter/reseau/<slug:slug>.<str:extension>", network.data, name="network_data"),
]
