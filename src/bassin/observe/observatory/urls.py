"""Addresses of the observatory. A page and an extension (.json, .csv) give the same as data."""

from django.urls import path, register_converter

from bassin.observe.observatory.views import (
    charts,
    citations,
    claims,
    compare,
    coverage,
    embeds,
    home,
    indicators,
    pages,
    place,
    scenarios,
    sources,
)
from bassin.types import Scale
from bassin.ui.kept import kept
from bassin.ui.public import everyone

app_name = "observatory"


class ScaleConverter:
    """A scale of places, as in `lieux/commune/94081/`."""

    regex = "|".join(Scale)

    def to_python(self, value: str) -> Scale:
        return Scale(value)

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(ScaleConverter, "scale")

urlpatterns = everyone(
    path("", kept(home.home), name="home"),
    path("recherche/", home.search, name="search"),
    path("lieux/<scale:scale>/<str:code>/", kept(place.profile), name="place"),
    path("lieux/<scale:scale>/<str:code>.<str:extension>", kept(place.data), name="place_data"),
    path("lieux/<scale:scale>/<str:code>/une-page/", place.sheet, name="sheet"),
    path("selection/", place.selection, name="selection"),
    path("indicateurs/", kept(indicators.catalogue), name="indicators"),
    path("indicateurs/<slug:name>/", indicators.detail, name="indicator"),
    path("indicateurs/<slug:name>.<str:extension>", kept(indicators.data), name="indicator_data"),
    path("graphiques/<slug:name>/<scale:scale>/<str:code>/<slug:kind>.<str:extension>",
         kept(charts.chart), name="chart"),
    path("embed/chiffres/<slug:name>/<scale:scale>/<str:code>.svg", kept(embeds.card),
         name="embed_card"),
    path("embed/chiffres/<slug:name>/<scale:scale>/<str:code>/", kept(embeds.figure),
         name="embed_figure"),
    path("embed/graphiques/<slug:name>/<scale:scale>/<str:code>/<slug:kind>.<str:extension>",
         kept(embeds.picture), name="embed_picture"),
    path("embed/graphiques/<slug:name>/<scale:scale>/<str:code>/<slug:kind>/", kept(embeds.chart),
         name="embed_chart"),
    path("embed/lieux/<scale:scale>/<str:code>/", kept(embeds.framing), name="embed_place"),
    path("embed/comparer/", kept(embeds.comparison), name="embed_compare"),
    path("comparer/", kept(compare.compare), name="compare"),
    path("comparer.<str:extension>", kept(compare.data), name="compare_data"),
    path("chiffres-cites/", claims.listed, name="claims"),
    path("chiffres-cites.<str:extension>", claims.data, name="claims_data"),
    path("citer/", citations.cite, name="cite"),
    path("chiffre/<str:code>/", citations.frozen, name="citation"),
    path("chiffre/<str:code>.<str:extension>", citations.data, name="citation_data"),
    path("scenarios/", scenarios.page, name="scenarios"),
    path("scenarios.<str:extension>", scenarios.data, name="scenarios_data"),
    path("scenarios/garder/", scenarios.state, name="state"),
    path("scenarios/dit/<str:code>/", scenarios.statement, name="statement"),
    path("sources/", sources.listed, name="sources"),
    path("sources.<str:extension>", sources.data, name="sources_data"),
    path("sources/<slug:key>/", sources.detail, name="source"),
    path("sources/<slug:key>/refus.csv", sources.refused, name="refused"),
    path("couverture/", coverage.listed, name="coverage"),
    path("couverture.<str:extension>", coverage.data, name="coverage_data"),
    path("methode/", pages.method, name="method"),
    path("mentions-legales/", pages.legal, name="legal"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("donnees-personnelles/", pages.privacy, name="privacy"),
    path("contact/", pages.contact, name="contact"),
)  # fmt: skip
