"""Addresses of open data: its pages under /donnees/. Machines' own lie in sub-packages."""

from django.urls import path

from bassin.observe.opendata.views import catalogue
from bassin.ui.kept import kept
from bassin.ui.public import everyone

app_name = "opendata"
_DATA = "donnees/"

urlpatterns = everyone(
    path(_DATA, kept(catalogue.home), name="home"),
)
