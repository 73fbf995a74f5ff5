"""Addresses of the guide to aids, under /accompagner/aides/."""

from django.urls import path, re_path

from bassin.match.aids.views import answers, changes, funded, guide, health, home, prospects, sheets
from bassin.ui.public import everyone

app_name = "aids"
_AIDS = "accompagner/aides/"
_GUIDE = f"{_AIDS}guide/"
_SHEETS = f"{_AIDS}fiches/"

urlpatterns = everyone(
    path(_AIDS, home.home, name="home"),
    path(f"{_AIDS}siret/", home.by_number, name="by_number"),
    path(f"{_AIDS}reponses/", answers.page, name="answers"),
    path(f"{_AIDS}et-si/", changes.page, name="changes"),
    path(_GUIDE, guide.listed, name="guide"),
    path(f"{_GUIDE}<slug:slug>/", guide.sheet, name="sheet"),
)
urlpatterns += everyone(
    path(f"{_GUIDE}<slug:slug>.toml", sheets.sheet_file, name="sheet_file"),
    path(f"{_GUIDE}<slug:slug>/projets/", funded.page, name="funded"),
    re_path(
        rf"^{_GUIDE}(?P<slug>[-\w]+)/projets\.(?P<form>csv|xlsx)$", funded.file, name="funded_as"
    ),
)
urlpatterns += [
    path(_SHEETS, sheets.listed, name="sheets"),
    path(f"{_AIDS}sante/", health.page, name="health"),
    path(f"{_AIDS}sante/adresses/", health.ask_links, name="ask_links"),
    path(f"{_SHEETS}nouvelle/", sheets.edit, name="new_sheet"),
    path(f"{_SHEETS}<slug:slug>/modifier/", sheets.edit, name="edit_sheet"),
    path(f"{_SHEETS}version/<int:pk>/", sheets.version, name="version"),
    path(f"{_SHEETS}version/<int:pk>/agir/", sheets.act, name="act"),
    path(f"{_SHEETS}version/<int:pk>.toml", sheets.version_file, name="version_file"),
    path(f"{_GUIDE}<slug:slug>/entreprises/", prospects.page, name="prospects"),
    re_path(
        rf"^{_GUIDE}(?P<slug>[-\w]+)/entreprises\.(?P<form>csv|xlsx)$",
        prospects.file,
        name="prospects_as",
    ),
]
