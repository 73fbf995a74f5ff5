"""Addresses of the selections that people keep, for who signed in."""

from django.urls import path

from bassin.observe.companies.views import saved

_SAVED = "entreprises/selections/"

private = [
    path(_SAVED, saved.listed, name="saved"),
    path(f"{_SAVED}garder/", saved.save, name="save"),
    path(f"{_SAVED}<int:pk>/", saved.shown, name="saved_one"),
    path(f"{_SAVED}<int:pk>/vue/", saved.seen, name="saved_seen"),
    path(f"{_SAVED}<int:pk>/retirer/", saved.remove, name="saved_remove"),
]
