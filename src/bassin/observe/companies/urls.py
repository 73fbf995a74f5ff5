"""Addresses of the firms, under /entreprises/."""

from django.urls import path

from bassin.observe.companies.views import exporting, listed
from bassin.ui.public import everyone

app_name = "companies"
_FIRMS = "entreprises/"

urlpatterns = everyone(
    path(_FIRMS, listed.home, name="home"),
    path(f"{_FIRMS}emporter/", exporting.form, name="export"),
    path(f"{_FIRMS}emporter/fichier", exporting.choose, name="export_file"),
    path(f"{_FIRMS}emporter/entreprises.<str:form>", exporting.file, name="export_as"),
)
