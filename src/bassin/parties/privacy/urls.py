"""Addresses of the pages on personal data."""

from allauth.account.decorators import reauthentication_required
from django.urls import path

from bassin.parties.fresh import fresh
from bassin.parties.privacy import views

app_name = "privacy"

erase = fresh(reauthentication_required(views.erase))
"""Who has a second factor shows it again, anyone else gets a code by e-mail."""

urlpatterns = [
    path("compte/mes-donnees/", views.mine, name="mine"),
    path("compte/mes-donnees.json", views.mine_data, name="mine_data"),
    path("compte/mes-donnees/effacer/", erase, name="erase"),
    path("compte/efface/", views.erased, name="erased"),
    path("compte/journal/", views.journal, name="journal"),
    path("donnees-personnelles/registre/", views.register_page, name="register"),
    path("donnees-personnelles/registre.<str:extension>", views.register_data,
         name="register_data"),
]  # fmt: skip
