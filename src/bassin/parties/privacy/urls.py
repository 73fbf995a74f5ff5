"""Addresses of the pages on personal data."""

from django.urls import path

from bassin.parties.privacy import views

app_name = "privacy"

urlpatterns = [
    path("compte/mes-donnees/", views.mine, name="mine"),
    path("compte/mes-donnees.json", views.mine_data, name="mine_data"),
    path("compte/mes-donnees/effacer/", views.erase, name="erase"),
    path("compte/efface/", views.erased, name="erased"),
    path("compte/journal/", views.journal, name="journal"),
    path("donnees-personnelles/registre/", views.register_page, name="register"),
    path("donnees-personnelles/registre.<str:extension>", views.register_data,
         name="register_data"),
]  # fmt: skip
