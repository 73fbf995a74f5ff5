"""Addresses of the guide to aids, under /accompagner/aides/."""

from django.urls import path, re_path

from bassin.match.aids.views import answers, changes, guide, home, prospects
from bassin.ui.public import everyone

app_name = "aids"
_AIDS = "accompagner/aides/"
_GUIDE = f"{_AIDS}guide/"

urlpatterns = everyone(
    path(_AIDS, home.home, name="home"),
    path(f"{_AIDS}siret/", home.by_number, name="by_number"),
    path(f"{_AIDS}reponses/", answers.page, name="answers"),
    path(f"{_AIDS}et-si/", changes.page, name="changes"),
    path(_GUIDE, guide.listed, name="guide"),
    path(f"{_GUIDE}<slug:slug>/", guide.sheet, name="sheet"),
)
urlpatterns += [
    path(f"{_GUIDE}<slug:slug>/entreprises/", prospects.page, name="prospects"),
    re_path(
        rf"^{_GUIDE}(?P<slug>[-\w]+)/entreprises\.(?P<form>csv|xlsx)$",
        prospects.file,
        name="prospects_as",
    ),
]
