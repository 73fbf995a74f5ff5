"""Addresses of the firms, under /entreprises/."""

from django.urls import path

from bassin.observe.companies import urls_card, urls_saved
from bassin.observe.companies.views import embeds, exporting, figures, listed, mapping
from bassin.ui.public import everyone

app_name = "companies"
_FIRMS = "entreprises/"

urlpatterns = everyone(
    *urls_card.public,
    path(_FIRMS, listed.home, name="home"),
    path(f"{_FIRMS}emporter/", exporting.form, name="export"),
    path(f"{_FIRMS}emporter/fichier", exporting.choose, name="export_file"),
    path(f"{_FIRMS}emporter/entreprises.<str:form>", exporting.file, name="export_as"),
    path(f"{_FIRMS}chiffres/", figures.page, name="figures"),
    path(f"{_FIRMS}chiffres.csv", figures.data, name="figures_data"),
    path(f"{_FIRMS}chiffres/<slug:code>.<str:form>", figures.chart, name="figures_chart"),
    path(f"{_FIRMS}tuiles/<int:zoom>/<int:column>/<int:row>.mvt", mapping.tiles, name="tile"),
    path(f"{_FIRMS}plan/<int:zoom>/<int:column>/<int:row>.mvt", mapping.base, name="base"),
    path(f"{_FIRMS}fonds/<str:name>.geojson", mapping.layer, name="layer"),
    path(f"embed/{_FIRMS}carte/", embeds.firms_map, name="embed_map"),
    path(f"embed/{_FIRMS}chiffres/<slug:code>.svg", embeds.picture, name="embed_picture"),
    path(f"embed/{_FIRMS}chiffres/<slug:code>/", embeds.chart, name="embed_chart"),
    path(f"{_FIRMS}carte.svg", mapping.drawn, name="ground"),
)
urlpatterns += [*urls_card.private, *urls_saved.private]
