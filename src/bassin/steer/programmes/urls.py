"""Addresses of the programmes, under /piloter/."""

from django.urls import path

from bassin.steer.programmes.views import home, imports
from bassin.ui.public import everyone

app_name = "programmes"

urlpatterns = [
    *everyone(path("piloter/", home.home, name="home")),
    path("piloter/importer/", imports.begin, name="imports"),
    path("piloter/importer/<int:pk>/", imports.show, name="import"),
]
