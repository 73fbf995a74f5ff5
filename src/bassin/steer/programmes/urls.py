"""Addresses of the programmes, under /piloter/."""

from django.urls import path

from bassin.steer.programmes import urls_reports
from bassin.steer.programmes.views import (
    actions,
    board,
    editing,
    exports,
    frameworks,
    framing,
    home,
    imports,
    places,
    signatories,
    timeline,
)
from bassin.ui.public import everyone

app_name = "programmes"

_FRAMEWORK = "piloter/cadres/<slug:slug>"
_ACTION = "piloter/actions/<int:pk>"

urlpatterns = [
    # Before the frameworks: no framework is called "nouveau".
    path("piloter/cadres/nouveau/", framing.create, name="create_framework"),
    *everyone(
        path("piloter/", home.home, name="home"),
        path(f"{_FRAMEWORK}/", frameworks.detail, name="framework"),
        path(f"{_FRAMEWORK}/public/", frameworks.public, name="public"),
        path(f"{_FRAMEWORK}/tableau/", frameworks.listing, name="table"),
        path(f"{_FRAMEWORK}/frise/", timeline.gantt, name="timeline"),
        path(f"{_FRAMEWORK}/filiation/", timeline.lineage, name="lineage"),
        path(f"{_FRAMEWORK}/engagements/", signatories.promises, name="promises"),
        path(f"{_FRAMEWORK}.<str:extension>", exports.framework, name="export"),
        path(f"{_ACTION}/", actions.detail, name="action"),
        path("piloter/communes/", places.balance, name="communes"),
        path("piloter/communes/<str:code>/", places.commune, name="commune"),
    ),
    path("piloter/importer/", imports.begin, name="imports"),
    path("piloter/importer/<int:pk>/", imports.show, name="import"),
    path("piloter/a-dire/", board.board, name="board"),
    path("piloter/organismes/<slug:slug>/", signatories.detail, name="signatory"),
    path("piloter/engagements/<int:pk>/tenir/", signatories.keep, name="keep"),
    path("piloter/actions/nouvelle/", editing.create, name="create"),
    path(f"{_ACTION}/modifier/", editing.edit, name="edit"),
    path(f"{_ACTION}/dire/", board.report, name="report"),
    path(f"{_ACTION}/etapes/nouvelle/", editing.milestone, name="add_milestone"),
    path(f"{_ACTION}/etapes/<int:step>/", editing.milestone, name="milestone"),
    path(f"{_ACTION}/financements/nouveau/", editing.funding, name="add_funding"),
    path(f"{_ACTION}/financements/<int:line>/", editing.funding, name="funding"),
    path(f"{_ACTION}/demandes/nouvelle/", editing.ask, name="add_request"),
    path(f"{_ACTION}/demandes/<int:asked>/", editing.ask, name="request"),
    path(f"{_ACTION}/chiffres/nouveau/", editing.contribution, name="add_contribution"),
    path(f"{_ACTION}/chiffres/<int:claim>/", editing.contribution, name="contribution"),
    path(f"{_ACTION}/chiffres/<int:claim>/relire/", editing.review, name="review"),
    path(f"{_ACTION}/placer/", editing.place, name="place"),
    path(f"{_ACTION}/places/<int:placement>/retirer/", board.withdraw, name="withdraw"),
    path(f"{_ACTION}/archiver/", editing.archive, name="archive"),
    path(f"{_ACTION}/restaurer/", board.restore, name="restore"),
    path(f"{_FRAMEWORK}/modifier/", framing.edit, name="edit_framework"),
    path(f"{_FRAMEWORK}/adopter/", framing.adopt, name="adopt"),
    path(f"{_FRAMEWORK}/avancer/", framing.advance, name="advance"),
    path(f"{_FRAMEWORK}/archiver/", framing.archive, name="archive_framework"),
    path(f"{_FRAMEWORK}/parties/nouvelle/", framing.node, name="add_node"),
    path(f"{_FRAMEWORK}/parties/<int:pk>/", framing.node, name="node"),
    path(f"{_FRAMEWORK}/engagements/nouveau/", framing.promise, name="add_promise"),
    *urls_reports.patterns,
]
